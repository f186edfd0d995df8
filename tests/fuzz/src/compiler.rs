//! The compiler and its first stages, for targets that ask about its parts.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::analysis::Analysis;
use crate::declaration::Declaration;
use crate::diagnostic::Diagnostics;
use crate::model::{EntryKind, EnvValue, Pattern, Policy};
use crate::plan::Plan;
use crate::tokens::{emit, ide::IdeHints, read, report, source::Source};
use crate::{model, validate};

/// A policy as the compiler reads it, where no variable is set.
pub(crate) fn read(policy: TokenStream, source: &mut Source) -> (Declaration, Policy) {
    let declaration = read::declaration(policy, source);
    let policy = model::read(&declaration, &|_: &str| EnvValue::Unset);
    (declaration, policy)
}

/// What `compile` of the macro does: the expansion, or the messages.
pub(crate) fn compile(policy: TokenStream) -> Result<TokenStream, Vec<String>> {
    let hints = IdeHints::read(policy.clone());
    let runtime = quote!(::cors_runtime);
    let mut source = Source::default();
    let (declaration, policy) = read(policy, &mut source);
    let analysis = Analysis::new(&policy);
    let diagnostics = validate::policy(&declaration.mistakes, &policy, &analysis);
    match diagnostics.is_empty() {
        true => {
            let plan = Plan::new(&policy, &analysis);
            let hints = hints.emit(Some(&plan), &runtime);
            Ok(emit::policy(&plan, source.fragments(), &hints, &runtime))
        }
        false => Err(messages(diagnostics, &source)),
    }
}

/// The origin or pattern that an entry means, or what is said of its text alone; `None` for `null`.
pub(crate) fn entry(text: &str) -> Result<Option<Pattern>, Vec<String>> {
    let mut source = Source::default();
    let (declaration, policy) = read(quote!(allow_origins = [#text]), &mut source);
    match policy.entries().map(|listed| &listed.entry.kind).next() {
        Some(EntryKind::Origin(origin)) => Ok(Some(origin.clone())),
        Some(EntryKind::Null) => Ok(None),
        _ => {
            let analysis = Analysis::new(&policy);
            let diagnostics = validate::policy(&declaration.mistakes, &policy, &analysis);
            Err(messages(diagnostics, &source))
        }
    }
}

/// The texts of `::core::compile_error! { "text" }`, one after the other.
fn messages(diagnostics: Diagnostics, source: &Source) -> Vec<String> {
    let errors = report::errors(diagnostics, source);
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
