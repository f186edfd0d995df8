//! The authority of a request, in `Host` or `:authority`: the name of the server that the client intends to
//! reach.

use crate::origin::{MAX_HOST_LEN, default_port, parse_bytes, parse_port};

/// The host and the port of a request, in the form that matchers compare.
///
/// Hosts are [compared case-insensitively](https://www.rfc-editor.org/rfc/rfc9110#section-4.2.3),
/// and default ports are omitted. Often only the proxy in front knows whether a request used `http`
/// or `https`, so the default ports of both are omitted.
#[derive(Debug, Clone, Copy)]
pub struct Authority {
    text: [u8; MAX_LEN],
    length: usize,
}

/// Matchers compare origins, so an authority is compared as an origin with this scheme.
pub const SCHEME: &str = "https";

const PREFIX: &[u8] = b"https://";

const MAX_LEN: usize = PREFIX.len() + MAX_HOST_LEN + ":65535".len();

impl Authority {
    /// Parses the value of `Host`, or an authority. Returns `None` if it exceeds the maximum
    /// length. Any bytes are safe: no matcher accepts invalid authorities.
    #[must_use]
    pub fn new(value: &[u8]) -> Option<Self> {
        let value = without_default_port(value);
        let length = PREFIX.len() + value.len();
        let mut text = [0; MAX_LEN];
        let (prefix, rest) = text.split_at_mut(PREFIX.len());
        prefix.copy_from_slice(PREFIX);
        let place = rest.get_mut(..value.len())?;
        place.copy_from_slice(value);
        place.make_ascii_lowercase();
        Some(Self { text, length })
    }

    /// Returns the authority as an origin of [`SCHEME`], which matchers of hosts compare.
    #[must_use]
    pub fn as_origin(&self) -> &[u8] {
        self.text.get(..self.length).unwrap_or_default()
    }
}

/// Returns the host and the port of an origin of [`SCHEME`], in source form.
#[must_use]
pub fn host_text(origin: &str) -> &str {
    let rest = origin.strip_prefix(SCHEME);
    let rest = rest.and_then(|rest| rest.strip_prefix("://"));
    rest.unwrap_or(origin)
}

fn without_default_port(value: &[u8]) -> &[u8] {
    let omitted: [&[u8]; 3] = [b":443", b":80", b":"];
    let host = omitted.iter().find_map(|port| value.strip_suffix(*port));
    host.unwrap_or(value)
}

/// Returns whether an origin has the host and the port of an authority. The request does not
/// contain the scheme, so that is not compared. `null` and origins with other schemes than `http`
/// and `https` never match.
#[must_use]
pub fn is_same_host(origin: &[u8], authority: &[u8]) -> bool {
    let Some(origin) = parse_bytes(origin) else {
        return false;
    };
    let Some(default) = default_port(origin.scheme()) else {
        return false;
    };
    let colon = authority.iter().rposition(|byte| *byte == b':');
    let (host, port) = match colon {
        Some(colon) if !authority.ends_with(b"]") => {
            let (host, port) = authority.split_at(colon);
            match port.get(1..).unwrap_or_default() {
                [] => (host, Some(default)),
                digits => (host, parse_port(digits)),
            }
        }
        _ => (authority, Some(default)),
    };
    host.eq_ignore_ascii_case(origin.host().as_bytes())
        && port == Some(origin.port().unwrap_or(default))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_default_ports_do_not_count() {
        let normal = |value: &'static str| {
            let authority = Authority::new(value.as_bytes()).unwrap();
            authority.as_origin()[PREFIX.len()..].to_vec()
        };
        for (value, expected) in [
            ("example.com", "example.com"),
            ("Example.COM:8080", "example.com:8080"),
            ("example.com:80", "example.com"),
            ("example.com:443", "example.com"),
            ("example.com:", "example.com"),
            ("example.com:4430", "example.com:4430"),
            ("[::1]:80", "[::1]"),
            ("[::80]", "[::80]"),
            ("", ""),
        ] {
            assert_eq!(normal(value), expected.as_bytes(), "{value}");
        }
        let longest = [b'a'; MAX_LEN - PREFIX.len() + 1];
        assert!(Authority::new(&longest).is_none());
        assert!(Authority::new(&longest[1..]).is_some());
    }

    #[test]
    fn the_origin_of_a_server_has_its_host_and_its_port() {
        for (origin, authority) in [
            ("https://example.com", "example.com"),
            ("https://example.com", "EXAMPLE.com:443"),
            ("http://example.com", "example.com"),
            ("http://example.com", "example.com:80"),
            ("http://example.com:443", "example.com:443"),
            ("http://localhost:3000", "localhost:3000"),
            ("http://[::1]:3000", "[::1]:3000"),
            ("http://[::1]", "[::1]"),
            ("https://example.com", "example.com:"),
        ] {
            assert!(
                is_same_host(origin.as_bytes(), authority.as_bytes()),
                "{origin} {authority}"
            );
        }
        for (origin, authority) in [
            ("https://example.com", "example.com:80"),
            ("https://example.com", "example.com:8443"),
            ("https://example.com:8443", "example.com"),
            ("http://example.com:443", "example.com"),
            ("https://a.example.com", "example.com"),
            ("https://example.com", "example.com."),
            ("https://example.com", "user@example.com"),
            ("https://example.com", "example.com:0443"),
            ("app://example.com", "example.com"),
            ("null", "null"),
            ("", ""),
            ("https://example.com", ""),
        ] {
            assert!(
                !is_same_host(origin.as_bytes(), authority.as_bytes()),
                "{origin} {authority}"
            );
        }
    }
}
