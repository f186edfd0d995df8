//! What was meant: a [`Policy`] whose every value is valid by itself.
//!
//! The files of this stage state the rules of single values, each once and with a link to the
//! standard. They see text, never tokens; [`lower`] is where text and tokens meet. What only holds
//! (or fails) between several values is the business of the validator.

mod entry;
mod names;
mod number;
mod regex;
mod rule;
mod shape;

pub(crate) use names::{method, method_word, registered_methods, text_in_list};
pub(crate) use number::{MAX_MAX_AGE, max_age};
pub(crate) use regex::Regex;
pub(crate) use rule::{read, reads};

pub(crate) use crate::declaration::Risk;
pub(crate) use cors_origin::pattern::{Host, Label, LabelPart, Pattern, Port};

use std::rc::Rc;

use crate::declaration::{EnvSource, Expr, ExprKind, Fragment, Function, Mistakes, Path, Position};

/// The environment of the build.
pub(crate) trait Environment {
    /// Returns the value of a variable.
    fn variable(&self, name: &str) -> EnvValue;
}

/// The value of an environment variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EnvValue {
    /// A text.
    Unicode(String),
    /// Bytes that are no text.
    NotUnicode,
    /// It is not set.
    Unset,
}

impl<F: Fn(&str) -> EnvValue> Environment for F {
    fn variable(&self, name: &str) -> EnvValue {
        self(name)
    }
}

/// A policy. What was not valid has been left out (and reported).
pub(crate) struct Policy {
    /// In source order; the first that allows an origin decides.
    pub(crate) rules: Vec<Rule>,
    /// The status of a successful preflight, 200 to 299.
    pub(crate) preflight_status: u16,
    pub(crate) assertions: Vec<Assertion>,
    /// Environment variables that entries were read from, once each.
    pub(crate) variables: Vec<String>,
    /// What was left out, and why.
    pub(crate) mistakes: Mistakes,
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
    pub(crate) source: Option<Rc<EnvSource>>,
    pub(crate) condition: Option<Condition>,
    /// Risks that the policy takes for this entry.
    pub(crate) accepted: Vec<Acceptance>,
}

/// `dangerously_allow`.
#[derive(Clone, Copy)]
pub(crate) struct Acceptance {
    pub(crate) risk: Risk,
    /// Where the risk is named.
    pub(crate) place: Position,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) fragments: Vec<Fragment>,
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

impl Entry {
    /// Returns it as it is written, without what is around it.
    pub(crate) fn to_expr(&self) -> Expr {
        let Some(source) = &self.source else {
            return self.accepted_expr();
        };
        // Once for each of its entries.
        const MAX_DEFAULT_LEN: usize = 1 << 10;
        let default = source.default.as_ref().map(|default| {
            let value = match default.len() > MAX_DEFAULT_LEN {
                true => Expr::omitted(),
                false => Expr::text(default),
            };
            Expr::named("default", value)
        });
        let arguments = [Expr::text(&source.name)].into_iter().chain(default);
        Expr::call(Function::Env.name(), arguments.collect::<Vec<_>>())
    }

    /// Returns what would be written for what it accepts.
    pub(crate) fn accepted_expr(&self) -> Expr {
        match &self.kind {
            EntryKind::Origin(_) | EntryKind::Null => Expr::text(self.text()),
            EntryKind::Regex(regex) => regex.to_expr(),
            EntryKind::Predicate(path) => {
                let path = Expr::new(ExprKind::Path(path.clone()));
                Expr::call(Function::Predicate.name(), [path])
            }
        }
    }

    /// What it accepts, in the words of the policy.
    pub(crate) fn text(&self) -> String {
        match &self.kind {
            EntryKind::Origin(origin) => origin.to_string(),
            EntryKind::Null => "null".into(),
            EntryKind::Regex(regex) => regex.to_string(),
            EntryKind::Predicate(function) => Function::Predicate.call(&function.text),
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
