//! What rust-analyzer shows: the compiler drops it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::rule::Values;
use crate::model::{Entry, Origins, Policy, Rule};
use crate::parse::Words;
use cors_origin::summary::{RuleSummary, write_policy_summary};

/// Names the words as they are typed; and the policy in words, if it is valid, where its origins stand.
/// It comes first in every expansion: completion looks for a word by its distance from the start, and all
/// else changes while one types. Prints:
///
/// ```text
/// ::cors_runtime::__private::editor! {
///     keys::allow_origins, keys::max_age, durations::hours; "pages of .." POLICY
/// }
/// ```
pub(super) fn words(words: &Words, policy: Option<&Policy>, private: &TokenStream) -> TokenStream {
    let named = words.words.iter().map(|(list, word)| {
        let list = Ident::new(list.name(), Span::mixed_site());
        quote!(#list::#word)
    });
    let policy = policy.map(|policy| {
        let text = format!("```text\n{}```", in_words(policy));
        let policies = words
            .origins
            .iter()
            .map(|place| Ident::new("POLICY", *place));
        quote!(; #text #(#policies)*)
    });
    quote!(#private::editor! { #(#named),* #policy })
}

/// The same as `Display` prints, but for conditions, which are not known yet.
fn in_words(policy: &Policy) -> String {
    let rules: Vec<_> = policy
        .rules
        .iter()
        .map(|rule| (rule, entries(&rule.origins), Values::of(rule)))
        .collect();
    let mut text = String::new();
    let summaries = rules
        .iter()
        .map(|(rule, entries, values)| summary(rule, entries.as_deref(), values));
    write_policy_summary(summaries, &mut text).expect("a string takes all that is written");
    text
}

fn summary<'r>(
    rule: &Rule,
    origins: Option<&'r [String]>,
    values: &'r Values,
) -> RuleSummary<'r, String> {
    RuleSummary {
        origins,
        allows_credentials: rule.credentials.is_some(),
        methods: &values.methods,
        mirrors_method: rule.methods.mirrors_request,
        headers: &values.headers,
        mirrors_headers: rule.headers.mirrors_request,
        exposed_headers: &values.exposed_headers,
        max_age: &values.max_age,
    }
}

fn entries(origins: &Origins) -> Option<Vec<String>> {
    let text = |entry: &Entry| match &entry.condition {
        None => entry.text(),
        Some(_) => format!("{} if its #[cfg] holds", entry.text()),
    };
    match origins {
        Origins::Any(_) => None,
        Origins::Listed(entries) => Some(entries.iter().map(text).collect()),
    }
}
