//! What surrounds a policy must not matter to it. That this compiles is the test.

#![no_std]
#![no_implicit_prelude]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unused_qualifications)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]

use ::renamed::{Policy, cors_policy};

/// Names that the expansion might mean by accident.
#[allow(
    dead_code,
    unreachable_pub,
    non_camel_case_types,
    non_snake_case,
    missing_docs,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]
mod shadows {
    pub struct Some;
    pub struct None;
    pub struct Option;
    pub struct Rule;
    pub struct Origins;
    pub struct usize;
    pub struct u8;
    pub struct u16;
    pub struct str;
    pub struct bool;
    pub mod core {}
    pub mod std {}
    pub mod cors_runtime {}
    pub mod cors_macros {}
    pub static PATTERNS: usize = usize;
    pub static ORIGINS: usize = usize;
    pub fn RULE(_: &::renamed::Origin<'_>) -> ::core::primitive::bool {
        true
    }
}
// Unused is right: the expansion means none of them.
#[allow(unused_imports, clippy::wildcard_imports)]
use shadows::*;

/// Every strategy of the matcher, and every key.
pub static EVERYTHING: Policy = cors_policy!(
    allow_origins = [
        "https://example.com",
        "https://*.example.org",
        "https://a1.example.com",
        "https://a2.example.com",
        "https://a3.example.com",
        "https://a4.example.com",
        "https://a5.example.com",
        "https://a6.example.com",
        "https://a7.example.com",
        "https://a8.example.com",
        "https://a9.example.com",
    ],
    allow_methods = [GET, "PURGE"],
    allow_headers = ["content-type"],
    expose_headers = ["etag"],
    allow_credentials = true,
    max_age = minutes(10),
    preflight_status = 200,
);

/// A path of the user's own is not an item of the expansion.
pub static NAMED_LIKE_AN_ITEM: Policy = cors_policy!(allow_origins = [predicate(RULE)]);

/// A literal `match`.
pub const FEW: &Policy = &cors_policy!(allow_origins = [r"https://example.com"]);

/// No matcher at all.
pub static PUBLIC: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = Any,
    allow_headers = [Any, "authorization"],
    expose_headers = Any
);

/// All the kinds of entries, and more than one rule.
pub static ENTRIES: Policy = cors_policy!(
    max_age = minutes(10),
    rule(
        allow_origins = [
            "https://app.example.com",
            #[cfg(debug_assertions)]
            "http://localhost:*",
            #[cfg(debug_assertions)]
            "http://127.0.0.1:3000",
            env("CORS_HYGIENE_UNSET", default = "https://partner.example"),
            regex("https://(shop|blog)\\.example\\.com"),
            dangerously_allow(null_origin, "null"),
            dangerously_allow(credentialed_predicate, predicate(nested::is_known)),
        ],
        allow_credentials = true,
        allow_methods = MirrorRequest,
        allow_headers = MirrorRequest,
    ),
    rule(allow_origins = ["https://*.example.org"], max_age = 5),
    rule(allow_origins = Any),
    assert_allowed = ["https://anybody.example"],
);

/// A policy that refuses requests: every word of `on_denied` and `allow_hosts`.
pub static GUARDED: Policy = cors_policy!(
    allow_origins = ["https://app.example.com", Loopback],
    expose_timing = true,
    on_denied = Refuse,
    allow_hosts = [
        "api.example.com",
        "*.api.example.com",
        #[cfg(debug_assertions)]
        Loopback,
    ],
);

/// It needs no list of hosts.
pub static REFUSES_WRITES: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = [GET, HEAD],
    on_denied = RefuseWrites,
);

/// The defaults, which are the same as nothing.
pub static CONTINUES: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    on_denied = Continue
);

/// Any name can lead to this server.
pub static UNNAMED: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    on_denied = Refuse,
    allow_hosts = Any,
);

/// Arguments that arrive through the user's own macro.
macro_rules! policy_for {
    ($origin:literal, $($key:ident = $value:expr),*) => {
        ::renamed::cors_policy!(allow_origins = [$origin], $($key = $value),*)
    };
    ($($origin:expr),*; $list:expr, $condition:meta, $known:path) => {
        ::renamed::cors_policy!(
            allow_origins = [$($origin,)* #[$condition] predicate($known)],
            allow_methods = $list,
        )
    };
}

/// Expressions of several tokens.
pub static FROM_MACRO: Policy = policy_for!(
    "https://example.com",
    regex("https://(shop|blog)\\.example\\.com"),
    env("CORS_HYGIENE_UNSET", default = "https://partner.example");
    [GET, PUT],
    cfg(debug_assertions),
    nested::is_known
);

/// Inside a function, by value and by reference, more than once in a scope.
#[must_use]
pub fn inside(origin: &[::core::primitive::u8]) -> (::core::primitive::bool, &'static Policy) {
    static THIRD: Policy = cors_policy!(allow_origins = ["https://*.example.com"],);
    let first = ::renamed::cors_policy! { allow_origins = ["https://*.example.com"] };
    let second = policy_for!(
        "https://example.com",
        max_age = hours(2),
        allow_credentials = true
    );
    (
        first.allows_origin(origin) || second.allows_origin(origin),
        &THIRD,
    )
}

/// In a module.
pub mod nested {
    /// A predicate.
    #[must_use]
    pub fn is_known(origin: &::renamed::Origin<'_>) -> ::core::primitive::bool {
        origin.port().is_none()
    }

    /// The macro by its path.
    pub static NESTED: ::renamed::Policy =
        ::renamed::cors_policy!(allow_origins = ["capacitor://localhost"]);
}
