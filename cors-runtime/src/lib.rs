#![doc = include_str!("crate_docs.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![no_std]
// The pages link to items of every feature.
#![cfg_attr(
    not(all(
        feature = "actix-web",
        feature = "config",
        feature = "export",
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

mod compiled;
#[cfg(feature = "config")]
mod config;
mod configured;
#[cfg(feature = "config")]
mod current;
mod decision;
mod explain;
mod header_lines;
mod into_policy;
#[cfg(feature = "config")]
mod live;
#[cfg(feature = "config")]
mod loaded;
#[cfg(any(feature = "actix-web", feature = "rocket", feature = "tower"))]
mod log;
mod matched_entry;
#[cfg(feature = "origins")]
mod origins;
mod policy;
mod refusal;
mod request;
#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
mod response;
mod rule;
#[cfg(any(feature = "actix-web", feature = "rocket", feature = "tower"))]
mod source;
#[cfg(feature = "origins")]
mod template;
mod vary;
#[cfg(feature = "origins")]
mod versions;

#[doc = include_str!("diagnostics.md")]
pub mod diagnostics {}
#[cfg(feature = "actix-web")]
pub mod actix_web;
#[cfg(feature = "export")]
pub mod export;
// Documentation only: other builds do not read these pages.
#[cfg(any(doc, doctest))]
pub mod guide;
#[cfg(feature = "http")]
pub mod http;
// Runs the code of the README as doctests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
#[cfg(feature = "rocket")]
pub mod rocket;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "tower")]
pub mod tower;

/// Checks a policy at compile time and creates a [`Policy`] from it.
///
/// The parentheses contain a list of `key = value` and `rule(..)`:
///
#[doc = include_str!("keys.md")]
///
/// `MirrorRequest` sends back the method or headers that the preflight requests. Use it to allow every
/// method or header together with credentials, where `Any` does not compile.
///
/// # Entries
///
/// | entry | accepts |
/// |---|---|
/// | `"https://example.com"` | this origin, written as browsers send it |
/// | `"https://*.example.com"` | one label in place of `*`: one or more of `a`–`z`, `0`–`9`, `-`, `_` |
/// | `"https://pr-*.example.com"` | a label that starts with `pr-` and continues |
/// | `"https://**.example.com"` | one or more labels; `**` is the whole leftmost label |
/// | `"http://localhost:*"` | any port, including the default one |
/// | `Loopback` | pages from the user's own machine: `http` and `https` on `localhost`, names under it, `127.0.0.1` and `[::1]`, with any port |
/// | `Configured` | a list of origins that the program provides at run time; the macro then creates a [`PolicyTemplate`], whose method [`with_origins`](PolicyTemplate::with_origins) creates the policy |
/// | `regex("https://(shop\|blog)\\.example\\.com")` | origins that the regex matches as a whole, in the syntax of the `regex` crate, ASCII only |
/// | `env("PARTNERS", default = "..")` | the entries in an environment variable, read at build time and separated by commas |
/// | `predicate(path)` | origins for which the function `fn(&Origin<'_>) -> bool` returns `true`; called last, and only with valid origins |
/// | `#[cfg(..)] entry` | what the entry accepts, if the condition is true; always checked |
/// | `dangerously_allow(risk, entry)` | what the entry accepts, in spite of a risk: `insecure_origin`, `unconfined_origin`, `null_origin`, `file_origin` or `credentialed_predicate` |
///
/// Values must be literals, because macros cannot see the value of a constant.
///
/// ```
/// use cors_runtime::{Origin, Policy, cors_policy};
///
/// mod tenants {
///     pub fn is_known(origin: &cors_runtime::Origin<'_>) -> bool {
///         // The whole origin: comparing the host alone would accept every scheme and port.
///         origin.as_str() == "https://tenant.example"
///     }
/// }
///
/// /// The policy of the public API.
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
/// Use rules to give different origins different permissions on one endpoint. As in `match`, the first
/// rule that allows the origin applies. Keys outside the rules are defaults for all of them.
/// `preflight_status`, `on_denied`, `allow_hosts`, `assert_allowed` and `assert_denied` apply to the whole
/// policy and cannot be in a rule.
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
/// Policies that are insecure, that can never match, or that contain duplicates:
///
/// ```compile_fail
/// # use cors_runtime::{Policy, cors_policy};
/// static API: Policy = cors_policy!(allow_origins = Any, allow_credentials = true);
/// ```
///
/// [`diagnostics`] lists all checks, each with a policy that fails and a fixed one. For each
/// pattern and regex, the compiler proves that all accepted origins belong to a few registrable domains, so
/// that strangers cannot own such an origin. It also reports entries that another entry covers, and
/// rules that can never be reached. The number of these comparisons is limited, to keep compile times short.
///
/// # In an editor
///
/// rust-analyzer completes and documents the keys and keywords of a policy while you type. Hover over an
/// origin or `Any` to see the whole policy in plain words, as [`Policy`] prints it.
///
/// See the [`guide`] for a tutorial.
#[macro_export]
macro_rules! cors_policy {
    ($($policy:tt)*) => {
        $crate::__private::cors_policy!($crate; $($policy)*)
    };
}

#[doc(hidden)]
pub mod __private;

#[cfg(feature = "config")]
#[doc(inline)]
pub use config::{ConfigError, ConfigValue, InvalidSetting, PolicyConfig};
#[doc(inline)]
pub use cors_origin::{Origin, ParseOriginError};
pub use decision::{Decision, HeaderIter};
pub use explain::{Denial, Explanation};
pub use into_policy::IntoPolicy;
#[cfg(feature = "config")]
pub use live::LivePolicy;
pub use matched_entry::MatchedEntry;
#[cfg(feature = "origins")]
pub use origins::{InvalidOrigin, Origins, OriginsBuilder, OriginsError, Risk};
pub use policy::Policy;
pub use refusal::Refusal;
pub use request::{CorsRequest, RequestKind};
#[cfg(feature = "origins")]
pub use template::PolicyTemplate;
