//! [Serialized
//! origins](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin):
//! their grammar and their parts.

#[cfg(feature = "alloc")]
use alloc::borrow::ToOwned;
#[cfg(feature = "alloc")]
use alloc::format;
#[cfg(feature = "alloc")]
use alloc::string::String;
use core::fmt;
use core::net::{Ipv4Addr, Ipv6Addr};

/// Maximum length of a scheme.
pub const MAX_SCHEME_LEN: usize = 61;

/// Maximum length of a host (<https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4>), including the
/// dot of the root.
pub const MAX_HOST_LEN: usize = 254;

/// Maximum length of a serialized origin: the longest scheme, the longest host, and a port with
/// five digits.
pub const MAX_ORIGIN_LEN: usize = MAX_SCHEME_LEN + "://".len() + MAX_HOST_LEN + ":65535".len();

/// The value of `Origin` that some apps send for local files. By the standard, their origin is opaque, and
/// sent as `null`.
pub const FILE_ORIGIN: &str = "file://";

/// A serialized [origin](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin), as a
/// browser sends it. It is the argument of the functions that
/// [`predicate(..)`](../cors_runtime/macro.cors_policy.html) names in a policy.
///
/// ```
/// use cors_runtime::Origin;
///
/// let origin = Origin::parse("https://shop.example.com:8443")?;
/// assert_eq!(origin.scheme(), "https");
/// assert_eq!(origin.host(), "shop.example.com");
/// assert_eq!(origin.port(), Some(8443));
/// assert_eq!(origin.to_string(), "https://shop.example.com:8443");
///
/// let error = Origin::parse("https://Shop.example.com").unwrap_err();
/// println!("{error}"); // the origin has uppercase letters, but browsers send lower case
/// assert_eq!(error.corrected(), Some("https://shop.example.com"));
/// assert!(Origin::parse("null").is_err());
/// # Ok::<(), cors_runtime::ParseOriginError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Origin<'o> {
    serialized: &'o str,
    scheme: &'o str,
    host: &'o str,
    port: Option<u16>,
}

impl<'o> Origin<'o> {
    /// Returns the scheme, in lower case.
    #[must_use]
    pub fn scheme(&self) -> &'o str {
        self.scheme
    }

    /// Returns the host: a domain in ASCII and lower case, an IPv4 address, or an IPv6 address in
    /// brackets. Under the scheme of an app, it is whatever the app chose: `.`, for example.
    #[must_use]
    pub fn host(&self) -> &'o str {
        self.host
    }

    /// Returns the port, unless it is the default port of the scheme.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// Returns the whole origin, as the browser sent it.
    #[must_use]
    pub fn as_str(&self) -> &'o str {
        self.serialized
    }
}

impl fmt::Display for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.serialized)
    }
}

/// Parses a serialized origin. Unlike [`Origin::parse`], it does not search for the reason of a
/// failure.
#[inline]
pub fn parse_bytes(origin: &[u8]) -> Option<Origin<'_>> {
    let origin = split_bytes(origin)?;
    let (scheme, host) = (origin.scheme, origin.host);
    let is_host = match is_special(scheme) {
        true => is_domain_or_ipv4(host) || is_ipv6(host),
        false => is_opaque_host(host) || is_ipv6(host),
    };
    (is_scheme(scheme) && is_host).then_some(origin)
}

/// Splits a serialized origin that a matcher accepts. It does not check the scheme and the host, because wildcards
/// also accept names that no URL has, such as `a.1`.
#[inline]
pub fn split_bytes(origin: &[u8]) -> Option<Origin<'_>> {
    let serialized = as_short_str(origin)?;
    let (scheme, host, digits) = split(serialized)?;
    let port = match digits {
        None => None,
        Some(digits) => match parse_port(digits.as_bytes())? {
            port if Some(port) == default_port(scheme) => return None,
            port => Some(port),
        },
    };
    Some(Origin {
        serialized,
        scheme,
        host,
        port,
    })
}

/// Returns whether bytes are what browsers and apps send as an origin: a serialized origin, `null`, or `file://`.
pub fn is_serialized_origin(origin: &[u8]) -> bool {
    origin == b"null" || origin == FILE_ORIGIN.as_bytes() || parse_bytes(origin).is_some()
}

/// Returns the reason why bytes are not a serialized origin, as a phrase that follows "the origin".
#[cold]
#[inline]
pub fn malformed_reason(origin: &[u8]) -> &'static str {
    let has = |bytes: &[u8]| origin.iter().any(|byte| bytes.contains(byte));
    if origin.is_empty() {
        return "is empty";
    } else if origin.len() > MAX_ORIGIN_LEN {
        return "is longer than any origin";
    } else if !origin.is_ascii() {
        return "is not in ASCII, but browsers send hosts in Punycode";
    } else if has(b", \t") {
        return "has a comma or white space, but browsers send one origin";
    }
    let Some(colon) = origin.windows(3).position(|bytes| bytes == b"://") else {
        return "has no scheme";
    };
    if origin[colon + 3..].iter().any(|byte| b"/?#".contains(byte)) {
        "has a path or a slash at its end, but an origin is a scheme, a host and a port"
    } else if has(b"@") {
        "has user info, but an origin is a scheme, a host and a port"
    } else if has_wrong_case(&origin[..colon], origin) {
        "has uppercase letters, but browsers send lower case"
    } else if without_port(origin).is_some() {
        "has a port that browsers leave out, or that is invalid"
    } else if split_bytes(origin).is_some_and(is_like_ipv4) {
        "has a host that ends in a number, but is not an IPv4 address as browsers send it"
    } else {
        "has a scheme or a host that no page has"
    }
}

