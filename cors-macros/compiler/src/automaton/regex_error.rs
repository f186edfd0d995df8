//! Regexes without an automaton.

/// Maximum length of a regex; longer ones are rejected without parsing.
pub(crate) const MAX_REGEX_LEN: usize = 4096;

/// Maximum number of steps to build the deterministic automaton of a regex.
pub(crate) const MAX_REGEX_STEPS: usize = 1 << 20;

/// The reason why a regex has no automaton.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RegexError {
    /// Regexes need the feature `regex`.
    #[cfg(not(feature = "regex"))]
    Disabled,
    /// It is not a regular expression. Contains the reason.
    #[cfg_attr(not(feature = "regex"), allow(dead_code))]
    Invalid(String),
    /// It exceeds one of the limits.
    TooLarge,
    /// It exceeds the remaining limit of the policy.
    TooLargeTogether,
    /// It was not processed, because an earlier one exceeded a limit.
    Unread,
    /// It accepts no origin.
    Empty,
}
