//! The compiler and its first stages, for targets that ask about its parts.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::analysis::Analysis;
use crate::diagnostic::Diagnostics;
use crate::model::{EntryKind, Pattern};
use crate::tokens::ide::IdeHints;
use crate::tokens::report;
use crate::{generate, model, parse, validate};

/// What `compile` of the macro does: the expansion, or the messages.
pub(crate) fn compile(policy: TokenStream) -> Result<TokenStream, Vec<String>> {
    let mut errors = Diagnostics::default();
    let hints = IdeHints::read(policy.clone());
    let declaration = parse::declaration(policy, &mut errors);
    let policy = model::lower(&declaration, &mut errors);
    let analysis = Analysis::new(&policy);
    validate::policy(&policy, &analysis, &mut errors);
    let runtime = quote!(::cors_runtime);
    match report::errors(errors) {
        Ok(()) => Ok(generate::policy(
            &policy,
            &analysis,
            &hints.emit(Some(&policy), &runtime),
            &runtime,
        )),
        Err(errors) => Err(messages(errors)),
    }
}

/// The origin or pattern that an entry means, or what is said of its text alone; `None` for `null`.
pub(crate) fn entry(text: &str) -> Result<Option<Pattern>, Vec<String>> {
    let mut errors = Diagnostics::default();
    let declaration = parse::declaration(quote!(allow_origins = [#text]), &mut errors);
    let policy = model::lower(&declaration, &mut errors);
    report::errors(errors).map_err(messages)?;
    match policy.entries().map(|listed| &listed.entry.kind).next() {
        Some(EntryKind::Origin(origin)) => Ok(Some(origin.clone())),
        Some(EntryKind::Null) => Ok(None),
        _ => panic!("an entry that is no error is an origin"),
    }
}

/// The texts of `::core::compile_error! { "text" }`, one after the other.
fn messages(errors: TokenStream) -> Vec<String> {
    let groups = errors.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    });
    groups
        .map(|text| syn::parse2::<syn::LitStr>(text).expect("a string").value())
        .collect()
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
