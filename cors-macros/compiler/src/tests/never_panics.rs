//! No tokens make the macro panic, and whatever it expands to is an expression.

use cors_support::property;
use proc_macro2::{Literal, TokenStream};
use proptest::prelude::*;
use quote::quote;

use super::messages;

const KEYS: &[&str] = &[
    "allow_origins",
    "allow_methods",
    "allow_headers",
    "expose_headers",
    "allow_credentials",
    "max_age",
    "preflight_status",
    "assert_allowed",
    "assert_denied",
    "rule",
    "allow_origin",
];

const WORDS: &[&str] = &[
    "Any",
    "MirrorRequest",
    "GET",
    "PUT",
    "true",
    "false",
    "env",
    "regex",
    "predicate",
    "hours",
    "days",
    "dangerously_allow",
    "insecure_origin",
    "unconfined_origin",
    "null_origin",
    "credentialed_predicate",
    "default",
    "r#type",
    "self",
    "0",
    "204",
    "1_000u8",
    "99999999999999999999999",
    "1.5",
    "'a'",
    "b\"x\"",
    "c\"x\"",
    "-",
    "=",
    ":",
    "::",
    "#",
    "!",
    "*",
    ";",
    "=>",
    "#[cfg(x)]",
    "#[cfg]",
    "#![a]",
    "|x| true",
    "'static",
];

/// Strings that are nearly origins, methods, headers or expressions, and strings that are nothing.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "(https?|app|\\*|file)://[a-c*.:\\[\\]0-9-]{0,12}(:[0-9*]{0,6})?/?",
        "https://[a-c*]{1,3}\\.(com|github\\.io|amazonaws\\.com|internal|test|1|\\*\\*)",
        "https://[a-c.*+?|()\\[\\]\\\\{}0-9,^$-]{0,16}",
        "[A-Za-z-]{1,12}",
        "\\PC{0,24}",
        prop::collection::vec(any::<char>(), 0..12)
            .prop_map(|chars| chars.into_iter().collect::<String>()),
    ]
}

/// Source text that is nearly a value.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => text().prop_map(|text| Literal::string(&text).to_string()),
        2 => prop::sample::select(WORDS).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..5).prop_map(|values| values.join(", "));
        prop_oneof![
            list.clone().prop_map(|list| format!("[{list}]")),
            list.clone().prop_map(|list| format!("{{{list}}}")),
            (prop::sample::select(WORDS), list.clone())
                .prop_map(|(word, list)| format!("{word}({list})")),
            (prop::sample::select(KEYS), inner.clone())
                .prop_map(|(key, value)| format!("{key} = {value}")),
            inner
                .clone()
                .prop_map(|value| format!("#[cfg(unix)] {value}")),
            inner.prop_map(|value| format!("{value} {value}")),
        ]
    })
}

fn policy() -> impl Strategy<Value = String> {
    let entry = prop_oneof![
        6 => (prop::sample::select(KEYS), value()).prop_map(|(key, value)| format!("{key} = {value}")),
        2 => value().prop_map(|value| format!("rule(allow_origins = [{value}], max_age = 5)")),
        2 => value().prop_map(|value| format!("allow_origins = [{value}]")),
        1 => value(),
    ];
    prop::collection::vec(entry, 0..5).prop_map(|entries| entries.join(", "))
}

proptest! {
    #![proptest_config(property::cases(500))]

    #[test]
    fn no_tokens_make_the_macro_panic(policy in policy()) {
        // What is not even tokens never reaches a macro.
        if let Ok(tokens) = policy.parse::<TokenStream>() {
            let expansion = crate::compile(tokens, &quote!(::cors_runtime)).to_string();
            prop_assert!(syn::parse_str::<syn::Expr>(&expansion).is_ok(), "{}", expansion);
        }
    }

    #[test]
    fn no_string_makes_the_macro_panic_in_any_place(text in text()) {
        let text = Literal::string(&text);
        for tokens in [
            quote!(allow_origins = [#text], assert_allowed = [#text], assert_denied = [#text]),
            quote!(allow_origins = [regex(#text), regex(#text), #text], allow_credentials = true),
            quote!(allow_origins = [env(#text), env("CORS_UNSET", default = #text)]),
            quote!(allow_origins = [dangerously_allow(null_origin, #text)], allow_methods = [#text]),
            quote!(allow_origins = Any, allow_headers = [#text], expose_headers = [#text], max_age = #text),
        ] {
            let expansion = crate::compile(tokens, &quote!(::cors_runtime)).to_string();
            prop_assert!(syn::parse_str::<syn::Expr>(&expansion).is_ok(), "{}", expansion);
        }
    }
}

#[test]
fn no_nesting_is_too_deep() {
    for (open, close) in [
        ("dangerously_allow(insecure_origin, ", ")"),
        ("[", "]"),
        ("(", ")"),
        ("regex(", ")"),
    ] {
        let nested = open.repeat(1_000) + "\"https://example.com\"" + &close.repeat(1_000);
        let messages = messages(&format!("allow_origins = [{nested}]"));
        assert_eq!(messages.len(), 1, "{open} {messages:?}");
    }
}
