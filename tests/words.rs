//! A policy in plain words.

use cors_runtime::{Policy, cors_policy};

static TRUSTED: Policy = cors_policy!(
    allow_origins = ["https://a.example", "https://*.a.example"],
    allow_methods = [GET, PUT, "PURGE"],
    allow_headers = ["content-type", "authorization"],
    expose_headers = ["etag"],
    allow_credentials = true,
    max_age = hours(2),
);

static PUBLIC: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = Any,
    allow_headers = Any,
    expose_headers = Any,
);

#[test]
fn a_policy_for_some_origins() {
    assert_eq!(
        TRUSTED.to_string(),
        "pages of https://a.example, https://*.a.example\n  \
           may send GET, HEAD, POST, PUT, PURGE\n  \
           may set the request headers content-type, authorization\n  \
           may read the response headers etag\n  \
           may send cookies and other credentials\n  \
           need no new preflight for 7200 seconds, if the browser keeps it as long\n\
         pages of any other origin\n  \
           may read nothing\n"
    );
}

#[test]
fn a_policy_for_any_origin() {
    assert_eq!(
        PUBLIC.to_string(),
        "pages of any origin\n  \
           may send any method\n  \
           may set any request header but authorization\n  \
           may read any response header\n  \
           may not send cookies and other credentials\n"
    );
}

static RULES: Policy = cors_policy!(
    rule(
        allow_origins = ["https://a.example"],
        allow_methods = MirrorRequest,
        allow_headers = MirrorRequest,
        allow_credentials = true,
    ),
    rule(allow_origins = ["https://b.example"]),
    rule(allow_origins = Any, allow_headers = [Any, "authorization"]),
);

#[test]
fn a_policy_with_rules() {
    assert_eq!(
        RULES.to_string(),
        "pages of https://a.example\n  \
           may send any method\n  \
           may set any request header\n  \
           may send cookies and other credentials\n\
         pages of https://b.example\n  \
           may send GET, HEAD, POST\n  \
           may not send cookies and other credentials\n\
         pages of any other origin\n  \
           may send GET, HEAD, POST\n  \
           may set any request header\n  \
           may not send cookies and other credentials\n"
    );
}

#[test]
fn debug_shows_the_rules() {
    let debug = format!("{TRUSTED:?}");
    assert!(
        debug.contains("https://*.a.example") && debug.contains("preflight_status: 204"),
        "{debug}"
    );
}
