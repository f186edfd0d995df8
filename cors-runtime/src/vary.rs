//! The lines of `Vary` in a response.

/// Returns the members of `names` that the lines of a response's `Vary` do not contain, unless they
/// contain `*`.
///
/// `names` is a list separated by `", "`. Lines may contain anything: upper case, white space,
/// empty members, bytes that are not UTF-8.
pub(crate) fn missing_names<I>(
    lines: impl Fn() -> I,
    names: &'static str,
) -> impl Iterator<Item = &'static str>
where
    I: Iterator<Item: AsRef<[u8]>>,
{
    let is_missing = move |name: &&str| !lines().any(|line| contains(line.as_ref(), name));
    names.split(", ").filter(is_missing)
}

/// Returns whether a line contains a name, or `*`.
fn contains(line: &[u8], name: &str) -> bool {
    let mut members = line.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    members.any(|member| member == b"*" || member.eq_ignore_ascii_case(name.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::missing_names;

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
    fn listed_names_are_not_missing() {
        let lines: [&[u8]; 2] = [b"x, b", b"d"];
        let missing = missing_names(|| lines.iter().copied(), "A, B, C, D");
        assert!(missing.eq(["A", "C"]));
    }
}
