//! Why a request is refused, and what to change.

use cors_runtime::{CorsRequest, Denial, Policy, Refusal, cors_policy};

static LOCAL: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_methods = [PUT],
    on_denied = Refuse,
    allow_hosts = ["localhost:*"],
);

static RULES: Policy = cors_policy!(
    on_denied = RefuseWrites,
    rule(allow_origins = ["https://app.example.com"]),
    rule(allow_origins = Any, allow_methods = [GET, HEAD]),
);

fn request<'r>(method: &'r str, lines: &[(&str, &'r str)]) -> CorsRequest<'r> {
    let request = CorsRequest::new(method).with_header("Host", "localhost:3000");
    request.with_headers(lines.iter().copied())
}

#[test]
fn refusals_are_explained() {
    for (policy, method, lines, denial, words) in [
        (
            &LOCAL,
            "POST",
            &[("Origin", "https://evil.example")][..],
            Denial::WriteRefused(b"POST"),
            "method `POST` from a page of `https://evil.example` is refused, since it may change something; \
             if that site is yours, add `\"https://evil.example\"` to `allow_origins`",
        ),
        (
            &LOCAL,
            "DELETE",
            &[("Origin", "https://app.example.com")],
            Denial::WriteRefused(b"DELETE"),
            "method `DELETE` from a page of `https://app.example.com` is refused, since it may change \
             something; to allow it, add `\"DELETE\"` to `allow_methods`",
        ),
        (
            &LOCAL,
            "GET",
            &[("Origin", "https://evil.example"), ("Upgrade", "websocket")],
            Denial::WriteRefused(b"GET"),
            "the handshake of a WebSocket from a page of `https://evil.example` is refused, since it may \
             change something; if that site is yours, add `\"https://evil.example\"` to `allow_origins`",
        ),
        (
            &RULES,
            "GET",
            &[("Origin", "https://evil.example"), ("Upgrade", "websocket")],
            Denial::WriteRefused(b"GET"),
            "the handshake of a WebSocket from a page of `https://evil.example` is refused, since it may \
             change something; if that site is yours, give it more permissions in a rule with `allow_origins = \
             [\"https://evil.example\"]`, before the rule for any origin",
        ),
        (
            &RULES,
            "POST",
            &[("Origin", "https://evil.example")],
            Denial::WriteRefused(b"POST"),
            "method `POST` from a page of `https://evil.example` is refused, since it may change something; \
             if that site is yours, give it more permissions in a rule with `allow_origins = \
             [\"https://evil.example\"]`, before the rule for any origin",
        ),
        // No list can have it.
        (
            &LOCAL,
            "TRACE",
            &[("Origin", "https://app.example.com")],
            Denial::WriteRefused(b"TRACE"),
            "method `TRACE` from a page of `https://app.example.com` is refused, since it may change \
             something",
        ),
        (
            &LOCAL,
            "GET",
            &[("Origin", "https://evil.example")],
            Denial::ReadRefused,
            "a request from a page of `https://evil.example` is refused, since that page is not allowed; if \
             that site is yours, add `\"https://evil.example\"` to `allow_origins`",
        ),
        (
            &LOCAL,
            "GET",
            &[("Sec-Fetch-Site", "cross-site")],
            Denial::ReadRefused,
            "a request from another site, without `Origin`, is refused, since that page is not allowed",
        ),
        (
            &LOCAL,
            "GET",
            &[(":authority", "evil.example")],
            Denial::HostNotAllowed(Some(b"evil.example")),
            "host `evil.example` is not allowed, so the request is refused; if it is a name of this server, \
             add `\"evil.example\"` to `allow_hosts`",
        ),
        (
            &LOCAL,
            "GET",
            &[("host", "localhost")],
            Denial::HostNotAllowed(None),
            "the request has no host, or several, so it is refused: browsers send exactly one",
        ),
    ] {
        let request = request(method, lines);
        let explanation = policy.explain(&request);
        assert_eq!(explanation.denial(), Some(denial));
        assert_eq!(explanation.to_string(), words);
        assert!(!explanation.is_allowed());
        let refusal = explanation.refusal().unwrap();
        assert_eq!(policy.evaluate(&request).refusal(), Some(refusal));
        assert_eq!(refusal == Refusal::HostNotAllowed, refusal.status() == 421);
    }
}
