//! Differences between names, to find typos.

/// Returns whether `a` becomes `b` if one letter is added, removed or replaced, or two letters are
/// swapped. Ignores case.
#[must_use]
pub fn is_one_edit(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b)
        && first.eq_ignore_ascii_case(other)
    {
        (a, b) = (rest, others);
    }
    while let ([rest @ .., last], [others @ .., other]) = (a, b)
        && last.eq_ignore_ascii_case(other)
    {
        (a, b) = (rest, others);
    }
    match (a, b) {
        ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([first, second], [other_first, other_second]) => {
            first.eq_ignore_ascii_case(other_second) && second.eq_ignore_ascii_case(other_first)
        }
        _ => false,
    }
}
