//! Searches for bytes. Lists have thousands of entries, and macros run unoptimized, where these take a
//! fraction of the time that a search for one of several characters takes.

/// Returns whether a byte matches.
pub(super) fn contains_byte(text: &str, is_match: impl Fn(u8) -> bool) -> bool {
    position_of_byte(text, is_match).is_some()
}

/// Returns the position of the first matching byte, which must be ASCII.
pub(super) fn position_of_byte(text: &str, is_match: impl Fn(u8) -> bool) -> Option<usize> {
    text.as_bytes().iter().position(|byte| is_match(*byte))
}
