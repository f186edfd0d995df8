//! What concerns an entry as a whole: that it is one origin, and nothing around it.

use super::fault::{Fault, Flaws};
use crate::diagnostics::Check;

/// Longer than a host of 253 bytes can be with everything around it, in Unicode and with a path.
const LONGEST: usize = 4096;

/// Refuses what is not one origin at all.
pub(crate) fn check(text: &str) -> Result<(), Fault> {
    let text = text.trim();
    if text.len() > LONGEST {
        return Err(
            Fault::new(Check::OriginTooLong, "is longer than any origin")
                .note("a host has 253 bytes at most, so this entry never matches"),
        );
    }
    let pieces = || {
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
            .filter(|piece| !piece.is_empty())
    };
    match text {
        "" => Err(Fault::new(Check::OriginMissingHost, "is empty")
            .note("an origin is a scheme, a host and an optional port")
            .help("write `\"https://example.com\"`")),
        "*" => Err(
            Fault::new(Check::OriginAny, "is not the word for any origin")
                .note(
                    "within a list it would be compared with the `Origin` header, and never match",
                )
                .help("write `allow_origins = Any`"),
        ),
        // `null` itself is no origin, and not read as one.
        _ if text.eq_ignore_ascii_case("null") => Err(Fault::new(
            Check::OriginNull,
            "is not spelled as browsers send it",
        )
        .note("browsers send `null`, so this entry never matches")
        .help("list the origins that you trust, as in `\"https://example.com\"`")),
        _ if pieces().count() > 1 && pieces().all(looks_like_an_origin) => {
            let fault = Fault::new(Check::OriginList, "is several origins")
                .note("a browser sends one origin, so this entry never matches");
            let apart: Result<Vec<String>, _> = pieces()
                .map(|piece| super::parse(piece).map(|origin| format!("\"{origin}\"")))
                .collect();
            Err(fault.help(match apart {
                Ok(apart) => format!("write `{}`", apart.join(", ")),
                Err(_) => "write each origin as an entry of its own".into(),
            }))
        }
        _ if text.contains(char::is_whitespace) => {
            Err(Fault::new(Check::OriginWhitespace, "contains white space")
                .note("no origin does, so this entry never matches"))
        }
        _ => Ok(()),
    }
}

fn looks_like_an_origin(piece: &str) -> bool {
    piece.contains(['.', ':']) && piece.trim_end_matches('/').ends_with(char::is_alphanumeric)
}

pub(crate) fn trim<'t>(text: &'t str, flaws: &mut Flaws) -> &'t str {
    if text.trim() != text {
        flaws.add(
            Fault::new(
                Check::OriginWhitespace,
                "has white space before or after it",
            )
            .note("it is compared byte for byte, so this entry never matches"),
        );
    }
    text.trim()
}

/// Host and port out of what follows `://`.
pub(crate) fn authority<'t>(rest: &'t str, flaws: &mut Flaws) -> &'t str {
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let host =
        match authority.rsplit_once('@') {
            Some((_, host)) => {
                flaws.add(Fault::new(Check::OriginUserInfo, "has a user name").note(
                    "browsers leave it out of the `Origin` header, so this entry never matches",
                ));
                host
            }
            None => authority,
        };
    let tail_is = match tail.as_bytes() {
        [] => return host,
        [b'/' | b'\\'] => {
            flaws.add(
                Fault::new(Check::OriginTrailingSlash, "has a trailing slash")
                    .note("an origin is a scheme, a host and an optional port"),
            );
            return host;
        }
        [b'?', ..] => "query",
        [b'#', ..] => "fragment",
        _ => "path",
    };
    flaws.add(
        Fault::new(Check::OriginPath, format!("has a {tail_is}"))
            .note("browsers send a scheme, a host and an optional port, and trust is per origin"),
    );
    host
}
