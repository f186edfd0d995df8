//! Many patterns that start alike: what they end in is looked up by a hash.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::hashed;
use super::simple::{AnyPort, Simple, Wildcard};
use cors_origin::matcher::hash::MIN_KEY_LEN;
use cors_origin::origin::is_label_byte;

/// What the patterns of a family have in common.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Start {
    pub(super) before: String,
    pub(super) wildcard: Wildcard,
    /// What stands between the wildcard and the first dot after it.
    pub(super) between: String,
    pub(super) port: AnyPort,
}

/// Patterns that differ in nothing but what they end in.
pub(super) struct Family {
    pub(super) start: Start,
    /// From the first dot after the wildcard on; all of it, where there is no wildcard.
    pub(super) endings: Vec<String>,
}

impl Start {
    /// Where a pattern starts like others, and how it ends; `None` if that cannot be looked up.
    pub(super) fn of(pattern: &Simple) -> Option<(Self, String)> {
        let dot = match pattern.wildcard {
            Wildcard::Nothing => 0,
            // A wildcard reads up to the first byte that no label has.
            Wildcard::Label | Wildcard::Labels => pattern.after.find('.')?,
        };
        let (between, ending) = pattern.after.split_at(dot);
        let is_read_by_wildcard = between.bytes().all(is_label_byte);
        let can_be_looked_up = is_read_by_wildcard && ending.len() >= MIN_KEY_LEN;
        can_be_looked_up.then(|| {
            let start = Self {
                before: pattern.before.clone(),
                wildcard: pattern.wildcard,
                between: between.to_owned(),
                port: pattern.port,
            };
            (start, ending.to_owned())
        })
    }
}

impl Family {
    /// Prints `__ENDINGS.matches(origin)`.
    pub(super) fn condition(
        &self,
        table: &Ident,
        origin: &dyn ToTokens,
        private: &TokenStream,
    ) -> TokenStream {
        let origin = self.start.port.stripped(origin, private);
        match self.start.wildcard {
            Wildcard::Nothing => quote!(#table.contains(#origin)),
            Wildcard::Label | Wildcard::Labels => quote!(#table.matches(#origin)),
        }
    }

    /// The table: its type, and its value. Prints, but for what [`hashed`] prints:
    ///
    /// ```text
    /// ::cors_runtime::__private::SuffixTable {
    ///     before: "https://",
    ///     dots: None,
    ///     between: "",
    ///     after: ..,
    /// }
    /// ```
    pub(super) fn table(&self, private: &TokenStream) -> (&'static str, TokenStream) {
        let Start {
            before,
            wildcard,
            between,
            ..
        } = &self.start;
        let after = hashed::value(hashed::build(&self.endings).view(), private);
        if *wildcard == Wildcard::Nothing {
            return ("HashTable", after);
        }
        let dots = match self.dots() {
            None => quote!(::core::option::Option::None),
            Some((least, most)) => {
                let [least, most] = [least, most].map(Literal::usize_unsuffixed);
                quote!(::core::option::Option::Some((#least, #most)))
            }
        };
        let value = quote! {
            #private::SuffixTable {
                before: #before,
                dots: #dots,
                between: #between,
                after: #after,
            }
        };
        ("SuffixTable", value)
    }

    /// How many dots the endings have after `**`, at least and at most.
    pub(super) fn dots(&self) -> Option<(usize, usize)> {
        let dots = |ending: &String| ending.matches('.').count();
        let least = self.endings.iter().map(dots).min()?;
        let most = self.endings.iter().map(dots).max()?;
        (self.start.wildcard == Wildcard::Labels).then_some((least, most))
    }

    /// The patterns, as they are written.
    pub(super) fn patterns(&self) -> Vec<String> {
        let Start {
            before,
            wildcard,
            between,
            port,
        } = &self.start;
        let wildcard = match wildcard {
            Wildcard::Nothing => "",
            Wildcard::Label => "*",
            Wildcard::Labels => "**",
        };
        let port = match port {
            AnyPort::No => "",
            AnyPort::But(_) => ":*",
        };
        let endings = self.endings.iter();
        endings
            .map(|ending| format!("{before}{wildcard}{between}{ending}{port}"))
            .collect()
    }
}
