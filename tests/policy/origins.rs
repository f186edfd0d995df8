//! Lists of origins that are known at run time only, and the policies that have them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use cors_runtime::tower::CorsLayer;
use cors_runtime::{
    CorsRequest, Denial, MatchedEntry, Origin, Origins, OriginsError, Policy, PolicyTemplate, Risk,
    cors_policy,
};
use cors_support::{gen_origins, property, reference_matcher};
use proptest::prelude::*;

static API: PolicyTemplate = cors_policy!(
    allow_origins = ["https://app.example.com", Configured],
    allow_methods = [GET, PUT],
    allow_credentials = true,
);

static PUBLIC: PolicyTemplate = cors_policy!(allow_origins = [Configured]);

static RULES: PolicyTemplate = cors_policy!(
    rule(
        allow_origins = [Configured],
        allow_credentials = true,
        allow_methods = [DELETE],
    ),
    rule(allow_origins = Any, allow_methods = [GET]),
);

fn list(text: &str) -> Origins {
    text.parse().unwrap()
}

fn errors(error: &OriginsError) -> Vec<(usize, &str, Option<&str>)> {
    let invalid = error.iter();
    let invalid = invalid.inspect(|invalid| {
        let reason = invalid.reason();
        assert!(!reason.is_empty() && invalid.to_string().contains(reason));
    });
    invalid
        .map(|invalid| (invalid.index(), invalid.entry(), invalid.corrected()))
        .collect()
}

#[test]
fn a_text_has_entries_between_commas_white_space_and_lines() {
    for text in [
        "https://a.example,https://*.b.example",
        " https://a.example , https://*.b.example, ",
        "https://a.example\nhttps://*.b.example\n",
        "\thttps://a.example\r\n\r\n  https://*.b.example\r\n",
        ",https://a.example,,https://*.b.example,,",
    ] {
        let list = list(text);
        assert_eq!(list.to_string(), "https://a.example, https://*.b.example");
        assert_eq!(list.len(), 2);
        assert!(list.contains("https://a.example"));
        assert!(list.contains(b"https://x.b.example"));
        assert!(!list.contains("https://b.example"));
    }
}

#[test]
fn printed_lists_can_be_parsed_again() {
    for text in [
        "*",
        "https://a.example",
        "http://localhost:*, https://**.b.example, https://pr-*-*.c.example:8443, app://host",
    ] {
        assert_eq!(list(text).to_string(), text);
    }
    assert_eq!(Origins::none().to_string(), "");
    assert_eq!(Origins::any().to_string(), "*");
}

