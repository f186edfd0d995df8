//! A perfect hash as a constant.

use cors_origin::matcher::hash::{HashTable, HashTableBuf};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Builds the table of `texts`.
pub(super) fn build(texts: &[String]) -> HashTableBuf {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    HashTableBuf::new(&texts)
}

/// Prints:
///
/// ```text
/// ::cors_runtime::__private::HashTable {
///     texts: b"https://b.examplehttps://a.example..",
///     starts: b"..",
///     displacements: b"..",
///     offsets: b"..",
///     seed: 0,
///     max_len: 17,
/// }
/// ```
pub(super) fn value(table: HashTable<'_>, private: &TokenStream) -> TokenStream {
    let texts = Literal::byte_string(table.texts);
    let starts = Literal::byte_string(table.starts);
    let displacements = Literal::byte_string(table.displacements);
    let offsets = Literal::byte_string(table.offsets);
    let seed = Literal::u64_unsuffixed(table.seed);
    let max_len = Literal::usize_unsuffixed(table.max_len);
    quote! {
        #private::HashTable {
            texts: #texts,
            starts: #starts,
            displacements: #displacements,
            offsets: #offsets,
            seed: #seed,
            max_len: #max_len,
        }
    }
}
