//! The keys of [`cors_policy!`](crate::cors_policy), for editors: what the expansion of a policy that
//! is not valid yet names, so that rust-analyzer completes and explains its keys.

#![allow(non_upper_case_globals)]

/// Who is allowed: a list of origins, patterns, `regex(..)`, `env(..)` and `predicate(..)`, or `Any`.
/// Without it, a policy does not compile.
pub const allow_origins: () = ();
/// Which methods are allowed: a list such as `[GET, PUT, "PURGE"]`, `Any`, or `MirrorRequest`. Without
/// it, `GET`, `HEAD` and `POST`, which need no permission.
pub const allow_methods: () = ();
/// Which request headers are allowed: a list such as `["content-type", "authorization"]`, `Any`, which
/// does not cover `authorization`, or `MirrorRequest`. Without it, those that need no permission.
pub const allow_headers: () = ();
/// Which response headers pages may read: a list such as `["etag"]`, or `Any`. Without it, those that
/// need no permission.
pub const expose_headers: () = ();
/// Whether pages may send cookies and other credentials: `true` or `false`, as without it.
pub const allow_credentials: () = ();
/// For how long a browser may remember what a preflight permits: seconds, `minutes(..)`, `hours(..)` or
/// `days(..)`, a day at most. Without it, browsers take five seconds.
pub const max_age: () = ();
/// The status of a successful preflight: 200 to 299. Without it, 204.
pub const preflight_status: () = ();
/// Origins that the compiler asserts to be allowed.
pub const assert_allowed: () = ();
/// Origins that the compiler asserts to be denied.
pub const assert_denied: () = ();
/// Keys for some origins: the first rule that allows an origin decides. Keys outside of rules are
/// defaults for all of them.
pub const rule: () = ();
