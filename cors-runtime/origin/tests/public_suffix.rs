//! Against the `psl` crate, which has the same list as code; its package also has the text that
//! `rules.txt` is made from.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use cors_support::property;
use proptest::prelude::*;
use psl::{List, Psl};

use cors_origin::public_suffix::{
    Name, RULES, SHARED_HOSTS, classify, registrable, registrable_domain, rules_below,
};

/// The version of the package, and a day on which it was the newest: the list in it has no date.
/// `.ci/suffixes update` sets both.
const VERSION: (&str, &str) = ("2.1.247", "2026-11-05");

fn header(version: &str) -> String {
    assert_eq!(version, VERSION.0, "run `.ci/suffixes update`");
    let date = VERSION.1;
    format!(
        "\
# The Public Suffix List, https://publicsuffix.org/list/, subject to the terms of the Mozilla
# Public License, v. 2.0, https://mozilla.org/MPL/2.0/. Another order, and labels in ASCII;
# otherwise unchanged. Made by `.ci/suffixes update` from the crate `psl` {version}, as of {date}.
"
    )
}

fn reversed(name: &str) -> String {
    name.rsplit('.').collect::<Vec<_>>().join(".")
}

static RULES_BY_NAME: LazyLock<BTreeSet<&str>> = LazyLock::new(|| RULES.lines().collect());

fn is_listed(rule: &str) -> bool {
    RULES_BY_NAME.contains(rule)
}

fn has_rules_below(name: &str) -> bool {
    let prefix = format!("{name}.");
    let mut rules = RULES_BY_NAME.range(prefix.as_str()..);
    rules
        .next()
        .is_some_and(|rule| rule.starts_with(prefix.as_str()))
}

#[test]
fn the_rules_are_those_of_the_list() {
    let (folder, version) = psl_package();
    let source = fs::read_to_string(folder.join("data/rules.txt")).unwrap();
    let mut rules: Vec<String> = source.lines().map(in_ascii).collect();
    rules.sort_unstable();
    rules.dedup();
    let text = format!("{}{}\n", header(&version), rules.join("\n"));
    if env::var_os("BLESS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/public_suffix/rules.txt");
        fs::write(path, text).unwrap();
    } else {
        assert!(
            text == RULES,
            "`.ci/suffixes update` after an update of psl"
        );
    }
}

/// A rule with its labels reversed and in the form that origins have.
fn in_ascii(rule: &str) -> String {
    let labels: Vec<String> = rule
        .rsplit('.')
        .map(|label| match label.is_ascii() {
            true => label.to_owned(),
            false => url::Host::parse(label).unwrap().to_string(),
        })
        .collect();
    labels.join(".")
}

/// Returns the folder of the source of `psl`, and its version, from the files that Cargo writes
/// next to build products. `cargo metadata` would need every package of the lock file.
fn psl_package() -> (PathBuf, String) {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    let lock = fs::read_to_string(lock).unwrap();
    let (_, package) = lock.split_once("name = \"psl\"\nversion = \"").unwrap();
    let (version, _) = package.split_once('"').unwrap();
    let built = env::current_exe().unwrap();
    let files = fs::read_dir(built.parent().unwrap()).unwrap();
    let mut notes = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "d"))
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with("psl-")
        })
        .map(|path| fs::read_to_string(path).unwrap());
    let folder = notes.find_map(|notes| {
        let library = Path::new(&format!("psl-{version}"))
            .join("src")
            .join("lib.rs");
        let mut paths = notes.split_whitespace().map(Path::new);
        let library = paths.find(|path| path.ends_with(&library))?;
        Some(library.ancestors().nth(2)?.to_owned())
    });
    (folder.expect("the package of psl"), version.to_owned())
}

