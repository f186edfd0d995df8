//! The grammar of [serialized origins](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin).

/// No `scheme://` is longer.
pub(crate) const LONGEST_START: usize = 64;

/// A scheme, in lower case. <https://url.spec.whatwg.org/#url-scheme-string>
pub(crate) fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'.'))
}

/// The port that is left out, which [special schemes](https://url.spec.whatwg.org/#special-scheme)
/// have.
pub(crate) fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

/// What labels of domains consist of, and wildcards stand for.
pub(crate) fn is_label_byte(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_')
}
