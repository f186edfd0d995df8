//! Why a list of origins is refused: every mistake at once, each with the entry to write instead.

use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use cors_origin::pattern::Quoted;

/// Why a list of origins is refused. Nothing of such a list takes effect.
///
/// `Display` has a line for each mistake, and so has `Debug`, which is what a program prints that returns
/// the error from `main`.
///
/// ```
/// use cors_runtime::Origins;
///
/// let error = "https://a.example/, https://b.example".parse::<Origins>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "entry 1: `https://a.example/` has a trailing slash (an origin is a scheme, a host and an \
///      optional port); write `https://a.example`",
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct OriginsError {
    /// None if there are no entries at all.
    invalid: Vec<InvalidOrigin>,
}

/// An entry that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidOrigin {
    index: usize,
    entry: String,
    reason: String,
    corrected: Option<String>,
}

/// Mistakes that `Display` has a line for.
const MAX_SHOWN: usize = 50;

impl OriginsError {
    /// The error of a text without entries.
    pub(super) fn empty() -> Self {
        Self {
            invalid: Vec::new(),
        }
    }

    /// `invalid` is not empty.
    pub(super) fn new(invalid: Vec<InvalidOrigin>) -> Self {
        Self { invalid }
    }

    /// Returns the entries that are refused, in their order. There are none if the error is that a text
    /// has no entries.
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
            entry: entry.into(),
            reason,
            corrected,
        }
    }

    /// Returns the index of the entry in the list. What is wrong with a text as a whole, such as quotation
    /// marks around it, has the index 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Returns the entry, as it was given.
    #[must_use]
    pub fn entry(&self) -> &str {
        &self.entry
    }

    /// Returns the reason, to follow the entry: "has a trailing slash (..)", for example.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns what to write instead, if that is clear: an entry, or several with commas between them.
    #[must_use]
    pub fn corrected(&self) -> Option<&str> {
        self.corrected.as_deref()
    }
}

impl fmt::Display for InvalidOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.index + 1;
        write!(f, "entry {number}: {} {}", Quoted(&self.entry), self.reason)?;
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
