//! The meaning of a declaration: every value by itself.
//!
//! The files of this stage contain the rules for single values, with links to the standard.
//! Mistakes are recorded, and the validator writes their texts. The validator also checks rules
//! that involve several values.

mod entry;
mod hosts;
mod names;
mod number;
mod regex;
mod rule;
mod shape;

pub(crate) use names::{method, method_word, registered_methods, text_in_list};
pub(crate) use number::{MAX_MAX_AGE, max_age};
pub use regex::Regex;
pub(crate) use rule::entries_of;
pub use rule::{Rule, read};

pub(crate) use crate::declaration::{OnDenied, Risk};
use cors_origin::origin::FILE_ORIGIN;
pub(crate) use cors_origin::pattern::{Host, Label, LabelPart, Pattern, Port};

use std::rc::Rc;

use crate::declaration::{
    CONFIGURED, EnvSource, Expr, ExprKind, Fragment, Function, LOOPBACK, Mistakes, Path, Position,
};

/// The source of variables for `env(..)`. The compiler itself does not access the environment.
pub trait Environment {
    /// Returns the value of a variable.
    fn variable(&self, name: &str) -> EnvValue;
}

/// The value of an environment variable.
#[derive(Debug, Clone)]
pub enum EnvValue {
    /// A text.
    Unicode(String),
    /// Bytes that are not valid Unicode.
    NotUnicode,
    /// It is not set.
    Unset,
}

impl<F: Fn(&str) -> EnvValue> Environment for F {
    fn variable(&self, name: &str) -> EnvValue {
        self(name)
    }
}

/// A policy in which every value is valid by itself. Invalid values are omitted.
#[derive(Debug)]
pub struct Model {
    /// In source order. The first rule that allows an origin applies.
    pub rules: Vec<Rule>,
    /// The status of a successful preflight, 200 to 299.
    pub preflight_status: u16,
    /// The treatment of denied requests, and the position of that key.
    pub on_denied: Option<(OnDenied, Position)>,
    /// The hosts that requests may have, as origins of [`SCHEME`](cors_origin::authority::SCHEME).
    pub hosts: Option<Origins>,
    /// The assertions of the policy.
    pub assertions: Vec<Assertion>,
    /// Environment variables that were read, without duplicates.
    pub variables: Vec<String>,
    /// Mistakes, with the values that were omitted.
    pub mistakes: Mistakes,
}

/// The origins of a rule.
#[derive(Debug, Clone)]
pub enum Origins {
    /// All origins.
    Any(Position),
    /// Listed entries.
    Listed(Vec<Entry>),
}

/// An entry of `allow_origins`.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Position of the entry, or of the call that read it from a variable.
    pub position: Position,
    /// The kind of entry.
    pub kind: EntryKind,
    /// The variable that contains it, if it is not written in the source.
    pub source: Option<Rc<EnvSource>>,
    /// Whether it is one of the patterns for `Loopback`.
    pub is_loopback: bool,
    /// The condition for including it.
    pub condition: Option<Condition>,
    /// Risks that the policy accepts for this entry.
    pub opt_outs: Vec<OptOut>,
}

/// An opt-out: `dangerously_allow`.
#[derive(Debug, Clone, Copy)]
pub struct OptOut {
    /// The accepted risk.
    pub risk: Risk,
    /// Position of the opt-out.
    pub position: Position,
}

/// An entry and its rule.
#[derive(Debug, Clone, Copy)]
pub struct EntryRef<'m> {
    /// The index of its rule.
    pub rule: usize,
    /// The entry.
    pub entry: &'m Entry,
}

/// The kind of an entry.
#[derive(Debug, Clone)]
pub enum EntryKind {
    /// An origin, or a pattern.
    Pattern(Pattern),
    /// `null`.
    Null,
    /// `file://`.
    File,
    /// The full matches of a regular expression that are serialized origins.
    Regex(Regex),
    /// A list that the program provides at run time.
    Configured,
    /// Origins for which a function returns `true`.
    Predicate(Path),
}

/// `#[cfg(..)]` on an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The attributes, for a back end.
    pub fragments: Vec<Fragment>,
    /// The attributes as text. Equal texts mean equal conditions.
    pub text: String,
}

/// An entry of `assert_allowed` or `assert_denied`.
#[derive(Debug)]
pub struct Assertion {
    /// Where it is.
    pub position: Position,
    /// The origin.
    pub origin: String,
    /// Whether it must be allowed, rather than denied.
    pub is_allowed: bool,
}

/// Methods in their original case, or header names in lower case.
#[derive(Debug, Clone, Default)]
pub struct NameList {
    /// Position of `Any`, or of the list that contains it: a suggestion replaces the whole list.
    pub wildcard: Option<Position>,
    /// Whether the response echoes the request of the preflight.
    pub mirror_request: bool,
    /// In source order, with positions and without duplicates.
    pub names: Vec<(String, Position)>,
}

