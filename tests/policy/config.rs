//! Policies from configuration: the formats that they come in, what they decide, and how they are replaced.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use cors_runtime::{ConfigError, ConfigValue, LivePolicy, Policy, PolicyConfig};
use cors_support::policies::POLICIES;
use cors_support::reference_cases::CASES;
use cors_support::reference_policy::{Case, EMPTY_RULE, MIRROR, ReferenceRule};
use cors_support::{decide, gen_origins, property, reference_matcher};
use proptest::prelude::*;
use serde::Deserialize;

use crate::differential::requests;

#[derive(Deserialize)]
struct Config {
    cors: PolicyConfig,
}

const TOML: &str = r#"
    [cors]
    allow_methods = ["GET", "PUT"]
    max_age = 7200

    [[cors.rules]]
    allow_origins = [
        "https://example.com",
        { regex = 'https://(shop|blog)\.example\.net' },
        { dangerously_allow = "insecure_origin", origin = "http://legacy.example.com" },
    ]
    allow_credentials = true

    [[cors.rules]]
    allow_origins = "any"
"#;

const YAML: &str = r#"
cors:
  allow_methods: [GET, PUT]
  max_age: 7200
  rules:
    - allow_origins:
        - https://example.com
        - regex: https://(shop|blog)\.example\.net
        - dangerously_allow: insecure_origin
          origin: http://legacy.example.com
      allow_credentials: true
    - allow_origins: any
"#;

const JSON: &str = r#"{
    "cors": {
        "allow_methods": ["GET", "PUT"],
        "max_age": 7200,
        "rules": [
            {
                "allow_origins": [
                    "https://example.com",
                    { "regex": "https://(shop|blog)\\.example\\.net" },
                    { "dangerously_allow": "insecure_origin", "origin": "http://legacy.example.com" }
                ],
                "allow_credentials": true
            },
            { "allow_origins": "any" }
        ]
    }
}"#;

/// The policy of the three texts, in Rust.
fn built() -> PolicyConfig {
    let trusted = PolicyConfig::new()
        .with(
            "allow_origins",
            [
                "https://example.com".into(),
                ConfigValue::regex(r"https://(shop|blog)\.example\.net"),
                ConfigValue::dangerously_allow("insecure_origin", "http://legacy.example.com"),
            ],
        )
        .with("allow_credentials", true);
    PolicyConfig::new()
        .with("allow_methods", ["GET", "PUT"])
        .with("max_age", 7200)
        .with(
            "rules",
            [trusted, PolicyConfig::new().with("allow_origins", "any")],
        )
}

#[test]
fn toml_yaml_and_json_are_the_same_policy() {
    let [toml, yaml, json]: [Config; 3] = [
        toml::from_str(TOML).unwrap(),
        serde_saphyr::from_str(YAML).unwrap(),
        serde_json::from_str(JSON).unwrap(),
    ];
    // Tables of TOML keep no order of their keys.
    let policies = [toml.cors, yaml.cors, json.cors, built()].map(|config| {
        let policy = Policy::from_config(&config).unwrap();
        format!("{policy}{policy:?}")
    });
    assert!(
        policies.iter().all(|policy| *policy == policies[0]),
        "{policies:#?}"
    );
    assert!(
        policies[0].contains("pages of any other origin"),
        "{}",
        policies[0]
    );
}

#[test]
fn a_wrong_policy_is_refused_with_the_path_and_the_corrected_value() {
    let config = r#"
        [cors]
        allow_origins = ["https://example.com", "https://shop.example.com/", "HTTPS://a.example:443"]
        allow_credentials = true
        allow_headers = "any"
    "#;
    let config: Config = toml::from_str(config).unwrap();
    let error: ConfigError = Policy::from_config(&config.cors.named("cors")).unwrap_err();
    let found = error
        .iter()
        .map(|it| (it.path(), it.check(), it.corrected()));
    let mut found: Vec<_> = found.collect();
    // The keys of a table are in no order.
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("cors.allow_headers", "credentials-any-header", None),
            (
                "cors.allow_origins[1]",
                "origin-trailing-slash",
                Some("\"https://shop.example.com\"")
            ),
            (
                "cors.allow_origins[2]",
                "origin-uppercase",
                Some("\"https://a.example\"")
            ),
        ]
    );
}

