//! The methods of `allow_methods`.

use super::forbidden_names;
use super::token::is_token;
use crate::diagnostics::{Check, Problem, quoted};

/// Methods in use whose lower-case form is surely a mistake: the six that browsers
/// [normalize](https://fetch.spec.whatwg.org/#concept-method-normalize), and registered ones
/// (<https://www.iana.org/assignments/http-methods>) that they do not.
const REGISTERED: &[&str] = &[
    "DELETE",
    "GET",
    "HEAD",
    "OPTIONS",
    "POST",
    "PUT", // normalized
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

/// The [methods](https://fetch.spec.whatwg.org/#cors-safelisted-method) that need no permission. They
/// are listed where no others are: without a list, a request whose upload is listened to may use
/// [any method](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0).
pub(crate) const SAFELISTED: [&str; 3] = ["GET", "HEAD", "POST"];

/// Reads a method; methods are [case-sensitive](https://www.rfc-editor.org/rfc/rfc9110#section-9.1).
pub(crate) fn parse(text: &str) -> Result<String, Problem> {
    let method = quoted(text);
    if text == "*" {
        return Err(
            Problem::new(Check::MethodInvalid, "`*` is not the word for any method")
                .help("write `allow_methods = Any`"),
        );
    }
    if !is_token(text) {
        return Err(
            Problem::new(Check::MethodInvalid, format!("invalid method {method}"))
                .note("a method is a token: letters, digits and a few signs, without spaces")
                .help("write each method as an entry of its own, as in `[GET, \"PURGE\"]`"),
        );
    }
    let upper = text.to_ascii_uppercase();
    if forbidden_names::METHODS.contains(&upper.as_str()) {
        return Err(Problem::new(
            Check::MethodForbidden,
            format!("method {method} is forbidden by the Fetch standard"),
        )
        .note("scripts cannot send it, so no preflight ever asks for it")
        .help("remove this entry"));
    }
    if text != upper && REGISTERED.contains(&upper.as_str()) {
        return Err(Problem::new(
            Check::MethodCase,
            format!("method {method} is not in upper case"),
        )
        .note(
            "methods are case-sensitive, and a preflight asks for the name as the server knows it",
        )
        .help(format!("write `{upper}`")));
    }
    Ok(text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<Check> {
        parse(text).err().map(|problem| problem.check())
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
    fn a_method_is_a_token() {
        for method in ["", "*", "GET, PUT", "GET ", "GÉT", "A/B"] {
            assert_eq!(check(method), Some(Check::MethodInvalid), "{method}");
        }
    }
}
