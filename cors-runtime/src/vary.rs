//! Adding to [`Vary`](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5).

use alloc::vec::Vec;

/// The first of the lines of `Vary` that a response has, with those of `names` added that none of them
/// lists. `None` if there is nothing to add, or no line.
///
/// It is the first that grows, since some gateways of functions pass no other on, and any server may
/// stand behind one. That a [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.3) is on one line
/// or on several makes no difference to anybody else.
pub(crate) fn first_line<'l, I>(lines: impl Fn() -> I, names: &'static str) -> Option<Vec<u8>>
where
    I: Iterator<Item = &'l [u8]>,
{
    let first = lines().next()?;
    let mut missing = missing(lines, names).peekable();
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
fn missing<'l, I>(lines: impl Fn() -> I, names: &'static str) -> impl Iterator<Item = &'static str>
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

    use super::{first_line, missing};

    fn lists(lines: &[&[u8]], names: &'static str) -> bool {
        missing(|| lines.iter().copied(), names).next().is_none()
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
        let missing: Vec<&str> = missing(|| lines.iter().copied(), "A, B, C, D").collect();
        assert_eq!(missing, ["A", "C"]);
    }

    #[test]
    fn the_first_line_grows_by_what_no_line_lists() {
        let grown = |lines: &[&[u8]], names| first_line(|| lines.iter().copied(), names);
        assert_eq!(grown(&[b"x", b"b"], "A, B, C").unwrap(), b"x, A, C");
        assert_eq!(grown(&[b"\xff"], "A").unwrap(), b"\xff, A");
        assert_eq!(grown(&[b""], "A, B").unwrap(), b"A, B");
        assert_eq!(grown(&[b"x", b"a"], "A"), None);
        assert_eq!(grown(&[], "A"), None);
    }
}
