#![doc = include_str!("crate_docs.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![no_std]
// The pages link to what all features have.
#![cfg_attr(
    not(all(
        feature = "actix-web",
        feature = "export",
        feature = "origins",
        feature = "rocket",
        feature = "testing",
        feature = "tower"
    )),
    allow(rustdoc::broken_intra_doc_links)
)]

#[cfg(any(
    feature = "actix-web",
    feature = "export",
    feature = "http",
    feature = "origins",
    feature = "rocket",
    feature = "testing"
))]
extern crate alloc;
#[cfg(any(feature = "export", feature = "origins"))]
extern crate std;

mod configured;
mod decision;
mod explain;
#[cfg(any(feature = "actix-web", feature = "rocket", feature = "tower"))]
mod log;
#[cfg(feature = "origins")]
mod origins;
mod policy;
mod request;
#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
mod response;
mod rule;
#[cfg(feature = "origins")]
mod template;

#[doc = include_str!("diagnostics.md")]
pub mod diagnostics {}
#[cfg(feature = "actix-web")]
pub mod actix_web;
#[cfg(feature = "export")]
pub mod export;
// Pages only, so that no build reads them but that of the documentation and its tests.
#[cfg(any(doc, doctest))]
pub mod guide;
#[cfg(feature = "http")]
pub mod http;
// What it shows is tested, and it is read where pictures are found.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
#[cfg(feature = "rocket")]
pub mod rocket;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "tower")]
pub mod tower;

/// Compiles a policy: checks it, and makes a [`Policy`] of it.
///
/// What stands in the parentheses is a list of `key = value` and `rule(..)`:
///
#[doc = include_str!("keys.md")]
///
/// `MirrorRequest` sends back what the preflight asks for: the way to be open to every method or
/// header while credentials are allowed, which `Any` is not.
///
/// # Entries
///
/// | entry | accepts |
/// |---|---|
/// | `"https://example.com"` | this origin, written as browsers send it |
/// | `"https://*.example.com"` | one label in place of `*`: one or more of `a`–`z`, `0`–`9`, `-`, `_` |
/// | `"https://pr-*.example.com"` | the same as part of a label |
/// | `"https://**.example.com"` | one label or more; `**` is the whole leftmost label |
/// | `"http://localhost:*"` | any port, the implicit one too |
/// | `Configured` | the origins of a list that the program gets when it runs; the policy is a [`PolicyTemplate`] then, which lacks them |
/// | `regex("https://(shop\|blog)\\.example\\.com")` | its full matches that are serialized origins, in the syntax of the `regex` crate, in ASCII |
/// | `env("PARTNERS", default = "..")` | the entries that the environment variable has, between commas, while the crate is compiled |
/// | `predicate(path)` | the origins of which `fn(&Origin<'_>) -> bool` says so; it is asked last, and about valid origins only |
/// | `#[cfg(..)] entry` | the same, where the condition holds; what is checked is checked either way |
/// | `dangerously_allow(risk, entry)` | the same, in spite of an `insecure_origin`, an `unconfined_origin`, a `null_origin` or a `credentialed_predicate` |
///
/// Values are literals: a macro sees what is written, not the value of a constant.
///
/// ```
/// use cors_runtime::{Origin, Policy, cors_policy};
///
/// mod tenants {
///     pub fn is_known(origin: &cors_runtime::Origin<'_>) -> bool {
///         origin.scheme() == "https" && origin.host() == "tenant.example"
///     }
/// }
///
/// /// Who may call the public API from a browser.
/// pub static API: Policy = cors_policy!(
///     allow_origins = [
///         "https://example.com",
///         "https://*.example.com",
///         "https://**.example.org",
///         "https://pr-*.preview.example.com",
///         #[cfg(debug_assertions)]
///         "http://localhost:*",
///         env("PARTNER_ORIGINS", default = "https://partner.example"),
///         regex("https://(shop|blog)[0-9]{1,3}\\.example\\.net"),
///         dangerously_allow(credentialed_predicate, predicate(tenants::is_known)),
///     ],
///     allow_methods = [GET, PUT, DELETE, "PURGE"],
///     allow_headers = ["authorization", "content-type"],
///     expose_headers = ["etag", "x-request-id"],
///     allow_credentials = true,
///     max_age = hours(2),
///     assert_allowed = ["https://app.example.com"],
///     assert_denied = ["https://example.com.evil.net", "https://evilexample.com"],
/// );
///
/// assert!(API.allows_origin("https://pr-7.preview.example.com"));
/// assert!(API.allows_origin("https://shop7.example.net"));
/// assert!(API.allows_origin("https://tenant.example"));
/// assert!(!API.allows_origin("https://a.b.example.com"));
/// ```
///
/// # Rules
///
/// One endpoint, different trust: the first rule that allows an origin decides, as in `match`. Keys
/// outside of the rules are defaults for all of them.
///
/// ```
/// use cors_runtime::{Policy, cors_policy};
///
/// static API: Policy = cors_policy!(
///     max_age = hours(2),
///     rule(
///         allow_origins = ["https://app.example.com"],
///         allow_credentials = true,
///         allow_methods = [GET, PUT],
///     ),
///     rule(allow_origins = Any, allow_methods = [GET]),
/// );
/// ```
///
/// # What does not compile
///
/// A policy that is not sound, that can never match, or that says something twice:
///
/// ```compile_fail
/// # use cors_runtime::{Policy, cors_policy};
/// static API: Policy = cors_policy!(allow_origins = Any, allow_credentials = true);
/// ```
///
/// All checks stand in [`diagnostics`], each with its mended form. Among them are proofs: the
/// origins of each entry lie under a few registrable domains, so that nobody else can own one; no
/// entry is covered by another; every rule can be reached.
///
/// # In an editor
///
/// rust-analyzer completes and explains the keys and the words of a policy as they are typed, and leads to
/// their descriptions. Over an origin, or `Any`, it shows the whole policy in plain words, as
/// [`Policy`] prints it.
///
/// The [`guide`] goes through all of this at leisure.
#[macro_export]
macro_rules! cors_policy {
    ($($policy:tt)*) => {
        $crate::__private::cors_policy!($crate; $($policy)*)
    };
}

#[doc(hidden)]
pub mod __private;

#[doc(inline)]
pub use cors_origin::{Origin, ParseOriginError};
pub use decision::{Decision, HeaderIter};
pub use explain::{Denial, Explanation, MatchedEntry};
#[cfg(feature = "origins")]
pub use origins::{InvalidOrigin, Origins, OriginsBuilder, OriginsError, Risk};
pub use policy::{IntoPolicy, Policy};
pub use request::{CorsRequest, RequestKind};
#[cfg(feature = "origins")]
pub use template::PolicyTemplate;
