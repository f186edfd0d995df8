//! A rule as a struct literal of precomputed header values.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Names, Origins, Rule};

/// Prints `Rule { .. }`; an empty value stands for a header that is not sent.
pub(crate) fn of(rule: &Rule, private: &TokenStream) -> TokenStream {
    let origins = match &rule.origins {
        Origins::Any(_) => quote!(#private::Origins::Any),
        Origins::Listed(entries) => {
            let texts = entries.iter().map(|entry| entry.origin.to_string());
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
    quote! {
        #private::Rule {
            origins: #origins,
            allow_credentials: #credentials,
            allow_methods: #methods,
            allow_headers: #headers,
            expose_headers: #exposed,
            max_age: #max_age,
        }
    }
}

/// A [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1) as the value of a header.
fn list(names: &Names) -> String {
    let wildcard = names.any.map(|_| "*");
    let names: Vec<&str> = wildcard
        .into_iter()
        .chain(names.listed.iter().map(String::as_str))
        .collect();
    names.join(", ")
}
