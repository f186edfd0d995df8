//! A rule as a type with constants: the values of headers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::condition;
use crate::plan::{Entry, EntryKind, Rule};
use cors_origin::fetch::SAFELISTED_METHOD_LIST;
use cors_origin::header::Header;

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
    let flag = |name: &str, is_set: bool| {
        let name = Ident::new(name, Span::mixed_site());
        is_set.then(|| quote!(const #name: ::core::primitive::bool = true;))
    };
    let value = |header: Header| {
        let name = Ident::new(header.const_name(), Span::mixed_site());
        match (header, rule.values[header].as_str()) {
            (_, "") => None,
            // Not written, they are those that need no permission.
            (Header::AllowMethods, SAFELISTED_METHOD_LIST) => None,
            (Header::AllowCredentials, _) => flag(header.const_name(), true),
            (_, value) => Some(quote!(const #name: &'static ::core::primitive::str = #value;)),
        }
    };
    let mirrors = [
        flag("MIRROR_METHOD", rule.mirror_method),
        flag("MIRROR_HEADERS", rule.mirror_headers),
    ];
    let constants = Header::ALL.into_iter().map(value).chain(mirrors);
    let constants: TokenStream = constants.flatten().collect();
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