/// Returns the result of the `psl` crate; `None` if it deviates from the algorithm of the list: it
/// applies no wildcard to a name that has its own rules below (`mtls.run.app`), and does not know a
/// top-level name that only has such rules (`ck`).
fn oracle(host: &str) -> Option<Name> {
    let wildcard = match host.split_once('.') {
        Some((_, parent)) => format!("{}.*", reversed(parent)),
        None => "*".to_owned(),
    };
    let name = reversed(host);
    let is_by_wildcard = !is_listed(&name) && (wildcard == "*" || is_listed(&wildcard));
    if is_by_wildcard && has_rules_below(&name) {
        return None;
    }
    // It only reads another label if it knows longer suffixes.
    let mut asked_for_more = false;
    let mut labels = host
        .rsplit('.')
        .map(str::as_bytes)
        .chain(std::iter::from_fn(|| {
            asked_for_more = true;
            None
        }));
    let info = List.find(&mut labels);
    Some(match info {
        // The rule for what is on no list is `*`.
        _ if info.typ.is_none() && !host.contains('.') => Name::Standalone,
        _ if info.typ.is_none() => Name::Registrable {
            has_suffixes_below: false,
        },
        _ if info.len == host.len() => Name::PublicSuffix,
        _ => Name::Registrable {
            has_suffixes_below: asked_for_more,
        },
    })
}

