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

/// A literal `match`.
pub const FEW: &Policy = &cors_policy!(allow_origins = [r"https://example.com"]);

/// No matcher at all.
pub static PUBLIC: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = Any,
    allow_headers = [Any, "authorization"],
    expose_headers = Any
);

/// Arguments that arrive through the user's own macro.
macro_rules! policy_for {
    ($origin:literal, $($key:ident = $value:expr),*) => {
        ::renamed::cors_policy!(allow_origins = [$origin], $($key = $value),*)
    };
}

/// Inside a function, by value and by reference, more than once in a scope.
#[must_use]
pub fn inside(origin: &[::core::primitive::u8]) -> (::core::primitive::bool, &'static Policy) {
    static THIRD: Policy = cors_policy!(allow_origins = ["https://*.example.com"],);
    let first = ::renamed::cors_policy! { allow_origins = ["https://*.example.com"] };
    let second = policy_for!("https://example.com", max_age = 5, allow_credentials = true);
    (
        first.allows_origin(origin) || second.allows_origin(origin),
        &THIRD,
    )
}

/// In a module.
pub mod nested {
    /// The macro by its path.
    pub static NESTED: ::renamed::Policy =
        ::renamed::cors_policy!(allow_origins = ["capacitor://localhost"]);
}
