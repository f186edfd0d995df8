//! The program that holds what is deployed to a policy, at gateways with mistakes made on purpose.

use cors_gateways::{Gateway, sites};
use cors_runtime::Policy;
use example_gateway::verify::{Report, verify, verify_with_writes};

use crate::{APPLICATION, program};

/// Returns the report of `verify`, with a change in the exported files.
fn report(gateway: Gateway, from: &'static str, to: &'static str) -> Option<String> {
    report_about("first", gateway, from, to)
}

fn report_about(
    name: &str,
    gateway: Gateway,
    from: &'static str,
    to: &'static str,
) -> Option<String> {
    report_by(verify, name, gateway, from, to)
}

fn report_by(
    verify: fn(&Policy, &str) -> Report,
    name: &str,
    gateway: Gateway,
    from: &'static str,
    to: &'static str,
) -> Option<String> {
    let program = program(gateway)?;
    let sites: Vec<_> = sites()
        .into_iter()
        .filter(|site| site.name == name)
        .collect();
    let change = |_: &str, text: String| match from {
        "" => text,
        from => text.replace(from, to),
    };
    let test = format!("verify-{name}-{}", from.len());
    let running = gateway.start(&program, &test, &sites, *APPLICATION, change);
    let url = format!("http://{}/plain", running.address(name));
    Some(verify(sites[0].policy, &url).to_string())
}

#[test]
fn exports_enforce_the_policy() {
    for gateway in Gateway::ALL {
        let Some(report) = report(gateway, "", "") else {
            continue;
        };
        assert!(
            report.ends_with("all responses match the policy"),
            "{report}"
        );
    }
}

#[test]
fn mistakes_are_named() {
    for (gateway, from, to, expected) in [
        (
            Gateway::HaProxy,
            "+[.]example[.]com",
            "+.example[.]com",
            "is allowed, but the policy denies it",
        ),
        (
            Gateway::HaProxy,
            "6553[0-5]",
            "6553[0-4]",
            "is denied, but the policy allows it",
        ),
        (Gateway::HaProxy, "eq 1", "ge 1", "with the origins"),
        (
            Gateway::Nginx,
            ")\\z\" 1;",
            ")\" 1;",
            ".evil.example is allowed",
        ),
        (
            Gateway::Nginx,
            "\"~\\A",
            "\"~*\\A",
            "HTTPS://EXAMPLE.COM is allowed",
        ),
        (
            Gateway::Nginx,
            "add_header Vary",
            "# add_header Vary",
            "Vary of responses does not list Origin",
        ),
        (
            Gateway::Caddy,
            "respond 204",
            "respond 200",
            "the status is 200, not 204",
        ),
        (
            Gateway::Apache,
            "{1,3}[.]",
            "{1,2}[.]",
            "is denied, but the policy allows it",
        ),
        (
            Gateway::Envoy,
            "[\"access-control-max-age\"] = \"7200\",",
            "",
            "access-control-max-age is missing",
        ),
    ] {
        let Some(report) = report(gateway, from, to) else {
            continue;
        };
        assert!(
            report.contains(expected),
            "{gateway:?}: {from} is {to}\n{report}"
        );
    }
}

#[test]
fn refusals_are_verified() {
    for gateway in Gateway::ALL {
        if let Some(report) = report_about("local", gateway, "", "") {
            let sound = "all responses match the policy";
            assert!(report.ends_with(sound), "{gateway:?}: {report}");
        }
    }
    for (gateway, from, to, expected) in [
        (
            Gateway::HaProxy,
            "return status 421",
            "set-var(txn.x) int(0)",
            "with host: rebound.example: the status is 200, not 421",
        ),
        (
            Gateway::Nginx,
            "\"~\\A1,0,0,0,[01],0,0\" 403;",
            "",
            "the status is 200, not 403",
        ),
        (
            Gateway::Envoy,
            "return site == \"same-origin\"",
            "return true",
            "with sec-fetch-site: cross-site: the status is 200, not 403",
        ),
    ] {
        if let Some(report) = report_about("local", gateway, from, to) {
            assert!(report.contains(expected), "{gateway:?}: {report}");
        }
    }
}

#[test]
fn refused_writes_are_verified() {
    let report = |gateway, from, to| report_by(verify_with_writes, "writes", gateway, from, to);
    for gateway in Gateway::ALL {
        if let Some(report) = report(gateway, "", "") {
            let sound = "all responses match the policy";
            assert!(report.ends_with(sound), "{gateway:?}: {report}");
        }
    }
    for (gateway, from, to, expected) in [
        (
            Gateway::HaProxy,
            "same-origin none",
            "same-origin none same-site",
            "POST of a request without Origin, with sec-fetch-site: same-site: the status is 200, not 403",
        ),
        (
            Gateway::Nginx,
            "return 403 \"\";",
            "",
            "the status is 200, not 403",
        ),
        (
            Gateway::Apache,
            "E=CORS_WRITES_REFUSED:1,R=403,L]",
            "E=CORS_WRITES_REFUSED:1]",
            "DELETE of HTTPS://APP.EXAMPLE.COM: the status is 404, not 403",
        ),
        (
            Gateway::Envoy,
            "return site == \"same-origin\"",
            "return true",
            "POST of a request without Origin, with sec-fetch-site: cross-site: the status is 200, not 403",
        ),
    ] {
        if let Some(report) = report(gateway, from, to) {
            assert!(report.contains(expected), "{gateway:?}: {report}");
        }
    }
}
