//! Diagnostics as data, and the one sink for all of them.
//!
//! A stage never stops at its first mistake: it records the mistake, omits the value, and
//! continues. The validator turns everything into [`Diagnostic`]s, and the front end renders them
//! together, so that users see all mistakes of a policy at once, in source order.

use std::borrow::Cow;

use crate::check::Check;
use crate::declaration::{Expr, Position};

/// A mistake, why it matters in a browser, and what to write instead.
///
/// Its texts contain positions, quotations and code, but no syntax: the front end of the policy
/// renders them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The check that failed.
    pub check: Check,
    /// Its position.
    pub position: Position,
    /// One fact in lower case, without a final period and without advice.
    pub title: Text,
    /// Why it matters, or the other position.
    pub notes: Vec<Text>,
    /// Suggestions.
    pub helps: Vec<Text>,
    /// The code at its position without this mistake. It may contain other mistakes.
    pub(crate) correction: Option<Vec<Expr>>,
    /// Why it has no effect, if that is the mistake.
    pub(crate) redundancy: Option<Redundancy>,
}

/// An entry that can be removed without effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Redundancy {
    /// The entry, as code.
    pub(crate) code: Expr,
    /// Why it is redundant. The position of the other entry follows.
    pub(crate) reason: Text,
    /// The position of the entry that makes it redundant.
    pub(crate) by: Position,
    /// Whether that one could be removed instead.
    pub(crate) is_mutual: bool,
}

/// A sentence of a diagnostic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Part>);

/// A part of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Fixed text.
    Plain(Cow<'static, str>),
    /// Quoted source text, shown on one line, and truncated if it is long.
    Quoted(String),
    /// Quoted code, in the syntax of the front end.
    QuotedCode(Expr),
    /// Code to paste: values separated by commas.
    Code(Vec<Expr>),
    /// A position: `on line 3`.
    Position(Position),
}

/// Creates a [`Text`] from its parts.
macro_rules! text {
    ($first:expr $(, $part:expr)* $(,)?) => {
        $crate::diagnostic::Text::from($first)$(.and($part))*
    };
}
pub(crate) use text;

/// Quotes source text in a [`Text`].
pub(crate) fn quoted(text: impl Into<String>) -> Part {
    Part::Quoted(text.into())
}

/// Quotes code in a [`Text`].
pub(crate) fn quoted_code(code: Expr) -> Part {
    Part::QuotedCode(code)
}

impl Diagnostic {
    /// Creates a diagnostic. `title` is one fact in lower case, without a final period and without
    /// advice.
    pub(crate) fn new(check: Check, title: impl Into<Text>) -> Self {
        Self {
            check,
            position: Position::NOWHERE,
            title: title.into(),
            notes: Vec::new(),
            helps: Vec::new(),
            correction: None,
            redundancy: None,
        }
    }

    /// Adds a note: why it matters, or the other position.
    pub(crate) fn note(mut self, note: impl Into<Text>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a suggestion: imperative and ready to paste.
    pub(crate) fn help(mut self, help: impl Into<Text>) -> Self {
        self.helps.push(help.into());
        self
    }

    /// Replaces less exact advice by code for its position.
    pub(crate) fn suggest(mut self, code: impl Into<Vec<Expr>>) -> Self {
        let code = code.into();
        self.helps = vec![offered(&code)];
        self.correction = Some(code);
        self
    }

    /// Adds a suggestion: code for its position.
    pub(crate) fn offer(self, code: Vec<Expr>) -> Self {
        let mut diagnostic = self.help(offered(&code));
        if diagnostic.correction.is_none() {
            diagnostic.correction = Some(code);
        }
        diagnostic
    }

    /// Sets the code at its position without this mistake, unless some was suggested. It shows the mistakes that
    /// remain, and is not suggested itself.
    pub(crate) fn correct_if(mut self, code: impl FnOnce() -> Option<Vec<Expr>>) -> Self {
        if self.correction.is_none() {
            self.correction = code();
        }
        self
    }

    /// Marks an entry that can be removed without effect. The position of the other entry follows the reason.
    pub(crate) fn redundant(mut self, redundancy: Redundancy) -> Self {
        self.redundancy = Some(redundancy);
        self
    }

    /// Replaces the advice.
    pub(crate) fn replace_help(mut self, help: impl Into<Text>) -> Self {
        self.helps = vec![help.into()];
        self
    }
}

/// Ends the advice to write a word where a list is underlined.
pub(crate) const WHOLE_LIST: &str = " in place of the whole list";

/// Returns the advice to replace the code at a position.
pub(crate) fn offered(code: &[Expr]) -> Text {
    text!["write ", code.to_vec()]
}

impl Text {
    /// Adds a text to the end.
    pub(crate) fn and(mut self, text: impl Into<Self>) -> Self {
        self.0.append(&mut text.into().0);
        self
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

/// Code to paste.
impl From<Expr> for Text {
    fn from(code: Expr) -> Self {
        vec![code].into()
    }
}

/// Code to paste.
impl From<Vec<Expr>> for Text {
    fn from(code: Vec<Expr>) -> Self {
        Part::Code(code).into()
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Part::from(text).into()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Part::from(text).into()
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

/// All diagnostics.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    pub(crate) fn report(&mut self, position: Position, mut diagnostic: Diagnostic) {
        diagnostic.position = position;
        self.found.push(diagnostic);
    }

    /// Returns them in the order in which they were found.
    pub(crate) fn as_slice(&self) -> &[Diagnostic] {
        &self.found
    }

    #[cfg(feature = "tokens")]
    pub(crate) fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

/// Iterates in the order in which they were found, which is not that of the source; some occur
/// several times.
impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.found.into_iter()
    }
}

/// Whether a character in a message could be mistaken for another line or another order, or is not seen.
#[cfg(any(feature = "config", feature = "tokens"))]
pub(crate) fn is_deceptive(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
        )
}

/// Escapes every deceptive character.
#[cfg(any(feature = "config", feature = "tokens"))]
pub(crate) fn printable(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for character in line.chars() {
        match is_deceptive(character) {
            true => shown.extend(character.escape_debug()),
            false => shown.push(character),
        }
    }
    shown
}

/// Renders `text` in backticks, on one line, with control and bidirectional characters escaped, and
/// truncated to the width of a screen.
#[cfg(any(feature = "config", feature = "tokens"))]
pub(crate) fn quoted_text(text: &str) -> String {
    const MAX_CHARS: usize = 100;
    let mut shown = String::from("`");
    for (count, character) in text.chars().enumerate() {
        if count == MAX_CHARS {
            shown += "…";
            break;
        }
        match character {
            '\'' | '"' | '\\' => shown.push(character),
            _ => shown.extend(character.escape_debug()),
        }
    }
    shown + "`"
}

#[cfg(all(test, feature = "regex", feature = "tokens"))]
mod tests {
    use super::quoted_text;

    #[test]
    fn quoted_text_escapes_what_could_deceive_a_reader() {
        assert_eq!(quoted_text("https://a.example"), "`https://a.example`");
        assert_eq!(quoted_text("\u{202e}moc.live"), "`\\u{202e}moc.live`");
        assert_eq!(quoted_text("a\nerror: b"), "`a\\nerror: b`");
        assert_eq!(quoted_text(&"x".repeat(5000)).chars().count(), 103);
    }
}
