//! The proc macro behind `cors_runtime::cors_policy!`. Depend on `cors-runtime`, not on this crate.
//!
//! Nothing can link a proc macro, so `cors-compiler` contains the implementation.

use proc_macro::{TokenStream, TokenTree};

/// Compiles a policy. `cors_runtime::cors_policy!` calls it with the path of the runtime crate, a
/// semicolon, and the policy.
#[proc_macro]
pub fn cors_policy(input: TokenStream) -> TokenStream {
    let mut input = input.into_iter();
    let runtime: TokenStream = input
        .by_ref()
        .take_while(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';'))
        .collect();
    cors_compiler::tokens::compile(input.collect::<TokenStream>().into(), &runtime.into()).into()
}
