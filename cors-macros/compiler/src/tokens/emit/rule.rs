//! Prints a rule as a type with constants: the values of headers.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};

use super::condition;
use crate::plan::{Entry, EntryKind, Rule};
use cors_origin::fetch::SAFELISTED_METHOD_LIST;
use cors_origin::header::Header;

/// Prints the import of `OriginEntry` as `__Entry`, so that long lists are short.
pub(crate) fn entry_import(private: &TokenStream) -> TokenStream {
    let entry = entry_type();
    quote!(use #private::OriginEntry as #entry;)
}

fn entry_type() -> Ident {
    Ident::new("__Entry", Span::mixed_site())
}

/// Prints `struct __Rule;` and `impl RuleSpec for __Rule` with the constants that differ from the
/// default. `tables` contains the names of the tables, by arm.
pub(crate) fn spec(
    rule: &Rule,
    name: &Ident,
    tables: &[Option<Ident>],
    fragments: &[TokenStream],
    private: &TokenStream,
) -> TokenStream {
    let entry_type = entry_type();
    let variants = Variants::new(private, &entry_type);
    let mut entries = TokenStream::new();
    for entry in &rule.entries {
        condition(entry.condition.as_ref(), fragments).to_tokens(&mut entries);
        variants.print(entry, tables, &mut entries);
    }
    let flag = |name: &str, is_set: bool| {
        let name = Ident::new(name, Span::mixed_site());
        is_set.then(|| quote!(const #name: ::core::primitive::bool = true;))
    };
    let value = |header: Header| {
        let name = Ident::new(header.const_name(), Span::mixed_site());
        match (header, rule.values[header].as_str()) {
            (_, "") => None,
            // The default is the methods that are always allowed.
            (Header::AllowMethods, SAFELISTED_METHOD_LIST) => None,
            (Header::AllowCredentials, _) => flag(header.const_name(), true),
            // Its value is that of another header.
            (Header::TimingAllowOrigin, _) => None,
            (_, value) => Some(quote!(const #name: &'static ::core::primitive::str = #value;)),
        }
    };
    let mut values = TokenStream::new();
    for header in Header::ALL {
        value(header).to_tokens(&mut values);
    }
    let expose_timing = flag(Header::TimingAllowOrigin.const_name(), rule.expose_timing);
    let mirror_method = flag("MIRROR_METHOD", rule.mirror_method);
    let mirror_headers = flag("MIRROR_HEADERS", rule.mirror_headers);
    quote! {
        struct #name;
        impl #private::RuleSpec for #name {
            const ENTRIES: &'static [#entry_type<'static>] = &[#entries];
            #values
            #expose_timing
            #mirror_method
            #mirror_headers
        }
    }
}

/// The most common variants of `OriginEntry`. A list may have thousands of entries, and cloning
/// tokens is faster than creating them.
struct Variants<'n> {
    private: &'n TokenStream,
    entry_type: &'n Ident,
    origin: TokenStream,
    pattern: TokenStream,
}

impl<'n> Variants<'n> {
    fn new(private: &'n TokenStream, entry_type: &'n Ident) -> Self {
        Self {
            private,
            entry_type,
            origin: quote!(#entry_type::Origin),
            pattern: quote!(#entry_type::Pattern),
        }
    }

    /// Appends a variant of `OriginEntry`, and a comma.
    fn print(&self, entry: &Entry, tables: &[Option<Ident>], to: &mut TokenStream) {
        let text = &entry.text;
        let entry_type = self.entry_type;
        match &entry.kind {
            EntryKind::Any => to.extend(quote!(#entry_type::Any)),
            EntryKind::Origin | EntryKind::Pattern => {
                to.extend(match &entry.kind {
                    EntryKind::Origin => self.origin.clone(),
                    _ => self.pattern.clone(),
                });
                let text = TokenTree::Literal(Literal::string(text));
                to.append(Group::new(Delimiter::Parenthesis, text.into()));
            }
            EntryKind::Null => to.extend(quote!(#entry_type::Null)),
            EntryKind::Regex { expression, arm } => {
                let table = &tables[*arm];
                let private = self.private;
                let automaton = quote!(#private::Automaton::Table(&#table));
                to.extend(quote! {
                    #entry_type::Regex { text: #text, expression: #expression, automaton: #automaton }
                });
            }
            EntryKind::Configured => to.extend(quote!(#entry_type::Configured)),
            EntryKind::Predicate { path } => {
                to.extend(quote!(#entry_type::Predicate { text: #text, path: #path }));
            }
        }
        to.append(Punct::new(',', Spacing::Alone));
    }
}
