//! The fetches of `tests/chromium`, as far as their policies can be exported.
//!
//! What scripts read, and which requests reach the application, must be what the model of a browser predicts
//! for a server that enforces the policies itself.

use std::collections::BTreeSet;

use chromium_suite::{
    Attempt, Browser, Case, Outcome, Server, Version, cases, drive, model, policies,
};
use cors_gateways::{Gateway, Running};
use cors_runtime::export::Target;

use crate::GATEWAYS;

/// The cases in which a gateway itself answers, or changes what the application answers. None of them is
/// about a policy.
fn edges(gateway: Gateway, version: Version) -> &'static [&'static str] {
    match (gateway, version) {
        (Gateway::Nginx, _) | (Gateway::Envoy, Version::Http1) => &[
            "a method that is called as the wildcard is",
            "a redirect to two places",
        ],
        (Gateway::Envoy, Version::Http2) => &["a redirect to two places"],
        (Gateway::Caddy | Gateway::SystemCaddy, Version::Http1) => &["what is no redirect"],
        (Gateway::Apache, _) => &["a range with a start"],
        _ => &[],
    }
}

/// The policies of a gateway that are not exported, and why.
fn refusals(target: Target) -> &'static [(&'static str, &'static str)] {
    match target {
        Target::Apache => &[
            ("signed", "leave out `preflight_status`"),
            ("mirror", "MirrorRequest"),
            ("example-mirror", "MirrorRequest"),
        ],
        _ => &[
            ("mirror", "MirrorRequest"),
            ("example-mirror", "MirrorRequest"),
        ],
    }
}

/// Starts a gateway with every policy that can be exported to it.
fn start(
    gateway: Gateway,
    test: &str,
    application: &Server,
    change: impl Fn(&str, String) -> String,
) -> Option<Running> {
    crate::start(gateway, test, &policies(), application.address, change)
}

fn behind(name: &'static str, version: Version, running: &Running) -> chromium_suite::Gateway {
    let sites = running.sites.iter();
    chromium_suite::Gateway {
        name,
        version,
        addresses: sites.map(|(site, address)| (site.name, *address)).collect(),
    }
}

/// Returns whether a case is only about policies that a gateway has.
fn is_exported(case: &Case, gateway: Gateway) -> bool {
    let refusals = refusals(gateway.target());
    let mut segments = case.fetch.split('/');
    !segments.any(|segment| refusals.iter().any(|(policy, _)| *policy == segment))
}

/// Returns where an outcome differs from the case, and from what the model predicts for a server that
/// enforces the policies itself.
fn faults(sound: &Server, attempt: &Attempt<'_>, mut outcome: Outcome) -> Vec<String> {
    let case = attempt.case;
    for read in outcome.read.iter_mut().flatten() {
        // How its members are separated makes no difference.
        if let Some(vary) = read.headers.get_mut("vary") {
            let members: Vec<&str> = vary.split(',').map(str::trim).collect();
            *vary = members.join(", ");
        }
    }
    let mut faults = outcome.contradicts(case);
    if case.unmodelled.is_none() && !case.differs_with("sound") {
        faults.extend(outcome.faults(&model(sound, &attempt.without_flaw())));
    }
    faults
}

fn hold(version: Version) {
    let application = Server::application();
    let running = GATEWAYS.map(|(gateway, name)| {
        let test = format!("browser-{version:?}");
        let running = start(gateway, &test, &application, |_, text| text)?;
        let refused = running.refused.iter();
        let names = refused.clone().map(|(site, _)| site.name);
        let expected = refusals(gateway.target()).iter();
        assert!(names.eq(expected.clone().map(|(name, _)| *name)));
        for ((_, error), (_, reason)) in refused.zip(expected) {
            assert!(error.to_string().contains(reason), "{gateway:?}: {error}");
        }
        Some((gateway, name, running))
    });
    let running: Vec<_> = running.into_iter().flatten().collect();
    let behind = running
        .iter()
        .map(|(_, name, running)| behind(name, version, running));
    let server = Server::in_front_of(behind.collect());
    let Some(browser) = Browser::start(&server.flags()) else {
        return;
    };
    let sound = Server::start();
    let cases = cases();
    // All at once, since some cases wait for a cache.
    let attempts = running.iter().flat_map(|(gateway, name, _)| {
        let attempts = Attempt::all(name, &cases);
        attempts
            .filter(|attempt| is_exported(attempt.case, *gateway))
            .map(|attempt| (*gateway, attempt))
    });
    let (gateways, attempts): (Vec<_>, Vec<_>) = attempts.unzip();
    let outcomes = drive(&browser, &server, &attempts);
    let (mut found, mut texts) = (BTreeSet::new(), Vec::new());
    for ((gateway, attempt), outcome) in gateways.iter().zip(&attempts).zip(outcomes) {
        for fault in faults(&sound, attempt, outcome) {
            let (name, case) = (attempt.flaw, attempt.case.name.as_str());
            texts.push(format!("{gateway:?}, {case}: {fault}"));
            found.insert((name, case));
        }
    }
    let known = running.iter().flat_map(|(gateway, name, _)| {
        let edges = edges(*gateway, version).iter();
        edges.map(|case| (*name, *case))
    });
    assert_eq!(found, known.collect(), "{}", texts.join("\n"));
}

