//! The entries of a rule, sorted by what decides how they are matched.

use proc_macro2::TokenStream;

use crate::analysis::Analysis;
use crate::automaton::Dfa;
use crate::model::{Entry, EntryKind, Listed};

/// Entries of a rule under the same condition, by how they are matched.
#[derive(Default)]
pub(super) struct Group<'a> {
    /// `#[cfg(..)]`.
    pub(super) condition: Option<TokenStream>,
    pub(super) condition_text: Option<&'a str>,
    pub(super) exact: Vec<String>,
    /// With their text.
    pub(super) regexes: Vec<(String, &'a Dfa)>,
    pub(super) predicates: Vec<&'a TokenStream>,
}

/// The entries of a rule by condition, those without one first.
pub(super) fn groups<'a>(
    automata: &'a Analysis<'a>,
    rule: usize,
    fragments: &'a [TokenStream],
) -> Vec<Group<'a>> {
    let mut groups = vec![Group::default()];
    let entries = automata.entries().iter().enumerate();
    for (index, Listed { entry, .. }) in entries.filter(|(_, listed)| listed.rule == rule) {
        let text = entry.condition_text();
        let position = groups.iter().position(|group| group.condition_text == text);
        let position = position.unwrap_or_else(|| {
            groups.push(Group {
                condition: condition(entry, fragments),
                condition_text: text,
                ..Group::default()
            });
            groups.len() - 1
        });
        let group = &mut groups[position];
        match &entry.kind {
            _ if entry.is_exact() => group.exact.push(entry.text()),
            // Patterns are together in the automata already.
            EntryKind::Origin(_) | EntryKind::Null => {}
            EntryKind::Regex(_) => {
                let dfa = automata.regex(index);
                group.regexes.extend(dfa.map(|dfa| (entry.text(), dfa)));
            }
            EntryKind::Predicate(function) => {
                group.predicates.push(&fragments[function.fragment.index()]);
            }
        }
    }
    groups
}

/// The `#[cfg(..)]` of an entry, for whatever is generated for it alone.
pub(crate) fn condition(entry: &Entry, fragments: &[TokenStream]) -> Option<TokenStream> {
    let condition = entry.condition.as_ref()?.fragments.iter();
    Some(
        condition
            .map(|part| fragments[part.index()].clone())
            .collect(),
    )
}
