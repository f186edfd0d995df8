//! Shapes that are nearly those of the language.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use super::{messages, messages_of};

/// The names of the checks that refuse a policy.
fn checks(policy: &str) -> Vec<String> {
    let messages = messages(policy);
    let name = |message: &String| message.rsplit('#').next().unwrap().to_owned();
    messages.iter().map(name).collect()
}

#[test]
fn another_shape_is_refused_as_what_it_is() {
    for (policy, check) in [
        ("rule[allow_origins = Any]", "unknown-key"),
        ("role(allow_origins = Any)", "unknown-key"),
        (r#"allow_origins = {"https://a.b"}"#, "wrong-shape"),
        (r#"allow_origins = [regex["https://a[.]b"]]"#, "wrong-shape"),
        (
            r#"allow_origins = [regex(#[cfg(unix)] "https://a[.]b")]"#,
            "misplaced-attribute",
        ),
        (
            r#"allow_origins = [predicate((tenants::is_known))]"#,
            "wrong-shape",
        ),
        (
            r#"allow_origins = [env("CORS_TEST_UNSET", default > "https://a.b")]"#,
            "wrong-shape",
        ),
        (
            r#"allow_origins = [env("CORS_TEST_UNSET", default =)]"#,
            "wrong-shape",
        ),
        (
            r#"allow_origins = [env("CORS_TEST_UNSET", other = "https://a.b")]"#,
            "wrong-shape",
        ),
        (
            r#"allow_origins = [env("CORS_TEST_UNSET", "https://a.b")]"#,
            "wrong-shape",
        ),
        ("allow_origins = Any, max_age = 60u32", "wrong-shape"),
        (
            "allow_origins = Any, allow_methods = [GET, Any]",
            "wrong-shape",
        ),
        (
            "allow_origins = Any, allow_methods = [GET, MirrorRequest]",
            "wrong-shape",
        ),
    ] {
        assert_eq!(checks(policy), [check], "{policy}");
    }
}

/// Digits without end would take time without end.
#[test]
fn a_number_has_1024_digits_at_most() {
    for (digits, checks_expected) in [
        (1024, vec![]),
        (1025, vec!["max-age-too-long"]),
        (1026, vec!["max-age-too-long"]),
    ] {
        let policy = format!("allow_origins = Any, max_age = {:0>digits$}", 60);
        assert_eq!(checks(&policy), checks_expected, "{digits}");
    }
}

/// Tokens from `macro_rules!` arrive in groups without delimiters.
#[test]
fn invisible_groups_are_looked_through() {
    let group = |tokens: TokenStream| {
        let inner = TokenTree::Group(Group::new(Delimiter::None, tokens));
        TokenTree::Group(Group::new(Delimiter::None, inner.into()))
    };
    let (origin, path) = (
        group(quote!("https://a.b")),
        group(quote!(tenants::is_known)),
    );
    let messages = messages_of(quote!(allow_origins = [#origin, predicate(#path)]));
    assert_eq!(messages, [""; 0]);
}
