//! Finds the nearest name in a list, for a word with a typo.

/// Returns the candidate that differs least from `typed`, by at most a third of its length.
pub(crate) fn without_typo<'a>(typed: &str, candidates: &[&'a str]) -> Option<&'a str> {
    // Such a long word is not a typo, and the table below is quadratic.
    const MAX_WORD_LEN: usize = 64;
    if typed.len() > MAX_WORD_LEN {
        return None;
    }
    let allowed = typed.chars().count().max(3) / 3;
    let mut nearest = None;
    // A nearer one differs less.
    let mut limit = allowed + 1;
    for candidate in candidates {
        let distance = distance(typed, candidate);
        if distance < limit {
            nearest = Some(*candidate);
            limit = distance;
        }
    }
    nearest
}

/// Returns the candidate of which `typed` is a typo. Otherwise returns the first candidate that ends
/// with the word `typed` (`origins` of `allow_origins`), or starts with it.
pub(crate) fn nearest<'a>(typed: &str, candidates: &[&'a str]) -> Option<&'a str> {
    // Two letters are the beginning of too many words.
    let shortened = || {
        candidates.iter().find(|candidate| {
            candidate.ends_with(&format!("_{typed}"))
                || typed.len() > 2 && candidate.starts_with(typed)
        })
    };
    without_typo(typed, candidates).or_else(|| shortened().copied())
}

/// Returns the number of insertions, deletions, replacements and swaps of neighbours between `a`
/// and `b` (the optimal string alignment distance).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut current = vec![i];
        for j in 1..=b.len() {
            let replaced = previous[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(previous[j] + 1).min(current[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            current.push(best);
        }
        before = core::mem::replace(&mut previous, current);
    }
    previous[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        assert_eq!(distance("orgins", "origins"), 1);
        assert_eq!(distance("mehtods", "methods"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }

    #[test]
    fn nearest_completes_a_shortened_name() {
        assert_eq!(nearest("age", &["rule", "max_age"]), Some("max_age"));
        assert_eq!(nearest("max", &["rule", "max_age"]), Some("max_age"));
        assert_eq!(nearest("max_a", &["rule", "max_age"]), Some("max_age"));
        assert_eq!(nearest("ma", &["rule", "max_age"]), None);
    }

    #[test]
    fn nearest_is_silent_when_nothing_is_near() {
        assert_eq!(nearest("max_aeg", &["max_age", "rule"]), Some("max_age"));
        assert_eq!(nearest("x", &["max_age", "rule"]), None);
        assert_eq!(nearest("timeout", &["max_age", "rule"]), None);
        assert_eq!(nearest("", &["max_age", "rule"]), None);
    }
}
