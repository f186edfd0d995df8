//! A rule as a type with constants: the values of headers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::matcher::{RegexTables, condition};
use crate::model::{Entry, EntryKind, Names, Origins, Rule};
use cors_origin::fetch::SAFELISTED_METHOD_LIST;

/// Prints `struct __Rule;` and `impl RuleSpec for __Rule` with the constants that differ from the
/// default.
pub(crate) fn spec(
    rule: &Rule,
    name: &Ident,
    regexes: &RegexTables,
    fragments: &[TokenStream],
    private: &TokenStream,
) -> TokenStream {
    let entries = match &rule.origins {
        Origins::Any(_) => quote!(#private::OriginEntry::Any),
        Origins::Listed(entries) => {
            let entries = entries.iter().map(|entry| {
                let condition = condition(entry, fragments);
                let kind = self::entry(entry, regexes);
                quote!(#condition #private::OriginEntry::#kind)
            });
            quote!(#(#entries),*)
        }
    };
    let text = |name: &str, value: &str| {
        let name = Ident::new(name, Span::mixed_site());
        (!value.is_empty()).then(|| quote!(const #name: &'static ::core::primitive::str = #value;))
    };
    let flag = |name: &str, is_set: bool| {
        let name = Ident::new(name, Span::mixed_site());
        is_set.then(|| quote!(const #name: ::core::primitive::bool = true;))
    };
    let values = Values::of(rule);
    let constants: TokenStream = [
        text("ALLOW_ORIGIN", &allow_origin(&rule.origins)),
        flag("ALLOW_CREDENTIALS", rule.credentials.is_some()),
        // Not written, it is the one that needs no permission.
        match values.methods.as_str() {
            SAFELISTED_METHOD_LIST => None,
            methods => text("ALLOW_METHODS", methods),
        },
        flag("MIRROR_METHOD", rule.methods.mirrors_request),
        text("ALLOW_HEADERS", &values.headers),
        flag("MIRROR_HEADERS", rule.headers.mirrors_request),
        text("EXPOSE_HEADERS", &values.exposed_headers),
        text("MAX_AGE", &values.max_age),
    ]
    .into_iter()
    .flatten()
    .collect();
    quote! {
        struct #name;
        impl #private::RuleSpec for #name {
            const ENTRIES: &'static [#private::OriginEntry<'static>] = &[#entries];
            #constants
        }
    }
}

/// A variant of `OriginEntry`.
fn entry(entry: &Entry, regexes: &RegexTables) -> TokenStream {
    let text = entry.text();
    match &entry.kind {
        EntryKind::Origin(_) if entry.is_exact() => quote!(Origin(#text)),
        EntryKind::Origin(_) => quote!(Pattern(#text)),
        EntryKind::Null => quote!(Null),
        EntryKind::Regex(regex) => {
            let (table, expression) = (regexes.get(entry), &regex.expression);
            quote!(Regex { text: #text, expression: #expression, automaton: &#table })
        }
        EntryKind::Predicate(function) => {
            let path = &function.text;
            quote!(Predicate { text: #text, path: #path })
        }
    }
}

/// The values of headers.
pub(crate) struct Values {
    pub(crate) methods: String,
    pub(crate) headers: String,
    pub(crate) exposed_headers: String,
    pub(crate) max_age: String,
}

impl Values {
    pub(crate) fn of(rule: &Rule) -> Self {
        let max_age = rule.max_age.map(|seconds| seconds.to_string());
        Self {
            methods: list(&rule.methods),
            headers: list(&rule.headers),
            exposed_headers: list(&rule.exposed_headers),
            max_age: max_age.unwrap_or_default(),
        }
    }
}

/// The value of `Access-Control-Allow-Origin`, if it does not depend on the request.
fn allow_origin(origins: &Origins) -> String {
    match origins {
        Origins::Any(_) => "*".to_owned(),
        Origins::Listed(entries) => match entries.as_slice() {
            [entry] if entry.is_exact() => entry.text(),
            _ => String::new(),
        },
    }
}

/// A [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1) as the value of a header.
fn list(names: &Names) -> String {
    let wildcard = names.any.map(|_| "*");
    let names: Vec<&str> = wildcard
        .into_iter()
        .chain(names.listed.iter().map(|(name, _)| name.as_str()))
        .collect();
    names.join(", ")
}
