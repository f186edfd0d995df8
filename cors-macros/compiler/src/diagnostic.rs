//! Diagnostics as data, and the one sink for all of them.
//!
//! A stage never stops at its first mistake: it notes what is wrong, leaves the faulty value out, and
//! goes on. The validator words everything as a [`Diagnostic`], and the front end renders all of them at
//! once, so that the user sees all mistakes of a policy in source order and in one go.

use std::borrow::Cow;

use crate::check::Check;
use crate::declaration::{Expr, Position};

/// What is wrong, why it matters in a browser, and what to write instead.
///
/// Its texts know positions, what was quoted, and code, but no spelling: the front end that the policy
/// came from renders them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What it is an instance of.
    pub check: Check,
    /// Where it is.
    pub position: Position,
    /// One fact in lower case, without a final period and without advice.
    pub title: Text,
    /// Why it matters, or where the other place is.
    pub notes: Vec<Text>,
    /// What to write instead.
    pub helps: Vec<Text>,
}

/// A sentence of a diagnostic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Part>);

/// What a [`Text`] is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words, shown as they are.
    Plain(Cow<'static, str>),
    /// What somebody wrote, to be shown on one line, and cut if it is long.
    Quoted(String),
    /// The same, in the spelling of the front end.
    QuotedCode(Expr),
    /// Code to be pasted: values with commas between them.
    Code(Vec<Expr>),
    /// Where something is written: `on line 3`.
    Position(Position),
}

/// Makes a [`Text`] of its parts, one after the other.
macro_rules! text {
    ($($part:expr),+ $(,)?) => {
        $crate::diagnostic::Text::concat([$($crate::diagnostic::Text::from($part)),+])
    };
}
pub(crate) use text;

/// Something that was written, to be shown in a [`Text`].
pub(crate) fn quoted(text: impl Into<String>) -> Part {
    Part::Quoted(text.into())
}

/// Code that was written, to be shown in a [`Text`].
pub(crate) fn quoted_code(code: Expr) -> Part {
    Part::QuotedCode(code)
}

impl Diagnostic {
    /// `title` is one fact in lower case, without a final period and without advice.
    pub(crate) fn new(check: Check, title: impl Into<Text>) -> Self {
        Self {
            check,
            position: Position::NOWHERE,
            title: title.into(),
            notes: Vec::new(),
            helps: Vec::new(),
        }
    }

    /// Why it matters, or where the other place is.
    pub(crate) fn note(mut self, note: impl Into<Text>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// What to write instead: imperative and ready to paste.
    pub(crate) fn help(mut self, help: impl Into<Text>) -> Self {
        self.helps.push(help.into());
        self
    }

    /// What to write, in place of advice that was less exact.
    pub(crate) fn suggest(self, code: impl Into<Text>) -> Self {
        self.replace_help(text!["write ", code.into()])
    }

    /// Other advice.
    pub(crate) fn replace_help(mut self, help: impl Into<Text>) -> Self {
        self.helps = vec![help.into()];
        self
    }
}

impl Text {
    /// One after the other.
    pub(crate) fn concat(texts: impl IntoIterator<Item = Self>) -> Self {
        Self(texts.into_iter().flat_map(|text| text.0).collect())
    }
}

impl From<Part> for Text {
    fn from(part: Part) -> Self {
        Self(vec![part])
    }
}

impl From<Position> for Text {
    fn from(position: Position) -> Self {
        Part::Position(position).into()
    }
}

/// As code to be pasted.
impl From<Expr> for Text {
    fn from(code: Expr) -> Self {
        vec![code].into()
    }
}

/// As code to be pasted.
impl From<Vec<Expr>> for Text {
    fn from(code: Vec<Expr>) -> Self {
        Part::Code(code).into()
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self(vec![text.into()])
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(vec![text.into()])
    }
}

impl From<&'static str> for Part {
    fn from(text: &'static str) -> Self {
        Self::Plain(text.into())
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::Plain(text.into())
    }
}

/// Everything that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    pub(crate) fn report(&mut self, position: Position, diagnostic: Diagnostic) {
        self.found.push(Diagnostic {
            position,
            ..diagnostic
        });
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

/// In the order in which they were found, which is not that of the source; some several times.
impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.found.into_iter()
    }
}
