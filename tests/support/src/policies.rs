//! A policy for each way to match origins, with its entries as text for the naive reference.

use cors_runtime::{Policy, cors_policy};

/// Declares policies, and keeps their entries as text.
macro_rules! policies {
    ($($name:ident = [$($entry:literal),+ $(,)?];)+) => {
        $(static $name: Policy = cors_policy!(allow_origins = [$($entry),+]);)+
        /// Each policy with its entries.
        pub const POLICIES: &[(&Policy, &[&str])] = &[$((&$name, &[$($entry),+])),+];
    };
}

policies! {
    ONE = ["https://example.com"];
    FEW = ["https://example.com", "https://example.org", "http://localhost:3000", "http://[::1]:3000"];
    MANY = [
        "https://a.example.com", "https://b.example.com", "https://c.example.com", "https://d.example.com",
        "https://aa.example.com", "https://ab.example.com", "https://ba.example.com", "https://bb.example.com",
        "https://a.example.com:8443", "http://a.example.com", "https://a.example.co", "capacitor://localhost",
    ];
    SUBDOMAIN = ["https://*.example.com"];
    DEEP = ["https://**.example.com"];
    PARTIAL = ["https://pr-*.preview.example.com", "https://*-team-*.example.com"];
    PORTS = ["http://localhost:*", "https://*.example.com:*", "http://127.0.0.1:*", "http://[::1]:*"];
    MIXED = [
        "https://example.com", "https://*.example.com", "https://**.a.example.org", "https://a.*.b.example.net:8443",
        "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb", "https://*.example.com.", "https://example.com.",
    ];
    ENDINGS = [
        "https://*.example.com", "https://*.example.net", "https://*.example.org:8443",
        "https://*.a.example.com", "https://*.b.c.example.net",
        "https://*.a-label-that-makes-more-than-thirty-two-bytes.example.net",
        "https://*.a-label-that-is-nearly-as-long-as-there-can-be-and-another.example.net",
    ];
    PARTIAL_ENDINGS = [
        "https://pr-*-x.example.com:*", "https://pr-*-x.example.net:*", "https://pr-*-x.example.org:*",
        "https://pr-*-x.a.example.com:*", "https://pr-*-x.b.c.example.net:*",
    ];
    DEEP_ENDINGS = [
        "https://**.example.com", "https://**.example.org", "https://**.a.example.net",
        "https://**.b.c.example.net", "https://**.d.example.net",
    ];
    OVERLAPPING = ["https://**.example.com", "https://a*.*.example.com:*", "https://*b.example.com:*"];
}
