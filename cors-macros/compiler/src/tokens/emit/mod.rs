//! Prints a plan as Rust: one expression of plain data, and a `match` that finds the rule.
//!
//! This stage cannot report mistakes, so it cannot fail. Every name starts with the path of the
//! runtime crate, as given in the invocation (`$crate`), or with two underscores. So the expansion
//! works under any name of that crate, whatever other names are in scope.

mod matcher;
mod rule;
mod table;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use crate::declaration::{CONFIGURED, CREATE_POLICY, OnDenied, TEMPLATE_TYPE};
use crate::feature::Feature;
use crate::model::Condition;
use crate::plan::{Hosts, Plan};
use matcher::Matcher;

/// The status of successful preflights, if an expansion does not mention one.
const DEFAULT_STATUS: u16 = 204;

/// Prints, for a policy with credentials for two origins:
///
/// ```text
/// {
///     #[allow(dead_code)]
///     fn __origin() {}
///     use ::cors_runtime::__private::OriginEntry as __Entry;
///     struct __Rule;
///     impl ::cors_runtime::__private::RuleSpec for __Rule {
///         const ENTRIES: &'static [__Entry<'static>] = &[
///             __Entry::Origin("https://admin.example.com"),
///             __Entry::Origin("https://app.example.com"),
///         ];
///         const ALLOW_CREDENTIALS: ::core::primitive::bool = true;
///         const ALLOW_METHODS: &'static ::core::primitive::str = "GET, PUT";
///         const MAX_AGE: &'static ::core::primitive::str = "7200";
///     }
///     static __RULES: [::cors_runtime::__private::Rule; 1] = [
///         ::cors_runtime::__private::Rule::new::<__Rule>(),
///     ];
///     ::cors_runtime::Policy::from_static(const {
///         &::cors_runtime::__private::Compiled::new(
///             &__RULES,
///             |__origin, _| match __origin {
///                 _ if __origin == b"https://admin.example.com"
///                     || __origin == b"https://app.example.com" => {
///                     ::core::option::Option::Some(&__RULES[0])
///                 }
///                 _ => ::core::option::Option::None,
///             },
///             "2 literals",
///         )
///     })
/// }
/// ```
pub(crate) fn policy(
    plan: &Plan,
    fragments: &[TokenStream],
    template: Option<Span>,
    hints: &TokenStream,
    runtime: &TokenStream,
) -> TokenStream {
    let private = quote!(#runtime::__private);
    let variables = variables(&plan.variables);
    let Matcher {
        tables,
        function,
        names: table_names,
    } = matcher::print(plan, fragments, &private);
    let description = plan.description();
    let mut rules = TokenStream::new();
    let mut values = TokenStream::new();
    for (index, rule) in plan.rules.iter().enumerate() {
        let name = item_ident("Rule", index + 1);
        rule::spec(rule, &name, &table_names, fragments, &private).to_tokens(&mut rules);
        quote!(#private::Rule::new::<#name>(),).to_tokens(&mut values);
    }
    let entry_import = rule::entry_import(&private);
    let all = item_ident("RULES", 1);
    let count = Literal::usize_unsuffixed(plan.rules.len());
    let mut settings = TokenStream::new();
    if plan.preflight_status != DEFAULT_STATUS {
        let status = Literal::u16_unsuffixed(plan.preflight_status);
        settings.extend(quote!(.with_preflight_status(#status)));
    }
    if plan.on_denied != OnDenied::Continue {
        let word = Ident::new(plan.on_denied.name(), Span::mixed_site());
        settings.extend(quote!(.with_on_denied(#private::OnDenied::#word)));
    }
    let reasons = &plan.reasons_against_any;
    if !reasons.is_empty() {
        settings.extend(quote!(.with_reasons_against_any(&[#(#reasons),*])));
    }
    let mut host_tables = TokenStream::new();
    if let Some(hosts) = &plan.hosts {
        let (tables, call) = self::hosts(hosts, &table_names, fragments, &private);
        host_tables = tables;
        settings.extend(call);
    }
    let value = value(
        &quote! {
            &#private::Compiled::new(
                &#all,
                #function,
                #description,
            )
            #settings
        },
        template,
        runtime,
    );
    quote! {
        {
            #hints
            #variables
            #tables
            #entry_import
            #host_tables
            #rules
            static #all: [#private::Rule; #count] = [#values];
            #value
        }
    }
}

/// Prints the tables of a matcher of hosts, and
///
/// ```text
/// .with_hosts(&["localhost:*"], |__host| match __host { .. })
/// ```
fn hosts(
    hosts: &Hosts,
    tables: &[Option<Ident>],
    fragments: &[TokenStream],
    private: &TokenStream,
) -> (TokenStream, TokenStream) {
    let mut table_count = 0;
    for table in tables {
        table_count += usize::from(table.is_some());
    }
    let Matcher {
        tables, function, ..
    } = matcher::print_hosts(hosts, table_count, fragments, private);
    let mut entries = Vec::new();
    for entry in &hosts.entries {
        let condition = condition(entry.condition.as_ref(), fragments);
        let text = &entry.text;
        entries.push(quote!(#condition #text));
    }
    (tables, quote!(.with_hosts(&[#(#entries),*], #function)))
}

/// Prints a policy, or a template. A template has the position of `Configured`, because that is the
/// reason if a policy is expected. Prints, for a template:
///
/// ```text
/// ::cors_runtime::__private::without_origins! {
///     ::core::compile_error! { ".." }
/// }
/// ::cors_runtime::__private::PolicyTemplate::from_static(const { .. })
/// ```
fn value(compiled: &TokenStream, template: Option<Span>, runtime: &TokenStream) -> TokenStream {
    let call = quote!(from_static(const { #compiled }));
    let Some(template) = template else {
        return quote!(#runtime::Policy::#call);
    };
    let call = at(template, quote!(#runtime::__private::PolicyTemplate::#call));
    let error = format!(
        "`{CONFIGURED}`{}\nhelp: {}\nhelp: {TEMPLATE_TYPE}\nhelp: {CREATE_POLICY}\nsee: cors_runtime::guide::run_time_origins",
        Feature::Origins.needed(),
        Feature::Origins.how_to_add()
    );
    let error = quote_spanned!(template=> ::core::compile_error! { #error });
    quote! {
        #runtime::__private::without_origins! { #error }
        #call
    }
}

/// Moves tokens to the position of another one.
fn at(position: Span, tokens: TokenStream) -> TokenStream {
    let mut moved = TokenStream::new();
    for mut token in tokens {
        token.set_span(position.resolved_at(token.span()));
        token.to_tokens(&mut moved);
    }
    moved
}

/// Prints a policy without rules.
fn denying(runtime: &TokenStream) -> TokenStream {
    quote!(&#runtime::__private::Compiled::new(&[], |_, _| ::core::option::Option::None, ""))
}

/// Returns `__WORD` for the first item of its kind, and `__WORD_2` for the second; types have no
/// second underscore. User code in the expansion can see these items, whatever their span, so the
/// path of a predicate must not match one of them.
fn item_ident(word: &str, number: usize) -> Ident {
    let name = match (number, word.as_bytes()) {
        (1, _) => format!("__{word}"),
        (_, [.., b'a'..=b'z']) => format!("__{word}{number}"),
        _ => format!("__{word}_{number}"),
    };
    Ident::new(&name, Span::mixed_site())
}

/// Prints the `#[cfg(..)]` of code for conditional entries.
fn condition(condition: Option<&Condition>, fragments: &[TokenStream]) -> Option<TokenStream> {
    let mut attributes = TokenStream::new();
    for fragment in &condition?.fragments {
        fragments[fragment.index()].to_tokens(&mut attributes);
    }
    Some(attributes)
}

/// Makes the compiler track the environment variables, so that it recompiles the policy when they
/// change. Prints:
///
/// ```text
/// const _: () = {
///     let _ = ::core::option_env!("PARTNER_ORIGINS");
/// };
/// ```
fn variables(names: &[String]) -> Option<TokenStream> {
    if names.is_empty() {
        return None;
    }
    Some(quote!(const _: () = { #(let _ = ::core::option_env!(#names);)* };))
}

/// Prints the errors, and a policy that denies everything. It has the right type, so that users see
/// no other errors.
pub(crate) fn fallback(
    errors: &TokenStream,
    template: Option<Span>,
    hints: &TokenStream,
    runtime: &TokenStream,
) -> TokenStream {
    let value = value(&denying(runtime), template, runtime);
    quote! {
        {
            #hints
            #errors
            #value
        }
    }
}

#[cfg(all(test, feature = "regex"))]
mod tests;
