//! The compiler behind `cors_runtime::cors_policy!`. Depend on `cors-runtime`, not on this crate.
//!
//! Each stage is a folder, and imports point to the left only:
//!
//! ```text
//! tokens ─▶ parse ─▶ model ─▶ automaton ─▶ validate ─▶ generate ─▶ tokens
//!             └─────────┴──────────┴──────────┘
//!                        diagnostic ─▶ compile_error!
//! ```

mod check;
mod diagnostic;
mod parse;
mod suggest;

mod model;

mod automaton;
mod validate;

mod generate;

mod tokens;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

use automaton::Automata;
use diagnostic::Diagnostics;

/// The compiler: from what was written to the code that enforces it.
pub fn compile(input: TokenStream, runtime: &TokenStream) -> TokenStream {
    let mut errors = Diagnostics::default();
    let declaration = parse::declaration(input, &mut errors);
    let policy = model::lower(&declaration, &mut errors);
    let automata = Automata::build(&policy, &mut errors);
    validate::policy(&policy, &automata, &mut errors);
    match tokens::report::errors(errors) {
        Ok(()) => generate::policy(&policy, &automata, &declaration.words, runtime),
        Err(errors) => generate::fallback(&errors, &declaration.words, runtime),
    }
}
