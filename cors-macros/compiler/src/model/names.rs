//! `allow_methods`, `allow_headers` and `expose_headers`.

use std::collections::HashMap;

use super::NameList;
use super::shape::{Reader, is_for_all};
use crate::declaration::{
    ANY, ExprKind, Key, MIRROR_REQUEST, Mistake, NameError, Setting, without_typo,
};
use cors_origin::fetch::{self, NORMALIZED_METHODS, is_like_a_pattern, is_token};

/// Registered methods whose lower-case form is certainly a mistake, even in a string, in addition
/// to those that browsers normalize.
const COMMON_METHODS: &[&str] = &[
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

/// The other [registered methods](https://www.iana.org/assignments/http-methods) that are
/// identifiers and that scripts can send.
const OTHER_METHODS: &[&str] = &[
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

/// Names that only occur in requests. <https://fetch.spec.whatwg.org/#http-requests>,
/// <https://www.rfc-editor.org/rfc/rfc9110#section-10.1>
const REQUEST_ONLY: &[&str] = &[
    "accept-charset",
    "accept-language",
    "access-control-request-headers",
    "access-control-request-method",
    "cookie",
    "cookie2",
    "expect",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "max-forwards",
    "origin",
    "proxy-authorization",
    "referer",
    "te",
    "user-agent",
];

impl Reader<'_> {
    pub(super) fn names(&mut self, setting: &Setting) -> NameList {
        let (key, value) = (setting.key, &setting.value);
        let mut names = NameList::default();
        if value.is_word(ANY) {
            self.no_attributes(value);
            names.wildcard = Some(value.position);
            return names;
        }
        // There is nothing to mirror in an actual response.
        if value.is_word(MIRROR_REQUEST) && key != Key::ExposeHeaders {
            self.no_attributes(value);
            names.mirror_request = true;
            return names;
        }
        // The index of each name.
        let mut seen: HashMap<String, usize> = HashMap::new();
        let elements = self.elements(key, value);
        for element in elements {
            self.no_attributes(element);
            // `*` does not cover `Authorization`, so both may be in a list.
            // https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
            if element.is_word(ANY) && key == Key::AllowHeaders && names.wildcard.is_none() {
                names.wildcard = Some(value.position);
                continue;
            }
            if matches!(element.kind, ExprKind::Malformed) {
                continue;
            }
            if is_for_all(element) {
                // `Any` may be next to others, unless there are credentials.
                let is_text = matches!(element.kind, ExprKind::Text(..));
                let is_next_to_others = key == Key::AllowHeaders && elements.len() > 1;
                let position = match is_text && is_next_to_others && !self.has_credentials {
                    true => element.position,
                    false => value.position,
                };
                self.wildcard(key, element, position);
                continue;
            }
            let position = element.position;
            let read = match (key, &element.kind) {
                (_, ExprKind::Text(text, _)) => text_in_list(key, text),
                (Key::AllowMethods, ExprKind::Word(word)) => method_word(word),
                _ => {
                    self.no_entry(key, element);
                    continue;
                }
            };
            match read {
                Ok(name) => {
                    let index = *seen.entry(name.clone()).or_insert(names.names.len());
                    match names.names.get(index) {
                        Some((_, first)) if *first != position => {
                            let mistake = Mistake::DuplicateName(key, name, *first);
                            self.mistakes.add(position, mistake);
                        }
                        _ => names.names.push((name, position)),
                    }
                }
                Err(error) => {
                    let mistake = Mistake::Name(key, Box::new(element.clone()), error);
                    self.mistakes.add(position, mistake);
                }
            }
        }
        names
    }
}

/// Parses a text in one of the three lists.
pub(crate) fn text_in_list(key: Key, text: &str) -> Result<String, NameError> {
    match key {
        Key::AllowMethods => method(text),
        Key::AllowHeaders => request_header(text),
        _ => response_header(text),
    }
}

fn is_common_method(text: &str) -> bool {
    NORMALIZED_METHODS.contains(&text) || COMMON_METHODS.contains(&text)
}

/// Returns the methods that can be written as words.
pub(crate) fn registered_methods() -> Vec<&'static str> {
    [&NORMALIZED_METHODS, COMMON_METHODS, OTHER_METHODS].concat()
}

/// Parses a method that is written as a word. It must be registered, because a typo would otherwise
/// allow a method that nobody sends.
pub(crate) fn method_word(text: &str) -> Result<String, NameError> {
    let method = method(text)?;
    match is_common_method(text) || OTHER_METHODS.contains(&text) {
        true => Ok(method),
        false => Err(NameError::UnknownMethod),
    }
}

/// Parses a method; methods are
/// [case-sensitive](https://www.rfc-editor.org/rfc/rfc9110#section-9.1).
pub(crate) fn method(text: &str) -> Result<String, NameError> {
    if text == "*" {
        return Err(NameError::Wildcard);
    }
    if !is_token(text.as_bytes()) {
        return Err(NameError::NoToken);
    }
    if is_like_a_pattern(text.as_bytes()) {
        return Err(NameError::Pattern);
    }
    if fetch::is_forbidden_method(text.as_bytes()) {
        return Err(NameError::Forbidden);
    }
    let upper = text.to_ascii_uppercase();
    if text != upper {
        if is_common_method(&upper) {
            return Err(NameError::MethodCase);
        }
        // Custom methods are in upper case too, in practice.
        if without_typo(&upper, &[&NORMALIZED_METHODS, COMMON_METHODS].concat()).is_some() {
            return Err(NameError::UnknownMethod);
        }
    }
    Ok(text.into())
}

