//! A rule as a type with constants: the values of headers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::condition;
use crate::plan::{Entry, EntryKind, Rule};
use cors_origin::fetch::SAFELISTED_METHOD_LIST;

/// Prints `struct __Rule;` and `impl RuleSpec for __Rule` with the constants that differ from the
/// default. `tables` has the names of the tables, by arm.
pub(crate) fn spec(
    rule: &Rule,
    name: &Ident,
    tables: &[Option<Ident>],
    fragments: &[TokenStream],
    private: &TokenStream,
) -> TokenStream {
    let entries = rule.entries.iter().map(|entry| {
        let condition = condition(entry.condition.as_ref(), fragments);
        let kind = self::entry(entry, tables);
        quote!(#condition #private::OriginEntry::#kind)
    });
    let text = |name: &str, value: &str| {
        let name = Ident::new(name, Span::mixed_site());
        (!value.is_empty()).then(|| quote!(const #name: &'static ::core::primitive::str = #value;))
    };
    let flag = |name: &str, is_set: bool| {
        let name = Ident::new(name, Span::mixed_site());
        is_set.then(|| quote!(const #name: ::core::primitive::bool = true;))
    };
    let constants: TokenStream = [
        text("ALLOW_ORIGIN", &rule.allow_origin),
        flag("ALLOW_CREDENTIALS", rule.allow_credentials),
        // Not written, it is the one that needs no permission.
        match rule.allow_methods.as_str() {
            SAFELISTED_METHOD_LIST => None,
            methods => text("ALLOW_METHODS", methods),
        },
        flag("MIRROR_METHOD", rule.mirror_method),
        text("ALLOW_HEADERS", &rule.allow_headers),
        flag("MIRROR_HEADERS", rule.mirror_headers),
        text("EXPOSE_HEADERS", &rule.expose_headers),
        text("MAX_AGE", &rule.max_age),
    ]
    .into_iter()
    .flatten()
    .collect();
    quote! {
        struct #name;
        impl #private::RuleSpec for #name {
            const ENTRIES: &'static [#private::OriginEntry<'static>] = &[#(#entries),*];
            #constants
        }
    }
}

/// Prints a variant of `OriginEntry`.
fn entry(entry: &Entry, tables: &[Option<Ident>]) -> TokenStream {
    let text = &entry.text;
    match &entry.kind {
        EntryKind::Any => quote!(Any),
        EntryKind::Origin => quote!(Origin(#text)),
        EntryKind::Pattern => quote!(Pattern(#text)),
        EntryKind::Null => quote!(Null),
        EntryKind::Regex { expression, arm } => {
            let table = &tables[*arm];
            quote!(Regex { text: #text, expression: #expression, automaton: &#table })
        }
        EntryKind::Configured => quote!(Configured),
        EntryKind::Predicate { path } => {
            quote!(Predicate { text: #text, path: #path })
        }
    }
}
