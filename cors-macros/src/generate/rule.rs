//! A rule as a struct literal of precomputed header values.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Entry, Names, Origins, Rule};

/// Prints `Rule { .. }`; an empty value stands for a header that is not sent.
pub(crate) fn of(rule: &Rule, private: &TokenStream) -> TokenStream {
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
    let credentials = rule.credentials.is_some();
    let methods = list(&rule.methods);
    let headers = list(&rule.headers);
    let exposed = list(&rule.exposed_headers);
    let max_age = rule
        .max_age
        .map_or_else(String::new, |seconds| seconds.to_string());
    let sole_origin = sole_origin(&rule.origins);
    let mirror_method = rule.methods.mirrors_request;
    let mirror_headers = rule.headers.mirrors_request;
    quote! {
        #private::Rule {
            origins: #origins,
            sole_origin: #private::value!(#sole_origin),
            allow_credentials: #credentials,
            allow_methods: #private::value!(#methods),
            mirror_method: #mirror_method,
            allow_headers: #private::value!(#headers),
            mirror_headers: #mirror_headers,
            expose_headers: #private::value!(#exposed),
            max_age: #private::value!(#max_age),
        }
    }
}

/// The only origin that is allowed, or nothing if there are others.
fn sole_origin(origins: &Origins) -> String {
    match origins {
        Origins::Listed(entries) => match entries.as_slice() {
            [entry] if entry.is_exact() => entry.text(),
            _ => String::new(),
        },
        Origins::Any(_) => String::new(),
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