impl Condition {
    /// Returns the contents of a single `#[cfg(..)]`, without white space.
    pub(crate) fn predicate(&self) -> Option<String> {
        if self.fragments.len() != 1 {
            return None;
        }
        let text: String = self.text.split_whitespace().collect();
        let predicate = text.strip_prefix("#[cfg(")?.strip_suffix(")]")?;
        let predicate = predicate.trim_end_matches(',');
        // White space matters in a string.
        let is_plain = !self.text.contains('"') || !has_space_in_string(&self.text);
        is_plain.then(|| predicate.to_owned())
    }
}

/// Returns whether a string in an attribute contains white space.
fn has_space_in_string(attribute: &str) -> bool {
    for (index, part) in attribute.split('"').enumerate() {
        let is_string = index % 2 == 1;
        if is_string && part.contains(char::is_whitespace) {
            return true;
        }
    }
    false
}

impl Model {
    /// Returns the entries for hosts, in source order.
    pub fn host_entries(&self) -> Vec<EntryRef<'_>> {
        let mut entries = Vec::new();
        if let Some(Origins::Listed(listed)) = &self.hosts {
            for entry in listed {
                entries.push(EntryRef { rule: 0, entry });
            }
        }
        entries
    }

    /// Returns whether requests that may change something can be refused.
    pub fn refuses_writes(&self) -> bool {
        matches!(self.on_denied, Some((on_denied, _)) if on_denied != OnDenied::Continue)
    }

    /// Returns all entries, in source order.
    pub fn entries(&self) -> Vec<EntryRef<'_>> {
        let mut entries = Vec::new();
        for (rule, Rule { origins, .. }) in self.rules.iter().enumerate() {
            if let Origins::Listed(listed) = origins {
                for entry in listed {
                    entries.push(EntryRef { rule, entry });
                }
            }
        }
        entries
    }
}

impl Origins {
    /// Returns the position of `Any`, if there is one.
    pub fn any(&self) -> Option<Position> {
        match self {
            Self::Any(place) => Some(*place),
            Self::Listed(_) => None,
        }
    }
}

impl Entry {
    /// Returns the entry in source form, without its context.
    pub(crate) fn to_expr(&self) -> Expr {
        let Some(source) = &self.source else {
            return self.accepted_expr();
        };
        // The variable's default is part of each entry.
        const MAX_DEFAULT_LEN: usize = 1 << 10;
        let mut arguments = vec![Expr::text(&source.name)];
        if let Some(default) = &source.default {
            let value = match default.len() > MAX_DEFAULT_LEN {
                true => Expr::omitted(),
                false => Expr::text(default),
            };
            arguments.push(Expr::named("default", value));
        }
        Expr::call(Function::Env.name(), arguments)
    }

    /// Returns the entry in the form that a suggestion would use.
    pub(crate) fn accepted_expr(&self) -> Expr {
        match &self.kind {
            _ if self.is_loopback => Expr::word(LOOPBACK),
            EntryKind::Pattern(_) | EntryKind::Null | EntryKind::File => Expr::text(self.text()),
            EntryKind::Regex(regex) => regex.to_expr(),
            EntryKind::Configured => Expr::word(CONFIGURED),
            EntryKind::Predicate(path) => {
                let path = Expr::new(ExprKind::Path(path.clone()));
                Expr::call(Function::Predicate.name(), [path])
            }
        }
    }

    /// Returns the entry as text, in the syntax of policies.
    pub fn text(&self) -> String {
        match &self.kind {
            EntryKind::Pattern(origin) => origin.to_text(),
            EntryKind::Null => "null".into(),
            EntryKind::File => FILE_ORIGIN.into(),
            EntryKind::Regex(regex) => regex.to_string(),
            EntryKind::Configured => CONFIGURED.into(),
            EntryKind::Predicate(function) => Function::Predicate.call(&function.text),
        }
    }

    /// Returns whether it accepts exactly one text.
    pub(crate) fn is_exact(&self) -> bool {
        match &self.kind {
            EntryKind::Pattern(origin) => origin.is_exact(),
            EntryKind::Null | EntryKind::File => true,
            EntryKind::Regex(_) | EntryKind::Configured | EntryKind::Predicate(_) => false,
        }
    }

    /// Returns the condition as text.
    pub(crate) fn condition_text(&self) -> Option<&str> {
        self.condition
            .as_ref()
            .map(|condition| condition.text.as_str())
    }

    /// Returns whether this entry is included whenever `other` is.
    pub(crate) fn is_present_whenever(&self, other: &Self) -> bool {
        match (&self.condition, &other.condition) {
            (None, _) => true,
            (Some(own), Some(other)) => own.text == other.text,
            (Some(_), None) => false,
        }
    }
}
