//! Checks of a single entry, with the code that the macro uses.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Risk;
use super::error::InvalidOrigin;
use super::risks::Risks;
use cors_origin::confinement::check_confinement;
use cors_origin::origin::FILE_ORIGIN;
use cors_origin::pattern::{Pattern, Reason, is_plain_origin};

/// Quotation marks that shells remove, but files of environment variables often do not.
pub(super) const QUOTES: [char; 3] = ['"', '\'', '`'];

/// Characters that no entry contains.
const NOT_IN_TEXT: [char; 4] = [QUOTES[0], QUOTES[1], QUOTES[2], ';'];

/// A checked entry.
pub(super) enum Checked {
    /// `*`
    Any,
    /// `null`
    Null,
    /// `file://`
    File,
    /// An origin or a pattern, in its canonical form.
    Pattern(Pattern),
    /// An origin that passes every check.
    Plain,
}

/// Checks an entry.
pub(super) fn check(index: usize, entry: &str, risks: Risks) -> Result<Checked, InvalidOrigin> {
    let invalid = |reason: String, corrected: Option<String>| {
        Err(InvalidOrigin::new(index, entry, reason, corrected))
    };
    match entry {
        "*" => return Ok(Checked::Any),
        "null" if risks.contains(Risk::NullOrigin) => return Ok(Checked::Null),
        FILE_ORIGIN if risks.contains(Risk::FileOrigin) => return Ok(Checked::File),
        FILE_ORIGIN => {
            return invalid(
                "is shared by all local files (some apps and extensions send it, for files of any author)"
                    .into(),
                None,
            );
        }
        _ if is_plain_origin(entry) => return Ok(Checked::Plain),
        _ => {}
    }
    let error = match Pattern::parse(entry) {
        Ok(pattern) => {
            let unconfined = check_confinement(&pattern).err();
            return match unconfined.filter(|_| !risks.contains(Risk::UnconfinedOrigin)) {
                None => Ok(Checked::Pattern(pattern)),
                Some(unconfined) => invalid(unconfined.to_string(), None),
            };
        }
        Err(error) => error,
    };
    match error.reason() {
        Reason::Null if !risks.contains(Risk::NullOrigin) => invalid(
            "is shared by everyone (browsers send it for sandboxed frames and local files of any \
             author)"
                .into(),
            None,
        ),
        Reason::Null => invalid(explain(error.reason()), Some("null".into())),
        reason => {
            let is_sound = |pattern: &Pattern| {
                risks.contains(Risk::UnconfinedOrigin) || check_confinement(pattern).is_ok()
            };
            let corrected = error.corrected();
            let is_offered = !corrected.is_empty() && corrected.iter().all(is_sound);
            let corrected = is_offered.then(|| join(corrected));
            // Hosts may contain quotation marks, but in an entry they are a separate mistake.
            invalid(
                explain(reason),
                corrected.filter(|text| !text.contains(NOT_IN_TEXT)),
            )
        }
    }
}

/// Returns the fact, and why it matters.
fn explain(reason: &Reason) -> String {
    match reason.note() {
        Some(note) => format!("{reason} ({note})"),
        None => reason.to_string(),
    }
}

fn join(patterns: &[Pattern]) -> String {
    let texts: Vec<String> = patterns.iter().map(ToString::to_string).collect();
    texts.join(", ")
}

/// Returns the error for `*` among other entries.
pub(super) fn any_among_others(index: usize) -> InvalidOrigin {
    let reason = "means any origin only if it is the only entry";
    InvalidOrigin::new(index, "*", reason.into(), None)
}
