//! From an origin to the number of the rule that allows it.
//!
//! The matcher is a `match` with an arm for each way to recognise an origin, in the order of the
//! rules. Its last arm is what is left: the rule for any origin, or a number that no rule has.

use std::borrow::Cow;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use super::{automaton, hashed, rule};
use crate::automaton::{Automata, Dfa, union};
use crate::model::{Entry, EntryKind, Origin, Origins, Policy};

/// Up to so many exact origins are literals in the `match`: the compiler turns them into a
/// comparison of lengths and a few words.
const LITERALS: usize = 8;

/// What finds the rule of an origin.
pub(crate) struct Matching {
    /// The tables that the matcher uses.
    pub(crate) tables: TokenStream,
    /// `|origin| match origin { .. }`.
    pub(crate) matcher: TokenStream,
    /// The regexes of each rule, for explanations: `Regex { .. },`.
    pub(crate) regexes: Vec<TokenStream>,
}

/// An arm for each way to recognise an origin, and the tables that the arms look into.
pub(crate) fn of(policy: &Policy, automata: &Automata<'_>, private: &TokenStream) -> Matching {
    let mut matcher = Matcher {
        automata,
        private,
        // A name that code at the call site cannot mean.
        origin: Ident::new("origin", Span::mixed_site()),
        tables: TokenStream::new(),
        table_count: 0,
        arms: TokenStream::new(),
        regexes: vec![TokenStream::new(); policy.rules.len()],
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
        regexes,
        ..
    } = matcher;
    // A `match` with the last arm alone would not use its operand.
    let matcher = match arms.is_empty() {
        true => quote!(|_| #rest),
        false => quote!(|#origin| match #origin { #arms _ => #rest }),
    };
    Matching {
        tables,
        matcher,
        regexes,
    }
}

struct Matcher<'a> {
    automata: &'a Automata<'a>,
    private: &'a TokenStream,
    origin: Ident,
    tables: TokenStream,
    table_count: usize,
    arms: TokenStream,
    regexes: Vec<TokenStream>,
}

/// Entries of a rule under the same condition, by how they are matched.
#[derive(Default)]
struct Group<'a> {
    /// `#[cfg(..)]`.
    condition: Option<&'a TokenStream>,
    condition_text: Option<&'a str>,
    exact: Vec<String>,
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
            if let Some(patterns) = self.automata.patterns(index, group.condition_text) {
                for (dfa, texts) in parts(&patterns.dfa, &patterns.origins) {
                    self.automaton("PATTERNS", &dfa, &texts, group, &number);
                }
            }
            for (text, dfa) in &group.regexes {
                let accepted = core::slice::from_ref(text);
                let table = self.automaton("REGEX", dfa, accepted, group, &number);
                let condition = group.condition;
                let (private, origin) = (self.private, &self.origin);
                self.regexes[index].extend(quote! {
                    #condition
                    #private::Regex { text: #text, accepts: |#origin| #table.matches(#origin) },
                });
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
        let mut groups = vec![Group::default()];
        let entries = self.automata.entries().iter().enumerate();
        for (index, (_, entry)) in entries.filter(|(_, (of, _))| *of == rule) {
            let entry: &'a Entry = entry;
            let text = entry.condition_text();
            let position = groups.iter().position(|group| group.condition_text == text);
            let position = position.unwrap_or_else(|| {
                groups.push(Group {
                    condition: rule::condition(entry),
                    condition_text: text,
                    ..Group::default()
                });
                groups.len() - 1
            });
            let group = &mut groups[position];
            match &entry.kind {
                _ if entry.is_exact() => group.exact.push(entry.text()),
                EntryKind::Regex(_) => {
                    let dfa = self.automata.regex(index);
                    group.regexes.extend(dfa.map(|dfa| (entry.text(), dfa)));
                }
                EntryKind::Predicate(function) => group.predicates.push(&function.0),
                // Patterns are together in the automata already.
                EntryKind::Origin(_) | EntryKind::Null => {}
            }
        }
        groups
    }

    fn exact(&mut self, group: &Group<'_>, number: &Literal) {
        let mut exact = group.exact.clone();
        exact.sort_unstable();
        let literals = exact
            .iter()
            .map(|text| Literal::byte_string(text.as_bytes()));
        let pattern = if exact.is_empty() {
            return;
        } else if exact.len() > LITERALS {
            let table = self.table_name("ORIGINS");
            let condition = group.condition;
            let definition = hashed::table(&table, &exact, self.private);
            self.tables.extend(quote!(#condition #definition));
            let origin = &self.origin;
            quote!(_ if #table.contains(#origin))
        } else if group.condition.is_some() {
            // The same origin may stand under two conditions, which would be the same arm twice.
            let origin = &self.origin;
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
    ) -> Ident {
        let table = self.table_name(word);
        let condition = group.condition;
        let definition = automaton::table(&table, dfa, accepted, self.private);
        self.tables.extend(quote!(#condition #definition));
        let origin = &self.origin;
        self.arm(group, &quote!(_ if #table.matches(#origin)), number);
        table
    }

    fn arm(&mut self, group: &Group<'_>, pattern: &TokenStream, number: &Literal) {
        let condition = group.condition;
        self.arms.extend(quote!(#condition #pattern => #number,));
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

/// The automaton of some patterns, or several where one table would have too many states.
fn parts<'d>(dfa: &'d Dfa, patterns: &[&Origin]) -> Vec<(Cow<'d, Dfa>, Vec<String>)> {
    if patterns.len() <= 1 || automaton::fits(dfa) {
        let texts = patterns.iter().map(ToString::to_string).collect();
        return vec![(Cow::Borrowed(dfa), texts)];
    }
    let (first, second) = patterns.split_at(patterns.len() / 2);
    let owned = |part: &[&Origin]| {
        let dfa = union(part);
        let parts = parts(&dfa, part).into_iter();
        parts
            .map(|(dfa, texts)| (Cow::Owned(dfa.into_owned()), texts))
            .collect::<Vec<_>>()
    };
    [owned(first), owned(second)].concat()
}
