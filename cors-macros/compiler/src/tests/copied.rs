//! What is copied to the expansion as it was written is Rust, and nothing of it is lost.

use proc_macro2::{Delimiter, Group};
use quote::quote;

use super::messages;

/// Predicates and conditions.
#[test]
fn code_copied_to_the_expansion_is_rust() {
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
    // The form in which a `$path:path` of the user's own `macro_rules!` arrives.
    let path = Group::new(Delimiter::None, quote!(tenants::is_known));
    let expansion = crate::tokens::compile(
        quote!(allow_origins = [predicate(#path)]),
        &quote!(::cors_runtime),
    );
    assert!(
        !expansion.to_string().contains("compile_error"),
        "{expansion}"
    );
}

/// An attribute makes an entry conditional. If that is not possible, it is never dropped silently.
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
