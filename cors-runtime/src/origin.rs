//! Serialized origins, taken apart.

use core::fmt;
use core::net::Ipv6Addr;

use crate::shared::serialized::{LONGEST_START, default_port, is_label_byte, is_scheme};

/// No serialized origin is longer: its host has 254 bytes at most
/// (<https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4>, and the root's dot), and its port six with
/// the colon.
pub(crate) const LONGEST: usize = LONGEST_START + 254 + 6;

/// An [origin](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin) that a browser
/// sent, in its parts. A `predicate` of a policy is asked about one.
///
/// ```
/// use cors_runtime::Origin;
///
/// let origin = Origin::parse(b"https://shop.example.com:8443").unwrap();
/// assert_eq!(origin.scheme(), "https");
/// assert_eq!(origin.host(), "shop.example.com");
/// assert_eq!(origin.port(), Some(8443));
/// assert_eq!(origin.to_string(), "https://shop.example.com:8443");
///
/// assert!(Origin::parse(b"https://Shop.example.com").is_none());
/// assert!(Origin::parse(b"null").is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Origin<'o> {
    serialized: &'o str,
    scheme: &'o str,
    host: &'o str,
    port: Option<u16>,
}

impl<'o> Origin<'o> {
    /// Takes a serialized origin apart. `None` for everything else: `null`, uppercase letters, a
    /// default port, a path, an invalid host, or any other bytes.
    ///
    /// Hosts are what name servers and browsers agree on: labels of `a`–`z`, `0`–`9`, `-` and `_`,
    /// with or without the dot of the root, or an IPv6 address in brackets.
    #[must_use]
    pub fn parse(origin: &'o [u8]) -> Option<Self> {
        if origin.len() > LONGEST {
            return None;
        }
        let serialized = core::str::from_utf8(origin).ok()?;
        let (scheme, host, digits) = split(serialized)?;
        let is_valid = is_scheme(scheme) && (is_domain(host) || is_ipv6(host));
        is_valid.then_some(Self {
            serialized,
            scheme,
            host,
            port: match digits {
                None => None,
                // A default port is not serialized.
                Some(digits) => match port(digits.as_bytes())? {
                    port if Some(port) == default_port(scheme) => return None,
                    port => Some(port),
                },
            },
        })
    }

    /// The scheme, in lower case.
    #[must_use]
    pub fn scheme(&self) -> &'o str {
        self.scheme
    }

    /// The host: a domain in ASCII and lower case, an IPv4 address, or an IPv6 address in brackets.
    #[must_use]
    pub fn host(&self) -> &'o str {
        self.host
    }

    /// The port, unless it is the default port of the scheme.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The whole origin, as the browser sent it.
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

/// The scheme, the host and the port of a serialized origin, or of a pattern.
pub(crate) fn split(origin: &str) -> Option<(&str, &str, Option<&str>)> {
    let (scheme, rest) = origin.split_once("://")?;
    Some(match rest.rsplit_once(':') {
        Some((host, port)) if !rest.ends_with(']') => (scheme, host, Some(port)),
        _ => (scheme, rest, None),
    })
}

/// Whether `predicate` accepts `origin`; it is asked about valid origins only.
pub fn ask(origin: &[u8], predicate: impl FnOnce(&Origin<'_>) -> bool) -> bool {
    Origin::parse(origin).is_some_and(|origin| predicate(&origin))
}

fn is_domain(host: &str) -> bool {
    let relative = host.strip_suffix('.').unwrap_or(host);
    relative
        .split('.')
        .all(|label| !label.is_empty() && label.bytes().all(is_label_byte))
}

fn is_ipv6(host: &str) -> bool {
    let address = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    address.is_some_and(|address| {
        // Browsers write neither uppercase letters nor the dotted form.
        address
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b':'))
            && address.parse::<Ipv6Addr>().is_ok()
    })
}

/// A port as it is serialized, without leading zeros.
pub(crate) fn port(digits: &[u8]) -> Option<u16> {
    if digits.is_empty() || digits.len() > 5 || digits[0] == b'0' {
        return None;
    }
    let number = digits.iter().try_fold(0, |number, digit| {
        Some(number * 10 + char::from(*digit).to_digit(10)?)
    });
    u16::try_from(number?).ok()
}
