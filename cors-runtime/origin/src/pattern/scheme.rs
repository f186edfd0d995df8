//! The scheme of an entry.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::Pattern;
use super::reason::{Flaws, OriginError, Reason};
use crate::edit::is_one_edit;
use crate::origin::{MAX_SCHEME_LEN, is_scheme, is_special};

/// Schemes whose pages have an opaque origin, which browsers send as `null`.
/// <https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque>
const OPAQUE: &[&str] = &[
    "about",
    "data",
    "file",
    "filesystem",
    "javascript",
    "mailto",
    "view-source",
];

/// The scheme of URLs whose origin is that of the page that created them.
/// <https://url.spec.whatwg.org/#concept-url-origin>
const BLOB: &str = "blob";

/// Splits off the scheme, and returns it in lower case.
pub(super) fn split<'t>(
    text: &'t str,
    flaws: &mut Flaws,
) -> Result<(String, &'t str), OriginError> {
    let Some((typed, rest)) = text.split_once("://") else {
        return without_slashes(text, flaws);
    };
    let scheme = typed.to_ascii_lowercase();
    // `blob:https://…` has two schemes.
    let outer = scheme.split(':').next().unwrap_or(&scheme);
    if let Some(reason) = pageless(outer) {
        return Err(match outer {
            "ws" => with_scheme("http", rest, reason),
            "wss" => with_scheme("https", rest, reason),
            BLOB => of_blob(text),
            _ => reason.into(),
        });
    }
    if scheme.is_empty() {
        return Ok((guess(rest, flaws), rest));
    }
    if scheme.contains('*') {
        return Err(with_scheme("https", rest, Reason::WildcardScheme));
    }
    if !is_scheme(&scheme) {
        return Err(Reason::InvalidScheme(typed.to_owned()).into());
    }
    if scheme.len() > MAX_SCHEME_LEN {
        return Err(Reason::LongScheme.into());
    }
    if let Some(intended) = intended_scheme(&scheme) {
        flaws.add(Reason::MistypedScheme {
            typed: scheme,
            intended,
        });
        return Ok((intended.to_owned(), rest));
    }
    if typed != scheme {
        flaws.add(Reason::UppercaseScheme);
    }
    Ok((scheme, rest))
}

/// Returns the scheme of web pages that a scheme differs from by one typo. The schemes of apps, such as `app` and
/// `tauri`, differ by more.
#[must_use]
pub fn intended_scheme(scheme: &str) -> Option<&'static str> {
    let differs = |name: &str| is_one_edit(scheme.as_bytes(), name.as_bytes());
    match scheme {
        _ if is_special(scheme) => None,
        _ if differs("https") => Some("https"),
        _ if differs("http") => Some("http"),
        _ => None,
    }
}

/// Suggests another scheme, unless there is another mistake.
fn with_scheme(scheme: &str, rest: &str, reason: Reason) -> OriginError {
    match Pattern::parse(&format!("{scheme}://{rest}")) {
        Ok(pattern) => OriginError::corrected_to(reason, vec![pattern]),
        Err(_) => reason.into(),
    }
}

/// Suggests the origin that the URL of a blob contains.
fn of_blob(url: &str) -> OriginError {
    let corrected = match url.split_once(':') {
        Some((_, inner)) if inner.contains("://") => match Pattern::parse(inner) {
            Ok(pattern) => vec![pattern],
            Err(error) => error.corrected().to_vec(),
        },
        _ => Vec::new(),
    };
    OriginError::corrected_to(Reason::BlobScheme, corrected)
}

fn without_slashes<'t>(text: &'t str, flaws: &mut Flaws) -> Result<(String, &'t str), OriginError> {
    if let Some((scheme, rest)) = text.split_once(':') {
        let scheme = scheme.to_ascii_lowercase();
        if let Some(reason) = pageless(&scheme) {
            return Err(reason.into());
        }
        if is_special(&scheme) {
            flaws.add(Reason::MissingSlashes);
            return Ok((scheme, rest.trim_start_matches('/')));
        }
        // `tauri:localhost`
        if is_scheme(&scheme) && scheme != "localhost" && rest.trim_matches('/') == "localhost" {
            flaws.add(Reason::MissingSlashes);
            return Ok((scheme, "localhost"));
        }
    }
    let rest = text.trim_start_matches('/');
    Ok((guess(rest, flaws), rest))
}

/// Returns the probable scheme.
fn guess(rest: &str, flaws: &mut Flaws) -> String {
    flaws.add(Reason::MissingScheme);
    let local = ["localhost", "127.0.0.1", "[::1]"];
    match local.iter().any(|host| rest.starts_with(host)) {
        true => "http".into(),
        false => "https".into(),
    }
}

/// Returns the reason why no page has an origin with this scheme, if there is one.
fn pageless(scheme: &str) -> Option<Reason> {
    match scheme {
        _ if OPAQUE.contains(&scheme) => Some(Reason::OpaqueScheme(scheme.to_owned())),
        BLOB => Some(Reason::BlobScheme),
        "ws" | "wss" | "ftp" => Some(Reason::PagelessScheme(scheme.to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns every text that one typo makes of a scheme.
    fn typos(name: &str) -> Vec<String> {
        let letters = || ('a'..='z').chain(['0', '+', '-', '.']);
        let mut typos = Vec::new();
        for at in 0..=name.len() {
            let (left, right) = name.split_at(at);
            typos.extend(letters().map(|letter| format!("{left}{letter}{right}")));
            let mut rest = right.chars();
            let Some(first) = rest.next() else { continue };
            typos.push(format!("{left}{}", rest.as_str()));
            typos.extend(letters().map(|letter| format!("{left}{letter}{}", rest.as_str())));
            if let Some(second) = rest.next() {
                typos.push(format!("{left}{second}{first}{}", rest.as_str()));
            }
        }
        typos
    }

    #[test]
    fn every_typo_of_a_web_scheme_is_found() {
        for name in ["http", "https"] {
            for typo in typos(name) {
                let found = intended_scheme(&typo);
                assert_eq!(found.is_none(), is_special(&typo), "{typo}");
                // Some typos of `http` are also typos of `https`.
                assert!(
                    found.is_none() || found == Some("https") || found == Some(name),
                    "{typo}"
                );
            }
        }
    }

    #[test]
    fn schemes_of_apps_are_not_typos() {
        for scheme in [
            "app",
            "capacitor",
            "chrome-extension",
            "ftp",
            "hxxp",
            "ionic",
            "moz-extension",
            "safari-web-extension",
            "tauri",
            "vscode-webview",
            "h",
            "",
        ] {
            assert_eq!(intended_scheme(scheme), None, "{scheme}");
        }
    }
}
