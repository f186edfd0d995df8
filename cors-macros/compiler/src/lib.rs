//! The compiler behind `cors_runtime::cors_policy!`. Depend on `cors-runtime`, not on this crate.
//!
//! Each stage is a folder, and imports point to the left only:
//!
//! ```text
//! tokens ─▶ parse ─▶ model ─▶ automaton ─▶ analysis ─▶ suggest ─▶ validate ─▶ generate ─▶ tokens
//!             └─────────┴──────────┴──────────┘
//!                        diagnostic ─▶ compile_error!
//! ```

mod check;
mod diagnostic;
mod parse;

mod model;

mod automaton;

mod analysis;
mod suggest;
mod validate;

mod generate;

mod tokens;

#[cfg(feature = "export")]
pub mod export;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

use analysis::Analysis;
use diagnostic::Diagnostics;
use tokens::ide::IdeHints;

/// The compiler: from what was written to the code that enforces it.
pub fn compile(input: TokenStream, runtime: &TokenStream) -> TokenStream {
    let mut errors = Diagnostics::default();
    let hints = IdeHints::read(input.clone());
    let declaration = parse::declaration(input, &mut errors);
    let policy = model::lower(&declaration, &mut errors);
    let analysis = Analysis::new(&policy);
    validate::policy(&policy, &analysis, &mut errors);
    match tokens::report::errors(errors) {
        Ok(()) => generate::policy(
            &policy,
            &analysis,
            &hints.emit(Some(&policy), runtime),
            runtime,
        ),
        Err(errors) => generate::fallback(&errors, &hints.emit(None, runtime), runtime),
    }
}
