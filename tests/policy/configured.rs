//! A list in place of `Configured` gets the checks that its entries would get in the policy.

use cors_runtime::{InvalidOrigin, Origins, Policy, PolicyConfig, PolicyTemplate, cors_policy};

/// A policy for a list, as configuration without its origins, and as a template.
type Keys = (&'static str, PolicyTemplate);

/// Pairs the keys of a policy in TOML with those in Rust.
macro_rules! policies {
    ($($config:literal: $($key:ident = $value:tt),*;)*) => {
        [$((
            $config,
            cors_policy!(allow_origins = [Configured] $(, $key = $value)*),
        )),*]
    };
}

/// Every combination of the keys that an entry can contradict.
fn policies() -> Vec<Keys> {
    let open = policies! {
        "": ;
        "allow_methods = ['GET', 'POST']": allow_methods = [GET, POST];
        "allow_methods = 'any'": allow_methods = Any;
        "allow_methods = 'mirror-request'": allow_methods = MirrorRequest;
        "allow_headers = 'any'": allow_headers = Any;
        "expose_headers = 'any'": expose_headers = Any;
        "expose_timing = true": expose_timing = true;
    };
    let credentials = policies! {
        "allow_credentials = true": allow_credentials = true;
        "allow_credentials = true\nallow_methods = ['PUT']": allow_credentials = true, allow_methods = [PUT];
        "allow_credentials = true\nallow_methods = 'mirror-request'":
            allow_credentials = true, allow_methods = MirrorRequest;
        "allow_credentials = true\nallow_headers = 'mirror-request'":
            allow_credentials = true, allow_headers = MirrorRequest;
        "allow_credentials = true\non_denied = 'refuse-writes'":
            allow_credentials = true, on_denied = RefuseWrites;
        "allow_credentials = true\nallow_methods = 'mirror-request'\non_denied = 'refuse-writes'":
            allow_credentials = true, allow_methods = MirrorRequest, on_denied = RefuseWrites;
    };
    let refusing = policies! {
        "on_denied = 'refuse-writes'": on_denied = RefuseWrites;
        "on_denied = 'refuse-writes'\nallow_methods = ['GET', 'POST']":
            on_denied = RefuseWrites, allow_methods = [GET, POST];
        "on_denied = 'refuse-writes'\nallow_methods = ['GET', 'HEAD', 'POST']":
            on_denied = RefuseWrites, allow_methods = [GET, HEAD, POST];
        "on_denied = 'refuse-writes'\nallow_methods = 'any'":
            on_denied = RefuseWrites, allow_methods = Any;
        "on_denied = 'refuse-writes'\nallow_methods = 'mirror-request'":
            on_denied = RefuseWrites, allow_methods = MirrorRequest;
        "on_denied = 'continue'\nallow_methods = 'any'":
            on_denied = Continue, allow_methods = Any;
        "on_denied = 'refuse'\nallow_hosts = ['a.example']":
            on_denied = Refuse, allow_hosts = ["a.example"];
        "on_denied = 'refuse'\nallow_hosts = 'any'\nallow_methods = ['PUT']":
            on_denied = Refuse, allow_hosts = Any, allow_methods = [PUT];
        "on_denied = 'refuse'\nallow_hosts = ['a.example']\nallow_methods = 'any'":
            on_denied = Refuse, allow_hosts = ["a.example"], allow_methods = Any;
    };
    open.into_iter()
        .chain(credentials)
        .chain(refusing)
        .collect()
}

/// A list of each kind: what any policy accepts, what some policies reject, what all of them reject.
const LISTS: &[&str] = &[
    "https://a.example",
    "https://*.a.example",
    "http://localhost:*",
    "http://127.0.0.1",
    "http://[::1]:3000",
    "app://.",
    "*",
    "http://a.example",
    "http://*.a.example",
    "http://10.0.0.1",
    "http://192.168.0.1:8080",
    "http://intranet",
    "http://*",
    "null",
    "file://",
    "https://*.github.io",
    "https://*.com",
    "https://**",
    "https://a.example/",
    "htps://a.example",
    "http://[::0]",
];

#[test]
fn a_list_is_rejected_if_its_policy_would_not_compile() {
    let mut verdicts = [0, 0];
    for (keys, template) in policies() {
        for list in LISTS {
            let origins = match *list {
                "*" => "'any'".to_owned(),
                list => format!("['{list}']"),
            };
            let config = format!("allow_origins = {origins}\n{keys}");
            let config: PolicyConfig = toml::from_str(&config).unwrap();
            let compiled = Policy::from_config(&config).map(drop);
            let checked: Result<Origins, _> = list.parse();
            let configured = checked.and_then(|list| template.with_origins(&list).map(drop));
            assert_eq!(
                configured.is_ok(),
                compiled.is_ok(),
                "{list} with {keys}: {configured:?} {compiled:?}"
            );
            verdicts[usize::from(compiled.is_ok())] += 1;
            // A list that is replaced is held to the same.
            let replaced = Origins::none();
            template.with_origins(&replaced).unwrap();
            assert_eq!(
                replaced.replace([list]).is_ok(),
                compiled.is_ok(),
                "{list} {keys}"
            );
            assert_eq!(replaced.is_empty(), compiled.is_err(), "{list} {keys}");
        }
    }
    assert!(verdicts.iter().all(|count| *count > 100), "{verdicts:?}");
}

#[test]
fn an_error_names_each_reason_against_any_origin() {
    static API: PolicyTemplate = cors_policy!(
        allow_origins = [Configured],
        allow_credentials = true,
        on_denied = Refuse,
        allow_hosts = ["api.example.com"],
    );
    let error = API.with_origins(&Origins::any()).unwrap_err();
    let reasons: Vec<&str> = error.iter().map(InvalidOrigin::reason).collect();
    for (reason, expected) in reasons.iter().zip([
        "cannot be combined with credentials (the policy",
        "cannot be combined with `on_denied = Refuse`, which would refuse no reads (in the policy",
        "cannot be combined with `on_denied = Refuse` without `allow_methods`, the methods that pages of any origin \
         may use (in the policy",
    ]) {
        assert!(reason.starts_with(expected), "{reason}");
        assert!(reason.contains("tests/policy/configured.rs:"), "{reason}");
    }
    assert_eq!(reasons.len(), 3);
}

/// The rule of the list, and no other, has to fit it.
#[test]
fn another_rule_may_contradict_any_origin() {
    static API: PolicyTemplate = cors_policy!(
        on_denied = RefuseWrites,
        rule(allow_origins = ["https://a.example"], allow_methods = Any),
        rule(allow_origins = [Configured], allow_methods = [GET]),
    );
    assert!(API.with_origins(&Origins::any()).is_ok());
}
