//! The headers that a preflight asks for.

use super::Denial;
use crate::mirror::Mirror;
use crate::request::Lines;
use crate::rule::Rule;
use crate::token::is_token;

/// So many bytes of `Access-Control-Request-Headers` are looked at, commas among them. A page that
/// sets a hundred headers has less.
const MOST_BYTES: usize = 4096;

/// What is wrong with the headers: the check that the browser makes with
/// `Access-Control-Allow-Headers`. <https://fetch.spec.whatwg.org/#cors-preflight-fetch>
///
/// The value is a [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1): white space and
/// empty elements do not matter.
pub(super) fn denial<'r>(
    rule: &Rule,
    requested: Lines<'r>,
    mirror: &Mirror<'r>,
) -> Option<Denial<'r>> {
    if requested.are_too_many() {
        return Some(Denial::UnreadHeaders);
    }
    let mut budget = MOST_BYTES;
    // One line that is not mirrored keeps all others from it.
    let is_mirrored = !mirror.headers.get().is_empty();
    let mut not_mirrored = None;
    for line in requested.get() {
        let mut rest: &'r [u8] = line;
        loop {
            let Some(end) = element_end(rest, budget) else {
                return Some(Denial::UnreadHeaders);
            };
            let (element, behind) = rest.split_at(end);
            budget = budget.saturating_sub(end + 1);
            match trimmed(element) {
                b"" => {}
                name if !is_token(name) => return Some(Denial::MalformedHeader(name)),
                name if rule.mirror_headers && !is_mirrored => {
                    // What is wrong is to come: a malformed name, or else there is an empty line.
                    not_mirrored = not_mirrored.or(Some(Denial::UnlistedHeader(name)));
                }
                name if !rule.mirror_headers && !is_listed(rule, name) => {
                    return Some(Denial::UnlistedHeader(name));
                }
                _ => {}
            }
            match behind.split_first() {
                Some((_, behind)) => rest = behind,
                None => break,
            }
        }
    }
    not_mirrored
}

/// Where the first element of a list ends; `None` if it is not within `budget` bytes.
fn element_end(list: &[u8], budget: usize) -> Option<usize> {
    let seen = list.get(..budget).unwrap_or(list);
    let comma = seen.iter().position(|byte| *byte == b',');
    comma.or_else(|| (seen.len() == list.len()).then_some(list.len()))
}

/// Without the white space that may stand [around an element](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.3).
fn trimmed(mut element: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = element {
        element = rest;
    }
    element
}

fn is_listed(rule: &Rule, name: &[u8]) -> bool {
    let lists = |name: &[u8]| {
        let mut listed = rule.allow_headers.split(", ");
        listed.any(|listed| listed.as_bytes().eq_ignore_ascii_case(name))
    };
    // `*` is the name of a header where credentials are.
    lists(name) || !rule.allows_credentials() && !is_non_wildcard(name) && lists(b"*")
}

/// <https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>
fn is_non_wildcard(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"authorization")
}
