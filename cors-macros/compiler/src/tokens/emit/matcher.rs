//! Prints the code that finds the rule for an origin.
//!
//! The matcher is a `match` with one arm for each strategy. The last arm is for all other origins:
//! the rule for any origin, or `None`.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use super::{condition, item_ident, table};
use crate::plan::{Arm, Hosts, Plan, Strategy};
use cors_origin::matcher::dfa::DfaTable;
use cors_origin::matcher::strategy;

/// The printed parts of a matcher.
pub(super) struct Matcher {
    /// The statics.
    pub(super) tables: TokenStream,
    /// `|__origin, _| match __origin { .. }`
    pub(super) function: TokenStream,
    /// The names of the tables, by arm.
    pub(super) names: Vec<Option<Ident>>,
}

/// Prints `|__host| match __host { .. }`, which returns whether an authority, given as an origin,
/// is one of the hosts. `table_count` is the number of tables of the matcher of origins.
pub(super) fn print_hosts(
    hosts: &Hosts,
    table_count: usize,
    fragments: &[TokenStream],
    private: &TokenStream,
) -> Matcher {
    let mut printer = Printer::new("__host", table_count, fragments, private);
    let mut arms = TokenStream::new();
    for arm in &hosts.arms {
        let condition = condition(arm.condition.as_ref(), fragments);
        let (guard, _) = printer.guard(arm);
        arms.extend(quote!(#condition _ if #guard => true,));
    }
    let host = printer.origin;
    let parameter = parameter(&host);
    let tables = printer.tables;
    Matcher {
        tables: quote!(#parameter #tables),
        function: quote!(|#host| match #host { #arms _ => false }),
        names: Vec::new(),
    }
}

/// Prints the matcher of a plan.
pub(super) fn print(plan: &Plan, fragments: &[TokenStream], private: &TokenStream) -> Matcher {
    let mut printer = Printer::new("__origin", 0, fragments, private);
    let mut names = Vec::new();
    let mut arms = TokenStream::new();
    // The arms of a rule are adjacent.
    let mut found_before = None;
    let (mut is_configured, mut has_predicate) = (false, false);
    for arm in &plan.arms {
        let condition = condition(arm.condition.as_ref(), fragments);
        let (guard, name) = printer.guard(arm);
        let found = match found_before {
            Some((rule, found)) if rule == arm.rule => found,
            _ => found(arm.rule),
        };
        arms.extend(quote!(#condition _ if #guard => #found,));
        found_before = Some((arm.rule, found));
        names.push(name);
        match arm.strategy {
            Strategy::Configured => is_configured = true,
            Strategy::Predicate(_) => has_predicate = true,
            _ => {}
        }
    }
    let rest = match plan.rest {
        Some(rule) => found(rule),
        None => quote!(::core::option::Option::None),
    };
    let origin = printer.origin;
    let mut tables = printer.tables;
    if has_predicate {
        tables.extend(parameter(&predicate_name()));
    }
    // Only templates use it.
    let configured = match is_configured {
        true => {
            tables.extend(parameter(&printer.configured));
            printer.configured.into_token_stream()
        }
        false => quote!(_),
    };
    // A `match` with only the last arm would not use its operand.
    let function = match arms.is_empty() {
        true => quote!(|_, _| #rest),
        false => {
            tables.extend(parameter(&origin));
            quote!(|#origin, #configured| match #origin { #arms _ => #rest })
        }
    };
    Matcher {
        tables,
        function,
        names,
    }
}

fn predicate_name() -> Ident {
    Ident::new("__predicate", Span::mixed_site())
}

/// Prints a function with the name of a parameter or of a local variable.
///
/// These are patterns, so they would mean a constant, a static or a struct of the user with that name.
/// A function hides such an item, and a pattern may hide a function.
fn parameter(name: &Ident) -> TokenStream {
    quote!(#[allow(dead_code)] fn #name() {})
}

struct Printer<'p> {
    fragments: &'p [TokenStream],
    private: &'p TokenStream,
    origin: Ident,
    configured: Ident,
    /// The statics printed so far.
    tables: TokenStream,
    table_count: usize,
}

impl<'p> Printer<'p> {
    fn new(
        origin: &str,
        table_count: usize,
        fragments: &'p [TokenStream],
        private: &'p TokenStream,
    ) -> Self {
        Self {
            fragments,
            private,
            origin: Ident::new(origin, Span::mixed_site()),
            configured: Ident::new("__configured", Span::mixed_site()),
            tables: TokenStream::new(),
            table_count,
        }
    }

    /// Prints the condition of an arm, and adds the table that it uses. Also returns the name of
    /// the table.
    fn guard(&mut self, arm: &Arm) -> (TokenStream, Option<Ident>) {
        let (private, origin) = (self.private, self.origin.clone());
        match &arm.strategy {
            Strategy::Lookup(lookup) => self.lookup(arm, lookup),
            Strategy::Patterns { table, patterns } => {
                self.automaton(arm, "PATTERNS", patterns, table.view())
            }
            Strategy::Regex { table, text } => {
                self.automaton(arm, "REGEX", core::slice::from_ref(text), table.view())
            }
            Strategy::Configured => {
                let configured = &self.configured;
                (quote!(#configured.accepts(#origin)), None)
            }
            Strategy::Predicate(function) => {
                let function = &self.fragments[function.fragment.index()];
                // The type of the function is checked here, so that an error is about the function.
                let predicate = predicate_name();
                let guard = quote!({
                    let #predicate: #private::Predicate = #function;
                    #private::call_predicate(#origin, #predicate)
                });
                (guard, None)
            }
        }
    }

    fn automaton(
        &mut self,
        arm: &Arm,
        word: &str,
        accepted: &[String],
        table: DfaTable<'_>,
    ) -> (TokenStream, Option<Ident>) {
        let origin = self.origin.clone();
        let value = table::dfa_table(table, self.private);
        let accepted = preview(&mut accepted.iter().map(String::as_str));
        let doc = format!(" Accepts {accepted}. Reads from the last byte to the first.");
        let name = self.add(arm, word, &doc, "DfaTable", &value);
        (quote!(#name.matches(#origin)), Some(name))
    }

    fn lookup(&mut self, arm: &Arm, lookup: &strategy::Strategy) -> (TokenStream, Option<Ident>) {
        let (private, origin) = (self.private, self.origin.clone());
        match lookup {
            strategy::Strategy::Compare(texts) => (table::comparisons(texts, &origin), None),
            strategy::Strategy::PerfectHash(table) => {
                let doc = format!(" Has {}.", preview(&mut table.texts()));
                let value = table::hash_table(table.view(), private);
                let name = self.add(arm, "ORIGINS", &doc, "HashTable", &value);
                (quote!(#name.contains(#origin)), Some(name))
            }
            strategy::Strategy::SingleWildcard(pattern) => {
                (table::single_wildcard(pattern, &origin, private), None)
            }
            strategy::Strategy::SuffixHash(group) => {
                let patterns = group.patterns();
                let accepted = preview(&mut patterns.iter().map(String::as_str));
                let doc = format!(" Accepts {accepted}.");
                let (kind, value) = match group.view() {
                    None => ("HashTable", table::hash_table(group.endings(), private)),
                    Some(table) => ("SuffixTable", table::suffix_table(table, private)),
                };
                let name = self.add(arm, "ENDINGS", &doc, kind, &value);
                let guard = table::suffix_group(group, &name, &origin, private);
                (guard, Some(name))
            }
        }
    }

    /// Adds a static. Prints:
    ///
    /// ```text
    /// /// Has `https://a.example`, `https://b.example`.
    /// static __ORIGINS: ::cors_runtime::__private::HashTable<'static> = ..;
    /// ```
    fn add(&mut self, arm: &Arm, word: &str, doc: &str, kind: &str, value: &TokenStream) -> Ident {
        self.table_count += 1;
        let name = item_ident(word, self.table_count);
        let condition = condition(arm.condition.as_ref(), self.fragments);
        let private = self.private;
        let kind = Ident::new(kind, Span::mixed_site());
        self.tables.extend(quote! {
            #condition
            #[doc = #doc]
            static #name: #private::#kind<'static> = #value;
        });
        name
    }
}

/// Prints the value of an arm: the rule with this index.
fn found(index: usize) -> TokenStream {
    let (rules, index) = (item_ident("RULES", 1), Literal::usize_unsuffixed(index));
    quote!(::core::option::Option::Some(&#rules[#index]))
}

/// Returns the first few entries in alphabetical order, for the documentation of a table.
fn preview(entries: &mut dyn Iterator<Item = &str>) -> String {
    const MAX_SHOWN: usize = 4;
    let mut first = Vec::new();
    let mut count = 0;
    for entry in entries {
        // Nobody needs the order of the others.
        let place = first.partition_point(|before| *before < entry);
        first.insert(place, entry);
        first.truncate(MAX_SHOWN);
        count += 1;
    }
    let mut shown = String::new();
    for entry in &first {
        let separator = if shown.is_empty() { "" } else { ", " };
        shown += &format!("{separator}`{entry}`");
    }
    match count - first.len() {
        0 => shown,
        hidden => format!("{shown}, {hidden} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::preview;

    #[test]
    fn the_documentation_of_a_table_has_its_first_entries() {
        for (entries, shown) in [
            (vec!["a"], "`a`"),
            (vec!["a", "b", "c", "d"], "`a`, `b`, `c`, `d`"),
            (
                vec!["a", "b", "c", "d", "e", "f"],
                "`a`, `b`, `c`, `d`, 2 more",
            ),
        ] {
            assert_eq!(preview(&mut entries.into_iter().rev()), shown);
        }
    }
}