#[test]
fn a_browser_gets_what_the_policies_decide() {
    hold(Version::Http1);
}

#[test]
fn a_browser_gets_what_the_policies_decide_over_http2() {
    hold(Version::Http2);
}

/// A mistake in an exported file, and the case that reveals it.
struct Mistake {
    gateway: Gateway,
    name: &'static str,
    from: &'static str,
    to: &'static str,
    shown_by: &'static str,
}

const MISTAKES: [Mistake; 9] = [
    Mistake {
        gateway: Gateway::HaProxy,
        name: "haproxy-without-vary",
        from: "http-after-response add-header Vary Origin",
        to: "# ",
        shown_by: "what another page has in the cache",
    },
    Mistake {
        gateway: Gateway::HaProxy,
        name: "haproxy-trusts-the-site",
        from: "same-origin none",
        to: "same-origin none same-site",
        shown_by: "example: another page of the site must not write",
    },
    Mistake {
        gateway: Gateway::Nginx,
        name: "nginx-without-always",
        from: " always;",
        to: ";",
        shown_by: "an error",
    },
    Mistake {
        gateway: Gateway::Nginx,
        name: "nginx-joins-headers",
        from: "proxy_hide_header Access-Control-Allow-Origin;",
        to: "",
        shown_by: "an application with CORS headers of its own",
    },
    Mistake {
        gateway: Gateway::Nginx,
        name: "nginx-without-max-age",
        from: "add_header Access-Control-Max-Age",
        to: "# ",
        shown_by: "a preflight is kept as long as the policy says",
    },
    Mistake {
        gateway: Gateway::Caddy,
        name: "caddy-with-one-digit-more",
        from: "[0-9]{1,3}[.]",
        to: "[0-9]{1,4}[.]",
        shown_by: "a host that a regular expression does not mean",
    },
    Mistake {
        gateway: Gateway::Envoy,
        name: "envoy-without-credentials",
        from: "[\"access-control-allow-credentials\"] = \"true\",",
        to: "",
        shown_by: "with credentials",
    },
    Mistake {
        gateway: Gateway::Envoy,
        name: "envoy-exposes-less",
        from: "\"etag, x-total\"",
        to: "\"etag\"",
        shown_by: "a simple request",
    },
    Mistake {
        gateway: Gateway::Apache,
        name: "apache-refuses-no-writes",
        from: "R=403,L]",
        to: "L]",
        shown_by: "example: a foreign page must not write",
    },
];

#[test]
fn mistakes_are_found() {
    let application = Server::application();
    let running = MISTAKES.iter().filter_map(|mistake| {
        let Mistake { from, to, name, .. } = mistake;
        let change = |_: &str, text: String| text.replace(from, to);
        Some((mistake, start(mistake.gateway, name, &application, change)?))
    });
    let running: Vec<_> = running.collect();
    let behind = running
        .iter()
        .map(|(mistake, running)| behind(mistake.name, Version::Http1, running));
    let server = Server::in_front_of(behind.collect());
    let Some(browser) = Browser::start(&server.flags()) else {
        return;
    };
    let sound = Server::start();
    let cases = cases();
    let attempts = running.iter().map(|(mistake, _)| {
        let mut all = Attempt::all(mistake.name, &cases);
        let shows = all.find(|attempt| attempt.case.name == mistake.shown_by);
        shows.unwrap_or_else(|| panic!("there is no case {}", mistake.shown_by))
    });
    let attempts: Vec<_> = attempts.collect();
    let outcomes = drive(&browser, &server, &attempts);
    for (attempt, outcome) in attempts.iter().zip(outcomes) {
        let found = faults(&sound, attempt, outcome);
        assert!(!found.is_empty(), "{} is not found", attempt.flaw);
    }
}
