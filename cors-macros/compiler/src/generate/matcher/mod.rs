//! From an origin to the rule that allows it.
//!
//! The matcher is a `match` with an arm for each way to recognise an origin, in the order of the
//! rules. Its last arm is what is left: the rule for any origin, or none.

mod automaton;
mod choice;
mod group;
mod lookup;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use automaton::table as dfa_table;

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::numbered;
use crate::analysis::Analysis;
use crate::automaton::Dfa;
use crate::model::{Entry, Origins, Policy};
use choice::Strategy;
use cors_origin::matcher::strategy;
pub(super) use group::condition;
use group::{Group, groups};

/// What the expansion has of a matcher.
pub(super) struct Matcher {
    /// The statics that it uses.
    pub(super) tables: TokenStream,
    /// `|__origin| match __origin { .. }`
    pub(super) function: TokenStream,
    /// The tables of the regexes of each rule, for explanations.
    pub(super) regexes: Vec<RegexTables>,
    /// How origins are matched, in words.
    pub(super) description: String,
}

/// The tables of the regexes of a rule, by the condition and the text of the entry.
#[derive(Default)]
pub(super) struct RegexTables(BTreeMap<(Option<String>, String), Ident>);

impl RegexTables {
    fn insert(&mut self, group: &Group<'_>, text: &str, table: Ident) {
        let condition = group.condition_text.map(str::to_owned);
        self.0.insert((condition, text.to_owned()), table);
    }

    pub(super) fn get(&self, entry: &Entry) -> Option<&Ident> {
        let condition = entry.condition_text().map(str::to_owned);
        self.0.get(&(condition, entry.text()))
    }
}

