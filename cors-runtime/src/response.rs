//! Setting the CORS headers of a response, whatever a framework keeps them in.

use alloc::vec::Vec;

#[cfg(any(feature = "actix-web", feature = "rocket"))]
use crate::decision::Mirrored;
use crate::decision::Outcome;
use crate::request::RequestKind;
use crate::rule::{AppendConst, Rule};
use cors_origin::header::Header;

/// The headers of a response, in the types of a framework.
pub(crate) trait ResponseHeaders: AppendConst {
    /// Whether there are CORS headers, and whether there is a `Vary`, as far as one look at all names
    /// can tell. It spares a look-up for each name that is not there.
    fn may_have(&self) -> MayHave {
        MayHave {
            cors: true,
            vary: true,
        }
    }

    /// Removes all lines of a header.
    fn remove(&mut self, header: Header);

    /// Appends the constant headers of a rule.
    fn append_constants(&mut self, rule: &Rule<'_>, kind: RequestKind);

    /// Appends a line that comes from the request, unless the framework cannot have such a value.
    #[cfg(any(feature = "actix-web", feature = "rocket"))]
    fn append(&mut self, header: Header, value: &[u8]);

    /// Returns the lines of `Vary`.
    fn vary(&self) -> impl Iterator<Item = &[u8]>;

    /// Adds a `Vary`.
    fn append_vary(&mut self, names: &'static str);

    /// Replaces the first line of `Vary`, which there is.
    fn replace_first_vary(&mut self, line: &[u8]);
}

/// What headers may have in them.
pub(crate) struct MayHave {
    pub(crate) cors: bool,
    pub(crate) vary: bool,
}

/// Makes the CORS headers of a response those that were decided on, and adds to `Vary` what it does
/// not list yet. `append_echoed` appends what comes from the request.
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
    if let Some(rule) = outcome.rule {
        append_echoed(headers);
        headers.append_constants(rule, outcome.kind);
    }
    match outcome.vary() {
        Some(names) if may_have.vary => extend_vary(headers, names),
        Some(names) => headers.append_vary(names),
        None => {}
    }
}

/// Appends what `MirrorRequest` sends back.
#[cfg(any(feature = "actix-web", feature = "rocket"))]
pub(crate) fn append_mirrored<H: ResponseHeaders>(headers: &mut H, mirrored: &Mirrored<'_>) {
    if let Some(method) = mirrored.method {
        headers.append(Header::AllowMethods, method);
    }
    for line in mirrored.headers.as_slice() {
        headers.append(Header::AllowHeaders, line);
    }
}

/// The policy alone decides about these.
#[cold]
fn remove_cors_headers<H: ResponseHeaders>(headers: &mut H) {
    for header in Header::ALL {
        headers.remove(header);
    }
}

/// Adds to [`Vary`](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5) those of `names` that its
/// lines do not list.
#[cold]
fn extend_vary<H: ResponseHeaders>(headers: &mut H, names: &'static str) {
    if headers.vary().next().is_none() {
        headers.append_vary(names);
    } else if let Some(line) = extend_first_line(|| headers.vary(), names) {
        headers.replace_first_vary(&line);
    }
}

/// The first of the lines of `Vary` that a response has, with those of `names` added that none of them
/// lists. `None` if there is nothing to add, or no line.
///
/// It is the first that grows, since some gateways of functions pass no other on, and any server may
/// stand behind one. That a [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.3) is on one line
/// or on several makes no difference to anybody else.
fn extend_first_line<'l, I>(lines: impl Fn() -> I, names: &'static str) -> Option<Vec<u8>>
where
    I: Iterator<Item = &'l [u8]>,
{
    let first = lines().next()?;
    let mut missing = missing_names(lines, names).peekable();
    missing.peek()?;
    // https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.1: no sender makes an empty member.
    Some(missing.fold(first.to_vec(), |line, name| {
        let comma = if line.is_empty() { "" } else { ", " };
        [&line, comma.as_bytes(), name.as_bytes()].concat()
    }))
}

/// The members of `names` that the lines of `Vary` which a response has do not list, nor cover by `*`.
///
/// `names` is a list with `", "` between its members, as a decision has it. Lines may be anything:
/// other cases, white space, empty members, bytes that are no text.
fn missing_names<'l, I>(
    lines: impl Fn() -> I,
    names: &'static str,
) -> impl Iterator<Item = &'static str>
where
    I: Iterator<Item = &'l [u8]>,
{
    names.split(", ").filter(move |name| {
        !lines()
            .flat_map(|line| line.split(|byte| *byte == b','))
            .map(<[u8]>::trim_ascii)
            .any(|listed| listed == b"*" || listed.eq_ignore_ascii_case(name.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::{extend_first_line, missing_names};

    fn lists(lines: &[&[u8]], names: &'static str) -> bool {
        missing_names(|| lines.iter().copied(), names)
            .next()
            .is_none()
    }

    #[test]
    fn members_are_looked_for_in_all_lines() {
        assert!(lists(&[b"Accept", b"x, ORIGIN\t,y"], "Origin"));
        assert!(lists(&[b"a", b"b"], "A, B"));
        assert!(lists(&[b"*"], "A, B"));
        assert!(lists(&[b"\xff, ,origin"], "Origin"));
    }

    #[test]
    fn parts_of_members_do_not_count() {
        assert!(!lists(&[], "Origin"));
        assert!(!lists(&[b""], "Origin"));
        assert!(!lists(&[b"x-origin, originator, ori gin"], "Origin"));
        assert!(!lists(&[b"Origin"], "Origin, Cookie"));
        assert!(!lists(&[b"**"], "Origin"));
    }

    #[test]
    fn what_is_listed_is_not_missing() {
        let lines: [&[u8]; 2] = [b"x, b", b"d"];
        let missing: Vec<&str> = missing_names(|| lines.iter().copied(), "A, B, C, D").collect();
        assert_eq!(missing, ["A", "C"]);
    }

    #[test]
    fn the_first_line_grows_by_what_no_line_lists() {
        let grown = |lines: &[&[u8]], names| extend_first_line(|| lines.iter().copied(), names);
        assert_eq!(grown(&[b"x", b"b"], "A, B, C").unwrap(), b"x, A, C");
        assert_eq!(grown(&[b"\xff"], "A").unwrap(), b"\xff, A");
        assert_eq!(grown(&[b""], "A, B").unwrap(), b"A, B");
        assert_eq!(grown(&[b"x", b"a"], "A"), None);
        assert_eq!(grown(&[], "A"), None);
    }
}
