//! A rule as a struct literal of precomputed header values.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::model::{Entry, Names, Origins, Rule};

/// Prints `Rule { .. }` with the fields that say something; `regexes` is what stands in that one.
pub(crate) fn of(rule: &Rule, regexes: &TokenStream, private: &TokenStream) -> TokenStream {
    let origins = match &rule.origins {
        Origins::Any(_) => quote!(#private::Origins::Any),
        Origins::Listed(entries) => {
            let texts = entries.iter().map(|entry| {
                let condition = condition(entry);
                let text = entry.text();
                quote!(#condition #text)
            });
            quote!(#private::Origins::Listed(&[#(#texts),*]))
        }
    };
    let regexes = (!regexes.is_empty()).then(|| quote!(regexes: &[#regexes],));
    let value = |field: &str, value: &str| {
        let field = Ident::new(field, Span::mixed_site());
        (!value.is_empty()).then(|| quote!(#field: #value,))
    };
    let flag = |field: &str, is_set: bool| {
        let field = Ident::new(field, Span::mixed_site());
        is_set.then(|| quote!(#field: true,))
    };
    let credentials = if rule.credentials.is_some() {
        "true"
    } else {
        ""
    };
    let values = Values::of(rule);
    let fields: TokenStream = [
        value("allow_origin", &allow_origin(&rule.origins)),
        value("allow_credentials", credentials),
        value("allow_methods", &values.methods),
        flag("mirror_method", rule.methods.mirrors_request),
        value("allow_headers", &values.headers),
        flag("mirror_headers", rule.headers.mirrors_request),
        value("expose_headers", &values.exposed_headers),
        value("max_age", &values.max_age),
    ]
    .into_iter()
    .flatten()
    .collect();
    quote! {
        #private::Rule {
            origins: #origins,
            #regexes
            #fields
            ..#private::Rule::NOTHING
        }
    }
}

/// The values of headers.
pub(super) struct Values {
    pub(super) methods: String,
    pub(super) headers: String,
    pub(super) exposed_headers: String,
    pub(super) max_age: String,
}

impl Values {
    pub(super) fn of(rule: &Rule) -> Self {
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

/// The `#[cfg(..)]` of an entry, for whatever is generated for it alone.
pub(super) fn condition(entry: &Entry) -> Option<&TokenStream> {
    Some(&entry.condition.as_ref()?.attributes.0)
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
