//! Why bytes are no origin.

use crate::origin::Origin;
use cors_origin::serialized::LONGEST;

/// What keeps bytes from being a serialized origin, as the rest of a sentence about it.
pub(super) fn fault(origin: &[u8]) -> &'static str {
    let has = |bytes: &[u8]| origin.iter().any(|byte| bytes.contains(byte));
    if origin.is_empty() {
        return "is empty";
    } else if origin.len() > LONGEST {
        return "is longer than any origin";
    } else if !origin.is_ascii() {
        return "is not in ASCII, while browsers send hosts in Punycode";
    } else if has(b", \t") {
        return "has a comma or white space, while browsers send one origin";
    }
    let Some(colon) = origin.windows(3).position(|bytes| bytes == b"://") else {
        return "has no scheme";
    };
    if origin[colon + 3..].iter().any(|byte| b"/?#".contains(byte)) {
        "has a path or a slash at its end, while an origin is a scheme, a host and a port"
    } else if has(b"@") {
        "has user info, while an origin is a scheme, a host and a port"
    } else if origin.iter().any(u8::is_ascii_uppercase) {
        "has uppercase letters, while browsers send lower case"
    } else if without_port(origin).is_some() {
        "has a port that browsers leave out or do not know"
    } else {
        "has a scheme or a host that no page has"
    }
}

/// The origin without its port, if that is a serialized origin.
fn without_port(origin: &[u8]) -> Option<Origin<'_>> {
    let colon = origin.iter().rposition(|byte| *byte == b':')?;
    Origin::parse(&origin[..colon])
}
