//! From an origin to the number of the rule that allows it.
//!
//! The matcher is a `match` with an arm for each way to recognise an origin, in the order of the
//! rules. Its last arm is what is left: the rule for any origin, or a number that no rule has.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use super::automaton;
use crate::automaton::{Dfa, union};
use crate::model::{Origin, Origins, Policy};

/// Up to so many exact origins are literals in the `match`: the compiler turns them into a
/// comparison of lengths and a few words.
const LITERALS: usize = 8;

/// The tables that the matcher uses, and the matcher: `|origin| match origin { .. }`.
pub(crate) fn of(policy: &Policy, private: &TokenStream) -> (TokenStream, TokenStream) {
    let mut tables = TokenStream::new();
    let mut arms = TokenStream::new();
    let mut rest = policy.rules.len();
    // A name that code at the call site cannot mean.
    let origin = Ident::new("origin", Span::mixed_site());
    for (index, rule) in policy.rules.iter().enumerate() {
        let number = Literal::usize_unsuffixed(index);
        let Origins::Listed(entries) = &rule.origins else {
            rest = index;
            break;
        };
        let (exact, patterns): (Vec<&Origin>, Vec<&Origin>) = entries
            .iter()
            .map(|entry| &entry.origin)
            .partition(|origin| origin.is_exact());
        let mut exact: Vec<String> = exact.iter().map(ToString::to_string).collect();
        exact.sort_unstable();
        if exact.len() > LITERALS {
            let table = name("ORIGINS", index);
            tables.extend(sorted(&table, &exact, private));
            arms.extend(quote!(_ if #table.contains(#origin) => #number,));
        } else if !exact.is_empty() {
            let literals = exact
                .iter()
                .map(|text| Literal::byte_string(text.as_bytes()));
            arms.extend(quote!(#(#literals)|* => #number,));
        }
        for (part, (dfa, patterns)) in automata(&patterns).iter().enumerate() {
            let table = name("PATTERNS", index);
            let table = if part == 0 {
                table
            } else {
                format_ident!("{table}_{part}")
            };
            tables.extend(automaton::table(&table, dfa, patterns, private));
            arms.extend(quote!(_ if #table.matches(#origin) => #number,));
        }
    }
    let rest = Literal::usize_unsuffixed(rest);
    // A `match` with the last arm alone would not use its operand.
    let matcher = if arms.is_empty() {
        quote!(|_| #rest)
    } else {
        quote!(|#origin| match #origin { #arms _ => #rest })
    };
    (tables, matcher)
}

/// Prints a static table of exact origins:
///
/// ```text
/// static ORIGINS: ::cors_runtime::__private::Sorted =
///     ::cors_runtime::__private::Sorted(&["https://a.example", "https://b.example"]);
/// ```
fn sorted(name: &Ident, origins: &[String], private: &TokenStream) -> TokenStream {
    quote!(static #name: #private::Sorted = #private::Sorted(&[#(#origins),*]);)
}

/// The automaton of all patterns, or several where one table would have too many states.
fn automata<'p>(patterns: &[&'p Origin]) -> Vec<(Dfa, Vec<&'p Origin>)> {
    if patterns.is_empty() {
        return Vec::new();
    }
    let dfa = union(patterns);
    if patterns.len() == 1 || automaton::fits(&dfa) {
        return vec![(dfa, patterns.to_vec())];
    }
    let (first, second) = patterns.split_at(patterns.len() / 2);
    let mut parts = automata(first);
    parts.extend(automata(second));
    parts
}

/// `WORD` for the first rule, `WORD_1` for the second.
fn name(word: &str, rule: usize) -> Ident {
    match rule {
        0 => Ident::new(word, Span::mixed_site()),
        _ => format_ident!("{word}_{rule}", span = Span::mixed_site()),
    }
}
