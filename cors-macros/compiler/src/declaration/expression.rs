//! Values as a front end reads them, also used for suggestions.

use super::by_position::ByPosition;

/// A position in the source. Only the front end that created it interprets the number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(u32);

/// A piece of source that is passed to the back end unchanged, such as the path of a function. Only
/// the front end that created it interprets the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fragment(u32);

impl Position {
    /// The position of values that are not in the source, such as suggestions.
    pub const NOWHERE: Self = Self(0);

    /// Creates a position from the front end's `index`. Front ends count from zero: some tables have a row for
    /// each index.
    pub fn new(index: usize) -> Self {
        Self::from_number(index + 1)
    }

    /// Returns the index, unless the position is nowhere.
    pub fn index(self) -> Option<usize> {
        Some(self.0.checked_sub(1)? as usize)
    }

    /// Returns the number of the position: zero is nowhere.
    pub(super) fn number(self) -> usize {
        self.0 as usize
    }

    /// Returns the position with a number.
    pub(super) fn from_number(number: usize) -> Self {
        Self(u32::try_from(number).expect("sources are smaller"))
    }
}

impl Fragment {
    /// Creates a fragment from the front end's `index`.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("sources are smaller"))
    }

    /// Returns the index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// Does not include the attributes.
    pub position: Position,
    /// Attributes before it.
    pub attributes: Vec<Attribute>,
    /// Its shape and contents.
    pub kind: ExprKind,
}

/// The shape of a value. The model decides which shapes a key accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// `"text"`.
    Text(String, LiteralStyle),
    /// `7200`. Numbers that are too large become the largest one.
    Integer(u64),
    /// `true` or `false`.
    Bool(bool),
    /// `Any`, `GET`.
    Word(String),
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `hours(2)`.
    Call(String, Vec<Expr>),
    /// `name = value`.
    Named(String, Box<Expr>),
    /// The argument of `predicate`: the path of a function.
    Path(Path),
    /// Words and texts with missing commas.
    Sequence(Vec<Expr>),
    /// An invalid string, which was already reported.
    Malformed,
    /// Anything else.
    Other(Foreign),
}

/// The style of a string literal, so that a suggestion can use the same one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LiteralStyle {
    /// `"text"`, with escaped backslashes.
    #[default]
    Ordinary,
    /// `r"text"`, with at least this many `#`.
    Raw(usize),
}

/// The path of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The path for a back end.
    pub fragment: Fragment,
    /// The path as a person would write it.
    pub text: String,
}

/// `#[cfg(..)]`, or another attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// The whole attribute.
    pub position: Position,
    /// Its first word.
    pub name: String,
    /// Whether the name is followed by arguments in parentheses, and nothing else.
    pub has_arguments: bool,
    /// The whole attribute for a back end, if it is in the source.
    pub fragment: Option<Fragment>,
    /// The whole attribute as text. Equal texts mean equal attributes.
    pub text: String,
}

/// Information about a value that is not part of the language, for suggestions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Foreign {
    /// Its source, unless it is long.
    pub source: Option<String>,
    /// Its name in messages, if it is not an expression.
    pub noun: Option<&'static str>,
    /// The last word of a path: `GET` of `Method::GET`.
    pub word: Option<String>,
    /// At most two strings in it: `"a"` of `"a".parse().unwrap()`.
    pub texts: Vec<String>,
    /// Its entries, if it is a list in another syntax: `(a, b)`, `vec![a, b]`.
    pub list: Option<Vec<Expr>>,
    /// Whether it depends on the configuration of the build: `if cfg!(debug_assertions) { .. }`.
    pub is_conditional: bool,
}

impl Attribute {
    /// Creates an attribute that is not in the source.
    pub fn new(name: &str, text: impl Into<String>) -> Self {
        Self {
            position: Position::NOWHERE,
            name: name.to_owned(),
            has_arguments: true,
            fragment: None,
            text: text.into(),
        }
    }
}

impl Expr {
    /// Creates a value that is not in the source.
    pub fn new(kind: ExprKind) -> Self {
        Self {
            position: Position::NOWHERE,
            attributes: Vec::new(),
            kind,
        }
    }

    /// Creates an ordinary string.
    pub fn text(text: impl Into<String>) -> Self {
        Self::styled(text, LiteralStyle::Ordinary)
    }

