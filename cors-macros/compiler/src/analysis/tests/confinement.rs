//! Confinement, against a reading of the rules that looks at one host after the other.

use std::collections::BTreeSet;

use cors_support::property;
use proptest::prelude::*;

use crate::analysis::{self, domains::owners};
use crate::automaton::{Dfa, SerializedOrigins, pattern_to_regex, union};
use crate::model::Pattern;
use cors_origin::confinement::{MAX_DOMAINS, MAX_SCHEMES, check_confinement};
use cors_origin::public_suffix::{Name, RULES, classify, registrable, rules_below};

/// Labels that replace wildcards in these tests: those of rules, and more others than the limit.
fn fillers() -> Vec<String> {
    let rules = [
        "s3",
        "kobe",
        "city",
        "compute",
        "us-east-1",
        "www",
        "dualstack",
    ];
    let others = (0..=MAX_DOMAINS).map(|n| format!("x{n}"));
    rules.map(str::to_owned).into_iter().chain(others).collect()
}

/// Returns the hosts that `host` matches: `*` is a filler, `**` one or two.
fn instances(host: &str) -> Vec<String> {
    let mut hosts = vec![host.to_owned()];
    while let Some(position) = hosts.iter().position(|host| host.contains('*')) {
        let host = hosts.swap_remove(position);
        if host.contains("**") {
            hosts.extend(["*", "*.*"].map(|labels| host.replacen("**", labels, 1)));
        } else {
            hosts.extend(fillers().iter().map(|filler| host.replacen('*', filler, 1)));
        }
    }
    hosts
}

/// Whether the owners of `hosts` can be counted, by the rules alone.
fn are_confined(hosts: &BTreeSet<String>) -> bool {
    let is_shared = |host: &String| classify(host) == Name::PublicSuffix;
    let owners: BTreeSet<&str> = hosts.iter().map(|host| owner(host)).collect();
    let is_below = |owner: &str| {
        let mut dots = owner.match_indices('.').map(|(dot, _)| &owner[dot + 1..]);
        dots.any(|parent| owners.contains(parent))
    };
    hosts.len() == 1
        || owners.len() <= MAX_DOMAINS
            && !hosts.iter().any(is_shared)
            && !owners.iter().any(|owner| is_below(owner))
}

fn owner(host: &str) -> &str {
    match classify(host) {
        Name::Private => host.rsplit('.').next().unwrap(),
        Name::PublicSuffix | Name::Registrable { .. } | Name::Standalone => registrable(host),
    }
}

fn dfa(hosts: &[String]) -> Dfa {
    let hosts = hosts.iter().map(|host| {
        let pattern = Pattern::parse(&format!("https://{host}")).unwrap();
        pattern_to_regex(&pattern)
    });
    let expression = hosts.collect::<Vec<_>>().join("|");
    SerializedOrigins::new().regex(&expression).unwrap()
}

fn is_confined(hosts: &[String]) -> bool {
    owners(&dfa(hosts)).is_ok()
}

fn hosts() -> impl Strategy<Value = Vec<String>> {
    let label = prop::sample::select(vec!["*", "x1", "s3", "x*", "compute", "dualstack", "www"]);
    let parent = prop::sample::select(vec![
        "example.com",
        "example.org",
        "amazonaws.com",
        "us-east-1.amazonaws.com",
        "s3.amazonaws.com",
        "kobe.jp",
        "city.kobe.jp",
        "co.uk",
        "internal",
        "localhost",
        "some-new-tld",
        "name.some-new-tld",
        "app.github.dev",
        "z13.web.core.windows.net",
    ]);
    let deep = prop::bool::weighted(0.1);
    let host =
        (deep, prop::collection::vec(label, 0..3), parent).prop_map(|(deep, labels, parent)| {
            let deep = ["**"].into_iter().filter(|_| deep);
            let labels: Vec<&str> = deep.chain(labels).chain([parent]).collect();
            labels.join(".")
        });
    prop::collection::vec(host, 1..4)
}

proptest! {
    #![proptest_config(property::cases(60))]

    /// Every host counts, whichever way an automaton spells it.
    #[test]
    fn an_entry_is_confined_if_the_owners_of_its_hosts_can_be_counted(hosts in hosts()) {
        let all: BTreeSet<String> = hosts.iter().flat_map(|host| instances(host)).collect();
        prop_assert_eq!(is_confined(&hosts), are_confined(&all), "{:?} {:?}", hosts, owners(&dfa(&hosts)));
    }

    /// If an entry is confined, every entry that accepts less is confined.
    #[test]
    fn an_entry_that_accepts_less_is_confined_as_well(hosts in hosts(), more in hosts()) {
        let both = [hosts.clone(), more].concat();
        prop_assert!(!is_confined(&both) || is_confined(&hosts), "{:?}", both);
    }
}

