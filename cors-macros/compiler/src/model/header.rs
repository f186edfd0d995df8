//! The header names of `allow_headers` and `expose_headers`.

use crate::check::Check;
use crate::diagnostic::{Diagnostic, LONGEST_OFFER, quoted, text};
use cors_origin::fetch;
use cors_origin::fetch::is_token;

/// Names that only responses carry, where a request header is meant.
/// <https://fetch.spec.whatwg.org/#http-responses>,
/// <https://www.rfc-editor.org/rfc/rfc9110#section-10.2>
const RESPONSE_ONLY: &[&str] = &[
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-allow-private-network",
    "access-control-expose-headers",
    "access-control-max-age",
    "age",
    "allow",
    "etag",
    "location",
    "retry-after",
    "server",
    "set-cookie2",
    "strict-transport-security",
    "vary",
    "www-authenticate",
];

/// Names that only requests carry, where a response header is meant.
/// <https://fetch.spec.whatwg.org/#http-requests>,
/// <https://www.rfc-editor.org/rfc/rfc9110#section-10.1>
const REQUEST_ONLY: &[&str] = &[
    "accept-charset",
    "accept-language",
    "access-control-request-headers",
    "access-control-request-method",
    "authorization",
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

/// Reads an entry of `allow_headers`; gives it in lower case.
pub(crate) fn request(text: &str) -> Result<String, Diagnostic> {
    let name = name(text, request)?;
    let forbidden = || {
        Diagnostic::new(
            Check::RequestHeaderForbidden,
            text![
                "request header ",
                quoted(text),
                " is forbidden by the Fetch standard"
            ],
        )
        .note("scripts cannot set it, so no preflight ever asks for it")
    };
    match name.as_str() {
        "cookie" | "cookie2" => {
            Err(forbidden().help("to let browsers send cookies, set `allow_credentials = true`"))
        }
        // The standard forbids it in both directions; who lists it wants cookies to be stored.
        "set-cookie" => {
            Err(forbidden().help("remove this entry; browsers store cookies by themselves"))
        }
        _ if RESPONSE_ONLY.contains(&name.as_str()) => Err(Diagnostic::new(
            Check::RequestHeaderResponseOnly,
            text![quoted(text), " is a response header"],
        )
        .note("`allow_headers` lists what scripts may send")
        .help(match name.as_str() {
            "set-cookie2" => "remove this entry; browsers store cookies by themselves".into(),
            name if name.starts_with("access-control-") => {
                "remove this entry; the policy sends the CORS headers itself".into()
            }
            name => format!("to let scripts read it, write `expose_headers = [\"{name}\"]`"),
        })),
        _ if fetch::is_forbidden_request_header(name.as_bytes()) => {
            Err(forbidden().help("remove this entry"))
        }
        _ => Ok(name),
    }
}

/// Reads an entry of `expose_headers`; gives it in lower case.
pub(crate) fn response(text: &str) -> Result<String, Diagnostic> {
    let name = name(text, response)?;
    if fetch::is_forbidden_response_header(name.as_bytes()) {
        return Err(Diagnostic::new(
            Check::ExposedHeaderForbidden,
            text![
                "response header ",
                quoted(text),
                " is forbidden by the Fetch standard"
            ],
        )
        .note("scripts cannot read it, whatever a server exposes")
        .help("remove this entry; browsers store cookies by themselves"));
    }
    if REQUEST_ONLY.contains(&name.as_str()) {
        return Err(Diagnostic::new(
            Check::ExposedHeaderRequestOnly,
            text![quoted(text), " is a request header"],
        )
        .note("`expose_headers` lists what scripts may read from a response")
        .help(match fetch::is_forbidden_request_header(name.as_bytes()) {
            true => "remove this entry".into(),
            false => format!("to let scripts send it, write `allow_headers = [\"{name}\"]`"),
        }));
    }
    Ok(name)
}

/// How an entry of a list is read.
type Read = fn(&str) -> Result<String, Diagnostic>;

/// The header names that a text was meant for, as entries of the list that is read by `read`.
pub(crate) fn meant(text: &str, read: Read) -> Option<String> {
    if text.len() > LONGEST_OFFER {
        return None;
    }
    let pieces = text.split([',', ';']).map(str::trim);
    let pieces: Vec<String> = pieces
        .filter(|piece| !piece.is_empty())
        // `Name: value`
        .filter_map(|piece| piece.split(':').next())
        .flat_map(|piece| match piece.contains('-') {
            true => piece.split_whitespace().map(str::to_owned).collect(),
            // `Content Type`
            false => vec![piece.split_whitespace().collect::<Vec<_>>().join("-")],
        })
        .collect();
    let is_valid = |piece: &String| is_token(piece.as_bytes()) && piece != "*";
    if pieces.is_empty() || !pieces.iter().all(is_valid) {
        return None;
    }
    let entries: Option<Vec<String>> = pieces
        .iter()
        .map(|piece| Some(format!("{:?}", read(piece).ok()?)))
        .collect();
    Some(entries?.join(", "))
}

/// Names are [compared without regard to case](https://www.rfc-editor.org/rfc/rfc9110#section-5.1).
fn name(text: &str, read: Read) -> Result<String, Diagnostic> {
    if text == "*" {
        return Err(
            Diagnostic::new(Check::HeaderInvalid, "`*` is not the word for any header")
                .help("write `Any` in place of the list"),
        );
    }
    if !is_token(text.as_bytes()) {
        let problem = Diagnostic::new(
            Check::HeaderInvalid,
            text!["invalid header name ", quoted(text)],
        )
        .note("a name is a token: letters, digits and a few signs, without spaces or colons");
        return Err(problem.help(match meant(text, read) {
            Some(entries) => format!("write `{entries}`"),
            None => "write each name as an entry of its own, as in `\"x-one\", \"x-two\"`".into(),
        }));
    }
    Ok(text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
