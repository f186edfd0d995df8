//! What configurations for CORS get wrong at each gateway, tried at what is exported.

use conformance::{Request, Response};
use cors_gateways::{Client, Gateway, Running, Site, sites};

use crate::{APPLICATION, program};

pub(crate) const ALLOWED: &str = "https://app.example.com";

pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request {
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.chars().map(|c| c as u8).collect()));
    Request {
        method: method.to_owned(),
        path: path.to_owned(),
        headers: headers.collect(),
        body: Vec::new(),
    }
}

pub(crate) fn api() -> Vec<Site> {
    sites()
        .into_iter()
        .filter(|site| ["api", "kinds", "long"].contains(&site.name))
        .collect()
}

pub(crate) fn send(running: &Running, site: &str, request: &Request) -> Response {
    let mut client = Client::new(running.address(site));
    client
        .send(request)
        .unwrap_or_else(|error| panic!("{request:?}: {error}"))
}

/// The origins that a response to a request from such a page is for.
pub(crate) fn allowed(running: &Running, site: &str, path: &str, origins: &[&str]) -> Vec<String> {
    let headers: Vec<_> = origins.iter().map(|origin| ("origin", *origin)).collect();
    let response = send(running, site, &request("GET", path, &headers));
    response.lines("access-control-allow-origin").collect()
}

pub(crate) fn preflight(running: &Running, path: &str, origin: &str) -> Response {
    let headers = [("origin", origin), ("access-control-request-method", "PUT")];
    send(running, "api", &request("OPTIONS", path, &headers))
}

fn hold(gateway: Gateway) {
    let Some(program) = program(gateway) else {
        return;
    };
    let running = gateway.start(&program, "traps", &api(), *APPLICATION, |_, text| text);
    check(gateway, &running);
}

fn check(gateway: Gateway, running: &Running) {
    let one = |path: &str| {
        assert_eq!(
            allowed(running, "api", path, &[ALLOWED]),
            [ALLOWED],
            "{path}"
        );
    };

    // Maps of nginx ignore case; a long list is a map.
    for (site, origin) in [
        ("api", "HTTPS://APP.EXAMPLE.COM"),
        ("api", "https://APP.example.com"),
        ("long", "https://C2.example.com:8443"),
    ] {
        assert_eq!(
            allowed(running, site, "/plain", &[origin]),
            [""; 0],
            "{origin}"
        );
    }
    assert_eq!(
        allowed(running, "long", "/plain", &["https://c2.example.com:8443"]).len(),
        1
    );
    // A search matches in the middle; dots match anything.
    for origin in [
        "https://app.example.com.evil.example",
        "https://evil.example/https://app.example.com",
        "https://appxexample.com",
        "https://app.example.com\u{e9}",
        "xhttps://app.example.com",
        "https://app.example.com:443",
        "https://a.b.preview.example.com",
    ] {
        assert_eq!(
            allowed(running, "api", "/plain", &[origin]),
            [""; 0],
            "{origin}"
        );
    }
    // Which of several lines, or of several parts of one, counts?
    for origins in [
        &["https://evil.example", ALLOWED][..],
        &[ALLOWED, "https://evil.example"],
        &[ALLOWED, ALLOWED],
        &["https://evil.example, https://app.example.com"],
        &["https://app.example.com, https://evil.example"],
        &["https://app.example.com,"],
    ] {
        assert_eq!(
            allowed(running, "api", "/plain", origins),
            [""; 0],
            "{origins:?}"
        );
    }
    // No origin is longer than 324 bytes.
    let long = |length: usize| {
        let end = ".corp.example.net";
        format!(
            "https://{}{end}",
            "a".repeat(length - "https://".len() - end.len())
        )
    };
    assert_eq!(
        allowed(running, "kinds", "/plain", &[&long(324)]),
        [long(324)]
    );
    assert_eq!(allowed(running, "kinds", "/plain", &[&long(325)]), [""; 0]);
    assert_eq!(
        allowed(running, "kinds", "/plain", &[&long(9_000)]),
        [""; 0]
    );
    // Control bytes are answered by the gateway itself, or denied.
    for origin in [
        "https://app.example.com\u{0}",
        "https://app.exa\u{1}mple.com",
        "https://app.example.com\u{7f}",
    ] {
        let request = request("GET", "/plain", &[("origin", origin)]);
        let response = Client::new(running.address("api")).send(&request);
        let granted = response.is_ok_and(|response| {
            response
                .lines("access-control-allow-origin")
                .next()
                .is_some()
        });
        assert!(!granted, "{origin:?}");
    }
    // Errors have the headers too, of the application and of the gateway itself.
    one("/nothing");
    one("/error");
    one("/not-modified");
    one("/dead");
    let dead = send(
        running,
        "api",
        &request("GET", "/dead", &[("origin", ALLOWED)]),
    );
    assert!(dead.status == 502 || dead.status == 503, "{}", dead.status);
    assert!(
        dead.lines("vary")
            .any(|line| line.eq_ignore_ascii_case("origin")),
        "{dead:?}"
    );
    // CORS headers of the application are replaced, not joined.
    one("/own-cors");
    assert_eq!(
        allowed(running, "api", "/own-cors", &["https://evil.example"]),
        [""; 0]
    );
    assert_eq!(allowed(running, "api", "/own-cors", &[]), [""; 0]);
    // Every line of `Vary` stays.
    let lines = send(
        running,
        "api",
        &request("GET", "/vary-lines", &[("origin", ALLOWED)]),
    );
    let members = lines
        .lines("vary")
        .collect::<Vec<_>>()
        .join(",")
        .to_lowercase();
    for member in ["accept", "cookie", "accept-language", "origin"] {
        assert!(
            members.split(',').any(|found| found.trim() == member),
            "{member}: {members}"
        );
    }
    // A preflight has no password, and needs none; the request after it does.
    if gateway != Gateway::Envoy {
        assert_eq!(preflight(running, "/auth", ALLOWED).status, 204);
        let response = send(
            running,
            "api",
            &request("GET", "/auth", &[("origin", ALLOWED)]),
        );
        assert_eq!(response.status, 401);
        one("/auth");
    }
    // The application does not get the request, or does not exist at all.
    assert_eq!(preflight(running, "/dead", ALLOWED).status, 204);
    let denied = preflight(running, "/dead", "https://evil.example");
    assert_eq!(denied.status, 403);
    assert_eq!(denied.lines("access-control-allow-methods").next(), None);
    // Values that have signs of configuration files in them.
    let headers = [
        ("origin", "https://app.example.com"),
        ("access-control-request-method", "GET"),
    ];
    let response = send(running, "kinds", &request("OPTIONS", "/plain", &headers));
    let values: Vec<String> = response.lines("access-control-allow-methods").collect();
    assert_eq!(values, ["GET, X%Y, A'B"]);
    let values: Vec<String> = response.lines("access-control-allow-headers").collect();
    assert_eq!(values, ["x-%a, x-`b`, x-weird_name~1"]);
    assert_eq!(
        allowed(running, "kinds", "/plain", &["https://a'b.example.com"]),
        ["https://a'b.example.com"]
    );
}