/// A host that is itself a public suffix is nobody's own.
#[test]
fn a_host_that_strangers_share_is_not_confined() {
    for (regex, is_confined) in [
        (r"https://s3[a-z0-9-]*\.amazonaws\.com", false),
        (r"https://(s3|s3-eu-west-1)\.amazonaws\.com", false),
        (r"https://(www\.)?s3\.amazonaws\.com", false),
        // Regexes for hosts of the list.
        (r"https://s3\.amazonaws\.com", true),
        (r"https?://s3\.amazonaws\.com\.?(:[0-9]+)?", true),
        (r"https://ec2[a-z0-9-]*\.amazonaws\.com", true),
        // A domain of somebody else below one's own.
        (r"https://([a-z0-9-]+\.)?bucket\.s3\.amazonaws\.com", true),
        (r"https://([a-z0-9-]+|bucket\.s3)\.example\.com", true),
        (r"https://(console|bucket\.s3)\.amazonaws\.com", false),
        (r"https://app\.[a-z]+[0-9]\.amazonaws\.com", false),
        (r"https://app\.[a-d]+\.amazonaws\.com", true),
        (r"https://127\.0\.0\.[1-9]", true),
        (r"https://127\.0\.0\.[0-9]+", false),
        (r"https://\[::[0-9a-f]\]", true),
        (r"https://\[::[0-9a-f]+\]", false),
        (r"https://\[fe80:[0-9a-f:]+\]|https://example\.com", false),
    ] {
        let dfa = SerializedOrigins::new().regex(regex).unwrap();
        assert_eq!(
            owners(&dfa).is_ok(),
            is_confined,
            "{regex} {:?}",
            owners(&dfa)
        );
    }
}

/// Sixteen buckets are sixteen owners: nobody has the domain that they are below.
#[test]
fn a_domain_of_which_no_host_is_accepted_is_not_counted() {
    for (count, is_confined) in [(MAX_DOMAINS, true), (MAX_DOMAINS + 1, false)] {
        let buckets: Vec<String> = (0..count).map(|n| format!("bucket{n}")).collect();
        let regex = format!(r"https://({})\.s3\.amazonaws\.com", buckets.join("|"));
        let dfa = SerializedOrigins::new().regex(&regex).unwrap();
        assert_eq!(owners(&dfa).is_ok(), is_confined, "{count}");
    }
}

/// The names with one owner that have rules below them, each with these rules.
fn domains_with_rules_below() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for rule in RULES.lines().filter(|rule| !rule.starts_with('#')) {
        let rule: Vec<&str> = rule.rsplit('.').collect();
        let rule = rule.join(".").replace('!', "");
        let dots = rule.match_indices('.');
        names.extend(dots.map(|(dot, _)| rule[dot + 1..].to_owned()));
    }
    names.retain(|name| matches!(classify(name), Name::Registrable { .. }));
    names
}

/// All of the list: where a rule is one label below a domain, a wildcard accepts a host that
/// strangers share. Regexes that accept the same, less or more agree.
#[test]
fn no_rule_of_the_list_is_accepted_below_a_domain() {
    let domains = domains_with_rules_below();
    assert!(domains.len() > 400, "{}", domains.len());
    let serialized = SerializedOrigins::new();
    for domain in &domains {
        let rules = rules_below(domain, |_, _| true);
        let labels = |rule: &str| rule[..rule.len() - domain.len() - 1].split('.').count();
        let is_confined = !rules.iter().any(|rule| labels(rule) == 1);
        let verdict = |pattern: String| {
            let pattern = Pattern::parse(&pattern).unwrap();
            check_confinement(&pattern).inspect_err(|unconfined| {
                assert!(
                    !union(&[&pattern])
                        .accepting(unconfined.witness.as_bytes())
                        .is_empty()
                );
            })
        };
        let shallow = verdict(format!("https://*.{domain}"));
        assert_eq!(shallow.is_ok(), is_confined, "{domain} {shallow:?}");
        assert!(verdict(format!("https://**.{domain}")).is_err(), "{domain}");
        let escaped = domain.replace('.', r"\.");
        let regex = |regex: String| {
            let dfa = serialized.regex(&format!("https://{regex}")).unwrap();
            owners(&dfa)
        };
        let same = regex(format!(r"[a-z0-9_-]+\.{escaped}"));
        assert_eq!(same.is_ok(), is_confined, "{domain} {same:?}");
        // The domain itself and a name that no rule spells.
        let less = regex(format!(r"(no-rule-has-this\.)?{escaped}"));
        let is_given_away = rules.contains(&format!("*.{domain}"));
        assert_eq!(less.is_ok(), !is_given_away, "{domain} {less:?}");
        for more in [
            format!(r"([a-z0-9_-]+\.)*{escaped}"),
            format!(r"[a-z0-9._-]+{escaped}"),
        ] {
            assert!(regex(more.clone()).is_err(), "{more}");
        }
    }
}