#[test]
fn lists_and_templates_are_printed_for_debugging() {
    let list = format!("{:?}", list("https://a.example, https://*.b.example"));
    let entries = r#"len: 2, entries: ["https://a.example", "https://*.b.example"]"#;
    assert!(list.contains(entries), "{list}");
    let template = format!("{PUBLIC:?}");
    assert!(
        template.contains(r#"origins: ["Configured"]"#),
        "{template}"
    );
}

#[test]
fn none_and_any_are_explicit() {
    for text in ["", " ", "\n,\t,"] {
        let error = text.parse::<Origins>().unwrap_err();
        assert_eq!(error.iter().len(), 0);
        assert_eq!(error.to_string(), "there are no origins in the text");
    }
    for nobody in [Origins::none(), Origins::new([""; 0]).unwrap()] {
        assert!(nobody.is_empty());
        assert!(!nobody.contains("https://a.example"));
    }
    for everybody in [Origins::any(), list("*"), Origins::new(["*"]).unwrap()] {
        assert!(!everybody.is_empty());
        assert_eq!(everybody.len(), 1);
        assert!(everybody.contains("https://a.example"));
        assert!(everybody.contains("null"));
        assert!(!everybody.contains("https://A.example"));
        assert!(!everybody.contains("*"));
        assert!(!everybody.contains(""));
    }
    let error = "https://a.example, *".parse::<Origins>().unwrap_err();
    assert_eq!(errors(&error), [(1, "*", None)]);
}

#[test]
fn every_mistake_is_named_with_the_entry_to_write_instead() {
    let text = "https://a.example/, https://ok.example, B.example, https://C.example:443, \
                https://bücher.example, https://*.com, null";
    let error = text.parse::<Origins>().unwrap_err();
    assert_eq!(
        errors(&error),
        [
            (0, "https://a.example/", Some("https://a.example")),
            (2, "B.example", Some("https://b.example")),
            (3, "https://C.example:443", Some("https://c.example")),
            (
                4,
                "https://bücher.example",
                Some("https://xn--bcher-kva.example")
            ),
            (5, "https://*.com", None),
            (6, "null", None),
        ]
    );
    assert_eq!(error.to_string().lines().count(), 6);
    assert_eq!(
        error.to_string().lines().next().unwrap(),
        "entry 1: `https://a.example/` has a trailing slash (an origin is a scheme, a host and an \
         optional port); write `https://a.example`"
    );
    assert_eq!(format!("{error:?}"), error.to_string());
}

/// In a text of several lines, the number of the line is easier to find than that of the entry.
#[test]
fn mistakes_in_several_lines_have_the_number_of_their_line() {
    let text = "\nhttps://ok.example\r\n\nhttps://a.example/, B.example\nhttps://ok.example\n*\n";
    let error = text.parse::<Origins>().unwrap_err();
    let lines = error
        .iter()
        .map(|invalid| (invalid.line(), invalid.index()));
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [(Some(4), 1), (Some(4), 2), (Some(6), 4)]
    );
    let shown = error.to_string();
    let starts = [
        "line 4: `https://a.example/` ",
        "line 4: `B.example` ",
        "line 6: `*` ",
    ];
    for (line, start) in shown.lines().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
    // Also where the policy rejects an entry.
    let lines = list("https://a.example\nhttp://b.example.com\n");
    let error = API.with_origins(&lines).unwrap_err();
    assert!(error.to_string().starts_with("line 2: "), "{error}");
    // On one line, in a list, and if the text as a whole is wrong.
    for (error, start) in [
        (
            "https://a.example, B.example\n".parse::<Origins>(),
            "entry 2: ",
        ),
        (
            Origins::new(["https://a.example", "B.example"]),
            "entry 2: ",
        ),
        (
            "'https://a.example'".parse(),
            "the text `'https://a.example'` has quotation marks",
        ),
    ] {
        let error = error.unwrap_err().to_string();
        assert!(error.starts_with(start), "{error}");
    }
}

