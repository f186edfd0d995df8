//! Searches for bytes. Lists can have thousands of entries, and macros run unoptimized. There, a search for bytes is
//! several times as fast as a search for characters.

/// Returns whether a byte matches.
pub(super) fn contains_byte(text: &str, is_match: fn(u8) -> bool) -> bool {
    position_of_byte(text, is_match).is_some()
}

/// Returns the position of the first matching byte, which must be ASCII.
pub(super) fn position_of_byte(text: &str, is_match: fn(u8) -> bool) -> Option<usize> {
    text.as_bytes().iter().position(|byte| is_match(*byte))
}
