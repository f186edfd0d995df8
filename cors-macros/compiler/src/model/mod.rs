//! What was meant: every value by itself.
//!
//! The files of this stage state the rules of single values, each once and with a link to the
//! standard. What is wrong is noted, and worded by the validator. What only holds (or fails) between
//! several values is the business of the validator.

mod entry;
mod names;
mod number;
mod regex;
mod rule;
mod shape;

pub(crate) use names::{method, method_word, registered_methods, text_in_list};
pub(crate) use number::{MAX_MAX_AGE, max_age};
pub use regex::Regex;
pub(crate) use rule::reads;
pub use rule::{Rule, read};

pub(crate) use crate::declaration::Risk;
pub(crate) use cors_origin::pattern::{Host, Label, LabelPart, Pattern, Port};

use std::rc::Rc;

use crate::declaration::{
    CONFIGURED, EnvSource, Expr, ExprKind, Fragment, Function, Mistakes, Path, Position,
};

/// Where the variables of `env(..)` are looked up: the compiler itself asks for nothing.
pub trait Environment {
    /// Returns the value of a variable.
    fn variable(&self, name: &str) -> EnvValue;
}

/// The value of an environment variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvValue {
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

/// A policy whose every value is valid by itself. What is not valid is left out.
#[derive(Debug)]
pub struct Model {
    /// In source order; the first that allows an origin decides.
    pub rules: Vec<Rule>,
    /// The status of a successful preflight, 200 to 299.
    pub preflight_status: u16,
    /// What the policy asserts about itself.
    pub assertions: Vec<Assertion>,
    /// Environment variables that entries were read from, once each.
    pub variables: Vec<String>,
    /// What was left out, and why.
    pub mistakes: Mistakes,
}

/// Who is allowed.
#[derive(Debug, Clone)]
pub enum Origins {
    /// Everybody.
    Any(Position),
    /// Whom an entry allows.
    Listed(Vec<Entry>),
}

/// An entry of `allow_origins`.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it is, or the call that it was read from a variable for.
    pub position: Position,
    /// What it accepts.
    pub kind: EntryKind,
    /// The variable that it was read from, if it is not written in the source itself.
    pub source: Option<Rc<EnvSource>>,
    /// The condition under which it is there.
    pub condition: Option<Condition>,
    /// Risks that the policy takes for this entry.
    pub opt_outs: Vec<OptOut>,
}

/// `dangerously_allow`.
#[derive(Debug, Clone, Copy)]
pub struct OptOut {
    /// The risk that is taken.
    pub risk: Risk,
    /// Where it is taken.
    pub position: Position,
}

/// An entry where it is listed.
#[derive(Debug, Clone, Copy)]
pub struct EntryRef<'m> {
    /// The index of its rule.
    pub rule: usize,
    /// The entry.
    pub entry: &'m Entry,
}

/// What an entry accepts.
#[derive(Debug, Clone)]
pub enum EntryKind {
    /// An origin, or a pattern.
    Pattern(Pattern),
    /// `null`.
    Null,
    /// The full matches of a regular expression that are serialized origins.
    Regex(Regex),
    /// What a list accepts that the program gets when it runs.
    Configured,
    /// What a function says.
    Predicate(Path),
}

/// `#[cfg(..)]` on an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The attributes, for a back end.
    pub fragments: Vec<Fragment>,
    /// The same as text: alike for conditions that are surely alike.
    pub text: String,
}

/// An entry of `assert_allowed` or `assert_denied`.
#[derive(Debug)]
pub struct Assertion {
    /// Where it is.
    pub position: Position,
    /// The origin that it is about.
    pub origin: String,
    /// What is asserted.
    pub is_allowed: bool,
}

/// Methods in the case in which they were written, or header names in lower case.
#[derive(Debug, Clone, Default)]
pub struct NameList {
    /// Where `Any` is in place of a list, or the list that it is in: what is written instead replaces
    /// all of it.
    pub wildcard: Option<Position>,
    /// Whether the answer is what the preflight asks for.
    pub mirror_request: bool,
    /// In source order, with positions; no name is there twice.
    pub names: Vec<(String, Position)>,
}

impl Model {
    /// Returns all entries, in source order.
    pub fn entries(&self) -> impl Iterator<Item = EntryRef<'_>> {
        self.rules.iter().enumerate().flat_map(|(index, rule)| {
            let entries = match &rule.origins {
                Origins::Any(_) => &[],
                Origins::Listed(entries) => entries.as_slice(),
            };
            entries
                .iter()
                .map(move |entry| EntryRef { rule: index, entry })
        })
    }
}

impl Origins {
    /// Returns where `Any` is, if it is.
    pub fn any(&self) -> Option<Position> {
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
            EntryKind::Pattern(_) | EntryKind::Null => Expr::text(self.text()),
            EntryKind::Regex(regex) => regex.to_expr(),
            EntryKind::Configured => Expr::word(CONFIGURED),
            EntryKind::Predicate(path) => {
                let path = Expr::new(ExprKind::Path(path.clone()));
                Expr::call(Function::Predicate.name(), [path])
            }
        }
    }

    /// Returns what it accepts, in the words of the policy.
    pub fn text(&self) -> String {
        match &self.kind {
            EntryKind::Pattern(origin) => origin.to_text(),
            EntryKind::Null => "null".into(),
            EntryKind::Regex(regex) => regex.to_string(),
            EntryKind::Configured => CONFIGURED.into(),
            EntryKind::Predicate(function) => Function::Predicate.call(&function.text),
        }
    }

    /// Whether it accepts one text, and nothing else.
    pub(crate) fn is_exact(&self) -> bool {
        match &self.kind {
            EntryKind::Pattern(origin) => origin.is_exact(),
            EntryKind::Null => true,
            EntryKind::Regex(_) | EntryKind::Configured | EntryKind::Predicate(_) => false,
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
