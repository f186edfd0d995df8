//! What concerns an entry as a whole: that it is one origin, and nothing around it.

use super::fault::{Fault, Flaws};
use super::placeholder;
use crate::check::Check;
use crate::model::regex;

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
    match text {
        "" => Err(Fault::new(Check::OriginMissingHost, "is empty")
            .note("an origin is a scheme, a host and an optional port")
            .help("write `\"https://example.com\"`")),
        "*" => Err(
            Fault::new(Check::OriginAny, "is not the word for any origin")
                .note(
                    "within a list it would be compared with the `Origin` header, and never match",
                )
                .help("write `Any` in place of the list"),
        ),
        // `null` itself is no origin, and not read as one.
        _ if text.eq_ignore_ascii_case("null") => Err(Fault::new(
            Check::OriginNull,
            "is not spelled as browsers send it",
        )
        .note("browsers send `null`, so this entry never matches")
        .help("list the origins that you trust, as in `\"https://example.com\"`")),
        _ if looks_like_a_regex(text) => Err(regex(text)),
        _ => match placeholder::alternatives(text) {
            Some(origins) => Err(several(origins.iter().map(String::as_str))),
            None if pieces(text).count() > 1 && pieces(text).all(looks_like_an_origin) => {
                Err(several(pieces(text)))
            }
            None if text.contains(char::is_whitespace) => {
                Err(Fault::new(Check::OriginWhitespace, "contains white space")
                    .note("no origin does, so this entry never matches"))
            }
            None => Ok(()),
        },
    }
}

/// What stands between commas and white space.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .filter(|piece| !piece.is_empty())
}

fn several<'p>(pieces: impl Iterator<Item = &'p str>) -> Fault {
    let fault = Fault::new(Check::OriginList, "is several origins")
        .note("a browser sends one origin, so this entry never matches");
    // `https://exam ple.org` is one, with a slip of the finger.
    let pieces: Vec<&str> = pieces.collect();
    let are_alike = pieces
        .windows(2)
        .all(|two| two[0].contains("://") == two[1].contains("://"));
    let apart: Option<Vec<String>> = pieces
        .iter()
        .map(|piece| super::meant(piece).map(|origin| format!("{:?}", origin.to_string())))
        .collect();
    let apart = apart.filter(|_| are_alike);
    fault.help(match apart {
        Some(apart) => format!("write `{}`", apart.join(", ")),
        None => "write each origin as an entry of its own".into(),
    })
}

/// What hardly any pattern has, and many a regex.
const OF_REGEXES: [&str; 12] = [
    r"\.", "://.*", ".+", "[a-", "[A-", "[0-9", "[^", "?://", "(?", r"\d", r"\w", ")?",
];

fn looks_like_a_regex(text: &str) -> bool {
    text.starts_with('^')
        || text.starts_with(".*")
        || text.contains('(') && text.contains('|')
        || OF_REGEXES.iter().any(|sign| text.contains(sign))
}

fn regex(text: &str) -> Fault {
    let [_, meant] = regex::meant(text);
    Fault::new(Check::OriginRegex, "is a regular expression")
        .note("a string is an origin or a pattern, in which `*` stands for part of a label")
        .help(match super::as_pattern(&meant) {
            Some(pattern) => format!("write `\"{pattern}\"`"),
            None => format!("write `regex({text:?})`"),
        })
}

pub(crate) fn looks_like_an_origin(piece: &str) -> bool {
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
