//! Names that differ by a slip of the finger.

/// `x` for `y` is no slip.
const SHORTEST: usize = 3;

/// Whether `a` becomes `b` by one letter that is added, left out, or another, or by two that change
/// places. Case does not matter; names that are equal but for it are no slip, nor are those that
/// start otherwise or are so short that every other name is near.
pub(super) fn is_between(a: &[u8], b: &[u8]) -> bool {
    let is_long = |name: &[u8]| name.len() >= SHORTEST;
    let starts_alike =
        a.first().map(u8::to_ascii_lowercase) == b.first().map(u8::to_ascii_lowercase);
    if !(is_long(a) && is_long(b) && starts_alike) {
        return false;
    }
    let same = |(a, b): &(&u8, &u8)| a.eq_ignore_ascii_case(b);
    let start = a.iter().zip(b).take_while(same).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(same).count();
    match (&a[..a.len() - end], &b[..b.len() - end]) {
        ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([first, second], [other_first, other_second]) => {
            first.eq_ignore_ascii_case(other_second) && second.eq_ignore_ascii_case(other_first)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_between;

    #[test]
    fn one_slip_is_found_wherever_it_is() {
        for slip in ["PACTH", "PATH", "PATCHH", "PTACH", "PITCH", "pathc"] {
            assert!(is_between(slip.as_bytes(), b"PATCH"), "{slip}");
            assert!(is_between(b"PATCH", slip.as_bytes()), "{slip}");
        }
        assert!(is_between(b"aaa", b"aaaa"));
        assert!(!is_between(b"aa", b"aaa"));
    }

    #[test]
    fn no_slip_and_two_are_not() {
        for other in [
            "PATCH", "patch", "PTCAH", "PUT", "", "PA", "PATCHES", "HCTAP", "MATCH",
        ] {
            assert!(!is_between(other.as_bytes(), b"PATCH"), "{other}");
            assert!(!is_between(b"PATCH", other.as_bytes()), "{other}");
        }
    }
}
