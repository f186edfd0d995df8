//! What is not exported, and why.

use super::super::{ExportError, Level, OnDenied, Options, Policy, Rule, Target, export};
use super::{entry, first, policies, policy, rule};

fn refused(target: Target, rules: Vec<Rule>) -> ExportError {
    let options = Options::new("api").level(Level::Browser);
    export(target, &policy(rules), &options).unwrap_err()
}

#[test]
fn every_gateway_rejects_what_none_supports() {
    let predicate = "predicate(tenants::is_known)";
    let mirror = Rule {
        mirrors_method: true,
        ..rule(&["https://example.com"])
    };
    for target in Target::ALL {
        let error = refused(target, vec![rule(&["https://example.com", predicate])]);
        assert_eq!(error.entry(), Some(predicate), "{error}");
        assert!(
            refused(target, vec![mirror.clone()])
                .reason()
                .contains("MirrorRequest")
        );
        for name in ["", "a b", "1a", "a\n", "a/b"] {
            let error = export(target, &policy(vec![first()]), &Options::new(name));
            assert!(error.unwrap_err().reason().contains("name"), "{name:?}");
        }
        let options = Options::new("api").directory("/etc/a b");
        let error = export(target, &policy(vec![first()]), &options).unwrap_err();
        assert!(error.reason().contains("directory"), "{error}");
    }
}

/// It only adds headers.
#[test]
fn the_gateway_api_refuses_no_requests() {
    let options = Options::new("api").level(Level::Browser);
    let reason = |policy: &Policy| {
        let error = export(Target::GatewayApi, policy, &options).unwrap_err();
        error.reason().to_owned()
    };
    let sound = policy(vec![rule(&["https://example.com"])]);
    let denying = Policy {
        on_denied: OnDenied::RefuseWrites,
        ..sound.clone()
    };
    let hosts = Policy {
        allow_hosts: Some(vec!["api.example.com".to_owned()]),
        ..sound.clone()
    };
    for policy in [denying, hosts] {
        assert!(reason(&policy).contains("`on_denied` and `allow_hosts`"));
    }
    let mut timing = sound;
    timing.rules[0].expose_timing = true;
    assert!(reason(&timing).contains("`Timing-Allow-Origin`"));
}

#[test]
fn a_regex_that_takes_too_long_to_say_is_refused() {
    let long =
        "regex(\"https://(?:[a-f]*[0-9][a-f]{9}|x{7}[0-9]*)\\b(?:.*a.{6}b)+\\.example\\.com\")";
    let error = refused(Target::HaProxy, vec![rule(&[long])]);
    assert_eq!(error.entry(), Some(long));
    assert!(error.to_string().contains("2000 bytes"), "{error}");
}

#[test]
fn a_dollar_in_a_value_is_refused_by_nginx() {
    let rule = Rule {
        allow_methods: "GET, $x".to_owned(),
        ..first()
    };
    assert!(refused(Target::Nginx, vec![rule]).reason().contains('$'));
}

/// Tried against the validators of `@kubernetes-models/gateway-api` 2.0.0.
#[test]
fn the_gateway_api_takes_little() {
    let text = |origins: &[&str]| {
        let options = Options::new("api").level(Level::Browser);
        let export = export(Target::GatewayApi, &policy(vec![rule(origins)]), &options).unwrap();
        export.files()[0].text().to_owned()
    };
    assert!(
        text(&["https://example.com:8443", "http://**.example.org"])
            .contains("allowOrigins: [\"https://example.com:8443\", \"http://*.example.org\"]")
    );
    // `*.` is any number of labels there.
    for origin in [
        "https://*.example.com",
        "https://pr-*.example.com",
        "https://**.a*.example",
        "http://localhost:*",
        "http://[::1]",
        "app://localhost",
        "null",
        "https://a_b.example",
        "https://example.com.",
        "regex(\"https://a\")",
    ] {
        let error = refused(Target::GatewayApi, vec![rule(&[origin])]);
        assert_eq!(error.entry(), Some(origin), "{error}");
    }
    for change in [
        (|rule: &mut Rule| rule.allow_methods = "GET, PURGE".to_owned()) as fn(&mut Rule),
        |rule| rule.max_age = "0".to_owned(),
        |rule| {
            let origins = (0..65).map(|n| format!("https://a{n}.example"));
            rule.origins = origins.map(|origin| entry(&origin)).collect();
        },
        |rule| rule.expose_headers = vec!["x"; 65].join(", "),
    ] {
        let mut rule = rule(&["https://example.com"]);
        change(&mut rule);
        refused(Target::GatewayApi, vec![rule]);
    }
    refused(
        Target::GatewayApi,
        vec![rule(&["https://example.com"]), rule(&["Any"])],
    );
    let wire = export(
        Target::GatewayApi,
        &policy(vec![first()]),
        &Options::new("api"),
    );
    assert!(wire.unwrap_err().reason().contains("browser"));
}

#[test]
fn the_hash_is_of_what_decides() {
    let hash = |policy: &Policy| {
        let export = export(Target::HaProxy, policy, &Options::new("api")).unwrap();
        let text = export.files()[0].text().to_owned();
        text.split_once("Decides: ").unwrap().1[..16].to_owned()
    };
    let mut hashes: Vec<_> = policies().iter().map(|(_, policy)| hash(policy)).collect();
    let mut changed = policy(vec![first()]);
    assert_eq!(hash(&changed), hashes[0]);
    changed.rules[0].origins[0].written = "env(\"NAME\")".to_owned();
    assert_eq!(hash(&changed), hashes[0]);
    changed.rules[0].max_age = "7201".to_owned();
    hashes.push(hash(&changed));
    changed.preflight_status = 200;
    hashes.push(hash(&changed));
    changed.rules[0].expose_timing = true;
    hashes.push(hash(&changed));
    changed.on_denied = OnDenied::RefuseWrites;
    hashes.push(hash(&changed));
    changed.allow_hosts = Some(vec!["api.example.com".to_owned()]);
    hashes.push(hash(&changed));
    let count = hashes.len();
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), count);
}

/// No file reads on in a line that comes from a policy.
#[test]
fn comments_stay_comments() {
    let mut rule = rule(&["https://example.com"]);
    rule.origins[0].written = "a\r\nhttp-request allow \u{2028}{$PATH} \\".to_owned();
    for target in Target::ALL {
        let options = Options::new("api").level(Level::Browser);
        let export = export(target, &policy(vec![rule.clone()]), &options).unwrap();
        for file in export.files() {
            assert!(file.text().is_ascii(), "{}", file.name());
            let begins = |line: &str| line.trim_start().starts_with("http-request allow");
            assert!(!file.text().lines().any(begins), "{}", file.name());
            assert!(
                !file.text().lines().any(|line| line.ends_with('\\')),
                "{}",
                file.name()
            );
        }
        if target == Target::Caddy {
            assert!(!export.files()[0].text().contains("{$"));
        }
    }
}