/// Files of environment variables keep what a shell takes away; other programs take JSON.
#[test]
fn syntax_of_environments_is_rejected_with_corrections() {
    let both = Some("https://a.example, https://b.example");
    for (text, reason) in [
        (
            r#""https://a.example,https://b.example""#,
            "quotation marks",
        ),
        ("'https://a.example' 'https://b.example'", "quotation marks"),
        (
            r#"["https://a.example", "https://b.example"]"#,
            "JSON array",
        ),
        (
            "['https://a.example',\n 'https://b.example',\n]",
            "JSON array",
        ),
        ("https://a.example;https://b.example;", "semicolons"),
    ] {
        let error = text.parse::<Origins>().unwrap_err();
        assert_eq!(errors(&error), [(0, text, both)], "{error}");
        assert!(error.to_string().contains(reason), "{error}");
    }
    // With another mistake, and with one that has no clear meaning.
    let error = r#""https://a.example/""#.parse::<Origins>().unwrap_err();
    assert_eq!(
        errors(&error),
        [
            (0, r#""https://a.example/""#, Some("https://a.example")),
            (0, "https://a.example/", Some("https://a.example")),
        ]
    );
    let error = r#"["https://a.example", "*"]"#.parse::<Origins>().unwrap_err();
    assert_eq!(errors(&error)[0].2, None);
    for text in ["[]", r#""""#, ";"] {
        let error = text.parse::<Origins>().unwrap_err();
        assert_eq!(errors(&error), [(0, text, None)], "{error}");
    }
    // An address is in brackets, and no array.
    assert!(list("http://[::1]:*").contains("http://[::1]:8080"));
}

/// A suggestion is a promise: what is offered is accepted.
#[test]
fn corrections_are_accepted() {
    for text in [
        "https://a.example/",
        "a.example",
        "*.b.example",
        "*.com",
        "https://*",
        "localhost:3000",
        "\"*.com;a.example\"",
        "https://A.example:443/path",
        "HTTP://a.example:80",
        "'https://a.example' https://b.example/",
    ] {
        let error = text.parse::<Origins>().unwrap_err();
        for invalid in error.iter() {
            if let Some(corrected) = invalid.corrected() {
                assert!(corrected.parse::<Origins>().is_ok(), "{invalid}");
            }
        }
    }
}

#[test]
fn repeated_and_covered_entries_are_dropped() {
    for (text, kept) in [
        ("https://a.example, https://a.example", "https://a.example"),
        (
            "https://*.a.example https://*.a.example",
            "https://*.a.example",
        ),
        (
            "https://x.a.example, https://*.a.example",
            "https://*.a.example",
        ),
        (
            "https://*.a.example, https://**.a.example",
            "https://**.a.example",
        ),
        (
            "https://**.b.a.example, https://*.*.a.example, https://**.a.example:*",
            "https://**.a.example:*",
        ),
        (
            "https://*.a.example, https://*.*.a.example, https://a-*.b.example",
            "https://*.a.example, https://*.*.a.example, https://a-*.b.example",
        ),
    ] {
        assert_eq!(list(text).to_string(), kept);
    }
}

#[test]
fn risks_are_taken_by_name_only() {
    let risky = |risk, text: &str| Origins::builder().dangerously_allow(risk).parse(text);
    assert!("null".parse::<Origins>().is_err());
    assert!(risky(Risk::InsecureOrigin, "null").is_err());
    let null = risky(Risk::NullOrigin, "null, https://a.example").unwrap();
    assert!(null.contains("null"));
    assert_eq!(null.len(), 2);
    let error = risky(Risk::NullOrigin, "NULL").unwrap_err();
    assert_eq!(errors(&error), [(0, "NULL", Some("null"))]);

    let error = "file://".parse::<Origins>().unwrap_err();
    assert_eq!(errors(&error), [(0, "file://", None)]);
    assert!(error.to_string().contains("all local files"), "{error}");
    assert!(risky(Risk::NullOrigin, "file://").is_err());
    assert!(
        risky(Risk::FileOrigin, "file://")
            .unwrap()
            .contains("file://")
    );

    assert!("https://*.com".parse::<Origins>().is_err());
    let open = risky(Risk::UnconfinedOrigin, "https://*.com").unwrap();
    assert!(open.contains("https://a.com"));
    // A list keeps what it may have.
    assert!(open.replace(["https://*.net", "null"]).is_err());
    open.replace(["https://*.net"]).unwrap();
    assert!(open.contains("https://a.net"));

    let insecure = risky(Risk::InsecureOrigin, "http://a.example").unwrap();
    assert!(API.with_origins(&insecure).is_ok());
    insecure.replace(["http://b.example"]).unwrap();
}

#[test]
fn a_policy_allows_what_is_written_and_what_is_configured() {
    let partners = list("https://a.example, https://*.b.example");
    let policy: Policy = API.with_origins(&partners).unwrap();
    for (origin, is_allowed) in [
        ("https://app.example.com", true),
        ("https://a.example", true),
        ("https://x.b.example", true),
        ("https://b.example", false),
        ("null", false),
    ] {
        assert_eq!(policy.allows_origin(origin), is_allowed, "{origin}");
        let request = CorsRequest::new("GET").with_header("Origin", origin);
        let decision = policy.evaluate(&request);
        assert_eq!(decision.is_origin_allowed(), is_allowed);
        let headers: Vec<_> = decision.headers().collect();
        if is_allowed {
            assert_eq!(
                headers,
                [
                    ("access-control-allow-origin", origin.as_bytes()),
                    ("access-control-allow-credentials", b"true"),
                ]
            );
        }
        assert_eq!(decision.vary(), Some("Origin"));
    }
}

/// The rule with the list keeps its position in the order of rules.
#[test]
fn a_list_belongs_to_its_rule() {
    let policy = RULES.with_origins(&list("https://a.example")).unwrap();
    let rule = |origin: &str| {
        let request = CorsRequest::new("GET").with_header("Origin", origin);
        policy.explain(&request).rule_index()
    };
    assert_eq!(rule("https://a.example"), Some(0));
    assert_eq!(rule("https://b.example"), Some(1));
}

#[test]
fn a_template_alone_allows_what_is_written() {
    let request = CorsRequest::new("GET").with_header("Origin", "https://a.example");
    let denial = API.explain(&request).denial();
    assert_eq!(denial, Some(Denial::OriginNotAllowed(b"https://a.example")));
    let request = CorsRequest::new("GET").with_header("Origin", "https://app.example.com");
    assert!(API.explain(&request).is_allowed());
    let text = API.to_string();
    assert!(text.starts_with("pages of https://app.example.com, the configured origins\n"));
    assert!(
        text.ends_with("the configured origins are not known yet\n"),
        "{text}"
    );
}

#[test]
fn a_policy_prints_its_list() {
    let last_line = |text: &str| {
        let policy = PUBLIC.with_origins(&list(text)).unwrap().to_string();
        policy.lines().last().unwrap().to_owned()
    };
    assert_eq!(
        last_line("https://a.example https://*.b.example"),
        "the configured origins are https://a.example, https://*.b.example"
    );
    assert_eq!(last_line("*"), "the configured origins are any origin");
    let many: Vec<String> = (0..20).map(|n| format!("https://a{n}.example")).collect();
    assert!(last_line(&many.join(",")).ends_with("https://a11.example and 8 more"));
    let nobody = PUBLIC.with_origins(&Origins::none()).unwrap();
    assert!(
        nobody
            .to_string()
            .ends_with("the configured origins are none\n")
    );
}

#[test]
fn an_explanation_names_the_configured_entry() {
    let partners = list("https://a.example, https://*.b.example");
    let policy = API.with_origins(&partners).unwrap();
    for (origin, entry) in [
        ("https://a.example", "https://a.example"),
        ("https://x.b.example", "https://*.b.example"),
    ] {
        let request = CorsRequest::new("GET").with_header("Origin", origin);
        let explanation = policy.explain(&request);
        // Whatever happens in between.
        partners.replace(["https://c.example"]).unwrap();
        assert_eq!(explanation.entry(), Some(MatchedEntry::Configured(entry)));
        assert!(
            explanation
                .to_string()
                .contains(&format!("configured origin `{entry}`"))
        );
        partners
            .replace(["https://a.example", "https://*.b.example"])
            .unwrap();
    }
    let everybody = PUBLIC.with_origins(&Origins::any()).unwrap();
    let request = CorsRequest::new("GET").with_header("Origin", "https://a.example");
    let explanation = everybody.explain(&request);
    assert_eq!(explanation.entry(), Some(MatchedEntry::Configured("*")));

    // A wildcard also accepts names that no URL has.
    let builder = Origins::builder().dangerously_allow(Risk::UnconfinedOrigin);
    let open = builder.parse("https://b.example, https://a.*").unwrap();
    let policy = API.with_origins(&open).unwrap();
    let request = CorsRequest::new("GET").with_header("Origin", "https://a.1");
    assert_eq!(
        policy.explain(&request).entry(),
        Some(MatchedEntry::Configured("https://a.*"))
    );
}

#[test]
fn a_denial_names_the_list_as_the_place_to_change() {
    let policy = API.with_origins(&list("https://shop.example.com")).unwrap();
    let explain = |policy: &Policy, origin: &str| {
        let request = CorsRequest::new("GET").with_header("Origin", origin);
        policy.explain(&request).to_string()
    };
    let text = explain(&policy, "https://other.example.net");
    assert_eq!(
        text,
        "origin `https://other.example.net` is not in the configured origins, so browsers block the response (unless the request is same-origin); if that site is yours, add \
         `https://other.example.net` to the configured origins"
    );
    let text = explain(&policy, "https://www.shop.example.com");
    assert!(
        text.contains("`https://shop.example.com` differs in `www.`"),
        "{text}"
    );
    let public = PUBLIC.with_origins(&list("https://*.b.example")).unwrap();
    let text = explain(&public, "https://b.example");
    assert!(
        text.contains("`https://*.b.example` is for subdomains"),
        "{text}"
    );
}

#[test]
fn a_policy_with_credentials_refuses_what_makes_it_unsound() {
    let partners =
        list("https://a.example, http://b.example.com, http://localhost:*, http://10.0.0.1");
    let error = API.with_origins(&partners).unwrap_err();
    assert_eq!(
        errors(&error),
        [
            (1, "http://b.example.com", Some("https://b.example.com")),
            (3, "http://10.0.0.1", None),
        ]
    );
    assert!(
        error.to_string().contains("tests/policy/origins.rs"),
        "{error}"
    );
    assert!(PUBLIC.with_origins(&partners).is_ok());
    // A refused policy demands nothing.
    partners.replace(["http://b.example.com"]).unwrap();

    let error = API.with_origins(&Origins::any()).unwrap_err();
    assert_eq!(errors(&error), [(0, "*", None)]);
    assert!(PUBLIC.with_origins(&Origins::any()).is_ok());
}

/// Another rule may allow credentials.
#[test]
fn only_the_rule_of_the_list_demands() {
    static OTHER: PolicyTemplate = cors_policy!(
        rule(
            allow_origins = ["https://a.example"],
            allow_credentials = true
        ),
        rule(allow_origins = [Configured]),
    );
    assert!(OTHER.with_origins(&Origins::any()).is_ok());
}

#[test]
fn replacing_is_held_to_the_strictest_policy() {
    let partners = list("https://a.example");
    let public = PUBLIC.with_origins(&partners).unwrap();
    partners.replace(["http://b.example.com"]).unwrap();
    partners.replace(["https://a.example"]).unwrap();
    let policy = API.with_origins(&partners).unwrap();
    for clone in [partners.clone(), partners] {
        let error = clone
            .replace(["https://c.example", "http://b.example.com"])
            .unwrap_err();
        assert_eq!(
            errors(&error),
            [(1, "http://b.example.com", Some("https://b.example.com"))]
        );
        assert!(clone.replace(["*"]).is_err());
        assert!(clone.replace_with(&list("http://b.example.com")).is_err());
        assert!(clone.replace(["https://c.example/"]).is_err());
        // All or nothing.
        assert_eq!(clone.to_string(), "https://a.example");
        assert!(policy.allows_origin("https://a.example"));
        assert!(!public.allows_origin("https://c.example"));
    }
}

#[test]
fn a_replacement_is_seen_by_every_policy_that_has_the_list() {
    let partners = list("https://a.example");
    let policies = [
        API.with_origins(&partners).unwrap(),
        PUBLIC.with_origins(&partners.clone()).unwrap(),
    ];
    let layers = policies.clone().map(CorsLayer::new);
    partners.replace_with(&list("https://b.example")).unwrap();
    for policy in &policies {
        assert!(policy.allows_origin("https://b.example"));
        assert!(!policy.allows_origin("https://a.example"));
    }
    drop(layers);
    // Two lists that were given the same text have nothing to do with each other.
    let other = list("https://a.example");
    partners.replace_with(&other).unwrap();
    other.replace([""; 0]).unwrap();
    assert!(policies[0].allows_origin("https://a.example"));
}

/// A predicate is called while a list is read. It may use another policy, and replace the list.
#[test]
fn lists_may_be_read_and_replaced_while_one_is_read() {
    use std::sync::LazyLock;

    static INNER: LazyLock<Origins> = LazyLock::new(|| list("https://inner.example"));
    static OUTER: LazyLock<Origins> = LazyLock::new(|| list("https://outer.example"));
    static TEMPLATE: PolicyTemplate =
        cors_policy!(allow_origins = [Configured, predicate(is_known)]);

    fn is_known(origin: &Origin<'_>) -> bool {
        let lists: Vec<Origins> = (0..8).map(|_| list("https://a.example")).collect();
        assert!(lists.iter().all(|list| list.contains("https://a.example")));
        OUTER.replace(["https://outer.example"]).unwrap();
        INNER.contains(origin.as_str())
    }
    let policy = TEMPLATE.with_origins(&OUTER).unwrap();
    for _ in 0..3 {
        assert!(policy.allows_origin("https://inner.example"));
        assert!(policy.allows_origin("https://outer.example"));
        assert!(!policy.allows_origin("https://other.example"));
    }
}

/// More lists than a thread keeps, each read many times in turn.
#[test]
fn a_thread_reads_any_number_of_lists() {
    let lists: Vec<Origins> = (0..20)
        .map(|n| list(&format!("https://a{n}.example")))
        .collect();
    for round in 0..3 {
        for (n, list) in lists.iter().enumerate() {
            assert!(list.contains(format!("https://a{n}.example")), "{round}");
            assert!(!list.contains(format!("https://a{}.example", n + 1)));
        }
    }
}

/// Every read sees one of two lists whole, and never an older one after a newer one.
#[test]
fn readers_see_whole_lists_while_they_are_replaced() {
    const REPLACEMENTS: usize = 20_000;
    let partners = list("https://n0.example, https://m0.example");
    let policy = API.with_origins(&partners).unwrap();
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut last = 0;
                while !is_done.load(Ordering::Relaxed) {
                    assert!(policy.allows_origin("https://app.example.com"));
                    assert!(!policy.allows_origin("https://never.example"));
                    let text = partners.to_string();
                    let (first, second) = text.split_once(", ").unwrap();
                    let number: usize = first
                        .strip_prefix("https://n")
                        .and_then(|rest| rest.strip_suffix(".example"))
                        .unwrap()
                        .parse()
                        .unwrap();
                    assert_eq!(second, format!("https://m{number}.example"));
                    assert!(number >= last, "{number} {last}");
                    last = number;
                }
            });
        }
        let writer = catch_unwind(AssertUnwindSafe(|| {
            for number in 1..=REPLACEMENTS {
                let entries = ["n", "m"].map(|name| format!("https://{name}{number}.example"));
                partners.replace(&entries).unwrap();
                assert!(policy.allows_origin(&entries[1]));
            }
        }));
        is_done.store(true, Ordering::Relaxed);
        writer.unwrap();
    });
    assert!(policy.allows_origin(format!("https://m{REPLACEMENTS}.example")));
}

