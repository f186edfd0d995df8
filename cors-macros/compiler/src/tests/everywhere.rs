//! Each check is made in every rule, wherever a value comes from, and of entries with a condition too.

use super::messages;

/// A mistake, as settings of a rule, and the name of the check.
const OF_RULES: &[(&str, &str)] = &[
    (
        "allow_origins = Any, allow_credentials = true",
        "credentials-any-origin",
    ),
    (
        "allow_origins = [\"https://b.example\"], allow_credentials = true, allow_methods = Any",
        "credentials-any-method",
    ),
    (
        "allow_origins = [\"https://b.example\"], allow_credentials = true, allow_headers = Any",
        "credentials-any-header",
    ),
    (
        "allow_origins = [\"https://b.example\"], allow_credentials = true, expose_headers = Any",
        "credentials-any-exposed-header",
    ),
    (
        "allow_origins = [\"https://b.example\"], allow_headers = [Any, \"x-one\"]",
        "covered-header",
    ),
];

/// An entry that takes a risk where credentials are allowed, and the name of the check.
const OF_ENTRIES: &[(&str, &str)] = &[
    ("\"http://b.example\"", "credentials-insecure-origin"),
    ("\"https://*.com\"", "unconfined-origin"),
    ("\"null\"", "origin-null"),
    ("regex(\"https://.*\")", "unconfined-origin"),
    ("predicate(tenants::is_known)", "credentials-predicate"),
];

/// The names of the checks that a policy does not pass.
fn names(policy: &str) -> Vec<String> {
    let messages = messages(policy);
    let names = messages.iter().map(|message| {
        let (_, name) = message.rsplit_once("cors_runtime::diagnostics#").unwrap();
        name.trim_end().to_owned()
    });
    names.collect()
}

#[test]
fn each_rule_is_checked() {
    const SOUND: &str = "rule(allow_origins = [\"https://a.example\"])";
    for (settings, name) in OF_RULES {
        for policy in [
            (*settings).to_owned(),
            format!("rule({settings})"),
            format!("{SOUND}, rule({settings})"),
            format!("{SOUND}, rule(allow_origins = [\"https://c.example\"]), rule({settings})"),
        ] {
            assert_eq!(names(&policy), [*name], "{policy}");
        }
        // Defaults are checked in the rules that have none of their own.
        let (origins, defaults) = settings.split_once(", allow_").unwrap();
        let policy = format!("allow_{defaults}, {SOUND}, rule({origins})");
        let names = names(&policy);
        assert!(names.contains(&(*name).to_owned()), "{policy}: {names:?}");
    }
}

#[test]
fn each_entry_is_checked() {
    for (entry, name) in OF_ENTRIES {
        for entry in [
            (*entry).to_owned(),
            format!("#[cfg(all())] {entry}"),
            format!("\"https://a.example\", {entry}"),
            format!("#[cfg(unix)] \"https://a.example\", #[cfg(windows)] {entry}"),
        ] {
            for settings in ["", "rule(allow_origins = [\"https://c.example\"]), "] {
                let rule = format!("allow_origins = [{entry}], allow_credentials = true");
                let policy = match settings {
                    "" => rule,
                    _ => format!("{settings}rule({rule})"),
                };
                assert_eq!(names(&policy), [*name], "{policy}");
            }
        }
    }
}

/// Assertions hold whichever way conditions go, and `Any` has none.
#[test]
fn assertions_hold_in_every_build() {
    for (policy, allowed, denied) in [
        ("allow_origins = [\"https://a.example\"]", true, false),
        ("allow_origins = [\"https://b.example\"]", false, true),
        (
            "allow_origins = [#[cfg(unix)] \"https://a.example\"]",
            false,
            false,
        ),
        (
            "allow_origins = [#[cfg(unix)] \"https://a.example\", \"https://b.example\"]",
            false,
            false,
        ),
        ("allow_origins = Any", true, false),
        (
            "rule(allow_origins = [\"https://b.example\"]), rule(allow_origins = Any)",
            true,
            false,
        ),
        (
            "rule(allow_origins = [#[cfg(unix)] \"https://a.example\"]), rule(allow_origins = Any)",
            true,
            false,
        ),
    ] {
        for (key, holds, name) in [
            ("assert_allowed", allowed, "assert-allowed"),
            ("assert_denied", denied, "assert-denied"),
        ] {
            let policy = format!("{policy}, {key} = [\"https://a.example\"]");
            let expected: &[&str] = if holds { &[] } else { &[name] };
            assert_eq!(names(&policy), expected, "{policy}");
        }
    }
}
