//! Small facts that the other crates rely on, each on both sides of its limit.

use cors_origin::Origin;
use cors_origin::authority::Authority;
use cors_origin::confinement::{Unconfined, UnconfinedPattern, check_confinement, is_private};
use cors_origin::fetch::is_ok_status;
use cors_origin::header::HeaderValues;
use cors_origin::pattern::Pattern;
use cors_origin::summary::{RefusalSummary, RuleSummary, write_policy_summary};

#[test]
fn ok_statuses_are_those_from_200_to_299() {
    for (status, is_ok) in [
        (0, false),
        (199, false),
        (200, true),
        (204, true),
        (299, true),
        (300, false),
        (u16::MAX, false),
    ] {
        assert_eq!(is_ok_status(status), is_ok, "{status}");
    }
}

#[test]
fn each_malformed_origin_has_its_reason() {
    let corrected = Some("https://a.example");
    for (origin, reason, corrected) in [
        ("", "is empty", None),
        ("null", "is `null`", None),
        ("https://bücher.example", "is not in ASCII", None),
        ("https://a.example, https://b.example", "has a comma", None),
        ("a.example", "has no scheme", None),
        ("https://a.example/", "has a path", corrected),
        ("https://a.example#b", "has a path", corrected),
        ("HTTPS://A.example:443/b?c", "has a path", corrected),
        ("https://me@a.example", "has user info", None),
        ("https://A.example", "has uppercase letters", corrected),
        ("HTTPS://a.example", "has uppercase letters", corrected),
        ("APP://B", "has uppercase letters", Some("app://B")),
        ("https://a.example:443", "has a port", corrected),
        ("https://a.example:0", "has a port", None),
        ("https://127.1/", "has a path", None),
        ("https://[::0]/", "has a path", None),
        ("https://a..example", "has a scheme or a host", None),
        ("https://a.1", "has a host that ends in a number", None),
        ("https://127.1", "has a host that ends in a number", None),
        ("https://foo.0x", "has a host that ends in a number", None),
        ("HTTPS://A.1", "has uppercase letters", None),
        (
            "HTTPS://127.0.0.1:443/",
            "has a path",
            Some("https://127.0.0.1"),
        ),
    ] {
        let error = Origin::parse(origin).unwrap_err();
        assert_eq!(error.corrected(), corrected, "{origin}");
        assert!(
            error.reason().starts_with(reason),
            "{origin}: {}",
            error.reason()
        );
    }
    let long = format!("https://{}.example", "a".repeat(400));
    let error = Origin::parse(&long).unwrap_err();
    assert!(
        error.reason().starts_with("is longer"),
        "{}",
        error.reason()
    );
}

#[test]
fn an_authority_has_room_for_the_longest_host_and_port() {
    let longest = format!("{}:65535", "a".repeat(253));
    let authority = Authority::new(longest.as_bytes()).unwrap();
    let origin = format!("https://{longest}");
    assert_eq!(authority.as_origin(), origin.as_bytes());
    // With the root, which some clients send.
    let longer = format!("{}.:65535", "a".repeat(253));
    assert!(Authority::new(longer.as_bytes()).is_some());
    assert!(Authority::new(format!("a{longer}").as_bytes()).is_none());
}

#[test]
fn exact_patterns_have_no_wildcard_in_host_or_port() {
    for (pattern, is_exact) in [
        ("https://a.example", true),
        ("https://a.example:8443", true),
        ("https://a.example:*", false),
        ("https://*.a.example", false),
        ("https://[::1]:*", false),
        ("app://.", true),
    ] {
        let parsed = Pattern::parse(pattern).unwrap();
        assert_eq!(parsed.is_exact(), is_exact, "{pattern}");
    }
}

#[test]
fn an_insecure_pattern_has_an_insecure_example() {
    for (pattern, example) in [
        ("http://a.example", Some("http://a.example")),
        ("http://*.a.example:81", Some("http://a.a.example:81")),
        ("http://loc*lhost", Some("http://locblhost")),
        ("http://localhost:*", None),
        ("http://*.localhost", None),
        ("https://a.example", None),
    ] {
        let parsed = Pattern::parse(pattern).unwrap();
        assert_eq!(parsed.insecure_example().as_deref(), example, "{pattern}");
    }
}

#[test]
fn private_hosts_are_in_no_registry() {
    for (origin, expected) in [
        ("http://192.168.0.1", true),
        ("http://[::1]", true),
        ("http://intranet", true),
        ("http://printer", true),
        ("http://app.internal", true),
        ("http://app.internal.", true),
        ("https://a.com", false),
        ("https://github.io", false),
        ("https://a.nip.io", false),
    ] {
        let pattern = Pattern::parse(origin).unwrap();
        assert_eq!(is_private(&pattern.host), expected, "{origin}");
    }
}

#[test]
fn an_unconfined_pattern_is_explained() {
    for (pattern, words) in [
        ("https://*.com", "under `com`"),
        ("https://*", "16 registrable domains"),
        ("https://*.amazonaws.com", "is a public suffix"),
        ("https://*.amazonaws.com.:81", ".amazonaws.com.:81`"),
        ("https://*.github.dev", "strangers share `app.github.dev`"),
    ] {
        let error = check_confinement(&Pattern::parse(pattern).unwrap()).unwrap_err();
        assert!(error.to_string().contains(words), "{pattern}: {error}");
    }
    let under_all = UnconfinedPattern {
        reason: Unconfined::AnyNameUnder(String::new()),
        witness: "https://a".to_owned(),
    };
    assert!(!under_all.to_string().contains("under ``"), "{under_all}");
}

#[test]
fn a_summary_names_the_origins_of_each_rule() {
    let rule = |origins| RuleSummary {
        origins,
        values: HeaderValues::new([""; 7]),
        exposes_timing: false,
        mirrors_method: false,
        mirrors_headers: false,
    };
    let listed = ["https://a.example", "https://b.example"];
    let rules = [rule(Some(listed.iter())), rule(None)];
    let refusals = RefusalSummary {
        refuses_writes: false,
        refuses_reads: false,
        hosts: None::<std::slice::Iter<'_, &str>>,
    };
    let summary = |rules: &[RuleSummary<'static, _>]| {
        let mut text = String::new();
        write_policy_summary(rules.iter().cloned(), &refusals, &mut text).unwrap();
        text
    };
    let both = summary(&rules);
    assert!(
        both.starts_with("pages of https://a.example, https://b.example\n"),
        "{both}"
    );
    assert!(both.contains("\npages of any other origin\n"), "{both}");
    assert!(summary(&rules[1..]).starts_with("pages of any origin\n"));
}
