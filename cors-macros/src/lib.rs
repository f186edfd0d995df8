//! The compiler behind `cors_runtime::cors_policy!`. Depend on `cors-runtime`, not on this crate.
//!
//! Each stage is a folder, and imports point to the left only:
//!
//! ```text
//! tokens ─▶ parse ─▶ model ─▶ automaton ─▶ validate ─▶ generate ─▶ tokens
//!             └─────────┴──────────┴──────────┘
//!                        diagnostics
//! ```

mod diagnostics;
mod parse;

mod model;

mod automaton;
mod validate;

mod generate;

// A folder of the runtime, which has to agree with the compiler.
mod shared;

#[cfg(test)]
#[path = "../../tests/support/property.rs"]
mod property;
#[cfg(test)]
mod tests;

use proc_macro2::{TokenStream, TokenTree};

use automaton::Automata;
use diagnostics::Diagnostics;

/// Compiles a policy. `cors_runtime::cors_policy!` calls it with the path of the runtime crate, a
/// semicolon, and what the user wrote.
#[proc_macro]
pub fn cors_policy(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let mut input = TokenStream::from(input).into_iter();
    let runtime = input
        .by_ref()
        .take_while(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';'))
        .collect();
    compile(input.collect(), &runtime).into()
}

/// The compiler: from what was written to the code that enforces it.
fn compile(input: TokenStream, runtime: &TokenStream) -> TokenStream {
    let mut errors = Diagnostics::default();
    let declaration = parse::declaration(input, &mut errors);
    let policy = model::lower(&declaration, &mut errors);
    let automata = Automata::build(&policy, &mut errors);
    validate::policy(&policy, &automata, &mut errors);
    match errors.finish() {
        Ok(()) => generate::policy(&policy, &automata, &declaration.words, runtime),
        Err(errors) => generate::fallback(&errors, &declaration.words, runtime),
    }
}