pub(super) fn of(
    policy: &Policy,
    automata: &Analysis<'_>,
    fragments: &[TokenStream],
    private: &TokenStream,
) -> Matcher {
    let mut arms = Arms {
        private,
        // A name that nothing of the user's has.
        origin: Ident::new("__origin", Span::mixed_site()),
        tables: TokenStream::new(),
        table_count: 0,
        arms: TokenStream::new(),
        regexes: policy
            .rules
            .iter()
            .map(|_| RegexTables::default())
            .collect(),
        descriptions: Vec::new(),
    };
    let mut rest = quote!(::core::option::Option::None);
    for (index, rule) in policy.rules.iter().enumerate() {
        match &rule.origins {
            Origins::Any(_) => {
                rest = found(index);
                arms.descriptions.push("any origin".to_owned());
                break;
            }
            Origins::Listed(_) => arms.rule(index, &groups(automata, index, fragments), automata),
        }
    }
    let Arms {
        origin,
        tables,
        arms,
        regexes,
        descriptions,
        ..
    } = arms;
    Matcher {
        tables,
        // A `match` with the last arm alone would not use its operand.
        function: match arms.is_empty() {
            true => quote!(|_| #rest),
            false => quote!(|#origin| match #origin { #arms _ => #rest }),
        },
        regexes,
        description: descriptions.join(", "),
    }
}

/// The arms so far.
struct Arms<'p> {
    private: &'p TokenStream,
    origin: Ident,
    tables: TokenStream,
    table_count: usize,
    arms: TokenStream,
    regexes: Vec<RegexTables>,
    descriptions: Vec<String>,
}

impl Arms<'_> {
    fn rule(&mut self, index: usize, groups: &[Group<'_>], automata: &Analysis<'_>) {
        let found = found(index);
        for group in groups {
            let patterns = automata.patterns(index, group.condition_text);
            for strategy in choice::of(group, patterns) {
                self.descriptions.push(strategy.to_string());
                let pattern = self.pattern(index, group, &strategy);
                self.arm(group, &pattern, &found);
            }
        }
        // What is known is asked first.
        for group in groups {
            for function in &group.predicates {
                let (private, origin) = (self.private, &self.origin);
                let pattern = quote!(_ if #private::call_predicate(#origin, #function));
                self.arm(group, &pattern, &found);
            }
            match group.predicates.len() {
                0 => {}
                1 => self.descriptions.push("a predicate".to_owned()),
                count => self.descriptions.push(format!("{count} predicates")),
            }
        }
    }

    /// The pattern of an arm of a rule. Adds the table that it uses, and for a regex what
    /// explanations name it by.
    fn pattern(&mut self, index: usize, group: &Group<'_>, strategy: &Strategy<'_>) -> TokenStream {
        let origin = self.origin.clone();
        match strategy {
            Strategy::Lookup(lookup) => {
                let condition = self.lookup(group, lookup);
                quote!(_ if #condition)
            }
            Strategy::Automaton { dfa, texts } => {
                let table = self.automaton(group, "PATTERNS", dfa, texts);
                quote!(_ if #table.matches(#origin))
            }
            Strategy::Regex { dfa, text } => {
                let table = self.automaton(group, "REGEX", dfa, core::slice::from_ref(text));
                let pattern = quote!(_ if #table.matches(#origin));
                self.regexes[index].insert(group, text, table);
                pattern
            }
        }
    }

    /// The condition of a look-up. Adds the table that it uses.
    fn lookup(&mut self, group: &Group<'_>, lookup: &strategy::Strategy) -> TokenStream {
        let (private, origin) = (self.private, self.origin.clone());
        match lookup {
            strategy::Strategy::Compare(texts) => lookup::comparisons(texts, &origin),
            strategy::Strategy::PerfectHash(table) => {
                let doc = format!(" Has {}.", some_of(&table.to_vec()));
                let value = lookup::hash_table(table.view(), private);
                let table = self.table(group, "ORIGINS", &doc, "HashTable", &value);
                quote!(#table.contains(#origin))
            }
            strategy::Strategy::SingleWildcard(pattern) => {
                lookup::single_wildcard(pattern, &origin, private)
            }
            strategy::Strategy::SuffixHash(suffixes) => {
                let doc = format!(" Accepts {}.", some_of(&suffixes.patterns()));
                let (kind, value) = match suffixes.view() {
                    None => ("HashTable", lookup::hash_table(suffixes.endings(), private)),
                    Some(table) => ("SuffixTable", lookup::suffix_table(table, private)),
                };
                let table = self.table(group, "ENDINGS", &doc, kind, &value);
                lookup::suffix_group(suffixes, &table, &origin, private)
            }
        }
    }

    fn automaton(&mut self, group: &Group<'_>, word: &str, dfa: &Dfa, texts: &[String]) -> Ident {
        let accepted = some_of(texts);
        let doc = format!(" Accepts {accepted}. Reads from the last byte to the first.");
        let value = automaton::value(automaton::table(dfa).view(), self.private);
        self.table(group, word, &doc, "DfaTable", &value)
    }

    fn arm(&mut self, group: &Group<'_>, pattern: &TokenStream, found: &TokenStream) {
        let condition = &group.condition;
        self.arms.extend(quote!(#condition #pattern => #found,));
    }

    /// Adds a static. Prints:
    ///
    /// ```text
    /// /// Has `https://a.example`, `https://b.example`.
    /// static __ORIGINS: ::cors_runtime::__private::HashTable<'static> = ..;
    /// ```
    fn table(
        &mut self,
        group: &Group<'_>,
        word: &str,
        doc: &str,
        kind: &str,
        value: &TokenStream,
    ) -> Ident {
        self.table_count += 1;
        let name = numbered(word, self.table_count);
        let (private, condition) = (self.private, &group.condition);
        let kind = Ident::new(kind, Span::mixed_site());
        self.tables.extend(quote! {
            #condition
            #[doc = #doc]
            static #name: #private::#kind<'static> = #value;
        });
        name
    }
}

/// What an arm evaluates to: the rule with this index.
fn found(index: usize) -> TokenStream {
    let (rules, index) = (numbered("RULES", 1), Literal::usize_unsuffixed(index));
    quote!(::core::option::Option::Some(&#rules[#index]))
}

/// The first of some entries, for the documentation of a table.
fn some_of(entries: &[String]) -> String {
    const SHOWN: usize = 4;
    let shown = entries.iter().take(SHOWN);
    let mut shown: Vec<String> = shown.map(|entry| format!("`{entry}`")).collect();
    if entries.len() > SHOWN {
        shown.push(format!("{} more", entries.len() - SHOWN));
    }
    shown.join(", ")
}
