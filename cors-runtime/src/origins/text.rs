//! Lists as text: the value of an environment variable, or a file.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::check::{Checked, QUOTES, check};
use super::error::{InvalidOrigin, OriginsError};
use super::list::List;
use super::risks::Risks;

/// Mistakes of a text as a whole.
#[derive(Clone, Copy)]
enum Flaw {
    JsonArray,
    Quotes,
    Semicolons,
}

impl Flaw {
    fn reason(self) -> &'static str {
        match self {
            Self::JsonArray => "is a JSON array (only commas or white space are between entries)",
            Self::Quotes => "has quotation marks, which are part of the value here",
            Self::Semicolons => "has semicolons (only commas or white space are between entries)",
        }
    }
}

/// Parses entries separated by commas or white space.
pub(super) fn parse(whole: &str, risks: Risks) -> Result<List, OriginsError> {
    let text = whole.trim();
    let (entries, flaws) = split(text);
    if entries.is_empty() && flaws.is_empty() {
        return Err(OriginsError::empty());
    }
    let list = match List::new(&entries, risks) {
        // The number of a line is easier to find than that of an entry.
        Err(error) if text.contains('\n') => Err(error.with_lines(&lines(whole, &entries))),
        Ok(list) if list.has_insecure() && text.contains('\n') => {
            Ok(list.with_lines(&lines(whole, &entries)))
        }
        list => list,
    };
    match (list, flaws.as_slice()) {
        (list, []) => list,
        (list, flaws) => {
            let corrected = corrected(&entries, risks);
            let flaws = flaws
                .iter()
                .map(|flaw| InvalidOrigin::text(text, flaw.reason().into(), corrected.clone()));
            let others = list.err();
            let others = others.iter().flat_map(OriginsError::iter).cloned();
            Err(OriginsError::new(flaws.chain(others).collect()))
        }
    }
}

/// Returns the number of the line of each entry, from 1. The entries are parts of the text, in order.
fn lines(text: &str, entries: &[&str]) -> Vec<usize> {
    let (mut line, mut end) = (1, 0);
    let lines = entries.iter().map(|entry| {
        let start = entry.as_ptr().addr() - text.as_ptr().addr();
        line += text[end..start].matches('\n').count();
        end = start;
        line
    });
    lines.collect()
}

/// Splits a text into entries, and finds mistakes of the text as a whole.
fn split(text: &str) -> (Vec<&str>, Vec<Flaw>) {
    let mut flaws = Vec::new();
    let mut inner = text;
    // An address in brackets contains no quotation marks.
    if let Some(array) = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        && (array.trim().is_empty() || array.contains(QUOTES))
    {
        inner = array;
        flaws.push(Flaw::JsonArray);
    }
    if inner.contains(';') {
        flaws.push(Flaw::Semicolons);
    }
    let pieces = inner.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    let mut has_quotes = false;
    let entries = pieces.map(|piece| {
        let entry = piece.trim_matches(QUOTES);
        has_quotes |= entry.len() < piece.len();
        entry
    });
    let entries = entries.filter(|entry| !entry.is_empty()).collect();
    // Quotation marks in an array are not a separate mistake.
    if has_quotes && !matches!(flaws.as_slice(), [Flaw::JsonArray, ..]) {
        flaws.push(Flaw::Quotes);
    }
    (entries, flaws)
}

/// Returns the corrected text, if it is unambiguous.
fn corrected(entries: &[&str], risks: Risks) -> Option<String> {
    let corrected = |entry: &&str| match check(0, entry, risks) {
        Ok(Checked::Any) if entries.len() > 1 => None,
        Ok(_) => Some((*entry).to_owned()),
        Err(invalid) => invalid.corrected().map(ToString::to_string),
    };
    let entries: Option<Vec<String>> = entries.iter().map(corrected).collect();
    entries
        .filter(|entries| !entries.is_empty())
        .map(|entries| entries.join(", "))
}