#[test]
fn a_configuration_has_a_string_or_a_list() {
    let text = "https://a.example, https://*.b.example";
    for json in [
        r#""https://a.example, https://*.b.example""#,
        r#"["https://a.example", "https://*.b.example"]"#,
    ] {
        let list: Origins = serde_json::from_str(json).unwrap();
        assert_eq!(list.to_string(), text);
    }
    let nobody: Origins = serde_json::from_str("[]").unwrap();
    assert!(nobody.is_empty());
    assert!(serde_json::from_str::<Origins>("\"\"").is_err());
    assert!(serde_json::from_str::<Origins>("7").is_err());
    assert!(serde_json::from_str::<Origins>("null").is_err());

    let error = serde_json::from_str::<Origins>(r#"["a.example", "https://b.example/"]"#);
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("entry 1: `a.example` has no scheme"),
        "{error}"
    );
    assert!(
        error.contains("entry 2: `https://b.example/` has a trailing slash"),
        "{error}"
    );

    let lists: std::collections::BTreeMap<String, Origins> = toml::from_str(
        "partners = ['https://a.example', 'https://*.b.example']\n\
         text = '''\nhttps://a.example\nhttps://*.b.example\n'''\n",
    )
    .unwrap();
    assert!(lists.values().all(|list| list.to_string() == text));
    let error = toml::from_str::<std::collections::BTreeMap<String, Origins>>(
        "a = []\npartners = ['https://a.example/']\n",
    );
    let error = error.unwrap_err().to_string();
    assert!(error.contains("line 2"), "{error}");
    assert!(error.contains("write `https://a.example`"), "{error}");
}