    /// Creates a string in a given style.
    pub fn styled(text: impl Into<String>, style: LiteralStyle) -> Self {
        Self::new(ExprKind::Text(text.into(), style))
    }

    /// Creates a number.
    pub fn integer(number: u64) -> Self {
        Self::new(ExprKind::Integer(number))
    }

    /// Creates a Boolean.
    pub fn bool(value: bool) -> Self {
        Self::new(ExprKind::Bool(value))
    }

    /// Creates a word.
    pub fn word(word: impl Into<String>) -> Self {
        Self::new(ExprKind::Word(word.into()))
    }

    /// Creates a list.
    pub fn list(elements: impl Into<Vec<Self>>) -> Self {
        Self::new(ExprKind::List(elements.into()))
    }

    /// Creates `name(arguments)`.
    pub fn call(name: impl Into<String>, arguments: impl Into<Vec<Self>>) -> Self {
        Self::new(ExprKind::Call(name.into(), arguments.into()))
    }

    /// Creates `name = value`.
    pub fn named(name: impl Into<String>, value: Self) -> Self {
        Self::new(ExprKind::Named(name.into(), Box::new(value)))
    }

    /// Creates a placeholder that is shown as `..`.
    pub fn omitted() -> Self {
        Self::word("..")
    }

    /// Returns the value with other code at some positions. Only a list has room for several values.
    pub(super) fn with_replaced(&self, code: &ByPosition<Vec<Self>>) -> Self {
        match self.replaced(code).as_slice() {
            [only] => only.clone(),
            _ => self.clone(),
        }
    }

    /// Returns the values in the place of this one.
    fn replaced(&self, code: &ByPosition<Vec<Self>>) -> Vec<Self> {
        let Some(values) = code.get(self.position) else {
            return vec![self.map(&|value| value.replaced(code))];
        };
        let mut replaced = Vec::new();
        for value in values {
            replaced.push(value.at(self.position));
        }
        if let Some(first) = replaced.first_mut() {
            let mut attributes = self.attributes.clone();
            attributes.append(&mut first.attributes);
            first.attributes = attributes;
        }
        replaced
    }

    /// Returns the value as if it and all its parts were at a position.
    fn at(&self, position: Position) -> Self {
        Self {
            position,
            ..self.map(&|value| vec![value.at(position)])
        }
    }

    /// Returns the value with other parts. Only a list has room for several values in place of one.
    fn map(&self, part: &dyn Fn(&Self) -> Vec<Self>) -> Self {
        let only = |value: &Self| match part(value).as_slice() {
            [only] => only.clone(),
            _ => value.clone(),
        };
        let mut parts = Vec::new();
        Self {
            position: self.position,
            attributes: self.attributes.clone(),
            kind: match &self.kind {
                ExprKind::List(values) => {
                    for value in values {
                        parts.append(&mut part(value));
                    }
                    ExprKind::List(parts)
                }
                ExprKind::Call(name, arguments) => {
                    for argument in arguments {
                        parts.push(only(argument));
                    }
                    ExprKind::Call(name.clone(), parts)
                }
                ExprKind::Named(name, value) => {
                    ExprKind::Named(name.clone(), Box::new(only(value)))
                }
                kind => kind.clone(),
            },
        }
    }

    /// Returns whether the value is this word.
    pub fn is_word(&self, expected: &str) -> bool {
        matches!(&self.kind, ExprKind::Word(word) if word == expected)
    }

    /// Returns whether the value is short enough to process and to suggest. Nobody pastes longer
    /// code.
    pub fn is_short(&self) -> bool {
        self.length() < MAX_SUGGESTION_LEN
    }

    /// Returns the approximate length of its source.
    fn length(&self) -> usize {
        let all = |expressions: &[Self]| {
            let mut length = 0;
            for expr in expressions {
                length += expr.length() + 2;
            }
            length
        };
        let mut attributes = 0;
        for attribute in &self.attributes {
            attributes += attribute.text.len() + 1;
        }
        attributes
            + match &self.kind {
                ExprKind::Text(text, _) => text.len() + 2,
                ExprKind::Integer(number) => number.checked_ilog10().unwrap_or(0) as usize + 1,
                ExprKind::Bool(_) => 5,
                ExprKind::Word(word) => word.len(),
                ExprKind::List(elements) | ExprKind::Sequence(elements) => all(elements),
                ExprKind::Call(name, arguments) => name.len() + 2 + all(arguments),
                ExprKind::Named(name, value) => name.len() + 3 + value.length(),
                ExprKind::Path(path) => path.text.len(),
                ExprKind::Malformed => 0,
                ExprKind::Other(foreign) => match &foreign.source {
                    Some(source) => source.len(),
                    None => MAX_SUGGESTION_LEN,
                },
            }
    }
}

