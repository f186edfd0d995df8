//! From an origin to the number of the rule that allows it.
//!
//! The matcher is a `match` with an arm for each way to recognise an origin, in the order of the
//! rules. Its last arm is what is left: the rule for any origin, or a number that no rule has.

mod automaton;
mod choice;
mod group;
mod hashed;
mod simple;
mod suffix;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use tests::shipped;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::numbered;
use crate::automaton::{Automata, Dfa};
use crate::model::{Origins, Policy};
use choice::Strategy;
use group::{Group, groups};

/// What the expansion has of a matcher.
pub(super) struct Matcher {
    /// The statics that it uses.
    pub(super) tables: TokenStream,
    /// `|origin| match origin { .. }`
    pub(super) function: TokenStream,
    /// The regexes of each rule, for explanations: `Regex { .. },`.
    pub(super) regexes: Vec<TokenStream>,
    /// How origins are matched, in words.
    pub(super) description: String,
}

pub(super) fn of(policy: &Policy, automata: &Automata<'_>, private: &TokenStream) -> Matcher {
    let mut arms = Arms {
        private,
        // A name that code at the call site cannot mean.
        origin: Ident::new("origin", Span::mixed_site()),
        tables: TokenStream::new(),
        table_count: 0,
        arms: TokenStream::new(),
        regexes: vec![TokenStream::new(); policy.rules.len()],
        descriptions: Vec::new(),
    };
    let mut rest = policy.rules.len();
    for (index, rule) in policy.rules.iter().enumerate() {
        match &rule.origins {
            Origins::Any(_) => {
                rest = index;
                arms.descriptions.push("any origin".to_owned());
                break;
            }
            Origins::Listed(_) => arms.rule(index, &groups(automata, index), automata),
        }
    }
    let rest = Literal::usize_unsuffixed(rest);
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
    regexes: Vec<TokenStream>,
    descriptions: Vec<String>,
}

impl Arms<'_> {
    fn rule(&mut self, index: usize, groups: &[Group<'_>], automata: &Automata<'_>) {
        let number = Literal::usize_unsuffixed(index);
        for group in groups {
            let patterns = automata.patterns(index, group.condition_text);
            for strategy in choice::of(group, patterns) {
                self.descriptions.push(strategy.to_string());
                let pattern = self.pattern(index, group, &strategy);
                self.arm(group, &pattern, &number);
            }
        }
        // What is known is asked first.
        for group in groups {
            for function in &group.predicates {
                let (private, origin) = (self.private, &self.origin);
                let pattern = quote!(_ if #private::call_predicate(#origin, #function));
                self.arm(group, &pattern, &number);
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
        let (private, origin) = (self.private, self.origin.clone());
        match strategy {
            Strategy::Literals(texts) => {
                let literals = texts
                    .iter()
                    .map(|text| Literal::byte_string(text.as_bytes()));
                // As patterns of the `match` they would be compared byte by byte.
                quote!(_ if #(#origin == #literals)||*)
            }
            Strategy::Hashed(texts) => {
                let doc = format!(" Has {}.", some_of(texts));
                let value = hashed::value(&hashed::build(texts), private);
                let table = self.table(group, "ORIGINS", &doc, "Hashed", &value);
                quote!(_ if #table.contains(#origin))
            }
            Strategy::Simple(pattern) => {
                let condition = pattern.condition(&origin, private);
                quote!(_ if #condition)
            }
            Strategy::Suffixes(family) => {
                let doc = format!(" Accepts {}.", some_of(&family.patterns()));
                let (kind, value) = family.table(private);
                let table = self.table(group, "ENDINGS", &doc, kind, &value);
                let condition = family.condition(&table, &origin, private);
                quote!(_ if #condition)
            }
            Strategy::Automaton { dfa, texts } => {
                let table = self.automaton(group, "PATTERNS", dfa, texts);
                quote!(_ if #table.matches(#origin))
            }
            Strategy::Regex { dfa, text } => {
                let table = self.automaton(group, "REGEX", dfa, core::slice::from_ref(text));
                let condition = group.condition;
                self.regexes[index].extend(quote! {
                    #condition
                    #private::Regex { text: #text, automaton: &#table },
                });
                quote!(_ if #table.matches(#origin))
            }
        }
    }

    fn automaton(&mut self, group: &Group<'_>, word: &str, dfa: &Dfa, texts: &[String]) -> Ident {
        let accepted = some_of(texts);
        let doc = format!(" Accepts {accepted}. Reads from the last byte to the first.");
        let value = automaton::value(dfa, self.private);
        self.table(group, word, &doc, "Automaton", &value)
    }

    fn arm(&mut self, group: &Group<'_>, pattern: &TokenStream, number: &Literal) {
        let condition = group.condition;
        self.arms.extend(quote!(#condition #pattern => #number,));
    }

    /// Adds a static. Prints:
    ///
    /// ```text
    /// /// Has `https://a.example`, `https://b.example`.
    /// static __ORIGINS: ::cors_runtime::__private::Hashed = ..;
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
        let (private, condition) = (self.private, group.condition);
        let kind = Ident::new(kind, Span::mixed_site());
        self.tables.extend(quote! {
            #condition
            #[doc = #doc]
            static #name: #private::#kind = #value;
        });
        name
    }
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
