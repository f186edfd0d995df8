//! The stable name of every check.

/// Declares [`Check`] from one list: variant, name, and the explanation that the
/// reference page `cors_runtime::diagnostics` prints.
macro_rules! checks {
    ($($(#[doc = $line:literal])+ $variant:ident = $name:literal,)+) => {
        /// What a problem is an instance of; its name is shown in the message.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Check {
            $($(#[doc = $line])+ $variant,)+
        }

        impl Check {
            /// Returns its name in kebab case: the heading of its section on the reference page.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// Every check in the order of the reference page, with its explanation.
            pub const ALL: &'static [(Self, &'static str)] =
                &[$((Self::$variant, concat!($($line, "\n"),+)),)+];
        }
    };
}

checks! {
    // ---- Form ----
    /// The policy has a key that the language does not know.
    UnknownKey = "unknown-key",
    /// A key is given twice, so one of its values would be ignored.
    DuplicateKey = "duplicate-key",
    /// A key about the policy as a whole stands in a rule.
    MisplacedKey = "misplaced-key",
    /// An attribute stands where none may. `#[cfg(..)]` may stand on the entries of `allow_origins`
    /// and `allow_hosts`.
    MisplacedAttribute = "misplaced-attribute",
    /// A key outside of the rules is set by every rule, so that it means nothing.
    UnusedDefault = "unused-default",
    /// A key has a value of another kind, such as a number where a list belongs.
    WrongShape = "wrong-shape",
    /// Two entries have no comma between them.
    MissingComma = "missing-comma",
    /// A bare word or a call stands where the language has no such word.
    UnknownWord = "unknown-word",
    /// `allow_origins` is missing. A policy without origins would allow nobody.
    MissingOrigins = "missing-origins",
    /// A list has no entries. To allow nothing, leave the key out.
    EmptyList = "empty-list",
    /// A list has the same entry twice. Header names are compared without regard to case, as
    /// [browsers do](https://fetch.spec.whatwg.org/#concept-header-name).
    DuplicateEntry = "duplicate-entry",

    /// An environment variable that entries are read from is not set, or empty.
    EnvMissing = "env-missing",

    /// `Configured` stands in a policy more than once. It stands for one list of origins, which the
    /// program gives to the policy when it runs.
    ConfiguredTwice = "configured-twice",

    // ---- Origins ----
    /// An origin has no scheme. Browsers send
    /// [scheme, host and port](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin).
    OriginMissingScheme = "origin-missing-scheme",
    /// An origin has a scheme that no origin can have: it is not written as a
    /// [URL scheme](https://url.spec.whatwg.org/#url-scheme-string) is, or it contains a wildcard.
    OriginScheme = "origin-scheme",
    /// No page ever has an origin with this scheme: pages of `file:`, `data:`, `blob:` and their like
    /// have an [opaque origin](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque),
    /// sent as `null`, and `ws:`, `wss:` and `ftp:` carry no pages.
    OriginOpaqueScheme = "origin-opaque-scheme",
    /// `null` is what browsers send for every
    /// [opaque origin](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque):
    /// anybody's sandboxed frame has it.
    OriginNull = "origin-null",
    /// `file://` is what some apps send for local files of any author, while browsers send `null` for their
    /// [opaque origin](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque).
    OriginFile = "origin-file",
    /// `"*"` stands among the origins, where it would be a host of that name. The language spells it `Any`.
    OriginAny = "origin-any",
    /// One string has several origins. An `Origin` header
    /// [has one](https://fetch.spec.whatwg.org/#origin-header).
    OriginList = "origin-list",
    /// A regular expression stands in a string without `regex(..)` around it.
    OriginRegex = "origin-regex",
    /// An origin contains white space.
    OriginWhitespace = "origin-whitespace",
    /// An origin has a user name or a password, which browsers leave out.
    OriginUserInfo = "origin-user-info",
    /// An origin ends in a slash. A
    /// [serialized origin](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin)
    /// does not.
    OriginTrailingSlash = "origin-trailing-slash",
    /// An origin has a path, a query or a fragment. CORS trusts origins as a whole; browsers do not send the rest.
    OriginPath = "origin-path",
    /// An origin has uppercase letters. Browsers
    /// [send the scheme and the host in lower case](https://url.spec.whatwg.org/#concept-domain-to-ascii),
    /// and origins are compared byte for byte.
    OriginUppercase = "origin-uppercase",
    /// An origin spells out the
    /// [default port](https://url.spec.whatwg.org/#default-port) of its scheme, which browsers leave out.
    OriginDefaultPort = "origin-default-port",
    /// An origin has a port that is no number from 1 to 65535, or has leading zeros.
    OriginPort = "origin-port",
    /// An origin has no host.
    OriginMissingHost = "origin-missing-host",
    /// An origin has a byte in its host that
    /// [no host has](https://url.spec.whatwg.org/#forbidden-domain-code-point), or the placeholder of a
    /// template.
    OriginHost = "origin-host",
    /// An origin has a host in Unicode. Browsers send
    /// [its ASCII form](https://url.spec.whatwg.org/#concept-domain-to-ascii), in Punycode.
    OriginUnicode = "origin-unicode",
    /// A label of an origin starts with `xn--` and is not valid
    /// [Punycode](https://www.rfc-editor.org/rfc/rfc3492).
    OriginPunycode = "origin-punycode",
    /// An IPv4 address is not [written as browsers write it](https://url.spec.whatwg.org/#concept-ipv4-serializer),
    /// or is none although the host ends in a number.
    OriginIpv4 = "origin-ipv4",
    /// An IPv6 address is not [written as browsers write it](https://url.spec.whatwg.org/#concept-ipv6-serializer):
    /// in lower case, compressed, without a zone.
    OriginIpv6 = "origin-ipv6",
    /// A host has an empty label (two dots in a row).
    OriginEmptyLabel = "origin-empty-label",
    /// A label is longer than 63 bytes or a host longer than 253: no name server
    /// [can hold it](https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4).
    OriginTooLong = "origin-too-long",
    /// A wildcard stands in an IP address.
    WildcardIp = "wildcard-ip",
    /// A wildcard is part of a port. `:*` is any port; there is nothing in between.
    WildcardPort = "wildcard-port",
    /// `**` is not the whole leftmost label, or more than two `*` stand in a row.
    WildcardDeep = "wildcard-deep",

    /// A regex is no regular expression in the syntax of the
    /// [`regex`](https://docs.rs/regex/latest/regex/#syntax) crate.
    RegexInvalid = "regex-invalid",
    /// The automaton of a regex is larger than this macro builds, or the automata of all regexes of a
    /// policy together are.
    RegexTooLarge = "regex-too-large",
    /// A regex accepts no
    /// [serialized origin](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin).
    RegexEmpty = "regex-empty",

    // ---- Methods ----
    /// A method is not a [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2), or it looks like
    /// a pattern, while browsers compare methods as a whole.
    MethodInvalid = "method-invalid",
    /// A bare word is no [registered method](https://www.iana.org/assignments/http-methods). A method
    /// of one's own is written as a string.
    MethodUnknown = "method-unknown",
    /// Scripts may not use `CONNECT`, `TRACE` and `TRACK`: they are
    /// [forbidden methods](https://fetch.spec.whatwg.org/#forbidden-method).
    MethodForbidden = "method-forbidden",
    /// A registered method is written in lower case. Methods are case-sensitive, and browsers
    /// [normalize](https://fetch.spec.whatwg.org/#concept-method-normalize) only six of them.
    MethodCase = "method-case",

    // ---- Headers ----
    /// A header name is not a [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.1), or it looks
    /// like a pattern, while browsers compare names as a whole.
    HeaderInvalid = "header-invalid",
    /// Scripts cannot set this request header: it is a
    /// [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header), so no preflight asks for it.
    RequestHeaderForbidden = "request-header-forbidden",
    /// A response header stands in `allow_headers`, which lists request headers.
    RequestHeaderResponseOnly = "request-header-response-only",
    /// Scripts cannot read `Set-Cookie`: it is a
    /// [forbidden response-header name](https://fetch.spec.whatwg.org/#forbidden-response-header-name).
    ExposedHeaderForbidden = "exposed-header-forbidden",
    /// A request header stands in `expose_headers`, which lists response headers.
    ExposedHeaderRequestOnly = "exposed-header-request-only",

    /// A request header stands beside `Any`, which covers it. Only `Authorization`
    /// [is not covered](https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name).
    CoveredHeader = "covered-header",

    // ---- Numbers ----
    /// `max_age` is longer than [any browser keeps](https://fetch.spec.whatwg.org/#concept-cache-max-age) a preflight.
    MaxAgeTooLong = "max-age-too-long",
    /// `preflight_status` is not an [ok status](https://fetch.spec.whatwg.org/#ok-status), so no preflight would succeed.
    PreflightStatus = "preflight-status",

    // ---- The whole policy ----
    /// `allow_origins = Any` together with credentials. Browsers
    /// [refuse it](https://fetch.spec.whatwg.org/#cors-protocol-and-credentials), and an answer that works around
    /// the refusal would let any site act in the name of its visitors.
    CredentialsAnyOrigin = "credentials-any-origin",
    /// `allow_methods = Any` together with credentials: browsers then take `*` for
    /// [a method of that name](https://fetch.spec.whatwg.org/#http-access-control-allow-methods).
    CredentialsAnyMethod = "credentials-any-method",
    /// `allow_headers = Any` together with credentials: browsers then take `*` for
    /// [a header of that name](https://fetch.spec.whatwg.org/#http-access-control-allow-headers).
    CredentialsAnyHeader = "credentials-any-header",
    /// `expose_headers = Any` together with credentials: browsers then take `*` for
    /// [a header of that name](https://fetch.spec.whatwg.org/#http-access-control-expose-headers).
    CredentialsAnyExposedHeader = "credentials-any-exposed-header",
    /// A plain `http` origin together with credentials: anyone on a visitor's network path can
    /// [forge its pages](https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy).
    CredentialsInsecureOrigin = "credentials-insecure-origin",
    /// A predicate together with credentials: nothing can be proved about
    /// [who may send them](https://fetch.spec.whatwg.org/#cors-protocol-and-credentials).
    CredentialsPredicate = "credentials-predicate",
    /// A pattern or a regex accepts origins under more registrable domains than anybody owns: it
    /// has a wildcard in a [public suffix](https://publicsuffix.org/learn/) or in a registrable
    /// domain, or a dot that stands for any byte.
    UnconfinedOrigin = "unconfined-origin",
    /// All that an entry accepts is accepted by another. Comparisons have a limit, so that no policy
    /// takes long to compile: beyond it, a covered entry is not reported. It does no harm.
    CoveredOrigin = "covered-origin",
    /// All that a rule accepts is accepted by rules before it, and the first that allows an origin
    /// decides. Comparisons have a limit: beyond it, such a rule is not reported. It does no harm.
    UnreachableRule = "unreachable-rule",
    /// A risk is accepted that an entry does not take, or it is accepted twice.
    OptOutUnneeded = "opt-out-unneeded",
    /// An entry of `allow_hosts` has a scheme.
    /// [`Host`](https://www.rfc-editor.org/rfc/rfc9110#section-7.2) has none.
    HostScheme = "host-scheme",
    /// An entry of `allow_hosts` has uppercase letters. Hosts are compared
    /// [without regard to case](https://www.rfc-editor.org/rfc/rfc9110#section-4.2.3), in lower case.
    HostUppercase = "host-uppercase",
    /// An entry of `allow_hosts` spells out the port 80 or 443, which clients
    /// [leave out](https://www.rfc-editor.org/rfc/rfc9110#section-4.2.3).
    HostDefaultPort = "host-default-port",
    /// An entry of `allow_hosts` is no
    /// [host with an optional port](https://www.rfc-editor.org/rfc/rfc9110#section-7.2), as clients write it.
    HostInvalid = "host-invalid",
    /// A pattern of `allow_hosts` accepts names that anybody may own. Whoever owns one can have it lead to
    /// this server, so that pages of that name are
    /// [of the same origin](https://html.spec.whatwg.org/multipage/browsers.html#same-origin) as the server.
    UnconfinedHost = "unconfined-host",
    /// All that an entry of `allow_hosts` accepts is accepted by another.
    CoveredHost = "covered-host",
    /// `on_denied = Refuse` without `allow_hosts`. A page can have a name of its own lead to the address of
    /// this server (DNS rebinding), and is then
    /// [of the same origin](https://html.spec.whatwg.org/multipage/browsers.html#same-origin).
    MissingHosts = "missing-hosts",
    /// `allow_hosts = Any` in a policy that does not need it: it means the same as no `allow_hosts`.
    AnyHostUnneeded = "any-host-unneeded",
    /// `on_denied` in a policy that allows to any origin what it would refuse.
    RefusesNothing = "refuses-nothing",
    /// `on_denied` refuses what may change something, and the rule for any origin does not say which
    /// methods are open to every page: those that need
    /// [no permission](https://fetch.spec.whatwg.org/#cors-safelisted-method) by default are not.
    UnnamedMethods = "unnamed-methods",
    /// An origin is asserted to be allowed, and is denied.
    AssertAllowed = "assert-allowed",
    /// An origin is asserted to be denied, and is allowed.
    AssertDenied = "assert-denied",
}
