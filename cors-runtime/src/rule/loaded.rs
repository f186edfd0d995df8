//! Rules that were loaded. They own data that is constant in an expansion.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
mod constants;

#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
pub(super) use constants::LoadedConstants;

#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
use super::Constants;
use super::{Automaton, EntryList, OriginEntry, Rule, Values};
use cors_origin::header::{Header, HeaderValues};
use cors_origin::matcher::dfa::DfaTableBuf;

/// An entry of `allow_origins`, as [`OriginEntry`].
pub(crate) enum LoadedEntry {
    Any,
    Null,
    Origin(Box<str>),
    Pattern(Box<str>),
    Regex(Box<LoadedRegex>),
}

/// A regex, as [`OriginEntry::Regex`].
pub(crate) struct LoadedRegex {
    pub(crate) text: String,
    pub(crate) expression: String,
    pub(crate) automaton: DfaTableBuf,
}

impl LoadedEntry {
    pub(super) fn view(&self) -> OriginEntry<'_> {
        match self {
            Self::Any => OriginEntry::Any,
            Self::Null => OriginEntry::Null,
            Self::Origin(text) => OriginEntry::Origin(text),
            Self::Pattern(text) => OriginEntry::Pattern(text),
            Self::Regex(regex) => OriginEntry::Regex {
                text: &regex.text,
                expression: &regex.expression,
                automaton: Automaton::Loaded(&regex.automaton),
            },
        }
    }
}

/// A rule that owns its values.
pub(crate) struct LoadedRule {
    pub(crate) entries: Vec<LoadedEntry>,
    pub(crate) values: HeaderValues<Box<str>>,
    pub(crate) expose_timing: bool,
    pub(crate) mirror_method: bool,
    pub(crate) mirror_headers: bool,
}

impl From<LoadedRule> for Rule {
    fn from(rule: LoadedRule) -> Self {
        Self {
            is_for_any_origin: matches!(rule.entries.as_slice(), [LoadedEntry::Any]),
            entries: EntryList::Loaded(rule.entries.into()),
            echoes_origin: rule.values[Header::AllowOrigin].is_empty(),
            allow_credentials: !rule.values[Header::AllowCredentials].is_empty(),
            #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
            constants: Constants::loaded(&rule.values),
            values: Values::Loaded(rule.values),
            expose_timing: rule.expose_timing,
            mirror_method: rule.mirror_method,
            mirror_headers: rule.mirror_headers,
        }
    }
}
