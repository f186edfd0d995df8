//! CORS configurations of 91 public projects, written as policies: by shape, with names of their own in place of
//! those of the projects. Each has the behaviour of the original, or a sounder one where the original trusts
//! strangers.

mod listed;
mod loaded;
mod machine;
mod open;
mod routed;
mod sites;

use std::collections::BTreeSet;

use cors_runtime::{Policy, PolicyTemplate, cors_policy};
use cors_support::decide::decide;

/// A configuration as a policy.
struct Ported {
    /// Names the configuration.
    id: &'static str,
    policy: Policy,
    allowed: &'static [&'static str],
    denied: &'static [&'static str],
    /// The reason for an opt-out, if the policy has one.
    risk: Option<&'static str>,
}

fn ported(
    id: &'static str,
    policy: Policy,
    allowed: &'static [&'static str],
    denied: &'static [&'static str],
) -> Ported {
    Ported {
        id,
        policy,
        allowed,
        denied,
        risk: None,
    }
}

/// Returns a policy for everybody, without credentials.
fn open(id: &'static str, policy: Policy) -> Ported {
    ported(id, policy, &["https://anybody.example"], &[])
}

/// For lists of the environment or of a configuration.
static LIST: PolicyTemplate = cors_policy!(
    allow_origins = [Configured],
    allow_methods = [GET, POST, PUT, PATCH, DELETE],
    allow_headers = ["authorization", "content-type"],
);

/// For such lists, with cookies.
static SESSIONS: PolicyTemplate = cors_policy!(
    allow_origins = [Configured],
    allow_methods = [GET, POST, PUT, PATCH, DELETE],
    allow_headers = ["authorization", "content-type"],
    allow_credentials = true,
);

/// Returns the policy of a template with the value of a variable.
fn listed(template: &PolicyTemplate, variable: &str) -> Policy {
    let origins = variable.parse().expect("a sound list");
    template.with_origins(&origins).expect("a sound list")
}

/// The configurations by their numbers in the collection.
const IDS: [&str; 91] = [
    "t01", "t03", "t05", "t07", "t09", "m02", "m04", "m06", "m08", "m10", "a01", "a03", "a05",
    "a07", "a09", "v01", "v03", "v05", "p01", "p03", "p05", "p07", "l02", "l04", "l06", "l08",
    "n01", "n03", "n05", "n07", "n09", "w02", "w04", "w06", "w08", "r02", "r04", "r06", "r08",
    "r10", "o01", "o03", "o05", "o07", "o09", "c01", "c03", "c05", "x01", "x03", "k01", "k03",
    "k05", "k07", "k09", "k11", "k13", "k15", "g01", "g03", "g05", "g07", "g09", "g11", "g13",
    "g15", "g17", "g19", "g21", "g23", "g25", "g27", "g29", "g31", "g33", "e02", "e04", "e06",
    "e08", "e10", "e12", "e14", "e16", "e18", "e20", "z02", "z04", "z06", "z08", "z10", "z12",
];

fn all() -> Vec<Ported> {
    [
        open::all(),
        machine::all(),
        sites::all(),
        listed::all(),
        loaded::all(),
        routed::all(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn every_configuration_is_ported() {
    let ported: BTreeSet<&str> = all().iter().map(|ported| ported.id).collect();
    assert_eq!(ported, BTreeSet::from(IDS));
    // An opt-out is deserved only where strangers are trusted on purpose.
    let risky = all().into_iter().filter(|ported| ported.risk.is_some());
    let risky: BTreeSet<&str> = risky.map(|ported| ported.id).collect();
    assert_eq!(risky, BTreeSet::from(["x01", "z02"]));
}

#[test]
fn ported_configurations_allow_and_deny_what_they_did() {
    for Ported {
        id,
        policy,
        allowed,
        denied,
        ..
    } in all()
    {
        assert!(!allowed.is_empty(), "{id}");
        let answer = |origin: &'static str| {
            let decision = decide(
                &policy,
                "GET",
                &[("origin", origin), ("host", "api.example.com")],
            );
            let headers = decision.headers();
            let headers = headers.map(|(name, value)| (name.to_owned(), value.to_vec()));
            headers.collect::<Vec<_>>()
        };
        let value = |origin, name: &str| {
            let headers = answer(origin).into_iter();
            let mut values = headers.filter(|(header, _)| header == name);
            values.next().map(|(_, value)| value)
        };
        for origin in allowed {
            let sent = value(origin, "access-control-allow-origin");
            let is_any = sent.as_deref() == Some(b"*");
            assert!(
                is_any || sent.as_deref() == Some(origin.as_bytes()),
                "{id} {origin}"
            );
            let credentials = value(origin, "access-control-allow-credentials");
            assert!(!is_any || denied.is_empty(), "{id} {origin}");
            // A policy for everybody has no credentials, even if its list has `*` and the origin is echoed.
            assert!(!denied.is_empty() || credentials.is_none(), "{id} {origin}");
        }
        for origin in denied {
            assert_eq!(answer(origin), [], "{id} {origin}");
        }
    }
}
