//! The browser's check of a preflight response: the method, then the headers.
//! <https://fetch.spec.whatwg.org/#cors-preflight-fetch>

use super::Denial;
use super::closest::is_slip;
use crate::decision::Mirrored;
use crate::request::{CorsRequest, HeaderLines};
use crate::rule::Rule;
use cors_origin::fetch::{SAFELISTED_METHODS, is_non_wildcard_request_header, is_token};
use cors_origin::header::Header;

/// Returns the mistake in the method, by the check that the browser makes with
/// `Access-Control-Allow-Methods`. <https://fetch.spec.whatwg.org/#cors-preflight-fetch>
pub(super) fn method_denial<'r>(rule: &Rule, request: &CorsRequest<'r>) -> Option<Denial<'r>> {
    match request.single_request_method() {
        None => Some(Denial::RepeatedMethod),
        Some(method) if !is_token(method) => Some(Denial::MalformedMethod(method)),
        Some(method) if !rule.allows_method(method) => Some(Denial::MethodNotAllowed(method)),
        Some(_) => None,
    }
}

/// Returns the listed method that equals `method` except for its case.
pub(super) fn method_in_other_case<'p>(rule: &'p Rule, method: &[u8]) -> Option<&'p str> {
    listed_methods(rule).find(|name| name.as_bytes().eq_ignore_ascii_case(method))
}

/// Returns the method that `method` may be a typo for: a listed one, or one that is always allowed.
pub(super) fn similar_method<'p>(rule: &'p Rule, method: &[u8]) -> Option<&'p str> {
    let mut allowed = listed_methods(rule).chain(SAFELISTED_METHODS);
    allowed.find(|name| is_slip(name.as_bytes(), method))
}

fn listed_methods<'p>(rule: &'p Rule) -> impl Iterator<Item = &'p str> + use<'p> {
    rule.value(Header::AllowMethods).split(", ")
}

/// Maximum number of bytes of `Access-Control-Request-Headers` that are considered, including
/// commas. A page with a hundred headers needs less.
const MAX_REQUEST_HEADERS_BYTES: usize = 4096;

/// The elements of `Access-Control-Request-Headers`, which is a
/// [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1), without white space and empty
/// elements.
struct Elements<'r> {
    lines: HeaderLines<'r>,
    next_line: usize,
    /// The rest of the current line.
    rest: Option<&'r [u8]>,
    budget: usize,
}

/// The list exceeds the limit.
struct TooLong;

impl<'r> Elements<'r> {
    fn new(lines: HeaderLines<'r>) -> Self {
        Self {
            lines,
            next_line: 0,
            rest: None,
            budget: MAX_REQUEST_HEADERS_BYTES,
        }
    }

    /// Returns the rest of the current line, or the next one.
    fn line(&mut self) -> Option<&'r [u8]> {
        if let Some(rest) = self.rest.take() {
            return Some(rest);
        }
        let line = self.lines.as_slice().get(self.next_line)?;
        self.next_line += 1;
        Some(line)
    }
}

impl<'r> Iterator for Elements<'r> {
    type Item = Result<&'r [u8], TooLong>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(line) = self.line() {
            let Some(end) = element_end(line, self.budget) else {
                return Some(Err(TooLong));
            };
            let (element, behind) = line.split_at(end);
            self.rest = behind.split_first().map(|(_, behind)| behind);
            self.budget = self.budget.saturating_sub(end + 1);
            let element = trimmed(element);
            if !element.is_empty() {
                return Some(Ok(element));
            }
        }
        None
    }
}

/// Returns the mistake in the headers, by the check that the browser makes with
/// `Access-Control-Allow-Headers`. <https://fetch.spec.whatwg.org/#cors-preflight-fetch>
pub(super) fn header_denial<'r>(
    rule: &Rule,
    requested: HeaderLines<'r>,
    mirrored: &Mirrored<'r>,
) -> Option<Denial<'r>> {
    if requested.overflowed() {
        return Some(Denial::TooManyHeaders);
    }
    // If one line is not mirrored, none is.
    let is_mirrored = !mirrored.headers.as_slice().is_empty();
    let mut not_mirrored = None;
    for element in Elements::new(requested) {
        match element {
            Err(TooLong) => return Some(Denial::TooManyHeaders),
            Ok(name) if !is_token(name) => return Some(Denial::MalformedHeader(name)),
            Ok(name) if rule.mirror_headers && !is_mirrored => {
                // The reason follows later: a malformed name, or an empty line.
                not_mirrored = not_mirrored.or(Some(Denial::HeaderNotAllowed(name)));
            }
            Ok(name) if !rule.mirror_headers && !is_header_listed(rule, name) => {
                return Some(Denial::HeaderNotAllowed(name));
            }
            Ok(_) => {}
        }
    }
    not_mirrored
}

/// Returns whether a preflight for a method and headers would succeed with `rule`.
pub(super) fn allows_all(rule: &Rule, method: Option<&[u8]>, headers: HeaderLines<'_>) -> bool {
    method.is_some_and(|method| is_token(method) && rule.allows_method(method))
        && !headers.overflowed()
        && unlisted_headers(rule, headers).next().is_none()
}

/// Returns the requested headers that `rule` does not allow, among those that are considered.
pub(super) fn unlisted_headers<'r>(
    rule: &Rule,
    requested: HeaderLines<'r>,
) -> impl Iterator<Item = &'r [u8]> {
    let names = Elements::new(requested).map_while(Result::ok);
    names.filter(|name| !rule.mirror_headers && is_token(name) && !is_header_listed(rule, name))
}

/// Returns the listed header that `name` may be a typo for.
pub(super) fn similar_header<'p>(rule: &'p Rule, name: &[u8]) -> Option<&'p str> {
    let mut listed = rule.value(Header::AllowHeaders).split(", ");
    listed.find(|listed| is_slip(listed.as_bytes(), name))
}

/// Returns the end of the first element of a list; `None` if it is not within `budget` bytes.
fn element_end(list: &[u8], budget: usize) -> Option<usize> {
    let seen = list.get(..budget).unwrap_or(list);
    let comma = seen.iter().position(|byte| *byte == b',');
    comma.or_else(|| (seen.len() == list.len()).then_some(list.len()))
}

/// Removes the optional white space [around an
/// element](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.3).
fn trimmed(mut element: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = element {
        element = rest;
    }
    element
}

fn is_header_listed(rule: &Rule, name: &[u8]) -> bool {
    let lists = |name: &[u8]| {
        let mut listed = rule.value(Header::AllowHeaders).split(", ");
        listed.any(|listed| listed.as_bytes().eq_ignore_ascii_case(name))
    };
    // With credentials, `*` is the name of a header.
    lists(name)
        || !rule.allows_credentials() && !is_non_wildcard_request_header(name) && lists(b"*")
}
