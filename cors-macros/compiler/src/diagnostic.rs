//! Diagnostics as data, and the one sink that every stage reports to.
//!
//! A stage never stops at its first mistake: it reports a [`Diagnostic`], leaves the faulty value
//! out, and goes on. The front end renders all of them once, at the end, so that the user sees all
//! mistakes of a policy in source order and in one go.

use std::borrow::Cow;

use proc_macro2::Span;

use crate::check::Check;
use crate::suggest::nearest;

/// Code that is longer is not offered: nobody pastes it, and it takes time to make.
pub(crate) const LONGEST_OFFER: usize = 512;

/// What is wrong, why it matters in a browser, and what to write instead.
///
/// Its texts know positions and what was quoted, but no spelling: the front end that the policy came
/// from renders it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    pub(crate) check: Check,
    pub(crate) title: Text,
    pub(crate) notes: Vec<Text>,
    pub(crate) helps: Vec<Text>,
}

/// A sentence of a diagnostic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) Vec<Part>);

/// What a [`Text`] is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Words, printed as they are.
    Plain(Cow<'static, str>),
    /// What somebody wrote: in backticks, on one line, and cut if it is long.
    Quoted(String),
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

impl Diagnostic {
    /// `title` is one fact in lower case, without a final period and without advice.
    pub(crate) fn new(check: Check, title: impl Into<Text>) -> Self {
        Self {
            check,
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

    /// Which of `names` was probably meant by `typed`, or else all of them. `noun` says what they are.
    pub(crate) fn similar(self, noun: &str, typed: &str, names: &[&str]) -> Self {
        match nearest(typed, names.iter().copied()) {
            Some(near) => self.help(format!("a {noun} with a similar name exists: `{near}`")),
            None => {
                let mut note = text![format!("the {noun}s are ")];
                for (index, name) in names.iter().enumerate() {
                    note.0.extend((index > 0).then(|| Part::from(", ")));
                    note.0.push(quoted(*name));
                }
                self.note(note)
            }
        }
    }

    /// What to write, in place of advice that was less exact.
    pub(crate) fn mended(self, code: &str) -> Self {
        self.instead(format!("write `{code}`"))
    }

    /// Other advice.
    pub(crate) fn instead(mut self, help: impl Into<Text>) -> Self {
        self.helps = vec![help.into()];
        self
    }

    /// Its advice, as far as it has no positions.
    #[cfg(test)]
    pub(crate) fn helps(&self) -> Vec<String> {
        let part = |part: &Part| match part {
            Part::Plain(text) => text.to_string(),
            Part::Quoted(text) => format!("`{text}`"),
            Part::Position(_) => "..".to_owned(),
        };
        let helps = self.helps.iter();
        helps
            .map(|help| help.0.iter().map(part).collect())
            .collect()
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
        Part::from(position).into()
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

impl From<Position> for Part {
    fn from(position: Position) -> Self {
        Self::Position(position)
    }
}

/// The tokens that carry a fault, from the first to the last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Position {
    pub(crate) first: Span,
    pub(crate) last: Span,
}

impl Position {
    pub(crate) fn between(first: Span, last: Span) -> Self {
        Self { first, last }
    }

    /// From the start of this place to the end of another.
    pub(crate) fn to(self, end: Self) -> Self {
        Self::between(self.first, end.last)
    }

    pub(crate) fn start(self) -> (usize, usize) {
        let start = self.first.start();
        (start.line, start.column)
    }
}

impl From<Span> for Position {
    fn from(span: Span) -> Self {
        Self::between(span, span)
    }
}

/// Two places are the same if they start at the same token.
impl PartialEq for Position {
    fn eq(&self, other: &Self) -> bool {
        self.start() == other.start()
    }
}

impl Eq for Position {}

/// Everything that was found so far.
#[derive(Default)]
pub(crate) struct Diagnostics {
    pub(crate) found: Vec<(Position, Diagnostic)>,
}

impl Diagnostics {
    pub(crate) fn report(&mut self, position: impl Into<Position>, diagnostic: Diagnostic) {
        self.found.push((position.into(), diagnostic));
    }

    /// The value of `result`, or nothing once its diagnostic is reported.
    pub(crate) fn keep<T>(
        &mut self,
        position: impl Into<Position>,
        result: Result<T, Diagnostic>,
    ) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(diagnostic) => {
                self.report(position, diagnostic);
                None
            }
        }
    }
}
