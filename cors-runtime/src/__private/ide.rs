//! What rust-analyzer shows for the words of [`cors_policy!`](crate::cors_policy).
//!
//! A word of a policy means nothing to rust-analyzer. So the expansion names, by `ide!`, a constant for
//! each, which it completes and explains. The compiler sees none of it.

#![allow(non_upper_case_globals)]

/// Names the words of a policy, by their lists, and its summary where its origins are.
#[cfg(rust_analyzer)]
#[doc(hidden)]
#[macro_export]
macro_rules! __ide {
    ($($hint:ident $(::$word:ident)?),*) => {
        const _: () = {
            $($crate::__ide!(@ $hint $($word)?);)*
        };
        $crate::__private::ide::show_source();
    };
    (@ $list:ident $word:ident) => {
        let _ = $crate::__private::ide::$list::$word;
    };
    (@ $summary:ident) => {
        let _ = $summary;
    };
}

/// Expands to nothing for the compiler.
#[cfg(not(rust_analyzer))]
#[doc(hidden)]
#[macro_export]
macro_rules! __ide {
    ($($hints:tt)*) => {};
}

/// Over a static, rust-analyzer shows the value, of which it gets the texts wrong. Where the value
/// cannot be computed, it shows the source.
#[cfg(rust_analyzer)]
pub const fn show_source() {
    panic!("shown as source");
}

/// Keys, and `rule(..)`.
pub mod keys {
    /// Who is allowed: a list of origins, patterns, `regex(..)`, `env(..)` and `predicate(..)`, or
    /// `Any`. Without it, a policy does not compile.
    pub const allow_origins: () = ();
    /// Which methods are allowed: a list such as `[GET, PUT, "PURGE"]`, `Any`, or `MirrorRequest`.
    /// Without it, `GET`, `HEAD` and `POST`, which need no permission.
    pub const allow_methods: () = ();
    /// Which request headers are allowed: a list such as `["content-type", "authorization"]`, `Any`,
    /// which does not cover `authorization`, or `MirrorRequest`. Without it, those that need no
    /// permission.
    pub const allow_headers: () = ();
    /// Which response headers pages may read: a list such as `["etag"]`, or `Any`. Without it, those
    /// that need no permission.
    pub const expose_headers: () = ();
    /// Whether pages may send cookies and other credentials: `true` or `false`, as without it.
    pub const allow_credentials: () = ();
    /// For how long a browser may remember what a preflight permits: seconds, `minutes(..)`,
    /// `hours(..)` or `days(..)`, a day at most. Without it, browsers take five seconds.
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
}

/// Words of `allow_origins`.
pub mod origins {
    /// Every origin. With credentials, browsers refuse it, and so does the compiler.
    pub const Any: () = ();
    /// The origins of a list that the program gets when it runs: from an environment variable, a file, a
    /// database. The policy is a `PolicyTemplate` then, which `with_origins` fills.
    pub const Configured: () = ();
    /// The origins that a regular expression matches as a whole: `regex("https://[a-z]+\\.example\\.com")`.
    /// All of them must lie under a few registrable domains.
    pub const regex: () = ();
    /// The entries that an environment variable has, between commas, while the crate is compiled:
    /// `env("PARTNERS", default = "https://partner.example")`.
    pub const env: () = ();
    /// The origins of which a `fn(&Origin<'_>) -> bool` says so: `predicate(tenants::is_known)`. It is
    /// asked last, and about valid origins only.
    pub const predicate: () = ();
    /// An entry in spite of a risk that it has: `dangerously_allow(insecure_origin, "http://a.example")`.
    pub const dangerously_allow: () = ();
}

/// Risks that `dangerously_allow(..)` names.
pub mod risks {
    /// An origin without encryption may send credentials: whoever is on the way can act for it.
    pub const insecure_origin: () = ();
    /// A pattern or a regex accepts origins under registrable domains without number, which anybody may
    /// own.
    pub const unconfined_origin: () = ();
    /// `null`, which is the origin of every sandboxed frame, of whomever.
    pub const null_origin: () = ();
    /// A function, of which nothing can be proved, decides who may send credentials.
    pub const credentialed_predicate: () = ();
}

/// Words of `allow_methods`.
pub mod methods {
    /// Every method. With credentials, browsers take it for the name of a method, so the compiler refuses
    /// it.
    pub const Any: () = ();
    /// The method that the preflight asks for, whichever it is, with credentials too.
    pub const MirrorRequest: () = ();
    /// Needs no permission.
    pub const GET: () = ();
    /// Needs no permission.
    pub const HEAD: () = ();
    /// Needs no permission.
    pub const POST: () = ();
    /// Needs permission, by a preflight.
    pub const PUT: () = ();
    /// Needs permission, by a preflight.
    pub const PATCH: () = ();
    /// Needs permission, by a preflight.
    pub const DELETE: () = ();
    /// Needs permission, by a preflight, which is an `OPTIONS` request itself and never does.
    pub const OPTIONS: () = ();
}

/// Words of `allow_headers`.
pub mod request_headers {
    /// Every header but `Authorization`, which is named beside it: `[Any, "authorization"]`. With
    /// credentials, browsers take it for the name of a header, so the compiler refuses it.
    pub const Any: () = ();
    /// The headers that the preflight asks for, whichever they are, with credentials too.
    pub const MirrorRequest: () = ();
}

/// Words of `expose_headers`.
pub mod response_headers {
    /// Every header. With credentials, browsers take it for the name of a header, so the compiler refuses
    /// it.
    pub const Any: () = ();
}

/// Units of `max_age`.
pub mod durations {
    /// `seconds(30)` is the same as `30`.
    pub const seconds: () = ();
    /// 60 seconds each: `minutes(10)`. WebKit keeps preflights for no longer than that.
    pub const minutes: () = ();
    /// 3600 seconds each: `hours(2)`. Chromium keeps preflights for no longer than that.
    pub const hours: () = ();
    /// 86400 seconds each: `days(1)`. Firefox keeps preflights for no longer than that, so no policy does.
    pub const days: () = ();
}
