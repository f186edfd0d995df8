//! Rust tokens as a front end and a back end: the only modules that use tokens and the Rust syntax
//! of policies.

mod emit;
mod ide;
mod read;
pub(crate) mod report;
mod source;
mod spelling;

pub use read::declaration as read;
pub use report::{Message, messages};
pub use source::Source;

use proc_macro2::TokenStream;

use crate::model::EnvValue;
use ide::IdeHints;

/// Compiles a policy to the code that enforces it, or to errors and a policy that denies
/// everything. `runtime` is the path of the runtime crate.
///
/// Environment variables are those of this process.
pub fn compile(input: TokenStream, runtime: &TokenStream) -> TokenStream {
    let hints = IdeHints::read(input.clone());
    let mut source = Source::default();
    let declaration = read(input, &mut source);
    let template = declaration.configured();
    let template = template.map(|position| source.spans(position).0);
    match crate::compile(&declaration, &variable) {
        Ok(plan) => {
            let hints = hints.emit(Some(&plan), runtime);
            emit::policy(&plan, source.fragments(), template, &hints, runtime)
        }
        Err(diagnostics) => {
            let errors = report::errors(diagnostics, &source);
            emit::fallback(&errors, template, &hints.emit(None, runtime), runtime)
        }
    }
}

fn variable(name: &str) -> EnvValue {
    match std::env::var(name) {
        Ok(value) => EnvValue::Unicode(value),
        Err(std::env::VarError::NotUnicode(_)) => EnvValue::NotUnicode,
        Err(std::env::VarError::NotPresent) => EnvValue::Unset,
    }
}
