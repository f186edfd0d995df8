//! Adding to [`Vary`](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5).

/// Whether the lines of `Vary` that a response has list all of `names` already, or `*`.
///
/// `names` is a list with `", "` between its members, as a decision has it. Lines may be anything:
/// other cases, white space, empty members, bytes that are no text.
pub(crate) fn lists_all<'l, I>(lines: impl Fn() -> I, names: &str) -> bool
where
    I: Iterator<Item = &'l [u8]>,
{
    names.split(", ").all(|name| {
        lines()
            .flat_map(|line| line.split(|byte| *byte == b','))
            .map(<[u8]>::trim_ascii)
            .any(|listed| listed == b"*" || listed.eq_ignore_ascii_case(name.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::lists_all;

    fn lists(lines: &[&[u8]], names: &str) -> bool {
        lists_all(|| lines.iter().copied(), names)
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
}
