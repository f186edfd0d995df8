//! The stable name of every check.

/// Declares [`Check`] from one list: variant, name, and the explanation that the
/// reference page `cors_runtime::diagnostics` prints.
macro_rules! checks {
    ($($(#[doc = $line:literal])+ $variant:ident = $name:literal,)+) => {
        /// The check that a diagnostic belongs to. Messages show its name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Check {
            $($(#[doc = $line])+ $variant,)+
        }

        impl Check {
            /// Returns its name in kebab case: the heading of its section on the reference page.
            pub fn name(self) -> &'static str {
                const NAMES: &[&str] = &[$($name),+];
                NAMES[self as usize]
            }

            /// Every check in the order of the reference page, with its explanation.
            pub const ALL: &'static [(Self, &'static str)] =
                &[$((Self::$variant, concat!($($line, "\n"),+)),)+];
        }
    };
}

checks! {
    // ---- Form ----
    /// The policy has an unknown key.
    UnknownKey = "unknown-key",
    /// A key is given twice, so one of its values would be ignored.
    DuplicateKey = "duplicate-key",
    /// A key that applies to the whole policy is inside a rule.
    MisplacedKey = "misplaced-key",
    /// An attribute is in the wrong place. Only entries of `allow_origins` and `allow_hosts` can have
    /// `#[cfg(..)]`.
    MisplacedAttribute = "misplaced-attribute",
    /// A key is set in every rule, so its default outside the rules has no effect.
    UnusedDefault = "unused-default",
    /// A key has the wrong kind of value, such as a number in place of a list.
    WrongShape = "wrong-shape",
    /// Two entries have no comma between them.
    MissingComma = "missing-comma",
    /// A word or a call is not known in this place.
    UnknownWord = "unknown-word",
    /// `allow_origins` is missing. A policy without origins would deny every page.
    MissingOrigins = "missing-origins",
    /// A list has no entries. If you leave an optional key out, its default applies.
    EmptyList = "empty-list",
    /// A list has the same entry twice. Header names are compared case-insensitively, as
    /// [browsers do](https://fetch.spec.whatwg.org/#concept-header-name).
    DuplicateEntry = "duplicate-entry",

    /// An environment variable for entries is not set, or is empty.
    EnvMissing = "env-missing",

    /// `Configured` occurs more than once. A policy has one list of origins that the program provides
    /// at run time.
    ConfiguredTwice = "configured-twice",

    // ---- Origins ----
    /// An origin has no scheme. Browsers send
    /// [scheme, host and port](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin).
    OriginMissingScheme = "origin-missing-scheme",
    /// An origin has an invalid scheme: it is not a
    /// [URL scheme](https://url.spec.whatwg.org/#url-scheme-string), it contains a wildcard, or it differs from
    /// `http` or `https` by one typo, also in a regex. Any other unknown scheme is assumed to belong to
    /// an app.
    OriginScheme = "origin-scheme",
    /// No page in a browser has an origin with this scheme. Pages of `file:`, `data:` and similar schemes
    /// have an [opaque origin](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque),
    /// sent as `null`. Pages of `blob:` have the origin of the page that created them. There are no pages under
    /// `ws:`, `wss:` and `ftp:`. Some apps send `file://`: see [`origin-file`](#origin-file).
    OriginOpaqueScheme = "origin-opaque-scheme",
    /// Browsers send `null` for every
    /// [opaque origin](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque), such as
    /// that of a frame with the attribute `sandbox`, unless the value of the attribute contains `allow-same-origin`.
    OriginNull = "origin-null",
    /// Some apps send `file://` for local files of any author. Browsers send `null` for such files, because their
    /// origin is [opaque](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque).
    OriginFile = "origin-file",
    /// `"*"` is not an origin. Write `Any` in place of the list to allow every origin.
    OriginAny = "origin-any",
    /// One string has several origins. An `Origin` header
    /// [has one](https://fetch.spec.whatwg.org/#origin-header).
    OriginList = "origin-list",
    /// A string contains a regular expression, without `regex(..)` around it.
    OriginRegex = "origin-regex",
    /// An origin contains white space.
    OriginWhitespace = "origin-whitespace",
    /// An origin has a user name or a password, which browsers omit.
    OriginUserInfo = "origin-user-info",
    /// An origin ends in a slash. A
    /// [serialized origin](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin)
    /// does not.
    OriginTrailingSlash = "origin-trailing-slash",
    /// An origin has a path, a query or a fragment, which browsers do not send. CORS trusts whole origins.
    OriginPath = "origin-path",
    /// An origin has uppercase letters. Browsers
    /// [send the scheme and the host in lower case](https://url.spec.whatwg.org/#concept-domain-to-ascii),
    /// and origins are compared byte by byte.
    OriginUppercase = "origin-uppercase",
    /// An origin spells out the
    /// [default port](https://url.spec.whatwg.org/#default-port) of its scheme, which browsers omit.
    OriginDefaultPort = "origin-default-port",
    /// An origin has a port that is not a number from 1 to 65535, or has leading zeros.
    OriginPort = "origin-port",
    /// An origin has no host.
    OriginMissingHost = "origin-missing-host",
    /// The host of an origin contains a
    /// [forbidden character](https://url.spec.whatwg.org/#forbidden-domain-code-point), or text such as
    /// `{id}` that another system would replace.
    OriginHost = "origin-host",
    /// An origin has a host in Unicode. Browsers send
    /// [its ASCII form](https://url.spec.whatwg.org/#concept-domain-to-ascii), in Punycode.
    OriginUnicode = "origin-unicode",
    /// A label of an origin starts with `xn--` and is not valid
    /// [Punycode](https://www.rfc-editor.org/rfc/rfc3492).
    OriginPunycode = "origin-punycode",
    /// An IPv4 address does not have [the form that browsers use](https://url.spec.whatwg.org/#concept-ipv4-serializer),
    /// or a host ends in a number but is not an IPv4 address.
    OriginIpv4 = "origin-ipv4",
    /// An IPv6 address does not have [the form that browsers use](https://url.spec.whatwg.org/#concept-ipv6-serializer):
    /// lower case, compressed, without a zone.
    OriginIpv6 = "origin-ipv6",
    /// A host has an empty label (two dots in a row).
    OriginEmptyLabel = "origin-empty-label",
    /// A label is longer than 63 bytes, or a host is longer than 253. DNS
    /// [does not allow that](https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4).
    OriginTooLong = "origin-too-long",
    /// An IP address contains a wildcard.
    WildcardIp = "wildcard-ip",
    /// A wildcard is part of a port. A port is one number, or `*` for any port. In a regex, `:*` matches any number
    /// of colons, and no port.
    WildcardPort = "wildcard-port",
    /// `**` is not the whole leftmost label, or there are more than two `*` in a row.
    WildcardDeep = "wildcard-deep",

    /// A regex does not have the syntax of the
    /// [`regex`](https://docs.rs/regex/latest/regex/#syntax) crate, or the feature `regex` of `cors-runtime`
    /// is off.
    RegexInvalid = "regex-invalid",
    /// The automaton of a regex, or the automata of all regexes of a policy together, exceed the limits of the
    /// macro.
    RegexTooLarge = "regex-too-large",
    /// A regex accepts no
    /// [serialized origin](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin).
    RegexEmpty = "regex-empty",

    // ---- Methods ----
    /// A method is not a [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2), or it looks like
    /// a pattern, but browsers compare methods as a whole.
    MethodInvalid = "method-invalid",
    /// A word is not a [registered method](https://www.iana.org/assignments/http-methods), or a string with lower-case
    /// letters is a standard method with a typo. Write custom methods as strings in upper case.
    MethodUnknown = "method-unknown",
    /// Scripts may not use `CONNECT`, `TRACE` and `TRACK`: they are
    /// [forbidden methods](https://fetch.spec.whatwg.org/#forbidden-method).
    MethodForbidden = "method-forbidden",
    /// A registered method is written in lower case. Methods are case-sensitive, and browsers
    /// [normalize](https://fetch.spec.whatwg.org/#concept-method-normalize) only six of them.
    MethodCase = "method-case",

    // ---- Headers ----
    /// A header name is not a [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.1), or it looks
    /// like a pattern, but browsers compare names as a whole.
    HeaderInvalid = "header-invalid",
    /// Scripts cannot set this request header: it is a
    /// [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header), so no preflight requests it.
    RequestHeaderForbidden = "request-header-forbidden",
    /// `allow_headers`, which lists request headers, contains a response header.
    RequestHeaderResponseOnly = "request-header-response-only",
    /// Scripts cannot read `Set-Cookie`: it is a
    /// [forbidden response-header name](https://fetch.spec.whatwg.org/#forbidden-response-header-name).
    ExposedHeaderForbidden = "exposed-header-forbidden",
    /// `expose_headers`, which lists response headers, contains a request header.
    ExposedHeaderRequestOnly = "exposed-header-request-only",

    /// A list contains `Any` and a request header that it covers. Only `Authorization`
    /// [is not covered](https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name).
    CoveredHeader = "covered-header",

    // ---- Numbers ----
    /// `max_age` exceeds the [limit](https://fetch.spec.whatwg.org/#concept-cache-max-age) of every browser.
    MaxAgeTooLong = "max-age-too-long",
    /// `preflight_status` is not an [ok status](https://fetch.spec.whatwg.org/#ok-status), so no preflight would succeed.
    PreflightStatus = "preflight-status",

    // ---- The whole policy ----
    /// `allow_origins = Any` together with credentials. Browsers
    /// [reject that](https://fetch.spec.whatwg.org/#cors-protocol-and-credentials). Echoing the origin instead
    /// would let any site act on behalf of its visitors.
    CredentialsAnyOrigin = "credentials-any-origin",
    /// `allow_methods = Any` together with credentials: browsers then treat `*` as
    /// [a method of that name](https://fetch.spec.whatwg.org/#http-access-control-allow-methods).
    CredentialsAnyMethod = "credentials-any-method",
    /// `allow_headers = Any` together with credentials: browsers then treat `*` as
    /// [a header of that name](https://fetch.spec.whatwg.org/#http-access-control-allow-headers).
    CredentialsAnyHeader = "credentials-any-header",
    /// `expose_headers = Any` together with credentials: browsers then treat `*` as
    /// [a header of that name](https://fetch.spec.whatwg.org/#http-access-control-expose-headers).
    CredentialsAnyExposedHeader = "credentials-any-exposed-header",
    /// A plain `http` origin together with credentials: anyone on a visitor's network path can
    /// [forge its pages](https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy). Origins on the
    /// user's own machine are accepted.
    CredentialsInsecureOrigin = "credentials-insecure-origin",
    /// A predicate together with credentials: the compiler cannot check
    /// [who may send credentials](https://fetch.spec.whatwg.org/#cors-protocol-and-credentials).
    CredentialsPredicate = "credentials-predicate",
    /// A pattern or a regex is not confined: it accepts origins under too many registrable domains, some of
    /// which strangers can own. Common causes are a wildcard in a [public suffix](https://publicsuffix.org/learn/) or
    /// in a registrable domain, and a dot that matches any byte.
    UnconfinedOrigin = "unconfined-origin",
    /// An entry is redundant: another entry accepts all its origins. The number of comparisons is limited, so that no
    /// policy takes long to compile. Beyond the limit, covered entries are not reported; they have no effect.
    CoveredOrigin = "covered-origin",
    /// Earlier rules accept every origin of a rule, and the first rule that allows an origin applies. The number
    /// of comparisons is limited. Beyond the limit, such rules are not reported; they have no effect.
    UnreachableRule = "unreachable-rule",
    /// An opt-out is not needed, or is given twice.
    OptOutUnneeded = "opt-out-unneeded",
    /// An entry of `allow_hosts` has a scheme.
    /// [`Host`](https://www.rfc-editor.org/rfc/rfc9110#section-7.2) has none.
    HostScheme = "host-scheme",
    /// An entry of `allow_hosts` has uppercase letters. Hosts are
    /// [case-insensitive](https://www.rfc-editor.org/rfc/rfc9110#section-4.2.3), and compared in lower case.
    HostUppercase = "host-uppercase",
    /// An entry of `allow_hosts` spells out the port 80 or 443, which clients
    /// [omit](https://www.rfc-editor.org/rfc/rfc9110#section-4.2.3).
    HostDefaultPort = "host-default-port",
    /// An entry of `allow_hosts` is not a
    /// [host with an optional port](https://www.rfc-editor.org/rfc/rfc9110#section-7.2) in the form that clients
    /// send.
    HostInvalid = "host-invalid",
    /// A pattern of `allow_hosts` accepts names that anyone can own. The owner of a name can point it at this
    /// server. For browsers, pages of that name then have the
    /// [same origin](https://html.spec.whatwg.org/multipage/browsers.html#same-origin) as the server.
    UnconfinedHost = "unconfined-host",
    /// An entry of `allow_hosts` is redundant: another entry accepts all its hosts.
    CoveredHost = "covered-host",
    /// `on_denied = Refuse` without `allow_hosts`. The owner of a domain can point it at the address of this
    /// server (DNS rebinding). For browsers, pages of that domain then have the
    /// [same origin](https://html.spec.whatwg.org/multipage/browsers.html#same-origin) as the server.
    MissingHosts = "missing-hosts",
    /// `allow_hosts = Any` in a policy that does not need it: any host is accepted without `allow_hosts` too.
    AnyHostUnneeded = "any-host-unneeded",
    /// A rule for `Any` allows what `on_denied` should refuse. With `RefuseWrites`, such a rule must list its methods.
    /// With `Refuse`, there must be no such rule, because it allows all reads.
    RefusesNothing = "refuses-nothing",
    /// `on_denied` refuses requests that may change something, but the rule for any origin does not list its
    /// methods. Browsers send a [`POST`](https://fetch.spec.whatwg.org/#cors-safelisted-method) whatever
    /// `allow_methods` contains. With `on_denied`, a page that only the rule for any origin allows may send a
    /// `POST` only if `allow_methods` of that rule lists `POST`.
    UnnamedMethods = "unnamed-methods",
    /// An origin is denied although `assert_allowed` contains it.
    AssertAllowed = "assert-allowed",
    /// An origin is allowed although `assert_denied` contains it.
    AssertDenied = "assert-denied",
}
