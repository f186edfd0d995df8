//! Editor support: documentation that rust-analyzer shows for the words of
//! [`cors_policy!`](crate::cors_policy).
//!
//! rust-analyzer does not know the words of a policy. So the expansion mentions a constant for each
//! word, through `ide!`. rust-analyzer completes and documents these constants; the compiler does
//! not see them.

#![allow(non_upper_case_globals)]

/// Mentions the words of a policy, grouped by list, and adds a summary at its origins.
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

/// On hover, rust-analyzer shows the value of a static, with wrong strings. If it cannot compute
/// the value, it shows the source instead.
#[cfg(rust_analyzer)]
pub const fn show_source() {
    panic!("shown as source");
}

/// Keys, and `rule(..)`.
pub mod keys {
    /// The origins that are allowed: a list of origins, patterns, `regex(..)`, `env(..)` and
    /// `predicate(..)`, or `Any`. Required.
    pub const allow_origins: () = ();
    /// The methods that are allowed: a list such as `[GET, PUT, "PURGE"]`, `Any`, or
    /// `MirrorRequest`. Default: `GET`, `HEAD` and `POST`, which are always allowed.
    pub const allow_methods: () = ();
    /// The request headers that are allowed: a list such as `["content-type", "authorization"]`,
    /// `Any`, which does not cover `authorization`, or `MirrorRequest`. Default: those that are
    /// always allowed.
    pub const allow_headers: () = ();
    /// The response headers that pages may read: a list such as `["etag"]`, or `Any`. Default:
    /// those that are always readable.
    pub const expose_headers: () = ();
    /// Whether allowed pages may read the timings of responses, by `Timing-Allow-Origin`: `true` or `false`.
    /// Default: `false`.
    pub const expose_timing: () = ();
    /// Whether pages may send cookies or other credentials: `true` or `false`. Default: `false`.
    pub const allow_credentials: () = ();
    /// How long a browser may cache the result of a preflight: seconds, `minutes(..)`, `hours(..)`
    /// or `days(..)`, at most a day. Default: not sent; browsers use five seconds.
    pub const max_age: () = ();
    /// The status of a successful preflight, 200 to 299. Default: 204.
    pub const preflight_status: () = ();
    /// The treatment of denied requests: `Continue`, `RefuseWrites` or `Refuse`. Default:
    /// `Continue`.
    pub const on_denied: () = ();
    /// The hosts that requests may be for, with their ports: a list such as `["api.example.com",
    /// "localhost:*"]`, `[Loopback]` for a server on the user's machine, or `Any`. Requests for other
    /// hosts get 421. Default: every host is accepted; `on_denied = Refuse` needs the key.
    pub const allow_hosts: () = ();
    /// Origins that must be allowed, or the policy does not compile.
    pub const assert_allowed: () = ();
    /// Origins that must be denied, or the policy does not compile.
    pub const assert_denied: () = ();
    /// Keys for some origins: the first rule that allows an origin applies. Keys outside rules are
    /// defaults for all rules, or apply to the whole policy, such as `on_denied`.
    pub const rule: () = ();
}

/// Words of `allow_origins`.
pub mod origins {
    /// Every origin. An error with credentials, because browsers reject that.
    pub const Any: () = ();
    /// A list of origins that the program provides at run time, from an environment variable, a
    /// file or a database. The policy becomes a `PolicyTemplate`, and `with_origins` provides the
    /// list.
    pub const Configured: () = ();
    /// This machine: `http` and `https` on `localhost`, all names under it, `127.0.0.1` and `[::1]`, with any
    /// port.
    pub const Loopback: () = ();
    /// The origins that a regular expression matches as a whole:
    /// `regex("https://[a-z]+\\.example\\.com")`. They must belong to a few registrable domains.
    pub const regex: () = ();
    /// The entries of an environment variable, read at build time and separated by commas:
    /// `env("PARTNERS", default = "https://partner.example")`.
    pub const env: () = ();
    /// The origins for which a function `fn(&Origin<'_>) -> bool` returns `true`:
    /// `predicate(tenants::is_known)`. Called last, and only with valid origins.
    pub const predicate: () = ();
    /// An entry that is allowed in spite of a risk: `dangerously_allow(insecure_origin,
    /// "http://a.example")`.
    pub const dangerously_allow: () = ();
}

/// Risks that `dangerously_allow(..)` names.
pub mod risks {
    /// An origin without encryption may send credentials: anyone on the network path can act on its
    /// behalf.
    pub const insecure_origin: () = ();
    /// A pattern or a regex accepts origins under an unlimited number of registrable domains, which
    /// anyone can own.
    pub const unconfined_origin: () = ();
    /// `null` is the origin of sandboxed frames and local files of any author.
    pub const null_origin: () = ();
    /// `file://`, which some apps and extensions send for local files of any author.
    pub const file_origin: () = ();
    /// A function, which the compiler cannot check, decides which origins may send credentials.
    pub const credentialed_predicate: () = ();
}

/// Words of `allow_methods`.
pub mod methods {
    /// Every method. An error with credentials, because browsers then take `*` as the name of a
    /// method.
    pub const Any: () = ();
    /// The method that the preflight requests. Also works with credentials.
    pub const MirrorRequest: () = ();
    /// Always allowed.
    pub const GET: () = ();
    /// Always allowed.
    pub const HEAD: () = ();
    /// Always allowed.
    pub const POST: () = ();
    /// Needs a preflight.
    pub const PUT: () = ();
    /// Needs a preflight.
    pub const PATCH: () = ();
    /// Needs a preflight.
    pub const DELETE: () = ();
    /// Needs a preflight. Preflights are `OPTIONS` requests themselves, but they do not need one.
    pub const OPTIONS: () = ();
}

/// Words of `allow_headers`.
pub mod request_headers {
    /// Every header except `Authorization`, which you can add: `[Any, "authorization"]`. An error
    /// with credentials, because browsers then take `*` as the name of a header.
    pub const Any: () = ();
    /// The headers that the preflight requests. Also works with credentials.
    pub const MirrorRequest: () = ();
}

/// Words of `expose_headers`.
pub mod response_headers {
    /// Every header. An error with credentials, because browsers then take `*` as the name of a
    /// header.
    pub const Any: () = ();
}

/// Words of `on_denied`.
pub mod denied {
    /// The request reaches the application, and its response has no CORS headers: what the standard does.
    pub const Continue: () = ();
    /// Requests that may change something get 403, without reaching the application, if they come from a
    /// page of another origin, and the policy does not allow that page to send them. This includes WebSocket
    /// handshakes.
    pub const RefuseWrites: () = ();
    /// Requests that only read get 403 as well, if they come from another origin that is not
    /// allowed. Links still work. Needs `allow_hosts`.
    pub const Refuse: () = ();
}

/// Words of `allow_hosts`.
pub mod hosts {
    /// Every host. Then `on_denied` does not stop DNS rebinding: a page whose own domain points at this server
    /// is same-origin.
    pub const Any: () = ();
    /// This machine: `localhost`, all names under it, `127.0.0.1` and `[::1]`, with any port.
    pub const Loopback: () = ();
}

/// Units of `max_age`.
pub mod durations {
    /// `seconds(30)` is equivalent to `30`.
    pub const seconds: () = ();
    /// 60 seconds each: `minutes(10)`, which is the limit of WebKit.
    pub const minutes: () = ();
    /// 3600 seconds each: `hours(2)`, which is the limit of Chromium.
    pub const hours: () = ();
    /// 86400 seconds each: `days(1)`, which is the limit of Firefox, and the maximum here.
    pub const days: () = ();
}