/// The policy of a case, written down a third time.
fn config(case: &Case) -> PolicyConfig {
    let list = |names: &str| -> ConfigValue {
        match names {
            "*" => "any".into(),
            MIRROR => "mirror-request".into(),
            names => {
                let names = names.split(", ").map(|name| name.replace('*', "any"));
                names.collect::<Vec<_>>().into()
            }
        }
    };
    let rule = |rule: &ReferenceRule| {
        let origins = rule.origins.iter().map(|origin| match *origin {
            "null" => ConfigValue::dangerously_allow("null_origin", "null"),
            origin => origin.into(),
        });
        let origins: Vec<ConfigValue> = origins.collect();
        let mut config = PolicyConfig::new()
            .with("allow_credentials", rule.credentials)
            .with("expose_timing", rule.timing);
        config = match rule.origins {
            ["*"] => config.with("allow_origins", "any"),
            _ => config.with("allow_origins", origins),
        };
        let lists = [
            ("allow_methods", rule.methods),
            ("allow_headers", rule.headers),
            ("expose_headers", rule.exposed),
        ];
        // The methods that need no permission are not written: a rule for any origin would trust them.
        let is_written = |names: &str| !names.is_empty() && names != EMPTY_RULE.methods;
        for (key, names) in lists.into_iter().filter(|(_, names)| is_written(names)) {
            config = config.with(key, list(names));
        }
        match rule.max_age.parse::<u32>() {
            Ok(seconds) => config.with("max_age", seconds),
            Err(_) => config,
        }
    };
    let rules: Vec<PolicyConfig> = case.rules.iter().map(rule).collect();
    let refusals = &case.refusals;
    let config = PolicyConfig::new()
        .with("preflight_status", u32::from(case.preflight_status))
        .with(
            "on_denied",
            match (refusals.writes, refusals.reads) {
                (false, _) => "continue",
                (true, false) => "refuse-writes",
                (true, true) => "refuse",
            },
        )
        .with("rules", rules);
    match refusals.hosts {
        [] if refusals.reads => config.with("allow_hosts", "any"),
        [] => config,
        hosts => config.with("allow_hosts", hosts.to_vec()),
    }
}

/// Compares every line of a response, for random requests: a million with `PROPERTY_TIMES=500`.
#[test]
fn a_loaded_policy_decides_as_the_compiled_one() {
    let loaded = CASES
        .iter()
        .map(|case| Policy::from_config(&config(case)).unwrap());
    let loaded: Vec<Policy> = loaded.collect();
    for (case, loaded) in CASES.iter().zip(&loaded) {
        assert_eq!(format!("{:?}", case.policy), format!("{loaded:?}"));
    }
    property::check(2_000, requests(), |(method, lines), branches| {
        let request = decide::request(method.as_ref(), &lines);
        for (case, loaded) in CASES.iter().zip(&loaded) {
            let [expected, found] = [case.policy, loaded].map(|policy| {
                let decision = policy.evaluate(&request);
                let headers: Vec<_> = decision.headers().collect();
                (
                    (
                        decision.kind(),
                        decision.is_origin_allowed(),
                        decision.refusal(),
                    ),
                    (decision.immediate_status(), decision.vary(), headers),
                    policy.explain(&request).to_string(),
                )
            });
            branches.note("allowed", expected.0.1);
            branches.note("denied", !expected.0.1);
            prop_assert_eq!(expected, found, "{}", loaded);
        }
        Ok(())
    });
}

/// Tries every strategy of the matcher.
#[test]
fn a_loaded_policy_matches_what_its_entries_mean() {
    let loaded = POLICIES.iter().map(|(compiled, entries)| {
        let config = PolicyConfig::new().with("allow_origins", entries.to_vec());
        (Policy::from_config(&config).unwrap(), *compiled, *entries)
    });
    let loaded: Vec<(Policy, &Policy, &[&str])> = loaded.collect();
    let entries = POLICIES.iter().flat_map(|(_, entries)| *entries);
    let entries: Vec<String> = entries.map(ToString::to_string).collect();
    property::check(2_000, gen_origins::origins(entries), |origin, branches| {
        let mut is_allowed = false;
        for (loaded, compiled, entries) in &loaded {
            let mut entries = entries.iter();
            let expected = entries.any(|entry| reference_matcher::accepts(entry, &origin));
            prop_assert_eq!(loaded.allows_origin(&origin), expected);
            prop_assert_eq!(compiled.allows_origin(&origin), expected);
            is_allowed |= expected;
        }
        branches.note("allowed", is_allowed);
        branches.note("denied", !is_allowed);
        Ok(())
    });
}

fn only(origin: &str) -> Policy {
    Policy::from_config(&PolicyConfig::new().with("allow_origins", [origin])).unwrap()
}

#[test]
fn a_live_policy_is_replaced_while_it_is_read() {
    let live = LivePolicy::new(only("https://a0.example"));
    let ends = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !ends.load(Ordering::Relaxed) {
                    let policy = live.load();
                    // It is one of the policies as a whole, and stays it.
                    let allowed =
                        (0..100).filter(|n| policy.allows_origin(format!("https://a{n}.example")));
                    assert_eq!(allowed.count(), 1);
                }
            });
        }
        for n in (1..100).cycle().take(2_000) {
            live.replace(only(&format!("https://a{n}.example")));
            assert!(
                live.clone()
                    .load()
                    .allows_origin(format!("https://a{n}.example"))
            );
        }
        ends.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_decision_lasts_longer_than_its_policy() {
    let request = http::Request::get("/").header("origin", "https://a.example");
    let request = request.body(()).unwrap();
    let decision = only("https://a.example").evaluate_http(&request);
    let mut headers = http::HeaderMap::new();
    decision.apply_to(&mut headers);
    assert_eq!(headers["access-control-allow-origin"], "https://a.example");
}
