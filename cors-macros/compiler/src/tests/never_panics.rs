//! No tokens make the macro panic, and whatever it expands to is an expression.

use cors_support::property;
use proc_macro2::{Literal, TokenStream};
use proptest::prelude::*;
use quote::quote;

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

fn arbitrary_policy() -> impl Strategy<Value = String> {
    let entry = prop_oneof![
        6 => (prop::sample::select(KEYS), value()).prop_map(|(key, value)| format!("{key} = {value}")),
        2 => value().prop_map(|value| format!("rule(allow_origins = [{value}], max_age = 5)")),
        2 => value().prop_map(|value| format!("allow_origins = [{value}]")),
        1 => value(),
    ];
    prop::collection::vec(entry, 0..5).prop_map(|entries| entries.join(", "))
}

/// Entries that may be combined in one list.
const ORIGINS: &[&str] = &[
    "\"https://a.example\"",
    "\"https://*.b.example\"",
    "\"https://**.c.example:*\"",
    "\"http://localhost:*\"",
    "#[cfg(unix)] \"https://d.example\"",
    "regex(\"https://(e|f)[0-9]{1,3}\\\\.example\")",
    "env(\"CORS_UNSET\", default = \"https://g.example\")",
    "dangerously_allow(null_origin, \"null\")",
    "dangerously_allow(unconfined_origin, \"https://*.example\")",
];

const SETTINGS: &[&str] = &[
    "allow_methods = [GET, PUT, \"PURGE\"]",
    "allow_headers = [\"content-type\", \"x-one\"]",
    "expose_headers = [\"etag\"]",
    "allow_credentials = true",
    "max_age = hours(2)",
    "preflight_status = 200",
    "assert_denied = [\"https://evil.net\"]",
];

/// A policy without a mistake.
fn sound_policy() -> impl Strategy<Value = Vec<String>> {
    let origins = prop::sample::subsequence(ORIGINS, 1..5);
    let settings = prop::sample::subsequence(SETTINGS, 0..5);
    (origins, settings).prop_map(|(origins, settings)| {
        let origins = format!("allow_origins = [{}]", origins.join(", "));
        let settings = settings.into_iter().map(str::to_owned);
        [origins].into_iter().chain(settings).collect()
    })
}

/// Policies without a mistake, with one, and of nothing but mistakes.
fn policy() -> impl Strategy<Value = String> {
    let mistaken = (sound_policy(), any::<prop::sample::Index>(), value()).prop_map(
        |(mut settings, index, value)| {
            let setting = index.get_mut(&mut settings);
            let (key, _) = setting.split_once(" = ").unwrap();
            *setting = format!("{key} = {value}");
            settings.join(", ")
        },
    );
    prop_oneof![
        1 => sound_policy().prop_map(|settings| settings.join(", ")),
        2 => mistaken,
        2 => arbitrary_policy(),
    ]
}

/// Compiles a policy, and returns whether it was accepted.
fn is_accepted(tokens: TokenStream) -> bool {
    let expansion = crate::tokens::compile(tokens, &quote!(::cors_runtime)).to_string();
    assert!(
        syn::parse_str::<syn::Expr>(&expansion).is_ok(),
        "{expansion}"
    );
    !expansion.contains("compile_error")
}

#[test]
fn no_tokens_make_the_macro_panic() {
    property::check(500, policy(), |policy, branches| {
        // Invalid tokens never reach a macro.
        let Ok(tokens) = policy.parse::<TokenStream>() else {
            return Ok(());
        };
        let is_accepted = is_accepted(tokens);
        branches.note("accepted", is_accepted);
        branches.note("refused", !is_accepted);
        Ok(())
    });
}

#[test]
fn no_string_makes_the_macro_panic_in_any_place() {
    let text = prop_oneof![
        3 => text(),
        1 => "(https?|app)://[a-c]{1,3}\\.example(:[1-9]{2})?",
        1 => "[a-c]{1,3}-[a-c]{1,3}",
        1 => "[a-c]{1,3}".prop_map(|name| format!("https://({name}|www[0-9])\\.{name}\\.example")),
    ];
    property::check(500, text, |text, branches| {
        let text = Literal::string(&text);
        for tokens in [
            quote!(allow_origins = [#text], assert_allowed = [#text], assert_denied = [#text]),
            quote!(allow_origins = [regex(#text), regex(#text), #text], allow_credentials = true),
            quote!(allow_origins = [env(#text), env("CORS_UNSET", default = #text)]),
            quote!(allow_origins = [dangerously_allow(null_origin, #text)], allow_methods = [#text]),
            quote!(allow_origins = Any, allow_headers = [#text], expose_headers = [#text], max_age = #text),
        ] {
            let is_accepted = is_accepted(tokens);
            branches.note("refused", !is_accepted);
        }
        let places = [
            ("an origin", quote!(allow_origins = [#text])),
            ("a regex", quote!(allow_origins = [regex(#text)])),
            (
                "a method",
                quote!(allow_origins = Any, allow_methods = [#text]),
            ),
            (
                "a header",
                quote!(allow_origins = Any, allow_headers = [#text]),
            ),
        ];
        for (place, tokens) in places {
            branches.note(place, is_accepted(tokens));
        }
        Ok(())
    });
}
