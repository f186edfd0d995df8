//! The compiler behind `cors_runtime::cors_policy!`. Depend on `cors-runtime`, not on this crate.
//!
//! Each stage is a folder, and imports point to the left only:
//!
//! ```text
//! tokens ─▶ declaration ─▶ model ─▶ analysis ─▶ validate ─▶ plan ─▶ tokens
//!                                                   └─▶ diagnostic ─▶ compile_error!
//! ```

pub mod check;
pub mod declaration;
pub mod diagnostic;

mod model;

mod automaton;

mod analysis;
mod suggest;
mod validate;

mod plan;

mod tokens;

#[cfg(feature = "export")]
pub mod export;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

use analysis::Analysis;
use model::EnvValue;
use plan::Plan;
use tokens::ide::IdeHints;
use tokens::source::Source;
use tokens::{emit, read, report};

/// The compiler: from what was written to the code that enforces it.
pub fn compile(input: TokenStream, runtime: &TokenStream) -> TokenStream {
    let hints = IdeHints::read(input.clone());
    let mut source = Source::default();
    let declaration = read::declaration(input, &mut source);
    let policy = model::read(&declaration, &variable);
    let analysis = Analysis::new(&policy);
    let diagnostics = validate::policy(&declaration.mistakes, &policy, &analysis);
    match diagnostics.is_empty() {
        true => {
            let plan = Plan::new(&policy, &analysis);
            let hints = hints.emit(Some(&plan), runtime);
            emit::policy(&plan, source.fragments(), &hints, runtime)
        }
        false => emit::fallback(
            &report::errors(diagnostics, &source),
            &hints.emit(None, runtime),
            runtime,
        ),
    }
}

fn variable(name: &str) -> EnvValue {
    match std::env::var(name) {
        Ok(value) => EnvValue::Unicode(value),
        Err(std::env::VarError::NotUnicode(_)) => EnvValue::NotUnicode,
        Err(std::env::VarError::NotPresent) => EnvValue::Unset,
    }
}
