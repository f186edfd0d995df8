//! Prints the conditions of arms, and the tables that they use.

use cors_origin::matcher::dfa::DfaTable;
use cors_origin::matcher::hash::HashTable;
use cors_origin::matcher::suffix::{SuffixGroup, SuffixTable};
use cors_origin::matcher::wildcard::{PortRule, SingleWildcard, Wildcard};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

/// Prints `__origin == b"https://a.example" || __origin == b"https://b.example"`. As patterns of
/// the `match`, they would be compared byte by byte.
pub(super) fn comparisons(texts: &[String], origin: &dyn ToTokens) -> TokenStream {
    let mut comparisons = Vec::new();
    for text in texts {
        let text = Literal::byte_string(text.as_bytes());
        comparisons.push(quote!(#origin == #text));
    }
    quote!(#(#comparisons)||*)
}

/// Prints `::cors_runtime::__private::matches_label(__origin, "https://", ".example.com")`.
pub(super) fn single_wildcard(
    pattern: &SingleWildcard,
    origin: &dyn ToTokens,
    private: &TokenStream,
) -> TokenStream {
    let (before, after) = (&pattern.before, &pattern.after);
    let origin = stripped(pattern.port, origin, private);
    match pattern.wildcard {
        Wildcard::None => {
            let text = Literal::byte_string(after.as_bytes());
            quote!(#origin == #text)
        }
        Wildcard::Label => quote!(#private::matches_label(#origin, #before, #after)),
        Wildcard::Labels => quote!(#private::matches_labels(#origin, #before, #after)),
    }
}

/// Prints `__ENDINGS.matches(__origin)`.
pub(super) fn suffix_group(
    group: &SuffixGroup,
    table: &Ident,
    origin: &dyn ToTokens,
    private: &TokenStream,
) -> TokenStream {
    let origin = stripped(group.start().port, origin, private);
    match group.view() {
        None => quote!(#table.contains(#origin)),
        Some(_) => quote!(#table.matches(#origin)),
    }
}

/// Prints `::cors_runtime::__private::strip_port(__origin, 443)`, or only the origin.
fn stripped(port: PortRule, origin: &dyn ToTokens, private: &TokenStream) -> TokenStream {
    match port {
        PortRule::Exact => quote!(#origin),
        PortRule::AnyBut(default) => {
            let default = Literal::u16_unsuffixed(default);
            quote!(#private::strip_port(#origin, #default))
        }
    }
}

/// Prints:
///
/// ```text
/// ::cors_runtime::__private::HashTable {
///     texts: b"https://b.examplehttps://a.example..",
///     starts: b"..",
///     stride: 0,
///     displacements: b"..",
///     offsets: b"..",
///     seed: 0,
///     max_len: 17,
/// }
/// ```
pub(super) fn hash_table(table: HashTable<'_>, private: &TokenStream) -> TokenStream {
    let texts = Literal::byte_string(table.texts);
    let starts = Literal::byte_string(table.starts);
    let stride = Literal::usize_unsuffixed(table.stride);
    let displacements = Literal::byte_string(table.displacements);
    let offsets = Literal::byte_string(table.offsets);
    let seed = Literal::u64_unsuffixed(table.seed);
    let max_len = Literal::usize_unsuffixed(table.max_len);
    quote! {
        #private::HashTable {
            texts: #texts,
            starts: #starts,
            stride: #stride,
            displacements: #displacements,
            offsets: #offsets,
            seed: #seed,
            max_len: #max_len,
        }
    }
}

/// Prints, in addition to [`hash_table`]:
///
/// ```text
/// ::cors_runtime::__private::SuffixTable {
///     before: "https://",
///     dots: None,
///     between: "",
///     after: ..,
/// }
/// ```
pub(super) fn suffix_table(table: SuffixTable<'_>, private: &TokenStream) -> TokenStream {
    let (before, between) = (table.before, table.between);
    let after = hash_table(table.after, private);
    let dots = match table.dots {
        None => quote!(::core::option::Option::None),
        Some((least, most)) => {
            let least = Literal::usize_unsuffixed(least);
            let most = Literal::usize_unsuffixed(most);
            quote!(::core::option::Option::Some((#least, #most)))
        }
    };
    quote! {
        #private::SuffixTable {
            before: #before,
            dots: #dots,
            between: #between,
            after: #after,
        }
    }
}

/// Prints:
///
/// ```text
/// ::cors_runtime::__private::DfaTable {
///     before: "https://",
///     after: ".example.com",
///     classes: b"..",
///     next: b"..",
///     width: 2,
///     start: 17,
///     first_accepting: 408,
/// }
/// ```
pub(super) fn dfa_table(table: DfaTable<'_>, private: &TokenStream) -> TokenStream {
    let (before, after) = (table.before, table.after);
    let classes = Literal::byte_string(table.classes);
    let next = Literal::byte_string(table.next);
    let width = Literal::u8_unsuffixed(table.width);
    let start = Literal::u32_unsuffixed(table.start);
    let first_accepting = Literal::u32_unsuffixed(table.first_accepting);
    quote! {
        #private::DfaTable {
            before: #before,
            after: #after,
            classes: #classes,
            next: #next,
            width: #width,
            start: #start,
            first_accepting: #first_accepting,
        }
    }
}
