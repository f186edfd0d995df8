//! What can be wrong with an entry, before the entry as a whole is known.

use super::Origin;
use crate::check::Check;
use crate::diagnostic::{Diagnostic, Text, quoted, text};

/// A fact about an entry, worded to follow "origin `…`".
#[derive(Debug)]
pub(crate) struct Fault {
    check: Check,
    fact: Text,
    note: Option<Text>,
    helps: Vec<Text>,
}

impl Fault {
    pub(crate) fn new(check: Check, fact: impl Into<Text>) -> Self {
        Self {
            check,
            fact: fact.into(),
            note: None,
            helps: Vec::new(),
        }
    }

    /// The one wording for letters that browsers send in lower case.
    pub(crate) fn uppercase(part: &str) -> Self {
        Self::new(
            Check::OriginUppercase,
            format!("has uppercase letters in its {part}"),
        )
        .note(format!(
            "browsers send the {part} in lower case, so this entry never matches"
        ))
    }

    pub(crate) fn note(mut self, note: impl Into<Text>) -> Self {
        self.note = Some(note.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<Text>) -> Self {
        self.helps.push(help.into());
        self
    }

    /// An entry that has no clear meaning.
    pub(crate) fn into_problem(self, text: &str) -> Diagnostic {
        let title = text!["origin ", quoted(text), " ", self.fact];
        let problem = Diagnostic::new(self.check, title);
        let problem = match self.note {
            Some(note) => problem.note(note),
            None => problem,
        };
        self.helps.into_iter().fold(problem, Diagnostic::help)
    }

    /// An entry that means `origin`, but is not spelled as browsers spell it.
    pub(crate) fn mended(self, text: &str, origin: &Origin) -> Diagnostic {
        let mended = format!("write `{:?}`", origin.to_string());
        self.help(mended).into_problem(text)
    }
}

/// The first of the faults that were mended on the way.
#[derive(Default)]
pub(crate) struct Flaws {
    first: Option<Fault>,
}

impl Flaws {
    /// Later ones are dropped: the mended spelling mends them all.
    pub(crate) fn add(&mut self, flaw: Fault) {
        self.first.get_or_insert(flaw);
    }

    pub(crate) fn first(self) -> Option<Fault> {
        self.first
    }
}