/// Returns the correct spelling of a malformed origin whose only mistakes are uppercase letters, a path, and
/// a default port. IPv6 addresses are not corrected, because they can have several spellings.
#[cfg(feature = "alloc")]
#[cold]
#[inline]
pub fn corrected(origin: &[u8]) -> Option<String> {
    let (scheme, rest) = core::str::from_utf8(origin).ok()?.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let end = rest.find(&['/', '?', '#'][..]).unwrap_or(rest.len());
    let mut authority = rest[..end].to_owned();
    if is_special(&scheme) {
        let port = format!(":{}", default_port(&scheme)?);
        authority.make_ascii_lowercase();
        if let Some(host) = authority.strip_suffix(&port) {
            authority = host.to_owned();
        }
    }
    let corrected = format!("{scheme}://{authority}");
    let is_ipv6 = parse_bytes(corrected.as_bytes())?.host().starts_with('[');
    (!is_ipv6).then_some(corrected)
}

/// Returns whether there are uppercase letters where browsers send lower case.
#[inline]
fn has_wrong_case(scheme: &[u8], origin: &[u8]) -> bool {
    let has_uppercase = |text: &[u8]| text.iter().any(u8::is_ascii_uppercase);
    let is_special = core::str::from_utf8(scheme).is_ok_and(is_special);
    has_uppercase(scheme) || is_special && has_uppercase(origin)
}

/// Returns whether the host is an IPv4 address or invalid.
fn is_like_ipv4(origin: Origin<'_>) -> bool {
    is_special(origin.scheme) && ends_in_a_number(origin.host)
}

/// Returns the origin without its port, if that is a serialized origin.
#[inline]
fn without_port(origin: &[u8]) -> Option<Origin<'_>> {
    let colon = origin.iter().rposition(|byte| *byte == b':')?;
    parse_bytes(&origin[..colon])
}

/// Returns bytes as text, unless they are too long for an origin.
fn as_short_str(origin: &[u8]) -> Option<&str> {
    if origin.len() > MAX_ORIGIN_LEN {
        return None;
    }
    core::str::from_utf8(origin).ok()
}

/// Splits a serialized origin, or a pattern, into its scheme, its host and its port.
pub fn split(origin: &str) -> Option<(&str, &str, Option<&str>)> {
    let (scheme, rest) = origin.split_once("://")?;
    Some(match rest.rsplit_once(':') {
        Some((host, port)) if !rest.ends_with(']') => (scheme, host, Some(port)),
        _ => (scheme, rest, None),
    })
}

/// Returns whether `text` is a scheme in lower case.
/// <https://url.spec.whatwg.org/#url-scheme-string>
pub fn is_scheme(text: &str) -> bool {
    matches!(text.as_bytes(), [b'a'..=b'z', ..])
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'.'))
}

/// Returns whether the hosts under a scheme are domains and addresses, as under all
/// [special schemes](https://url.spec.whatwg.org/#special-scheme). Those of other schemes, which apps
/// register, are [opaque](https://url.spec.whatwg.org/#opaque-host).
pub fn is_special(scheme: &str) -> bool {
    matches!(scheme, "file" | "ftp" | "http" | "https" | "ws" | "wss")
}

/// Returns whether opaque hosts may contain this byte: a [URL code point](https://url.spec.whatwg.org/#url-code-points)
/// that is allowed in hosts, or the percent sign.
pub fn is_opaque_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!$%&'()*+,-.;=_~".contains(&byte)
}

/// Returns the default port of a [special scheme](https://url.spec.whatwg.org/#special-scheme),
/// which browsers omit.
pub fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

/// Returns whether requests to a host, or to all hosts that a pattern accepts, never leave the
/// machine. <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>
pub fn is_loopback_host(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_loopback = |address: Ipv4Addr| address.is_loopback();
    name == "localhost"
        || name.ends_with(".localhost")
        || host == "[::1]"
        || host.parse().is_ok_and(is_loopback)
}

/// Returns whether labels of domains contain a byte, and wildcards match it.
pub fn is_label_byte(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_')
}

fn is_opaque_host(host: &str) -> bool {
    !host.is_empty() && host.bytes().all(is_opaque_host_byte)
}

fn is_domain_or_ipv4(host: &str) -> bool {
    let relative = host.strip_suffix('.').unwrap_or(host);
    let mut labels = relative.split('.');
    labels.all(|label| !label.is_empty() && label.bytes().all(is_label_byte))
        // The standard library only parses the spelling that browsers use.
        && (!ends_in_a_number(host) || host.parse::<Ipv4Addr>().is_ok())
}

/// Returns whether a text consists of digits.
pub(crate) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether a host in lower case is an IPv4 address or invalid, as the [ends-in-a-number
/// checker](https://url.spec.whatwg.org/#ends-in-a-number-checker) does.
pub fn ends_in_a_number(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or(host);
    let digits = last.strip_prefix("0x");
    is_number(last)
        || digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_ipv6(host: &str) -> bool {
    let address = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    address.is_some_and(|address| {
        // Browsers use neither uppercase letters nor the dotted form.
        address
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b':'))
            && address.parse::<Ipv6Addr>().is_ok()
    })
}

/// Parses a port as it is serialized, without leading zeros.
#[inline]
pub fn parse_port(digits: &[u8]) -> Option<u16> {
    if digits.is_empty() || digits.len() > 5 || digits[0] == b'0' {
        return None;
    }
    let number = digits.iter().try_fold(0, |number, digit| {
        Some(number * 10 + char::from(*digit).to_digit(10)?)
    });
    u16::try_from(number?).ok()
}
