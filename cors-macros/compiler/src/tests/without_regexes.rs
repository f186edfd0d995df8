//! The compiler without the feature `regex`.

use proc_macro2::TokenStream;

use crate::plan::Plan;
use crate::tokens::{Source, messages, read};

fn compile(policy: &str) -> Result<Plan, Vec<String>> {
    let tokens: TokenStream = policy.parse().unwrap();
    let mut source = Source::default();
    let declaration = read(tokens, &mut source);
    crate::compile(&declaration, &|_: &str| crate::model::EnvValue::Unset).map_err(|diagnostics| {
        let messages = messages(diagnostics, &source).into_iter();
        messages.map(|message| message.text).collect()
    })
}

#[test]
fn each_regex_is_an_error_that_names_the_feature() {
    let errors = compile(
        r#"allow_origins = [
            "https://example.com",
            regex("https://(a|b)[.]example[.]com"),
            regex("("),
        ]"#,
    );
    let message = |regex: &str| {
        format!(
            "regex `{regex:?}` needs the feature `regex` of `cors-runtime`, which is off
note: without it, the engine that proves which origins a regex accepts is not compiled
help: in `Cargo.toml`, add `regex` to the features of `cors-runtime`
help: write patterns in place of the regex: `\"https://*.example.com\"` accepts one label, and \
`\"https://**.example.com\"` one or more
see: cors_runtime::diagnostics#regex-invalid"
        )
    };
    let expected = ["https://(a|b)[.]example[.]com", "("].map(message);
    assert_eq!(errors.err(), Some(expected.to_vec()));
}

/// Patterns that share an automaton, and patterns that cannot.
#[test]
fn patterns_need_no_regexes() {
    let plan = compile(
        r#"allow_origins = [
            "https://a*b.*.example.com", "https://*-x-*.example.com:*", "https://*-y-*.example.com", "app://*.a.b",
        ],
        assert_allowed = ["https://aab.x.example.com"], assert_denied = ["https://ab.x.example.com"]"#,
    );
    assert!(plan.is_ok(), "{:?}", plan.err());
}

#[test]
fn patterns_are_proved_without_regexes() {
    let errors = compile(r#"allow_origins = ["https://**.example.com", "https://a*.example.com"]"#);
    let errors = errors.err().unwrap();
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].contains("already accepted") || errors[0].contains("cover"),
        "{errors:?}"
    );
}
