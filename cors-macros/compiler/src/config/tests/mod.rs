//! Policies from configuration, against the same policies in Rust.

mod counterpart;
mod messages;
mod schema;

use proc_macro2::TokenStream;

use crate::diagnostic::Diagnostics;
use crate::plan::Plan;
use crate::tokens::Source;
use crate::{compile, declaration::Declaration, model::EnvValue, tokens};

fn declaration(policy: TokenStream) -> Declaration {
    tokens::read(policy, &mut Source::default())
}

fn compile_tokens(declaration: &Declaration) -> Result<Plan, Diagnostics> {
    compile(declaration, &|_: &str| EnvValue::Unset)
}
