//! Errors about lists of origins: every mistake at once.

use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use cors_origin::pattern::Quoted;

/// The error for a rejected list of origins. A rejected list has no effect.
///
/// `Display` prints a line for each mistake. So does `Debug`, which a program prints if `main` returns
/// the error. The texts may change in any release; use [`iter`](Self::iter) in code.
///
/// ```
/// use cors_runtime::Origins;
///
/// let error = "https://a.example/, https://b.example".parse::<Origins>().unwrap_err();
/// let rejected = error.iter().next().unwrap();
/// assert_eq!(rejected.entry(), "https://a.example/");
/// assert_eq!(rejected.corrected(), Some("https://a.example"));
///
/// // entry 1: `https://a.example/` has a trailing slash (an origin is a scheme, a host and an
/// // optional port); write `https://a.example`
/// println!("{error}");
/// # assert_eq!(
/// #     error.to_string(),
/// #     "entry 1: `https://a.example/` has a trailing slash (an origin is a scheme, a host and an \
/// #      optional port); write `https://a.example`",
/// # );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct OriginsError {
    /// Empty if there are no entries at all.
    invalid: Vec<InvalidOrigin>,
}

/// An entry that was rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidOrigin {
    index: usize,
    line: Option<usize>,
    /// Whether it is the text as a whole, not an entry.
    is_text: bool,
    entry: String,
    reason: String,
    corrected: Option<String>,
}

/// Maximum number of mistakes that `Display` prints.
const MAX_SHOWN: usize = 50;

impl OriginsError {
    /// Creates the error for a text without entries.
    pub(super) fn empty() -> Self {
        Self {
            invalid: Vec::new(),
        }
    }

    /// Creates the error for rejected entries, of which there must be some.
    pub(super) fn new(invalid: Vec<InvalidOrigin>) -> Self {
        Self { invalid }
    }

    /// Sets the lines of the entries, given for each index.
    pub(super) fn with_lines(mut self, lines: &[usize]) -> Self {
        for invalid in &mut self.invalid {
            invalid.line = lines.get(invalid.index).copied();
        }
        self
    }

    /// Returns the rejected entries, in order. The iterator is empty if the list was rejected because
    /// its text has no entries.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &InvalidOrigin> {
        self.invalid.iter()
    }
}

impl InvalidOrigin {
    pub(super) fn new(
        index: usize,
        entry: &str,
        reason: String,
        corrected: Option<String>,
    ) -> Self {
        Self {
            index,
            line: None,
            is_text: false,
            entry: entry.into(),
            reason,
            corrected,
        }
    }

    /// Creates the error for a mistake that concerns the whole text.
    pub(super) fn text(text: &str, reason: String, corrected: Option<String>) -> Self {
        Self {
            is_text: true,
            ..Self::new(0, text, reason, corrected)
        }
    }

    pub(super) fn on_line(self, line: Option<usize>) -> Self {
        Self { line, ..self }
    }

    /// Returns the index of the entry in the list. The index is 0 if the mistake concerns the whole text, such
    /// as quotation marks around it.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Returns the line of the entry, from 1, if the list is a text of several lines.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// Returns the entry as it was given.
    #[must_use]
    pub fn entry(&self) -> &str {
        &self.entry
    }

    /// Returns the reason, as a phrase that follows the entry: "has a trailing slash (..)", for
    /// example.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the correction, if it is unambiguous: an entry, or several separated by commas.
    #[must_use]
    pub fn corrected(&self) -> Option<&str> {
        self.corrected.as_deref()
    }
}

impl fmt::Display for InvalidOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.is_text) {
            (_, true) => f.write_str("the text ")?,
            (Some(line), _) => write!(f, "line {line}: ")?,
            (None, _) => write!(f, "entry {}: ", self.index + 1)?,
        }
        write!(f, "{} {}", Quoted(&self.entry), self.reason)?;
        match &self.corrected {
            Some(corrected) => write!(f, "; write `{corrected}`"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for OriginsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.invalid.is_empty() {
            return f.write_str("there are no origins in the text");
        }
        for (index, invalid) in self.invalid.iter().take(MAX_SHOWN).enumerate() {
            let end = if index > 0 { "\n" } else { "" };
            write!(f, "{end}{invalid}")?;
        }
        match self.invalid.len().saturating_sub(MAX_SHOWN) {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl fmt::Debug for OriginsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for OriginsError {}