/// Parses an entry of `allow_headers`, and returns it in lower case.
fn request_header(text: &str) -> Result<String, NameError> {
    let name = header(text)?;
    match name.as_str() {
        // The standard forbids `set-cookie` in both directions; people list it because they want
        // cookies to be stored.
        "cookie" | "cookie2" | "set-cookie" => Err(NameError::Forbidden),
        _ if fetch::is_response_header(name.as_bytes()) => Err(NameError::ResponseOnly),
        _ if fetch::is_forbidden_request_header(name.as_bytes()) => Err(NameError::Forbidden),
        _ => Ok(name),
    }
}

/// Parses an entry of `expose_headers`, and returns it in lower case.
fn response_header(text: &str) -> Result<String, NameError> {
    let name = header(text)?;
    if fetch::is_forbidden_response_header(name.as_bytes()) {
        return Err(NameError::Forbidden);
    }
    if REQUEST_ONLY.contains(&name.as_str()) {
        return Err(NameError::RequestOnly);
    }
    Ok(name)
}

/// Parses a name; names are [compared
/// case-insensitively](https://www.rfc-editor.org/rfc/rfc9110#section-5.1).
fn header(text: &str) -> Result<String, NameError> {
    match text {
        "*" => Err(NameError::Wildcard),
        text if !is_token(text.as_bytes()) => Err(NameError::NoToken),
        text if is_like_a_pattern(text.as_bytes()) => Err(NameError::Pattern),
        text => Ok(text.to_ascii_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_methods_keep_their_case() {
        for text in ["PURGE", "M-SEARCH", "Purge", "QUERY", "x"] {
            assert_eq!(method(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn methods_that_cannot_be_sent_are_refused() {
        for (texts, error) in [
            (&["CONNECT", "trace", "Track"][..], NameError::Forbidden),
            (&["get", "Patch", "query"], NameError::MethodCase),
            (&["delte", "Ptach", "otpions"], NameError::UnknownMethod),
            (&["", "GET, PUT", "GET ", "GÉT", "A/B"], NameError::NoToken),
            (&["*"], NameError::Wildcard),
            (&["GET|POST", "P*", "^GET$", "**"], NameError::Pattern),
        ] {
            for text in texts {
                assert_eq!(method(text), Err(error), "{text}");
            }
        }
    }

    #[test]
    fn a_word_is_a_registered_method() {
        for method in registered_methods() {
            assert_eq!(method_word(method).as_deref(), Ok(method));
        }
        for (text, error) in [
            ("PTACH", NameError::UnknownMethod),
            ("delet", NameError::UnknownMethod),
            ("PURGE", NameError::UnknownMethod),
            ("r#type", NameError::UnknownMethod),
            ("get", NameError::MethodCase),
            ("TRACE", NameError::Forbidden),
        ] {
            assert_eq!(method_word(text), Err(error), "{text}");
        }
    }

    #[test]
    fn header_names_are_lowered() {
        assert_eq!(request_header("X-Pingother").as_deref(), Ok("x-pingother"));
        assert_eq!(response_header("ETag").as_deref(), Ok("etag"));
    }

    #[test]
    fn names_that_scripts_may_set_are_allowed() {
        for name in [
            "authorization",
            "content-type",
            "user-agent",
            "if-none-match",
            "x-http-method-override",
            "second",
            "proxy",
            "access-control-request-private-network",
        ] {
            assert_eq!(request_header(name).as_deref(), Ok(name));
        }
    }

    #[test]
    fn names_that_scripts_cannot_set_or_read_are_refused() {
        let forbidden = fetch::FORBIDDEN_REQUEST_HEADERS.iter();
        for name in forbidden.chain(&["Sec-Fetch-Site", "Proxy-Authorization"]) {
            assert_eq!(request_header(name), Err(NameError::Forbidden), "{name}");
        }
        for name in fetch::RESPONSE_HEADERS.iter().chain(&["Set-Cookie2"]) {
            assert_eq!(request_header(name), Err(NameError::ResponseOnly), "{name}");
        }
        for name in REQUEST_ONLY {
            assert_eq!(response_header(name), Err(NameError::RequestOnly), "{name}");
        }
        // Some servers send tokens in this header of responses.
        assert_eq!(
            response_header("authorization").as_deref(),
            Ok("authorization")
        );
        for name in ["Set-Cookie", "set-cookie2"] {
            assert_eq!(response_header(name), Err(NameError::Forbidden), "{name}");
        }
    }

    #[test]
    fn a_header_name_is_a_token() {
        for name in ["", "a b", "etag:", "etag, vary", "é"] {
            assert_eq!(request_header(name), Err(NameError::NoToken), "{name}");
            assert_eq!(response_header(name), Err(NameError::NoToken), "{name}");
        }
    }

    /// Of the characters that tokens may contain, only those of patterns are rejected.
    #[test]
    fn a_header_name_is_no_pattern() {
        let signs =
            (0..=u8::MAX).filter(|byte| is_token(&[*byte]) && !byte.is_ascii_alphanumeric());
        for sign in signs.map(char::from) {
            let name = format!("x-{sign}a");
            let expected = match "*|^$".contains(sign) {
                true => Err(NameError::Pattern),
                false => Ok(name.clone()),
            };
            assert_eq!(request_header(&name), expected, "{name}");
            assert_eq!(response_header(&name), expected, "{name}");
            assert_eq!(method(&name), expected, "{name}");
        }
    }

    /// APIs return new tokens in it.
    #[test]
    fn authorization_is_for_requests_and_for_responses() {
        assert_eq!(
            request_header("Authorization").as_deref(),
            Ok("authorization")
        );
        assert_eq!(
            response_header("Authorization").as_deref(),
            Ok("authorization")
        );
    }
}
