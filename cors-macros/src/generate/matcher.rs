//! From an origin to the number of the rule that allows it.
//!
//! The matcher is a `match` with an arm for each way to recognise an origin, in the order of the
//! rules. Its last arm is what is left: the rule for any origin, or a number that no rule has.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use super::{automaton, rule};
use crate::automaton::{Automata, Dfa, union};
use crate::model::{Entry, EntryKind, Origin, Origins, Policy};

/// Up to so many exact origins are literals in the `match`: the compiler turns them into a
/// comparison of lengths and a few words.
const LITERALS: usize = 8;

/// The tables that the matcher uses, and the matcher: `|origin| match origin { .. }`.
pub(crate) fn of(
    policy: &Policy,
    automata: &Automata<'_>,
    private: &TokenStream,
) -> (TokenStream, TokenStream) {
    let mut matcher = Matcher {
        automata,
        private,
        // A name that code at the call site cannot mean.
        origin: Ident::new("origin", Span::mixed_site()),
        tables: TokenStream::new(),
        table_count: 0,
        arms: TokenStream::new(),
    };
    let mut rest = policy.rules.len();
    for (index, rule) in policy.rules.iter().enumerate() {
        match &rule.origins {
            Origins::Any(_) => {
                rest = index;
                break;
            }
            Origins::Listed(_) => matcher.rule(index),
        }
    }
    let rest = Literal::usize_unsuffixed(rest);
    let Matcher {
        origin,
        tables,
        arms,
        ..
    } = matcher;
    // A `match` with the last arm alone would not use its operand.
    let matcher = match arms.is_empty() {
        true => quote!(|_| #rest),
        false => quote!(|#origin| match #origin { #arms _ => #rest }),
    };
    (tables, matcher)
}

struct Matcher<'a> {
    automata: &'a Automata<'a>,
    private: &'a TokenStream,
    origin: Ident,
    tables: TokenStream,
    table_count: usize,
    arms: TokenStream,
}

/// Entries of a rule under the same condition, by how they are matched.
#[derive(Default)]
struct Group<'a> {
    /// `#[cfg(..)]`.
    condition: Option<&'a TokenStream>,
    exact: Vec<String>,
    patterns: Vec<&'a Origin>,
    /// With their text.
    regexes: Vec<(String, &'a Dfa)>,
    predicates: Vec<&'a TokenStream>,
}

impl<'a> Matcher<'a> {
    fn rule(&mut self, index: usize) {
        let number = Literal::usize_unsuffixed(index);
        let groups = self.groups(index);
        for group in &groups {
            self.exact(group, &number);
            for (dfa, patterns) in self.pattern_automata(&group.patterns) {
                let texts: Vec<String> = patterns.iter().map(ToString::to_string).collect();
                self.automaton("PATTERNS", dfa.as_ref(), &texts, group, &number);
            }
            for (text, dfa) in &group.regexes {
                self.automaton("REGEX", dfa, core::slice::from_ref(text), group, &number);
            }
        }
        // What is known is asked first.
        for group in &groups {
            for function in &group.predicates {
                let (private, origin) = (self.private, &self.origin);
                self.arm(
                    group,
                    &quote!(_ if #private::ask(#origin, #function)),
                    &number,
                );
            }
        }
    }

    /// The entries of a rule by condition, those without one first.
    fn groups(&self, rule: usize) -> Vec<Group<'a>> {
        let mut groups: Vec<(Option<&str>, Group<'a>)> = vec![(None, Group::default())];
        let entries = self.automata.entries().iter().enumerate();
        for (index, (_, entry)) in entries.filter(|(_, (of, _))| *of == rule) {
            let entry: &'a Entry = entry;
            let text = entry
                .condition
                .as_ref()
                .map(|condition| condition.text.as_str());
            let position = groups.iter().position(|(of, _)| *of == text);
            let position = position.unwrap_or_else(|| {
                let condition = rule::condition(entry);
                groups.push((
                    text,
                    Group {
                        condition,
                        ..Group::default()
                    },
                ));
                groups.len() - 1
            });
            let group = &mut groups[position].1;
            match &entry.kind {
                EntryKind::Origin(origin) if !origin.is_exact() => group.patterns.push(origin),
                EntryKind::Origin(_) | EntryKind::Null => group.exact.push(entry.text()),
                EntryKind::Regex(_) => {
                    let dfa = self.automata.regex(index);
                    group.regexes.extend(dfa.map(|dfa| (entry.text(), dfa)));
                }
                EntryKind::Predicate(function) => group.predicates.push(&function.0),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    fn exact(&mut self, group: &Group<'_>, number: &Literal) {
        let mut exact = group.exact.clone();
        exact.sort_unstable();
        let literals = exact
            .iter()
            .map(|text| Literal::byte_string(text.as_bytes()));
        let origin = &self.origin;
        let pattern = if exact.is_empty() {
            return;
        } else if exact.len() > LITERALS {
            let (table, private) = (self.table_name("ORIGINS"), self.private);
            let condition = group.condition;
            self.tables.extend(quote! {
                #condition
                static #table: #private::Sorted = #private::Sorted(&[#(#exact),*]);
            });
            let origin = &self.origin;
            quote!(_ if #table.contains(#origin))
        } else if group.condition.is_some() {
            // The same origin may stand under two conditions, which would be the same arm twice.
            quote!(_ if #(#origin == #literals)||*)
        } else {
            quote!(#(#literals)|*)
        };
        self.arm(group, &pattern, number);
    }

    fn automaton(
        &mut self,
        word: &str,
        dfa: &Dfa,
        accepted: &[String],
        group: &Group<'_>,
        number: &Literal,
    ) {
        let table = self.table_name(word);
        let condition = group.condition;
        let definition = automaton::table(&table, dfa, accepted, self.private);
        self.tables.extend(quote!(#condition #definition));
        let origin = &self.origin;
        self.arm(group, &quote!(_ if #table.matches(#origin)), number);
    }

    fn arm(&mut self, group: &Group<'_>, pattern: &TokenStream, number: &Literal) {
        let condition = group.condition;
        self.arms.extend(quote!(#condition #pattern => #number,));
    }

    /// The automaton of some patterns, or several where one table would have too many states.
    fn pattern_automata<'p>(
        &self,
        patterns: &[&'p Origin],
    ) -> Vec<(AutomatonRef<'a>, Vec<&'p Origin>)> {
        if patterns.is_empty() {
            return Vec::new();
        }
        // The proofs have built the automaton of all patterns already.
        let count = self
            .automata
            .entries()
            .iter()
            .filter(|(_, entry)| is_pattern(entry))
            .count();
        let dfa = match patterns.len() == count {
            true => AutomatonRef::Shared(self.automata.patterns()),
            false => AutomatonRef::Own(union(patterns)),
        };
        if patterns.len() == 1 || automaton::fits(dfa.as_ref()) {
            return vec![(dfa, patterns.to_vec())];
        }
        let (first, second) = patterns.split_at(patterns.len() / 2);
        let mut parts = self.pattern_automata(first);
        parts.extend(self.pattern_automata(second));
        parts
    }

    /// `WORD` for the first table, `WORD_2` for the second.
    fn table_name(&mut self, word: &str) -> Ident {
        self.table_count += 1;
        match self.table_count {
            1 => Ident::new(word, Span::mixed_site()),
            count => format_ident!("{word}_{count}", span = Span::mixed_site()),
        }
    }
}

fn is_pattern(entry: &Entry) -> bool {
    matches!(&entry.kind, EntryKind::Origin(origin) if !origin.is_exact())
}

/// An automaton of the proofs, or one that is needed here only.
enum AutomatonRef<'a> {
    Shared(&'a Dfa),
    Own(Dfa),
}

impl AutomatonRef<'_> {
    fn as_ref(&self) -> &Dfa {
        match self {
            Self::Shared(dfa) => dfa,
            Self::Own(dfa) => dfa,
        }
    }
}
