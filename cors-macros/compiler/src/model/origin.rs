//! Entries that are written as strings: why one is refused, as a diagnostic.

use crate::check::Check;
use crate::diagnostic::{Diagnostic, LONGEST_OFFER, quoted, text};
use crate::model::regex;
use cors_origin::pattern::{Pattern, Reason, suggest};

/// Parses an entry.
pub(crate) fn parse(text: &str) -> Result<Pattern, Diagnostic> {
    Pattern::parse(text).map_err(|error| {
        let reason = error.reason();
        let title = text!["origin ", quoted(text), " ", reason.to_string()];
        let mut diagnostic = Diagnostic::new(check(reason), title);
        if let Some(note) = reason.note() {
            diagnostic = diagnostic.note(note);
        }
        match entries(error.corrected()) {
            Some(entries) => diagnostic.help(format!("write `{entries}`")),
            None => match advice(reason, text.trim()) {
                Some(advice) => diagnostic.help(advice),
                None => diagnostic,
            },
        }
    })
}

/// Returns the entries that a text was meant for: an origin, or several with something between them.
pub(crate) fn meant_entries(text: &str) -> Option<String> {
    (text.len() <= LONGEST_OFFER)
        .then(|| entries(&suggest(text)))
        .flatten()
}

/// Prints patterns as entries of a list, if there are any.
fn entries(patterns: &[Pattern]) -> Option<String> {
    let entries = patterns.iter();
    let entries: Vec<String> = entries
        .map(|pattern| format!("{:?}", pattern.to_string()))
        .collect();
    (!entries.is_empty()).then(|| entries.join(", "))
}

/// What to do about an entry for which no other can be offered.
fn advice(reason: &Reason, text: &str) -> Option<String> {
    Some(match reason {
        Reason::Empty | Reason::MissingHost => "write `\"https://example.com\"`".into(),
        Reason::Any => "write `Any` in place of the list".into(),
        Reason::Null => "list the origins that you trust, as in `\"https://example.com\"`".into(),
        Reason::List => "write each origin as an entry of its own".into(),
        Reason::Regex => {
            let [_, meant] = regex::meant(text);
            match regex::as_pattern(&meant) {
                Some(pattern) => format!("write `\"{pattern}\"`"),
                None => format!("write `regex({text:?})`"),
            }
        }
        Reason::OpaqueScheme(_) => {
            "serve the page over HTTP, for example from `\"http://localhost:8080\"`".into()
        }
        Reason::InvalidIpv6 | Reason::Colons => {
            "write the host as in `\"http://[::1]:8080\"`".into()
        }
        Reason::WildcardIp => "list the addresses one by one".into(),
        Reason::UnmappedUnicode => {
            "write what `new URL(\"https://…\").origin` gives for it in the \
                                    console of a browser"
                .into()
        }
        _ => return None,
    })
}

/// The check that finds it.
fn check(reason: &Reason) -> Check {
    match reason {
        Reason::Empty | Reason::MissingHost => Check::OriginMissingHost,
        Reason::Any => Check::OriginAny,
        Reason::Null => Check::OriginNull,
        Reason::List => Check::OriginList,
        Reason::Regex => Check::OriginRegex,
        Reason::Whitespace | Reason::SurroundingWhitespace => Check::OriginWhitespace,
        Reason::TooLong | Reason::LongScheme | Reason::LongLabel | Reason::LongHost => {
            Check::OriginTooLong
        }
        Reason::MissingScheme | Reason::MissingSlashes => Check::OriginMissingScheme,
        Reason::InvalidScheme(_) | Reason::WildcardScheme => Check::OriginScheme,
        Reason::OpaqueScheme(_) | Reason::PagelessScheme(_) => Check::OriginOpaqueScheme,
        Reason::UppercaseScheme | Reason::UppercaseHost => Check::OriginUppercase,
        Reason::UserInfo => Check::OriginUserInfo,
        Reason::TrailingSlash => Check::OriginTrailingSlash,
        Reason::Path | Reason::Query | Reason::Fragment => Check::OriginPath,
        Reason::Placeholder | Reason::ForbiddenCharacter(_) => Check::OriginHost,
        Reason::Unicode | Reason::UnmappedUnicode => Check::OriginUnicode,
        Reason::InvalidPunycode(_) => Check::OriginPunycode,
        Reason::EmptyLabel => Check::OriginEmptyLabel,
        Reason::InvalidIpv4 | Reason::Ipv4Spelling => Check::OriginIpv4,
        Reason::InvalidIpv6
        | Reason::Ipv6Spelling
        | Reason::Ipv6Zone
        | Reason::Ipv6Brackets
        | Reason::Colons => Check::OriginIpv6,
        Reason::EmptyPort | Reason::InvalidPort(_) | Reason::LeadingZeros => Check::OriginPort,
        Reason::DefaultPort(_) => Check::OriginDefaultPort,
        Reason::WildcardIp => Check::WildcardIp,
        Reason::WildcardPort => Check::WildcardPort,
        Reason::WildcardDeep => Check::WildcardDeep,
    }
}
