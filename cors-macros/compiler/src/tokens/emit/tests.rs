//! Expansions, as a reader of `cargo expand` sees them.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use quote::quote;

use crate::declaration::{CompletionSet, Key, Risk};

/// The expansion of a policy in a static, formatted.
fn expansion(policy: &str) -> String {
    let runtime = quote!(::cors_runtime);
    let value = crate::tokens::compile(policy.parse().unwrap(), &runtime);
    let value = cut(value);
    let value_type = match value.to_string().contains("PolicyTemplate") {
        true => quote!(PolicyTemplate),
        false => quote!(Policy),
    };
    let file = quote!(static API: ::cors_runtime::#value_type = #value;);
    prettyplease::unparse(&syn::parse2(file).unwrap())
}

/// Returns the tokens without the contents of tables.
fn cut(tokens: TokenStream) -> TokenStream {
    const MAX_LEN: usize = 40;
    let cut_token = |token| match token {
        TokenTree::Literal(literal)
            if literal.to_string().starts_with('b') && literal.to_string().len() > MAX_LEN =>
        {
            Literal::byte_string(b"..").into()
        }
        TokenTree::Group(group) => Group::new(group.delimiter(), cut(group.stream())).into(),
        token => token,
    };
    tokens.into_iter().map(cut_token).collect()
}

/// Compares with a snapshot; `BLESS=1 cargo test` rewrites it.
fn snapshot(name: &str, policy: &str) {
    let path = format!(
        "{}/src/tokens/emit/snapshots/{name}.rs",
        env!("CARGO_MANIFEST_DIR")
    );
    let actual = format!(
        "// {}\n{}",
        policy.trim().replace('\n', "\n// "),
        expansion(policy)
    );
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        actual, expected,
        "{name}: review it, then BLESS=1 cargo test"
    );
}

#[test]
fn two_origins() {
    snapshot(
        "two_origins",
        r#"
allow_origins = ["https://example.com", "https://app.example.com"],
allow_methods = [GET, PUT, DELETE],
allow_headers = ["content-type", "authorization"],
allow_credentials = true,
max_age = hours(2),
"#,
    );
}

#[test]
fn any_origin() {
    snapshot("any_origin", "allow_origins = Any, allow_methods = Any");
}

#[test]
fn pattern() {
    snapshot(
        "pattern",
        r#"allow_origins = ["https://example.com", "https://*.example.com"]"#,
    );
}

/// The expansion is a template, and nothing else differs.
#[test]
fn configured() {
    snapshot(
        "configured",
        r#"allow_origins = ["https://example.com", Configured, predicate(tenants::is_known)], on_denied = RefuseWrites"#,
    );
}

