//! The grammar of [serialized origins](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin).

use core::net::Ipv6Addr;

/// No `scheme://` is longer.
pub const LONGEST_START: usize = 64;

/// No serialized origin is longer: its host has 254 bytes at most
/// (<https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4>, and the root's dot), and its port six with
/// the colon.
pub const LONGEST: usize = LONGEST_START + 254 + 6;

/// Whether bytes are what browsers send for an origin. A rule for `Any` beside others is for no other.
pub fn is_sent(origin: &[u8]) -> bool {
    text(origin).is_some_and(|text| text == "null" || parts(text).is_some())
}

/// What is short enough for an origin, as text. Nothing else is looked at.
pub fn text(origin: &[u8]) -> Option<&str> {
    if origin.len() > LONGEST {
        return None;
    }
    core::str::from_utf8(origin).ok()
}

/// The scheme, the host and the port of a serialized origin; a default port is not serialized.
pub fn parts(origin: &str) -> Option<(&str, &str, Option<u16>)> {
    let (scheme, host, digits) = split(origin)?;
    let port = match digits {
        None => None,
        Some(digits) => match port(digits.as_bytes())? {
            port if Some(port) == default_port(scheme) => return None,
            port => Some(port),
        },
    };
    let is_valid = is_scheme(scheme) && (is_domain(host) || is_ipv6(host));
    is_valid.then_some((scheme, host, port))
}

/// The scheme, the host and the port of a serialized origin, or of a pattern.
pub fn split(origin: &str) -> Option<(&str, &str, Option<&str>)> {
    let (scheme, rest) = origin.split_once("://")?;
    Some(match rest.rsplit_once(':') {
        Some((host, port)) if !rest.ends_with(']') => (scheme, host, Some(port)),
        _ => (scheme, rest, None),
    })
}

/// A scheme, in lower case. <https://url.spec.whatwg.org/#url-scheme-string>
pub fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'.'))
}

/// The port that is left out, which [special schemes](https://url.spec.whatwg.org/#special-scheme)
/// have.
pub fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

/// What labels of domains consist of, and wildcards stand for.
pub fn is_label_byte(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_')
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
pub fn port(digits: &[u8]) -> Option<u16> {
    if digits.is_empty() || digits.len() > 5 || digits[0] == b'0' {
        return None;
    }
    let number = digits.iter().try_fold(0, |number, digit| {
        Some(number * 10 + char::from(*digit).to_digit(10)?)
    });
    u16::try_from(number?).ok()
}
