//! The compiler and its first stages, for targets that test its parts.

use cors_compiler::declaration::Declaration;
use cors_compiler::model::{self, EntryKind, EnvValue, Model};
use cors_compiler::tokens::{self, Source};
use cors_origin::pattern::Pattern;
use proc_macro2::TokenStream;
use quote::quote;

/// A policy as it is written, and as the compiler reads it.
pub(crate) fn read(policy: TokenStream, source: &mut Source) -> (Declaration, Model) {
    let declaration = tokens::read(policy, source);
    let model = model::read(&declaration, &no_environment);
    (declaration, model)
}

fn no_environment(_: &str) -> EnvValue {
    EnvValue::Unset
}

/// Returns the expansion of the macro, or its messages.
pub(crate) fn compile(policy: TokenStream) -> Result<TokenStream, Vec<String>> {
    let mut source = Source::default();
    let declaration = tokens::read(policy.clone(), &mut source);
    match cors_compiler::compile(&declaration, &no_environment) {
        Ok(_) => Ok(tokens::compile(policy, &quote!(::cors_runtime))),
        Err(diagnostics) => {
            let messages = tokens::messages(diagnostics, &source).into_iter();
            Err(messages.map(|message| message.text).collect())
        }
    }
}

/// Returns the origin or pattern of an entry, or the messages; `None` for `null`.
pub(crate) fn entry(text: &str) -> Result<Option<Pattern>, Vec<String>> {
    let tokens = quote!(allow_origins = [#text]);
    let (_, model) = read(tokens.clone(), &mut Source::default());
    match model.entries().first().map(|entry| &entry.entry.kind) {
        Some(EntryKind::Pattern(pattern)) => Ok(Some(pattern.clone())),
        Some(EntryKind::Null) => Ok(None),
        _ => Err(compile(tokens).expect_err("an entry that is no error is an origin")),
    }
}

/// Whether a message can be printed: on few and short lines, with nothing that deceives a reader.
pub(crate) fn assert_printable(messages: &[String]) {
    for message in messages {
        assert!(message.len() < 16_384, "{message}");
        let deceives = |c: char| {
            c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        };
        assert!(!message.replace('\n', "").contains(deceives), "{message:?}");
        for line in message.lines().skip(1) {
            let is_part = ["note: ", "help: ", "see: "]
                .iter()
                .any(|part| line.starts_with(part));
            assert!(is_part, "{message}");
        }
    }
}