impl From<Expr> for Vec<Expr> {
    fn from(expr: Expr) -> Self {
        vec![expr]
    }
}

/// Maximum length of suggested code.
pub const MAX_SUGGESTION_LEN: usize = 512;

impl ExprKind {
    /// Returns a description for messages.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Text(..) => "a string",
            Self::Integer(_) => "a number",
            Self::Bool(_) => "a boolean",
            Self::Word(_) => "a word",
            Self::List(_) => "a list",
            Self::Call(..) => "a call",
            Self::Named(..) => "an assignment",
            Self::Other(foreign) => foreign.noun.unwrap_or("an expression"),
            Self::Path(_) | Self::Sequence(_) | Self::Malformed => "an expression",
        }
    }
}

impl LiteralStyle {
    /// Returns the style of a literal, given in source form.
    pub fn from_literal(literal: &str) -> Self {
        match literal.strip_prefix('r') {
            Some(raw) => Self::Raw(raw.len() - raw.trim_start_matches('#').len()),
            None => Self::Ordinary,
        }
    }

    /// Returns a literal for `text`. Uses a raw literal only if it fits on one line.
    pub fn print(self, text: &str) -> String {
        match self {
            Self::Raw(written) if !text.contains(char::is_control) => {
                let mut hashes = "#".repeat(written);
                // The text does not close the literal.
                while text.contains(&format!("\"{hashes}")) {
                    hashes.push('#');
                }
                format!("r{hashes}\"{text}\"{hashes}")
            }
            Self::Ordinary | Self::Raw(_) => format!("{text:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The length is that of the code, or slightly more in calls.
    #[test]
    fn lengths_are_those_of_the_code() {
        let attribute = Attribute::new("cfg", "#[cfg(unix)]");
        let foreign = |source: Option<&str>| {
            Expr::new(ExprKind::Other(Foreign {
                source: source.map(str::to_owned),
                ..Foreign::default()
            }))
        };
        let path = Path {
            fragment: Fragment::new(0),
            text: "a::b".to_owned(),
        };
        let with_attribute = Expr {
            attributes: vec![attribute],
            ..Expr::word("GET")
        };
        for (expr, code, more) in [
            (Expr::text("abc"), r#""abc""#, 0),
            (Expr::integer(0), "0", 0),
            (Expr::integer(1234), "1234", 0),
            (Expr::bool(false), "false", 0),
            (Expr::word("GET"), "GET", 0),
            (
                Expr::list([Expr::word("GET"), Expr::word("PUT")]),
                "[GET, PUT]",
                0,
            ),
            (Expr::call("hours", [Expr::integer(2)]), "hours(2)", 2),
            (Expr::named("a", Expr::word("GET")), "a = GET", 0),
            (Expr::new(ExprKind::Path(path)), "a::b", 0),
            (Expr::new(ExprKind::Malformed), "", 0),
            (foreign(Some("a + b")), "a + b", 0),
            (with_attribute, "#[cfg(unix)] GET", 0),
        ] {
            assert_eq!(expr.length(), code.len() + more, "{code}");
        }
        assert!(!foreign(None).is_short());
        let quotes = 2;
        for (length, is_short) in [(MAX_SUGGESTION_LEN - 1, true), (MAX_SUGGESTION_LEN, false)] {
            let text = Expr::text("a".repeat(length - quotes));
            assert_eq!(text.is_short(), is_short, "{length}");
        }
    }

    #[test]
    fn a_text_is_printed_in_the_literal_that_it_was_written_in() {
        for (literal, text, printed) in [
            (r#""a""#, r"b\.c", r#""b\\.c""#),
            (r#"r"a""#, r"b\.c", r#"r"b\.c""#),
            (r###"r##"a"##"###, "b", r###"r##"b"##"###),
            (r#"r"a""#, r#"b"c"#, r##"r#"b"c"#"##),
            (r#"r"a""#, "b\nc", r#""b\nc""#),
        ] {
            assert_eq!(LiteralStyle::from_literal(literal).print(text), printed);
        }
    }
}