/// Entries of every strategy, up to some hundreds, some of them repeated and covered.
fn entries() -> impl Strategy<Value = Vec<String>> {
    let entry = (
        prop::sample::select(vec!["https://", "http://", "app://"]),
        prop::sample::select(vec![
            "", "*.", "**.", "a-*.", "*-a.", "*.*.", "x.", "a*b*c.",
        ]),
        prop::sample::select(vec![
            "a.example.com",
            "b.example.com",
            "aa.bb.example",
            "localhost",
        ]),
        prop::sample::select(vec!["", "", ":*", ":8443"]),
    );
    let entry = entry.prop_map(|(scheme, left, host, port)| format!("{scheme}{left}{host}{port}"));
    let numbered = (0..1000_u32).prop_map(|n| format!("https://tenant{n}.example.org"));
    let under = (0..50_u32).prop_map(|n| format!("https://*.tenant{n}.example.org"));
    prop_oneof![
        3 => prop::collection::vec(entry.clone(), 0..24),
        1 => prop::collection::vec(prop_oneof![numbered, under, entry], 0..300),
    ]
}

fn entries_and_origins() -> impl Strategy<Value = (Vec<String>, Vec<gen_origins::Bytes>)> {
    let entries = entries().prop_filter("entries to vary", |entries| !entries.is_empty());
    entries.prop_flat_map(|entries| {
        let origins = prop::collection::vec(gen_origins::origins(entries.clone()), 64);
        (Just(entries), origins)
    })
}