crate::for_each_gateway!(hold);

/// The checks above are worth something: each finds the mistake that it is about.
#[test]
fn mistakes_are_found() {
    for (gateway, from, to) in [
        (
            Gateway::HaProxy,
            "req.fhdr(origin) -m str",
            "req.hdr(origin) -m str",
        ),
        (
            Gateway::HaProxy,
            "req.fhdr_cnt(origin) eq 1",
            "req.fhdr_cnt(origin) ge 1",
        ),
        (
            Gateway::HaProxy,
            "http-after-response set-header",
            "http-response set-header",
        ),
        (Gateway::HaProxy, "{1,324}", "{1,9999}"),
        (Gateway::Nginx, "\"~[A-Z]\" 1;", ""),
        (Gateway::Nginx, " always;", ";"),
        (
            Gateway::Nginx,
            "proxy_hide_header Access-Control-Allow-Origin;",
            "",
        ),
        (Gateway::Nginx, "\\z\" 1;", "\" 1;"),
        (Gateway::Caddy, "\nheader -Access-Control-*", ""),
        (
            Gateway::Caddy,
            "# On Caddy's own errors.\nheader @cors_api_rule_1 {\n\tAccess-Control-Allow-Origin",
            "header @cors_api_rule_1 {\n\tX",
        ),
        (
            Gateway::Caddy,
            "`https://app.example.com` 1",
            "`~https://app.example.com` 1",
        ),
        (
            Gateway::Apache,
            "Header unset Access-Control-Allow-Origin",
            "",
        ),
        (
            Gateway::Apache,
            "Header always set Access-Control-Allow-Origin",
            "Header set Access-Control-Allow-Origin",
        ),
        (Gateway::Apache, "RewriteRule ^ - [R=204,L]", ""),
        (Gateway::Envoy, "if #origin > 324 then return 0 end", ""),
        (Gateway::Envoy, "headers:remove(name)", ""),
    ] {
        let Some(program) = program(gateway) else {
            continue;
        };
        let folder_of_test = "mistakes";
        let sites = api();
        let application = *APPLICATION;
        let found = std::panic::catch_unwind(move || {
            let change = |_: &str, text: String| text.replace(from, to);
            let running = gateway.start(&program, folder_of_test, &sites, application, change);
            check(gateway, &running);
        });
        assert!(found.is_err(), "{gateway:?}: {from} is {to}");
    }
}