fn ends_in(host: &str, name: &str) -> bool {
    let rest = host.strip_suffix(name);
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[test]
fn every_rule_is_read_as_the_psl_crate_reads_it() {
    for rule in RULES.lines().filter(|rule| !rule.starts_with('#')) {
        let name = reversed(rule).replace('!', "");
        for name in [
            name.replace('*', "a"),
            name.replace("*.", ""),
            format!("b.a.{name}").replace('*', "c"),
        ] {
            let is_of_others =
                ends_in(&name, "web.core.windows.net") || ends_in(&name, "home.arpa");
            if let Some(expected) = oracle(&name).filter(|_| !is_of_others) {
                // Where only hosts that strangers share are below.
                let is_shared = |(shared, _): &(&str, _)| ends_in(shared, &name);
                let expected = match expected {
                    Name::Registrable { .. } if SHARED_HOSTS.iter().any(is_shared) => {
                        Name::Registrable {
                            has_suffixes_below: true,
                        }
                    }
                    expected => expected,
                };
                assert_eq!(classify(&name), expected, "{name}");
            }
        }
    }
}

proptest! {
    #![proptest_config(property::cases(256))]

    /// Labels of many rules, in combinations that may be in no rule.
    #[test]
    fn names_are_read_as_the_psl_crate_reads_them(
        labels in prop::collection::vec(
            prop::sample::select(vec!["a", "com", "s3", "amazonaws", "kobe", "jp", "city", "ck", "www", "co", "uk", "github", "io", "-", "a-b", "xn--p1ai", ""]),
            1..5,
        ),
    ) {
        let name = labels.join(".");
        if let Some(expected) = oracle(&name) {
            prop_assert_eq!(classify(&name), expected);
        }
    }

    /// Reserved names, and hosts that strangers share, are like any other for a browser.
    #[test]
    fn registrable_domains_are_those_of_the_psl_crate(
        labels in prop::collection::vec(
            prop::sample::select(vec!["a", "com", "s3", "amazonaws", "kobe", "jp", "co", "uk", "github", "nip", "io", "a-b", "localhost", "internal", "0a"]),
            1..5,
        ),
        root in prop::sample::select(vec!["", "."]),
    ) {
        let host = labels.join(".") + root;
        let expected = List.domain(host.as_bytes()).map(|domain| domain.as_bytes().to_vec());
        prop_assert_eq!(registrable_domain(&host).map(|domain| domain.as_bytes().to_vec()), expected);
    }
}

#[test]
fn addresses_and_public_suffixes_have_no_registrable_domain() {
    for host in [
        "127.0.0.1",
        "10.1",
        "[::1]",
        "com",
        "co.uk",
        "com.",
        "localhost",
        "unlisted",
    ] {
        assert_eq!(registrable_domain(host), None, "{host}");
    }
    for (host, domain) in [
        ("a.www.ck", "www.ck"),
        ("a.b.ck", "a.b.ck"),
        ("a.b.internal", "b.internal"),
        ("a.1.2.3.4.nip.io", "nip.io"),
        ("a.example.com.", "example.com."),
    ] {
        assert_eq!(registrable_domain(host), Some(domain), "{host}");
    }
}

#[test]
fn a_rule_below_a_name_does_not_hide_the_wildcard_that_covers_it() {
    for (host, name) in [
        ("ck", Name::PublicSuffix),
        ("mtls.run.app", Name::PublicSuffix),
        ("anything.run.app", Name::PublicSuffix),
        ("local", Name::Private),
    ] {
        assert_eq!(classify(host), name, "{host}");
    }
}

#[test]
fn the_registrable_domain_is_one_label_more_than_the_suffix() {
    for (host, domain) in [
        ("www.example.co.uk", "example.co.uk"),
        ("a.b.github.io", "b.github.io"),
        ("a.city.kobe.jp", "city.kobe.jp"),
        ("a.b.c.kobe.jp", "b.c.kobe.jp"),
        ("example.com", "example.com"),
        ("com", "com"),
        ("a.b.internal", "b.internal"),
        ("a.b.some-new-tld", "b.some-new-tld"),
        ("a.b.nip.io", "a.b.nip.io"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
    ] {
        assert_eq!(registrable(host), domain, "{host}");
    }
}

#[test]
fn rules_below_a_name_are_found() {
    let all = |name| rules_below(name, |_, _| true);
    assert_eq!(all("kobe.jp"), ["!city.kobe.jp", "*.kobe.jp"]);
    assert_eq!(all("example.com"), [""; 0]);
    let below = all("amazonaws.com");
    assert!(below.contains(&"s3.amazonaws.com".to_owned()));
    // Only rules with labels that are not accepted are skipped.
    for label in ["s3", "s3-website", "us-east-2", "us-east-1"] {
        let some = rules_below("amazonaws.com", |depth, text| depth != 0 || text == label);
        let (end, name) = (
            format!(".{label}.amazonaws.com"),
            format!("{label}.amazonaws.com"),
        );
        let expected = below
            .iter()
            .filter(|rule| rule.ends_with(&end) || **rule == name);
        assert_eq!(some, expected.cloned().collect::<Vec<_>>(), "{label}");
    }
}

/// The owner of a top-level name can give away names below it.
#[test]
fn names_that_are_on_no_list_are_those_of_a_registry() {
    let registrable = Name::Registrable {
        has_suffixes_below: false,
    };
    for (host, name) in [
        ("some-new-tld", Name::Standalone),
        ("a.some-new-tld", registrable),
        ("b.a.some-new-tld", registrable),
        ("internal", Name::Private),
        ("a.b.internal", Name::Private),
        ("notinternal", Name::Standalone),
        ("a.notinternal", registrable),
        ("home.arpa", Name::Private),
        ("router.home.arpa", Name::Private),
        ("arpa", Name::PublicSuffix),
        ("api.default.svc.cluster.local", Name::Private),
        ("app.localhost", Name::Private),
        ("127.0.0.1", Name::Standalone),
        ("0.1", Name::Standalone),
        ("[::1]", Name::Standalone),
    ] {
        assert_eq!(classify(host), name, "{host}");
    }
}

/// Each is somebody else's, at whatever depth.
#[test]
fn hosts_that_strangers_share_have_a_source_and_are_nobodys() {
    assert!(SHARED_HOSTS.is_sorted_by(|(a, _), (b, _)| a < b));
    for (host, source) in SHARED_HOSTS {
        assert!(source.starts_with("https://"), "{host}");
        assert_eq!(classify(host), Name::PublicSuffix, "{host}");
        assert_eq!(classify(&format!("a.{host}")), Name::Standalone, "{host}");
        assert_eq!(classify(&format!("b.a.{host}")), Name::Standalone, "{host}");
        assert_ne!(classify(&format!("not{host}")), Name::Standalone, "{host}");
        let (_, parent) = host.split_once('.').unwrap();
        let below = rules_below(parent, |_, _| true);
        assert!(below.iter().any(|rule| rule == host), "{host}");
    }
    // Names of the list are not repeated, unless they are at another depth.
    let listed = SHARED_HOSTS
        .iter()
        .filter(|(host, _)| is_listed(&reversed(host)));
    let listed: Vec<&str> = listed.map(|(host, _)| *host).collect();
    assert_eq!(listed, ["web.core.windows.net"]);
}
