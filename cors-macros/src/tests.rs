//! The compiler as a whole: it never panics, reports everything once and in order, and offers only
//! what compiles.

mod determinism;
mod form;
mod hostile;
mod offers;
mod ui;

use std::collections::HashSet;

use proc_macro2::{Delimiter, Group, Literal, TokenStream};
use proptest::prelude::*;
use quote::quote;

use crate::property;

/// The messages of a policy, in the order in which they are printed.
fn messages(policy: &str) -> Vec<String> {
    messages_of(policy.parse().unwrap())
}

fn messages_of(policy: TokenStream) -> Vec<String> {
    let expansion = crate::compile(policy, &quote!(::cors_runtime));
    let file: syn::Expr = syn::parse2(expansion).expect("the expansion is an expression");
    let syn::Expr::Block(block) = file else {
        panic!("the expansion is a block");
    };
    let macros = block
        .block
        .stmts
        .into_iter()
        .filter_map(|statement| match statement {
            syn::Stmt::Macro(statement) => Some(statement.mac),
            _ => None,
        });
    let macros =
        macros.filter(|named| named.path.segments.last().unwrap().ident == "compile_error");
    macros
        .map(|compile_error| {
            syn::parse2::<syn::LitStr>(compile_error.tokens)
                .unwrap()
                .value()
        })
        .collect()
}

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

