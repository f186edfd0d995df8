//! What was meant: a [`Policy`] whose every value is valid by itself.
//!
//! The files of this stage state the rules of single values, each once and with a link to the
//! standard. They see text, never tokens; [`lower`] is where text and tokens meet. What only holds
//! (or fails) between several values is the business of the validator.

mod header;
mod lower;
mod max_age;
mod method;
mod origin;
mod regex;
mod risk;

pub(crate) use cors_origin::pattern::{Host, Label, LabelPart, Pattern, Port};
pub(crate) use lower::lower;
pub(crate) use origin::parse as parse_origin;
pub(crate) use regex::{Regex, Spelling, as_pattern, meant, name_at_the_end};
pub(crate) use risk::Risk;

use std::rc::Rc;

use crate::diagnostic::{Diagnostic, Position, Text, quoted, text};
use crate::parse::{Function, Path, Tokens};

/// A policy. What was not valid has been left out (and reported).
pub(crate) struct Policy {
    /// In source order; the first that allows an origin decides.
    pub(crate) rules: Vec<Rule>,
    /// The status of a successful preflight, 200 to 299.
    pub(crate) preflight_status: u16,
    pub(crate) assertions: Vec<Assertion>,
    /// Environment variables that entries were read from, once each.
    pub(crate) variables: Vec<String>,
}

/// What some origins may do.
pub(crate) struct Rule {
    /// Where the rule stands.
    pub(crate) place: Position,
    pub(crate) origins: Origins,
    /// Where credentials are allowed, if they are.
    pub(crate) credentials: Option<Position>,
    pub(crate) methods: Names,
    pub(crate) headers: Names,
    pub(crate) exposed_headers: Names,
    /// In seconds, a day at most.
    pub(crate) max_age: Option<u32>,
}

/// Who is allowed.
#[derive(Clone)]
pub(crate) enum Origins {
    /// Everybody.
    Any(Position),
    /// Whom an entry allows.
    Listed(Vec<Entry>),
}

/// An entry of `allow_origins`.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) place: Position,
    pub(crate) kind: EntryKind,
    /// The variable that it was read from, if it does not stand in the source itself.
    pub(crate) source: Option<Rc<Variable>>,
    pub(crate) condition: Option<Condition>,
    /// Risks that the policy takes for this entry.
    pub(crate) accepted: Vec<Acceptance>,
}

/// `env("NAME", default = "..")`.
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) default: Option<String>,
    /// Whether the variable has no entries, so that those of the default count.
    pub(crate) is_default: bool,
}

/// `dangerously_allow`.
#[derive(Clone, Copy)]
pub(crate) struct Acceptance {
    pub(crate) risk: Risk,
    /// Where the risk is named.
    pub(crate) place: Position,
    /// Which it is in the policy. Places tell as much, but to compare them takes the compiler long.
    pub(crate) number: usize,
}

/// An entry where it is listed.
#[derive(Clone, Copy)]
pub(crate) struct Listed<'p> {
    /// The index of its rule.
    pub(crate) rule: usize,
    pub(crate) entry: &'p Entry,
}

/// What an entry accepts.
#[derive(Clone)]
pub(crate) enum EntryKind {
    /// An origin, or a pattern.
    Origin(Pattern),
    /// `null`.
    Null,
    /// The full matches of a regular expression that are serialized origins.
    Regex(Regex),
    /// What a function says.
    Predicate(Path),
}

/// `#[cfg(..)]` on an entry.
#[derive(Clone)]
pub(crate) struct Condition {
    pub(crate) attributes: Tokens,
    /// The same as text: alike for conditions that are surely alike.
    pub(crate) text: String,
}

/// An entry of `assert_allowed` or `assert_denied`.
pub(crate) struct Assertion {
    pub(crate) place: Position,
    pub(crate) origin: String,
    /// What is asserted.
    pub(crate) is_allowed: bool,
}

/// Methods in the case in which they were written, or header names in lower case.
#[derive(Clone, Default)]
pub(crate) struct Names {
    /// Where `Any` stands in place of a list, or the list that it stands in, if it does: what is written
    /// instead replaces all of it.
    pub(crate) any: Option<Position>,
    /// Whether the answer is what the preflight asks for.
    pub(crate) mirrors_request: bool,
    /// In source order, with places; no name is there twice.
    pub(crate) listed: Vec<(String, Position)>,
}

impl Policy {
    /// All entries, in source order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Listed<'_>> {
        self.rules.iter().enumerate().flat_map(|(index, rule)| {
            let entries = match &rule.origins {
                Origins::Any(_) => &[],
                Origins::Listed(entries) => entries.as_slice(),
            };
            entries
                .iter()
                .map(move |entry| Listed { rule: index, entry })
        })
    }
}

impl Origins {
    /// Where `Any` stands, if it does.
    pub(crate) fn any(&self) -> Option<Position> {
        match self {
            Self::Any(place) => Some(*place),
            Self::Listed(_) => None,
        }
    }
}

impl Variable {
    fn written(&self) -> String {
        // Once for each of its entries.
        const LONGEST: usize = 1 << 10;
        let name = &self.name;
        Function::Env.call(match &self.default {
            Some(default) if default.len() > LONGEST => format!("{name:?}, default = .."),
            Some(default) => format!("{name:?}, default = {default:?}"),
            None => format!("{name:?}"),
        })
    }

    /// Where its entries stand.
    fn place(&self) -> Text {
        let name = quoted(&self.name);
        match self.is_default {
            true => text![
                "it stands in the default for the environment variable ",
                name
            ],
            false => text!["it stands in the environment variable ", name],
        }
    }
}

impl Entry {
    /// As it is written in the source, without what is around it.
    pub(crate) fn written(&self) -> String {
        match (&self.source, &self.kind) {
            (Some(variable), _) => variable.written(),
            (None, EntryKind::Origin(_) | EntryKind::Null) => format!("{:?}", self.text()),
            (None, EntryKind::Regex(_) | EntryKind::Predicate(_)) => self.text(),
        }
    }

    /// A problem with this entry, which says where the entry stands if that cannot be seen.
    pub(crate) fn located(&self, problem: Diagnostic) -> Diagnostic {
        match &self.source {
            Some(variable) => problem.note(variable.place()),
            None => problem,
        }
    }

    /// What it accepts, in the words of the policy.
    pub(crate) fn text(&self) -> String {
        match &self.kind {
            EntryKind::Origin(origin) => origin.to_string(),
            EntryKind::Null => "null".into(),
            EntryKind::Regex(regex) => regex.to_string(),
            EntryKind::Predicate(function) => Function::Predicate.call(function),
        }
    }

    /// Whether it accepts one text, and nothing else.
    pub(crate) fn is_exact(&self) -> bool {
        match &self.kind {
            EntryKind::Origin(origin) => origin.is_exact(),
            EntryKind::Null => true,
            EntryKind::Regex(_) | EntryKind::Predicate(_) => false,
        }
    }

    /// The condition as text.
    pub(crate) fn condition_text(&self) -> Option<&str> {
        self.condition
            .as_ref()
            .map(|condition| condition.text.as_str())
    }

    /// Whether this entry is there whenever `other` is.
    pub(crate) fn is_there_with(&self, other: &Self) -> bool {
        match (&self.condition, &other.condition) {
            (None, _) => true,
            (Some(own), Some(other)) => own.text == other.text,
            (Some(_), None) => false,
        }
    }
}