/// The rule for what is on no list is `*`; reserved names and those of one's own network are not
/// given away.
#[test]
fn names_below_an_unknown_top_level_name_are_not_confined() {
    for (pattern, is_confined) in [
        ("https://*.some-new-tld", false),
        ("https://**.some-new-tld:8443", false),
        ("https://*.name.some-new-tld", true),
        ("http://*.internal", true),
        ("http://*.corp", true),
        ("http://*.home.arpa", true),
        ("http://*.default.svc.cluster.local", true),
        ("http://**.localhost:*", true),
        ("https://*.example", true),
        ("https://*.arpa", false),
    ] {
        verdicts_are(pattern, is_confined);
    }
}

/// Hosts below which strangers have names, at whatever depth.
#[test]
fn names_below_a_host_that_strangers_share_are_not_confined() {
    for pattern in [
        "https://*.nip.io",
        "https://*.sslip.io",
        "https://*.192-168-0-1.sslip.io",
        "https://*.app.github.dev",
        "https://*.euw.devtunnels.ms",
        "https://*.devtunnels.ms",
        "https://*.z13.web.core.windows.net",
        "https://*.web.core.windows.net",
        "https://*.storage.googleapis.com",
        "https://*.gitpod.io",
        "https://*.ws-eu1.gitpod.io",
        "https://*.loca.lt",
        "https://*.serveo.net",
        "https://pr-*.eu-central-1-01.gitpod.dev",
        "https://*.github.dev",
        "https://**.azure.net",
        "https://*.azure.net",
    ] {
        verdicts_are(pattern, false);
    }
    for pattern in [
        "https://name-3000.app.github.dev",
        "https://*.github.io.example.com",
        "https://*.notnip.io",
    ] {
        verdicts_are(pattern, true);
    }
    let regex = SerializedOrigins::new()
        .regex(r"https://(one|two)\.loca\.lt")
        .unwrap();
    assert!(owners(&regex).is_ok());
}

/// Checks a pattern, and the equivalent regex.
fn verdicts_are(pattern: &str, is_confined: bool) {
    let parsed = Pattern::parse(pattern).unwrap();
    let verdict = check_confinement(&parsed);
    assert_eq!(verdict.is_ok(), is_confined, "{pattern} {verdict:?}");
    let dfa = SerializedOrigins::new()
        .regex(&pattern_to_regex(&parsed))
        .unwrap();
    assert_eq!(
        owners(&dfa).is_ok(),
        is_confined,
        "{pattern} {:?}",
        owners(&dfa)
    );
}

/// An app can choose any host, with empty labels and capitals. Each host has its own owner.
#[test]
fn hosts_of_apps_are_counted() {
    for (regex, is_confined) in [
        (r"app://\.", true),
        (r"(app|tauri)://\.", true),
        (r"app://a\.\.", true),
        (r"app://(Main|Settings)", true),
        (r"app://(Main|[.])", false),
        (r"app://[.]+", false),
        (r"app://.*\.\.", false),
        (r"app://[a-z]+\.\.shop", false),
        (r"app://(a|b)\.\.c", false),
        (r"safari-web-extension://[0-9A-F-]+", false),
        (r"safari-web-extension://[0-9A-F-]{36}", false),
        (r"moz-extension://[0-9a-f-]+", false),
        (r"app://[A-Z]\.[a-z]+\.example\.com", true),
        (r"(app|https)://[^/]*\.example\.com", true),
        (r"(app|https)://[^/]*example\.com", false),
    ] {
        let dfa = SerializedOrigins::new().regex(regex).unwrap();
        let owners = owners(&dfa);
        assert_eq!(owners.is_ok(), is_confined, "{regex} {owners:?}");
    }
    // Hosts of pages are domains and addresses.
    for regex in [r"https://\.", "https://A", "wss?://a%b", "http://a![.]b"] {
        assert!(SerializedOrigins::new().regex(regex).is_err(), "{regex}");
    }
}

/// Any app may use a scheme of its own, with any host: schemes have to be named.
#[test]
fn schemes_without_bound_are_not_confined() {
    let schemes = |count: usize| {
        let names: Vec<String> = (0..count).map(|n| format!("app{n}")).collect();
        format!(r"({})://example\.com", names.join("|"))
    };
    for (regex, is_confined) in [
        (r"[a-gi-z][a-z-]*://example\.com", false),
        (r".+://example\.com", false),
        (r"[a-z]{3}://(a|b)\.example\.com(:[0-9]+)?", false),
        (r"https?://example\.com|[a-z]+://localhost", false),
        (r"https?://[a-z]+\.example\.com(:[0-9]+)?", true),
        (r"(https|capacitor|ionic)://localhost", true),
        (&schemes(MAX_SCHEMES), true),
        (&schemes(MAX_SCHEMES + 1), false),
    ] {
        let dfa = SerializedOrigins::new().regex(regex).unwrap();
        assert_eq!(analysis::is_confined(&dfa), is_confined, "{regex}");
    }
}
