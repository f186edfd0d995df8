//! The compiler as a whole: it never panics, reports everything once and in order, and offers only
//! what compiles.

mod budget;
mod copied;
mod determinism;
mod entries;
mod everywhere;
mod features;
mod form;
mod hostile;
mod mistakes;
mod never_panics;
mod offers;
mod order;
mod page;
mod promises;
mod remaining;
pub(crate) mod ui;

use std::fs;
use std::time::Duration;

use proc_macro2::TokenStream;
use quote::quote;

/// The messages of a policy, in the order in which they are printed.
fn messages(policy: &str) -> Vec<String> {
    messages_of(policy.parse().unwrap())
}

fn messages_of(policy: TokenStream) -> Vec<String> {
    let expansion = crate::tokens::compile(policy, &quote!(::cors_runtime));
    let file: syn::Expr = syn::parse2(expansion).expect("the expansion is an expression");
    let syn::Expr::Block(block) = file else {
        panic!("the expansion is a block");
    };
    let macros = block
        .block
        .stmts
        .into_iter()
        .filter_map(|statement| match statement {
            syn::Stmt::Macro(statement) => Some(statement.mac),
            _ => None,
        });
    let macros =
        macros.filter(|named| named.path.segments.last().unwrap().ident == "compile_error");
    macros
        .map(|compile_error| {
            syn::parse2::<syn::LitStr>(compile_error.tokens)
                .unwrap()
                .value()
        })
        .collect()
}

/// Returns the processor time of this thread, if the system reports it.
pub(crate) fn processor_time() -> Option<Duration> {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = statistics.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}
