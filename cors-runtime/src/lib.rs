#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![no_std]

mod automaton;
mod decision;
mod name;
mod policy;
mod request;
mod rule;
mod sorted;
mod verdict;
mod words;

#[doc = include_str!("diagnostics.md")]
pub mod diagnostics {}
#[cfg(feature = "http")]
pub mod http;
#[cfg(feature = "tower")]
pub mod tower;

/// Compiles a policy: checks it, and makes a [`Policy`] of it.
///
/// What stands in the parentheses is a list of `key = value`:
///
/// | key | value | without it |
/// |---|---|---|
/// | `allow_origins` | a list of origins and patterns, or `Any` | an error |
/// | `allow_methods` | a list of methods (`GET`, or `"PURGE"` as a string), or `Any` | `GET`, `HEAD` and `POST`, which need no permission |
/// | `allow_headers` | a list of request headers, or `Any`; `[Any, "authorization"]`, since `*` does not cover `Authorization` | the headers that need no permission |
/// | `expose_headers` | a list of response headers, or `Any` | the headers that need no permission |
/// | `allow_credentials` | `true` or `false` | `false` |
/// | `max_age` | seconds, or `minutes(..)`, `hours(..)`, `days(..)` | browsers take five seconds |
/// | `preflight_status` | the status of a successful preflight, 200 to 299 | 204 |
///
/// An origin is written as browsers send it. In a pattern
///
/// - `*` stands for one or more of `a`–`z`, `0`–`9`, `-` and `_`: for a label or a part of one,
/// - `**`, the leftmost label, stands for one label or more,
/// - `:*` stands for any port, the implicit one too.
///
/// ```
/// use cors_runtime::{Policy, cors_policy};
///
/// pub static API: Policy = cors_policy!(
///     allow_origins = [
///         "https://example.com",
///         "https://*.example.com",
///         "https://**.example.org",
///         "https://pr-*.preview.example.com",
///         "http://localhost:*",
///     ],
///     allow_methods = [GET, PUT, "PURGE"],
///     max_age = hours(2),
/// );
///
/// assert!(API.allows_origin(b"https://pr-7.preview.example.com"));
/// assert!(API.allows_origin(b"http://localhost:5173"));
/// assert!(!API.allows_origin(b"https://a.b.example.com"));
/// assert!(API.allows_origin(b"https://a.b.example.org"));
/// assert!(!API.allows_origin(b"https://example.com.evil.net"));
/// ```
///
/// A policy that is not sound does not compile:
///
/// ```compile_fail
/// # use cors_runtime::{Policy, cors_policy};
/// static API: Policy = cors_policy!(allow_origins = Any, allow_credentials = true);
/// ```
#[macro_export]
macro_rules! cors_policy {
    ($($policy:tt)*) => {
        $crate::__private::cors_policy!($crate; $($policy)*)
    };
}

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use decision::{Decision, Headers};
pub use policy::Policy;
pub use request::{Kind, Request};