/// What is copied to the expansion as it was written: predicates and conditions.
#[test]
fn what_is_copied_to_the_expansion_is_rust() {
    for (entry, is_valid) in [
        ("predicate(is_known)", true),
        ("predicate(::tenants::r#type::is_known,)", true),
        ("predicate(super::super::is_known)", true),
        (
            "#[cfg(all(test, feature = \"x\"))] predicate(crate::is_known)",
            true,
        ),
        ("predicate({-})", false),
        ("predicate()", false),
        ("predicate(a, b)", false),
        ("predicate(a::, b)", false),
        ("predicate(a, ::b)", false),
        ("predicate(a::)", false),
        ("predicate(a: :b)", false),
        ("predicate(a b)", false),
        ("predicate(fn)", false),
        ("predicate(_)", false),
        ("predicate(true)", false),
        ("predicate(known::<{-}>)", false),
        ("predicate(|origin| true)", false),
        ("predicate(#[cfg(test)] a)", false),
        ("#[cfg] \"https://a.example\"", false),
        ("#[cfg -] \"https://a.example\"", false),
        ("#[cfg::a(x)] \"https://a.example\"", false),
        ("#[cfg = \"x\"] \"https://a.example\"", false),
    ] {
        let messages = messages(&format!("allow_origins = [{entry}]"));
        assert_eq!(
            messages.len(),
            usize::from(!is_valid),
            "{entry} {messages:?}"
        );
    }
    // What a `$path:path` of the user's own `macro_rules!` arrives as.
    let path = Group::new(Delimiter::None, quote!(tenants::is_known));
    let expansion = crate::compile(
        quote!(allow_origins = [predicate(#path)]),
        &quote!(::cors_runtime),
    );
    assert!(
        !expansion.to_string().contains("compile_error"),
        "{expansion}"
    );
}

#[test]
fn what_means_nothing_is_refused() {
    for (policy, check) in [
        // The first rule asks the same function.
        (
            "rule(allow_origins = [predicate(f)]), rule(allow_origins = [predicate(f)])",
            "unreachable-rule",
        ),
        (
            r#"rule(allow_origins = [predicate(f)]), rule(allow_origins = [predicate(f), "https://a.example"])"#,
            "duplicate-entry",
        ),
        (
            r#"allow_origins = [env("CORS_TEST_UNSET", default = "")]"#,
            "empty-list",
        ),
        // Set, as is every variable of cargo, but still of no use.
        (
            r#"allow_origins = [env("CARGO_MANIFEST_DIR", default = " , ")]"#,
            "empty-list",
        ),
        (
            "allow_origins = Any, allow_methods = [GET, r#GET]",
            "duplicate-entry",
        ),
        (
            r#"allow_origins = Any, allow_headers = ["set-cookie2"]"#,
            "request-header-response-only",
        ),
    ] {
        let messages = messages(policy);
        assert_eq!(messages.len(), 1, "{policy} {messages:?}");
        assert!(messages[0].ends_with(&format!("#{check}")), "{messages:?}");
    }
    // Under another condition, or another function, is another matter.
    for policy in [
        "rule(allow_origins = [#[cfg(unix)] predicate(f)]), rule(allow_origins = [predicate(f)])",
        "rule(allow_origins = [predicate(f)]), rule(allow_origins = [predicate(g)])",
    ] {
        assert_eq!(messages(policy), [""; 0], "{policy}");
    }
    let repeated = "dangerously_allow(null_origin, ".repeat(2) + "\"null\"))";
    assert_eq!(
        messages(&format!("allow_origins = [{repeated}]")),
        ["risk `null_origin` is accepted twice\n\
          note: an opt-out around this one accepts it already\n\
          help: write `\"null\"`\n\
          see: cors_runtime::diagnostics#opt-out-unneeded"]
    );
    let regex = r#"allow_origins = [regex("https://a!b[0-9]\\.example")]"#;
    assert!(messages(regex)[0].contains("others are exact entries"));
}

/// What is offered keeps what else was written: variables, and opt-outs that are needed.
#[test]
fn help_with_an_entry_knows_where_it_came_from() {
    let env = r#"env("CORS_TEST_UNSET", default = "https://a.example,https://b.example")"#;
    for (entry, credentials, present, absent) in [
        (
            format!("dangerously_allow(unconfined_origin, {env})"),
            false,
            vec![
                r#"help: write `env("CORS_TEST_UNSET", default = "https://a.example,https://b.example")`"#,
            ],
            vec![],
        ),
        (
            "dangerously_allow(unconfined_origin, dangerously_allow(insecure_origin, \"http://a.example\"))".into(),
            true,
            vec![
                "(unconfined_origin, ..)",
                r#"help: write `dangerously_allow(insecure_origin, "http://a.example")`"#,
            ],
            vec![],
        ),
        (
            "dangerously_allow(unconfined_origin, regex(\"https://a[0-9]\\\\.example\"))".into(),
            false,
            vec!["help: write `regex(\"https://a[0-9]\\\\.example\")`\n"],
            vec![],
        ),
        (
            env.replace("s://b", "://b"),
            true,
            vec![
                "`http://b.example`",
                "note: it stands in the default for the environment variable `CORS_TEST_UNSET`\n",
                "help: write `https` for the scheme\n",
                r#"`dangerously_allow(insecure_origin, env("CORS_TEST_UNSET", default = "https://a.example,http://b.example"))`"#,
            ],
            vec!["write `\""],
        ),
        (
            env.replace("//b", "//a"),
            false,
            vec![
                "duplicate origin `https://a.example`",
                "note: it stands in the default for the environment variable `CORS_TEST_UNSET`\n",
            ],
            vec![],
        ),
        (
            env.replace("//b", "//B"),
            false,
            vec!["note: it stands in the default for the environment variable `CORS_TEST_UNSET`\n"],
            vec![],
        ),
        (
            "\"http://a.example)\"".into(),
            true,
            vec![r#"`dangerously_allow(insecure_origin, "http://a.example)")`"#],
            vec![],
        ),
    ] {
        let policy = format!("allow_origins = [{entry}], allow_credentials = {credentials}");
        let messages = messages(&policy);
        assert_eq!(messages.len(), 1, "{policy} {messages:?}");
        for part in present {
            assert!(messages[0].contains(part), "{part} {messages:?}");
        }
        for part in absent {
            assert!(!messages[0].contains(part), "{part} {messages:?}");
        }
    }
}

/// An attribute says that something is there under a condition only. Where that is not so, it is
/// never dropped in silence.
#[test]
fn attributes_on_arguments_are_refused() {
    for policy in [
        "allow_origins = Any, max_age = hours(#[cfg(nope)] 2)",
        r#"allow_origins = [env(#[cfg(nope)] "CORS_TEST_UNSET", default = "https://a.example")]"#,
        r#"allow_origins = [env("CORS_TEST_UNSET", #[cfg(nope)] default = "https://a.example")]"#,
        r#"allow_origins = [env("CORS_TEST_UNSET", default = #[cfg(nope)] "https://a.example")]"#,
        r#"allow_origins = [regex(#[cfg(nope)] "https://a[0-9]\\.example")]"#,
        r#"allow_origins = [dangerously_allow(#[cfg(nope)] null_origin, "null")]"#,
        r#"allow_origins = [dangerously_allow(null_origin, #[cfg(nope)] "null")]"#,
    ] {
        let messages = messages(policy);
        assert_eq!(messages.len(), 1, "{policy} {messages:?}");
        assert!(
            messages[0].ends_with("#misplaced-attribute"),
            "{messages:?}"
        );
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

#[test]
fn twenty_mistakes_are_reported_at_once_in_order_and_none_twice() {
    let policy = r#"
        allow_orgins = ["https://example.com"],
        max_age = days(2),
        allow_origins = [
            "https://Example.com",
            "https://example.com/",
            "https://example.com:443",
            "example.com",
            "https://bücher.example",
            "https://*.com",
            "http://legacy.example.com",
            "null",
            "*",
            "https://ok.example.com",
            "https://ok.example.com",
            regex("https://.*example.com"),
            regex("("),
            env("CORS_TEST_UNSET"),
        ],
        allow_methods = [get, TRACE, "A B"],
        allow_headers = ["Cookie", "etag"],
        expose_headers = Any,
        allow_credentials = true,
        max_age = hours(1),
        preflight_status = 500,
        assert_denied = ["https://ok.example.com"],
    "#;
    let messages = messages(policy);
    assert_eq!(messages.len(), 24, "{messages:#?}");
    assert_eq!(
        messages.iter().collect::<HashSet<_>>().len(),
        messages.len()
    );
    let names: Vec<&str> = messages
        .iter()
        .map(|message| message.rsplit('#').next().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "unknown-key",
            "max-age-too-long",
            "origin-any",
            "origin-uppercase",
            "origin-trailing-slash",
            "origin-default-port",
            "origin-missing-scheme",
            "origin-unicode",
            "unconfined-origin",
            "credentials-insecure-origin",
            "origin-null",
            "duplicate-entry",
            "unconfined-origin",
            "regex-invalid",
            "env-missing",
            "method-case",
            "method-forbidden",
            "method-invalid",
            "request-header-forbidden",
            "request-header-response-only",
            "credentials-any-exposed-header",
            "duplicate-key",
            "preflight-status",
            "assert-denied",
        ][..],
    );
}

#[test]
fn a_default_with_a_mistake_is_reported_once_however_many_rules_share_it() {
    let policy = r#"
        expose_headers = Any, allow_credentials = true, max_age = days(9),
        rule(allow_origins = ["https://a.example"]), rule(allow_origins = ["https://b.example"]),
    "#;
    assert_eq!(messages(policy).len(), 2);
}

/// Of two that accept the same it is the later, or the one with a condition.
#[test]
fn the_entry_that_adds_nothing_is_reported() {
    let pattern = r#""https://*.example.com""#;
    let regex = r#"regex("https://[a-z0-9_-]+\\.example\\.com")"#;
    for (entries, covered) in [
        (format!("{pattern}, {regex}"), "regex"),
        (format!("{regex}, {pattern}"), "https"),
        (format!("#[cfg(unix)] {pattern}, {regex}"), "https"),
        (format!("{pattern}, #[cfg(unix)] {regex}"), "regex"),
        // Others beside them are no reason to miss it.
        (
            format!(r#""https://x.example", {pattern}, {regex}"#),
            "regex",
        ),
        (format!(r#"{regex}, "https://*.a.com", {pattern}"#), "https"),
        // A regex for one origin.
        (r#""https://a.b", regex("https://a[.]b")"#.into(), "regex"),
    ] {
        let messages = messages(&format!("allow_origins = [{entries}]"));
        assert_eq!(messages.len(), 1, "{entries} {messages:#?}");
        let expected = format!("origin `{covered}");
        assert!(messages[0].starts_with(&expected), "{messages:#?}");
        assert!(
            messages[0].contains("is already covered by"),
            "{messages:#?}"
        );
    }
}

#[test]
fn a_rule_is_reached_unless_rules_before_it_allow_all_of_it_together() {
    let two = r#""https://a.b", "https://b.b""#;
    for (first, second, is_reached) in [
        (two, r#"regex("https://[ab][.]b")"#, false),
        (two, r#"regex("https://[abc][.]b")"#, true),
        (r#""https://a.a.b""#, r#""https://*.a.b""#, true),
        (
            r#""https://**.b""#,
            r#""https://*.a.b", "https://a-*.b""#,
            false,
        ),
        (r#""https://*.a.b""#, r#""https://*.a.b:*""#, true),
        (
            r#"regex("https://[a-z0-9_-]+[.]a[.]b")"#,
            r#""https://*.a.b""#,
            false,
        ),
        (
            r#""https://*.a.b", "https://*.a.b:81""#,
            r#"regex("https://[ab][.]a[.]b(:81)?")"#,
            false,
        ),
    ] {
        let rules = format!("rule(allow_origins = [{first}]), rule(allow_origins = [{second}])");
        let messages = messages(&rules);
        assert_eq!(messages.is_empty(), is_reached, "{rules} {messages:#?}");
        let is_about_the_rule =
            |message: &String| message.starts_with("this rule can never be reached");
        assert!(messages.iter().all(is_about_the_rule), "{messages:#?}");
    }
}
