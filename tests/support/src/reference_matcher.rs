//! Which origins a pattern means, read from its text by trying everything.
//!
//! The reference that generated matchers are compared with. It shares no code and no idea with
//! them: no automaton, no expression, no table.

/// The longest origin that a pattern with wildcards accepts.
const MAX_ORIGIN_LEN: usize = 64 + 254 + 6;

/// Whether `pattern`, an entry of `allow_origins`, accepts `origin`.
pub fn accepts(pattern: &str, origin: &[u8]) -> bool {
    let Ok(origin) = std::str::from_utf8(origin) else {
        return false;
    };
    if !pattern.contains('*') {
        return pattern == origin;
    }
    let (Some(pattern), Some(origin)) = (split(pattern), split(origin)) else {
        return false;
    };
    let length = origin.0.len() + 3 + origin.1.len() + origin.2.map_or(0, |port| port.len() + 1);
    length <= MAX_ORIGIN_LEN
        && pattern.0 == origin.0
        && host(pattern.1, origin.1)
        && match pattern.2 {
            Some("*") => origin.2.is_none_or(|port| is_port(port, origin.0)),
            port => port == origin.2,
        }
}

/// Scheme, host and port.
fn split(origin: &str) -> Option<(&str, &str, Option<&str>)> {
    let (scheme, rest) = origin.split_once("://")?;
    Some(match rest.rfind(':') {
        Some(colon) if !rest.ends_with(']') => (scheme, &rest[..colon], Some(&rest[colon + 1..])),
        _ => (scheme, rest, None),
    })
}

fn is_port(port: &str, scheme: &str) -> bool {
    let number: Option<u16> = port.parse().ok();
    let default = match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    };
    // Printed again it must be the same text: no zeros before it, no sign.
    number.is_some_and(|number| number != 0 && number.to_string() == port) && number != default
}

fn host(pattern: &str, host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let patterns: Vec<&str> = pattern.split('.').collect();
    if patterns[0] != "**" {
        return all_labels(&patterns, &labels);
    }
    (1..=labels.len()).any(|deep| {
        labels[..deep].iter().all(|text| label("*", text))
            && all_labels(&patterns[1..], &labels[deep..])
    })
}

fn all_labels(patterns: &[&str], labels: &[&str]) -> bool {
    patterns.len() == labels.len()
        && patterns
            .iter()
            .zip(labels)
            .all(|(pattern, text)| label(pattern, text))
}

fn label(pattern: &str, text: &str) -> bool {
    match pattern.strip_prefix('*') {
        Some(rest) => (1..=text.len())
            .filter(|end| text.is_char_boundary(*end))
            .any(|end| text[..end].bytes().all(is_wild) && label(rest, &text[end..])),
        None => match (pattern.chars().next(), text.chars().next()) {
            (None, None) => true,
            (Some(a), Some(b)) if a == b => label(&pattern[a.len_utf8()..], &text[b.len_utf8()..]),
            _ => false,
        },
    }
}

/// Returns whether wildcards match a byte.
fn is_wild(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_')
}