proptest! {
    #![proptest_config(property::cases(300))]

    #[test]
    fn a_list_accepts_what_its_entries_mean((entries, origins) in entries_and_origins()) {
        let list = Origins::new(&entries).unwrap();
        let policy = PUBLIC.with_origins(&list).unwrap();
        for origin in origins {
            let mut matching = entries.iter();
            let expected = matching.any(|entry| reference_matcher::accepts(entry, &origin));
            prop_assert_eq!(list.contains(&origin), expected, "{:?} {}", entries, origin.escape_ascii());
            prop_assert_eq!(policy.allows_origin(&origin), expected);
            let request = CorsRequest::new("GET").with_header("Origin", &origin);
            let entry = policy.explain(&request).entry().map(|entry| entry.text().unwrap().to_owned());
            prop_assert_eq!(entry.is_some(), expected);
            if let Some(entry) = entry {
                prop_assert!(entries.contains(&entry), "{}", entry);
                prop_assert!(reference_matcher::accepts(&entry, &origin));
            }
        }
    }

    /// Any text at all is read, and what is offered for it is accepted.
    #[test]
    fn any_text_is_read_or_refused(text in "[ ,;\"'\\[\\]*a-cA-C:/.0-9\\né-]{0,60}") {
        match text.parse::<Origins>() {
            Ok(list) => {
                let again: Origins = list.to_string().parse().unwrap();
                prop_assert_eq!(again.to_string(), list.to_string());
            }
            Err(error) => {
                prop_assert!(!error.to_string().is_empty());
                for invalid in error.iter() {
                    if let Some(corrected) = invalid.corrected() {
                        prop_assert!(corrected.parse::<Origins>().is_ok(), "{}", invalid);
                    }
                }
            }
        }
    }
}

/// `*` in a list that is configured trusts nobody with a write: what everybody may do has to be listed in
/// the policy.
#[test]
fn any_configured_origin_is_trusted_like_any() {
    static GUARDED: PolicyTemplate = cors_policy!(
        allow_origins = ["https://app.example.com", Configured],
        allow_methods = [PUT],
        on_denied = RefuseWrites,
    );
    let origins = Origins::any();
    let policy = GUARDED.with_origins(&origins).unwrap();
    let is_refused = |method: &'static str, origin: &'static str| {
        let request = CorsRequest::new(method).with_header("Origin", origin);
        policy.evaluate(&request).refusal().is_some()
    };
    for method in ["POST", "PUT"] {
        assert!(!is_refused(method, "https://app.example.com"), "{method}");
    }
    assert!(is_refused("POST", "https://other.example"));
    assert!(!is_refused("PUT", "https://other.example"));
    origins.replace(["https://other.example"]).unwrap();
    assert!(!is_refused("POST", "https://other.example"));
}
