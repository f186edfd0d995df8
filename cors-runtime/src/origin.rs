//! Serialized origins, taken apart.

use core::fmt;

use cors_origin::serialized::{parts, text};

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
        let serialized = text(origin)?;
        let (scheme, host, port) = parts(serialized)?;
        Some(Self {
            serialized,
            scheme,
            host,
            port,
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

/// Whether `predicate` accepts `origin`; it is asked about valid origins only.
pub fn ask(origin: &[u8], predicate: impl FnOnce(&Origin<'_>) -> bool) -> bool {
    Origin::parse(origin).is_some_and(|origin| predicate(&origin))
}
