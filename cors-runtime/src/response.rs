//! Sets the CORS headers of a response, in the header map of any framework.

use alloc::vec::Vec;

#[cfg(any(feature = "actix-web", feature = "rocket"))]
use crate::decision::Mirrored;
use crate::decision::Outcome;
use crate::request::RequestKind;
use crate::rule::{AppendConst, Rule};
use crate::vary::{Vary, missing_names};
use cors_origin::header::Header;

/// The headers of a response, in the types of a framework.
pub(crate) trait ResponseHeaders: AppendConst {
    /// Returns whether there are CORS headers, and whether there is a `Vary`, from one pass over
    /// all names. This saves a lookup for each missing name.
    fn may_have(&self) -> MayHave {
        MayHave {
            cors: true,
            vary: true,
        }
    }

    /// Removes all lines of a header.
    fn remove(&mut self, header: Header);

    /// Appends the constant headers of a rule.
    fn append_constants(&mut self, rule: &Rule, kind: RequestKind);

    /// Appends a line that comes from the request, unless the framework rejects the value.
    #[cfg(any(feature = "actix-web", feature = "rocket"))]
    fn append(&mut self, header: Header, value: &[u8]);

    /// Returns the lines of `Vary`.
    fn vary(&self) -> impl Iterator<Item = &[u8]>;

    /// Adds a `Vary`. Returns `false` if there is no room for it.
    fn append_vary(&mut self, vary: Vary) -> bool;

    /// Replaces the first line of `Vary`, which must exist.
    fn replace_first_vary(&mut self, line: &[u8]);
}

/// Headers that a response may contain.
pub(crate) struct MayHave {
    pub(crate) cors: bool,
    pub(crate) vary: bool,
}

/// Sets the CORS headers of a response to those of the decision, and adds missing names to `Vary`.
/// `append_echoed` appends the values that come from the request.
#[inline]
pub(crate) fn apply<H: ResponseHeaders>(
    headers: &mut H,
    outcome: &Outcome<'_>,
    append_echoed: impl FnOnce(&mut H),
) {
    let may_have = headers.may_have();
    if may_have.cors {
        remove_cors_headers(headers);
    }
    if outcome.owns_timing {
        headers.remove(Header::TimingAllowOrigin);
    }
    if let Some(rule) = outcome.rule {
        append_echoed(headers);
        headers.append_constants(rule, outcome.kind);
    }
    let is_varied = match outcome.vary() {
        Some(vary) if may_have.vary => extend_vary(headers, vary),
        Some(vary) => headers.append_vary(vary),
        None => true,
    };
    // Without `Vary`, a cache could serve the response to other origins.
    if !is_varied {
        remove_cors_headers(headers);
    }
}

/// Appends the values that `MirrorRequest` sends back.
#[cfg(any(feature = "actix-web", feature = "rocket"))]
pub(crate) fn append_mirrored<H: ResponseHeaders>(headers: &mut H, mirrored: &Mirrored<'_>) {
    if let Some(method) = mirrored.method {
        headers.append(Header::AllowMethods, method);
    }
    for line in mirrored.header_lines() {
        headers.append(Header::AllowHeaders, line);
    }
}

/// Removes CORS headers, which only the policy may set.
#[cold]
fn remove_cors_headers<H: ResponseHeaders>(headers: &mut H) {
    for header in Header::ALL {
        // That one is the application's own, unless the policy has `expose_timing`.
        if header != Header::TimingAllowOrigin {
            headers.remove(header);
        }
    }
}

/// Adds those names to [`Vary`](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5) that
/// its lines do not contain.
#[cold]
fn extend_vary<H: ResponseHeaders>(headers: &mut H, vary: Vary) -> bool {
    if headers.vary().next().is_none() {
        return headers.append_vary(vary);
    }
    if let Some(line) = extend_first_line(|| headers.vary(), vary.names()) {
        headers.replace_first_vary(&line);
    }
    true
}

/// Returns the first line of a response's `Vary`, extended by those of `names` that no line
/// contains. Returns `None` if nothing is missing, or if there is no line.
///
/// The first line is extended because some gateways of serverless functions only forward that one.
/// For everyone else, it makes no difference whether a
/// [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.3) is on one line or on several.
fn extend_first_line<'l, I>(lines: impl Fn() -> I, names: &'static str) -> Option<Vec<u8>>
where
    I: Iterator<Item = &'l [u8]>,
{
    let first = lines().next()?;
    let mut extended: Option<Vec<u8>> = None;
    for name in missing_names(lines, names) {
        let line = extended.get_or_insert_with(|| without_trailing_separators(first).to_vec());
        if !line.is_empty() {
            line.extend_from_slice(b", ");
        }
        line.extend_from_slice(name.as_bytes());
    }
    extended
}

/// Returns a line without empty members at its end. [Senders must not create
/// any](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.1).
fn without_trailing_separators(mut line: &[u8]) -> &[u8] {
    while let [rest @ .., b',' | b' ' | b'\t'] = line {
        line = rest;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::extend_first_line;

    #[test]
    fn the_first_line_grows_by_what_no_line_lists() {
        let grown = |lines: &[&[u8]], names| extend_first_line(|| lines.iter().copied(), names);
        assert_eq!(grown(&[b"x", b"b"], "A, B, C").unwrap(), b"x, A, C");
        assert_eq!(grown(&[b"\xff"], "A").unwrap(), b"\xff, A");
        assert_eq!(grown(&[b""], "A, B").unwrap(), b"A, B");
        assert_eq!(grown(&[b"x,"], "A").unwrap(), b"x, A");
        assert_eq!(grown(&[b"x , \t,"], "A, B").unwrap(), b"x, A, B");
        assert_eq!(grown(&[b" , "], "A").unwrap(), b"A");
        assert_eq!(grown(&[b",x,,y,"], "A").unwrap(), b",x,,y, A");
        assert_eq!(grown(&[b"x", b"a"], "A"), None);
        assert_eq!(grown(&[], "A"), None);
    }
}