/// Rules, tables and conditions each have their own.
#[test]
fn every_part() {
    let list = |count, entry: &str| {
        let entries = (1..=count).map(|n| format!("{:?}", entry.replace('$', &n.to_string())));
        entries.collect::<Vec<String>>().join(", ")
    };
    snapshot(
        "every_part",
        &format!(
            r#"
preflight_status = 200,
rule(allow_origins = [{}], allow_methods = MirrorRequest, allow_headers = MirrorRequest),
rule(
    allow_origins = [
        {},
        #[cfg(unix)] "https://*.a.example",
        #[cfg(unix)] predicate(tenants::is_known),
        env("CORS_TEST_UNSET", default = "https://*.b.example"),
    ],
    allow_headers = [Any, "authorization"],
    expose_headers = ["etag"],
    max_age = 60,
),
rule(allow_origins = ["https://only.example"]),
rule(allow_origins = [{}]),
rule(allow_origins = [{}]),
rule(allow_origins = [#[cfg(unix)] "https://*.b.example:8443", regex("https://[ab]\\.d\\.example")]),
"#,
            list(9, "https://a$.example.com"),
            list(9, "https://a$.example.org"),
            list(5, "https://**.c$.example"),
            list(5, "http://c$.example:*"),
        ),
    );
}

#[test]
fn every_kind_of_entry_and_rule() {
    snapshot(
        "every_kind",
        r#"
rule(
    allow_origins = [
        #[cfg(debug_assertions)] "http://localhost:*",
        env("CORS_TEST_UNSET", default = "https://partner.example"),
        regex("https://(shop|blog)[0-9]\\.example\\.net"),
        dangerously_allow(null_origin, "null"),
        dangerously_allow(credentialed_predicate, predicate(tenants::is_known)),
    ],
    allow_methods = MirrorRequest,
    allow_headers = MirrorRequest,
    allow_credentials = true,
),
rule(allow_origins = Any, allow_headers = [Any, "authorization"], expose_headers = ["etag"]),
preflight_status = 200,
"#,
    );
}

#[test]
fn refusals() {
    snapshot(
        "refusals",
        r#"
allow_origins = ["https://app.example.com"],
expose_timing = true,
on_denied = Refuse,
allow_hosts = ["api.example.com", #[cfg(debug_assertions)] "localhost:*"],
"#,
    );
}

/// One for each strategy that has a table.
#[test]
fn tables() {
    let listed = |name: &str, entries: Vec<String>| {
        let entries: Vec<String> = entries.iter().map(|entry| format!("{entry:?}")).collect();
        snapshot(name, &format!("allow_origins = [{}]", entries.join(", ")));
    };
    let nine = 1..=9;
    listed(
        "hash",
        nine.map(|n| format!("https://a{n}.example.com")).collect(),
    );
    let five = 1..=5;
    listed(
        "endings",
        five.map(|n| format!("https://*.a{n}.example.com:*"))
            .collect(),
    );
    listed(
        "automaton",
        ["https://*.*.example.com", "https://a-*-b-*.example.org:*"]
            .map(str::to_owned)
            .to_vec(),
    );
}

#[test]
fn errors() {
    snapshot(
        "errors",
        r#"allow_origins = Any, allow_credentials = true, max_aeg = 1"#,
    );
}

/// Expansions mention the words that were typed, so that an editor can complete them. Apart from
/// that, nothing depends on incomplete input: the value is still a policy.
#[test]
fn half_typed() {
    snapshot(
        "half_typed",
        r#"
allow_origins = ["https://example.com", regex(""), dangerously_allow(insec, #[cfg(test)] predi)],
rule(max_a),
match = 1,
expose_headers = ,
allow_methods = [Mirror, GET],
max_age = hou
allow_me
"#,
    );
}

/// The lists of words that editors show, and those that the compiler knows.
#[test]
fn every_word_is_explained_to_editors() {
    let file = format!(
        "{}/../../cors-runtime/src/__private/ide.rs",
        env!("CARGO_MANIFEST_DIR")
    );
    let file = syn::parse_file(&std::fs::read_to_string(file).unwrap()).unwrap();
    let is_doc = |attribute: &syn::Attribute| attribute.path().is_ident("doc");
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for item in file.items {
        let syn::Item::Mod(list) = item else {
            continue;
        };
        for word in list.content.unwrap().1 {
            let syn::Item::Const(word) = word else {
                panic!("there are constants only");
            };
            assert!(word.attrs.iter().any(is_doc), "{}", word.ident);
            let words = lists.entry(list.ident.to_string()).or_default();
            words.push(word.ident.to_string());
        }
    }
    let names = Key::ALL.iter().filter_map(|key| key.info().completions);
    let names = names
        .chain([CompletionSet::Keys, CompletionSet::Risks])
        .map(CompletionSet::name);
    let names: BTreeSet<&str> = names.collect();
    assert!(names.into_iter().eq(lists.keys()));
    let keys = Key::ALL.into_iter().map(Key::name).chain(["rule"]);
    assert!(keys.eq(&lists["keys"]));
    let risks = Risk::ALL.into_iter().map(Risk::name);
    assert!(risks.eq(&lists["risks"]));
    // Returns the message about a word in place of its list.
    let unknown = |list: &str, word: &str| {
        let (key, value) = match list {
            "origins" if word == "Any" => ("allow_origins", word.to_owned()),
            "origins" if matches!(word, "Configured" | "Loopback") => {
                ("allow_origins", format!("[{word}]"))
            }
            "origins" => ("allow_origins", format!("[{word}()]")),
            "methods" => ("allow_methods", format!("[{word}]")),
            "request_headers" => ("allow_headers", word.to_owned()),
            "response_headers" => ("expose_headers", word.to_owned()),
            "denied" => ("on_denied", word.to_owned()),
            "hosts" if word == "Loopback" => ("allow_hosts", format!("[{word}]")),
            "hosts" => ("allow_hosts", word.to_owned()),
            _ => ("max_age", format!("{word}(1)")),
        };
        let expansion = expansion(&format!("{key} = {value}"));
        assert!(
            expansion.contains(&format!("{list}::{word}")),
            "{expansion}"
        );
        expansion.contains("#unknown-word")
            || expansion.contains(", not the value of `nonsense`")
            || expansion.contains(", not a word")
    };
    for (list, words) in lists {
        if !matches!(&*list, "keys" | "risks") {
            // Every word can be a method.
            assert_eq!(unknown(&list, "nonsense"), list != "methods", "{list}");
            for word in words {
                assert!(!unknown(&list, &word), "{list} {word}");
            }
        }
    }
}

#[test]
fn the_expansion_is_the_same_every_time() {
    let policy =
        r#"allow_origins = ["https://*.a.com", "https://b-*.c.com:*", "https://**.d.com"]"#;
    assert_eq!(expansion(policy), expansion(policy));
}

/// Hints for editors included.
#[test]
fn a_two_origin_policy_fits_a_screen() {
    let expansion =
        expansion(r#"allow_origins = ["https://a.example.com", "https://b.example.com"]"#);
    assert!(expansion.contains("ide!"), "{expansion}");
    assert!(expansion.lines().count() <= 40, "{expansion}");
    assert!(
        expansion.lines().all(|line| line.len() <= 100),
        "{expansion}"
    );
}

/// Expansions omit defaults.
#[test]
fn methods_that_need_no_permission_are_the_default() {
    use cors_origin::fetch::{SAFELISTED_METHOD_LIST, SAFELISTED_METHODS};

    assert_eq!(SAFELISTED_METHODS.join(", "), SAFELISTED_METHOD_LIST);
}
