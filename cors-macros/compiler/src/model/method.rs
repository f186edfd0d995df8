//! The methods of `allow_methods`.

use crate::check::Check;
use crate::diagnostic::{Diagnostic, LONGEST_OFFER, quoted, text};
use crate::suggest::nearest;
use cors_origin::fetch::is_token;
use cors_origin::fetch::{self, NORMALIZED_METHODS};

/// Registered methods whose lower-case form is surely a mistake, even in a string, as it is of those
/// that browsers normalize.
const IN_USE: &[&str] = &[
    "PATCH",
    "QUERY",
    "COPY",
    "LOCK",
    "MKCOL",
    "MOVE",
    "PROPFIND",
    "PROPPATCH",
    "REPORT",
    "SEARCH",
    "UNLOCK",
];

/// The other [registered methods](https://www.iana.org/assignments/http-methods) that are words and
/// that scripts can send.
const FURTHER: &[&str] = &[
    "ACL",
    "BIND",
    "CHECKIN",
    "CHECKOUT",
    "LABEL",
    "LINK",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKREDIRECTREF",
    "MKWORKSPACE",
    "ORDERPATCH",
    "REBIND",
    "UNBIND",
    "UNCHECKOUT",
    "UNLINK",
    "UPDATE",
    "UPDATEREDIRECTREF",
];

fn in_use() -> impl Iterator<Item = &'static str> {
    NORMALIZED_METHODS.iter().chain(IN_USE).copied()
}

fn registered() -> impl Iterator<Item = &'static str> {
    in_use().chain(FURTHER.iter().copied())
}

/// Reads a method that is written as a word: a registered one. Else a slip of the finger would
/// allow a method that nobody sends.
pub(crate) fn word(text: &str) -> Result<String, Diagnostic> {
    let method = parse(text)?;
    if registered().any(|registered| registered == text) {
        return Ok(method);
    }
    let problem = Diagnostic::new(Check::MethodUnknown, text!["unknown method ", quoted(text)]);
    let upper = text.to_ascii_uppercase();
    let problem = match nearest(&upper, registered()) {
        Some(near) => problem.help(format!("a method with a similar name exists: `{near}`")),
        None => problem,
    };
    Err(problem.help(format!("for a method of your own, write `{text:?}`")))
}

/// The methods that a text was meant for, as entries of the list: words, or else strings.
pub(crate) fn meant(text: &str) -> Option<String> {
    if text.len() > LONGEST_OFFER {
        return None;
    }
    let pieces = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
    let pieces = pieces.filter(|piece| !piece.is_empty());
    let entries: Option<Vec<String>> = pieces
        .map(|piece| {
            let upper = piece.to_ascii_uppercase();
            if !is_token(piece.as_bytes()) {
                return None;
            }
            match (word(&upper), parse(piece)) {
                (Ok(word), _) => Some(word),
                (Err(_), Ok(method)) => Some(format!("{method:?}")),
                (Err(_), Err(_)) => None,
            }
        })
        .collect();
    entries
        .filter(|entries| !entries.is_empty())
        .map(|entries| entries.join(", "))
}

/// Reads a method; methods are [case-sensitive](https://www.rfc-editor.org/rfc/rfc9110#section-9.1).
pub(crate) fn parse(text: &str) -> Result<String, Diagnostic> {
    let method = quoted(text);
    if text == "*" {
        return Err(
            Diagnostic::new(Check::MethodInvalid, "`*` is not the word for any method")
                .help("write `Any` in place of the list"),
        );
    }
    if !is_token(text.as_bytes()) {
        let problem = Diagnostic::new(Check::MethodInvalid, text!["invalid method ", method])
            .note("a method is a token: letters, digits and a few signs, without spaces");
        return Err(problem.help(match meant(text) {
            Some(entries) => format!("write `{entries}`"),
            None => "write each method as an entry of its own, as in `GET, \"PURGE\"`".into(),
        }));
    }
    let upper = text.to_ascii_uppercase();
    if fetch::is_forbidden_method(text.as_bytes()) {
        return Err(Diagnostic::new(
            Check::MethodForbidden,
            text!["method ", method, " is forbidden by the Fetch standard"],
        )
        .note("scripts cannot send it, so no preflight ever asks for it")
        .help("remove this entry"));
    }
    if text != upper && in_use().any(|method| method == upper) {
        return Err(Diagnostic::new(
            Check::MethodCase,
            text!["method ", method, " is not in upper case"],
        )
        .note("methods are case-sensitive, and the standard ones are in upper case")
        .help(format!("write `{upper}`")));
    }
    Ok(text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<Check> {
        parse(text).err().map(|problem| problem.check)
    }

    #[test]
    fn custom_methods_keep_their_case() {
        for method in ["PURGE", "M-SEARCH", "Purge", "QUERY", "x"] {
            assert_eq!(parse(method).as_deref(), Ok(method));
        }
    }

    #[test]
    fn forbidden_methods_are_refused_in_any_case() {
        for method in ["CONNECT", "trace", "Track"] {
            assert_eq!(check(method), Some(Check::MethodForbidden));
        }
    }

    #[test]
    fn registered_methods_are_upper_case() {
        for method in ["get", "Patch", "query"] {
            assert_eq!(check(method), Some(Check::MethodCase));
        }
    }

    #[test]
    fn a_word_is_a_registered_method() {
        assert!(registered().all(|method| word(method).as_deref() == Ok(method)));
        for (text, help) in [
            ("PTACH", Some("PATCH")),
            ("DELET", Some("DELETE")),
            ("delet", Some("DELETE")),
            ("PURGE", None),
            ("r#type", None),
        ] {
            let problem = word(text).unwrap_err();
            assert_eq!(problem.check, Check::MethodUnknown);
            let near = help.map(|near| format!("a method with a similar name exists: `{near}`"));
            let own = format!("for a method of your own, write `{text:?}`");
            let helps: Vec<String> = near.into_iter().chain([own]).collect();
            assert_eq!(problem.helps(), helps);
        }
        for (text, expected) in [
            ("get", Check::MethodCase),
            ("TRACE", Check::MethodForbidden),
        ] {
            assert_eq!(word(text).unwrap_err().check, expected);
        }
    }

    #[test]
    fn several_methods_are_taken_apart() {
        for (text, entries) in [
            ("GET, PUT", Some("GET, PUT")),
            ("get|patch", Some("GET, PATCH")),
            ("GET PURGE", Some(r#"GET, "PURGE""#)),
            ("GET, TRACE", None),
            ("GÉT", None),
            (",", None),
        ] {
            assert_eq!(meant(text).as_deref(), entries, "{text}");
        }
    }

    #[test]
    fn a_method_is_a_token() {
        for method in ["", "*", "GET, PUT", "GET ", "GÉT", "A/B"] {
            assert_eq!(check(method), Some(Check::MethodInvalid), "{method}");
        }
    }
}
