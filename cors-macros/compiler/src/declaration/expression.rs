//! Values as a front end reads them, and as suggestions are made of.

/// Where something is written. Only the front end that read it knows what the number means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(u32);

/// Something that is passed on to the back end as it was written, such as the path of a function. Only
/// the front end that read it knows what the number means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fragment(u32);

impl Position {
    /// The position of what is written nowhere, such as a suggestion.
    pub const NOWHERE: Self = Self(0);

    /// Returns the position that a front end finds at `index`.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index + 1).expect("sources are smaller"))
    }

    /// Returns the index that it was made with, unless it is nowhere.
    pub fn index(self) -> Option<usize> {
        Some(self.0.checked_sub(1)? as usize)
    }
}

impl Fragment {
    /// Returns the fragment that a front end finds at `index`.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("sources are smaller"))
    }

    /// Returns the index that it was made with.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// Without its attributes.
    pub position: Position,
    /// What is written before it.
    pub attributes: Vec<Attribute>,
    /// What it is.
    pub kind: ExprKind,
}

/// The shape of a value. Which shapes a key takes is decided by the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// `"text"`.
    Text(String, LiteralStyle),
    /// `7200`. What is larger than any number is the largest.
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
    /// Words and texts that should have commas between them.
    Sequence(Vec<Expr>),
    /// A string that is none, as has been reported already.
    Malformed,
    /// None of these.
    Other(Foreign),
}

/// The kind of literal that a text is written in, so that another can be written in the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LiteralStyle {
    /// `"text"`, in which a backslash is written twice.
    #[default]
    Ordinary,
    /// `r"text"`, with so many `#` at least.
    Raw(usize),
}

/// The path of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// What a back end calls.
    pub fragment: Fragment,
    /// As it is written by hand.
    pub text: String,
}

/// `#[cfg(..)]`, or another attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// All of it.
    pub position: Position,
    /// Its first word.
    pub name: String,
    /// Whether something is written in parentheses behind the name, and nothing behind them.
    pub has_arguments: bool,
    /// All of it, for a back end, if it is written somewhere.
    pub fragment: Option<Fragment>,
    /// All of it as text: alike for attributes that are surely alike.
    pub text: String,
}

/// What can be told of a value that is none of the language, to find what was meant by it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Foreign {
    /// As it is written, unless it is long.
    pub source: Option<String>,
    /// The last word of a path: `GET` of `Method::GET`.
    pub word: Option<String>,
    /// The strings in it, two at most: `"a"` of `"a".parse().unwrap()`.
    pub texts: Vec<String>,
    /// Its entries, if it would be a list elsewhere: `(a, b)`, `vec![a, b]`.
    pub list: Option<Vec<Expr>>,
    /// Whether it depends on the configuration of the build: `if cfg!(debug_assertions) { .. }`.
    pub is_conditional: bool,
}

impl Attribute {
    /// Returns an attribute that is written nowhere yet.
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
    /// Returns a value that is written nowhere yet.
    pub fn new(kind: ExprKind) -> Self {
        Self {
            position: Position::NOWHERE,
            attributes: Vec::new(),
            kind,
        }
    }

    /// Returns an ordinary string.
    pub fn text(text: impl Into<String>) -> Self {
        Self::styled(text, LiteralStyle::Ordinary)
    }

    /// Returns a string in a given style.
    pub fn styled(text: impl Into<String>, style: LiteralStyle) -> Self {
        Self::new(ExprKind::Text(text.into(), style))
    }

    /// Returns a number.
    pub fn integer(number: u64) -> Self {
        Self::new(ExprKind::Integer(number))
    }

    /// Returns a truth value.
    pub fn bool(value: bool) -> Self {
        Self::new(ExprKind::Bool(value))
    }

    /// Returns a word.
    pub fn word(word: impl Into<String>) -> Self {
        Self::new(ExprKind::Word(word.into()))
    }

    /// Returns a list.
    pub fn list(elements: impl Into<Vec<Self>>) -> Self {
        Self::new(ExprKind::List(elements.into()))
    }

    /// Returns `name(arguments)`.
    pub fn call(name: impl Into<String>, arguments: impl Into<Vec<Self>>) -> Self {
        Self::new(ExprKind::Call(name.into(), arguments.into()))
    }

    /// Returns `name = value`.
    pub fn named(name: impl Into<String>, value: Self) -> Self {
        Self::new(ExprKind::Named(name.into(), Box::new(value)))
    }

    /// Returns what is shown as `..`: whatever is written there.
    pub fn omitted() -> Self {
        Self::word("..")
    }

    /// Whether it is this word.
    pub fn is_word(&self, expected: &str) -> bool {
        matches!(&self.kind, ExprKind::Word(word) if word == expected)
    }

    /// Whether it is short enough to be looked into, and to be offered: nobody pastes what is longer,
    /// and it takes time to make.
    pub fn is_short(&self) -> bool {
        self.length() < MAX_SUGGESTION_LEN
    }

    /// About how many bytes it takes to write it.
    fn length(&self) -> usize {
        let all = |expressions: &[Self]| -> usize {
            expressions.iter().map(|expr| expr.length() + 2).sum()
        };
        let attributes = self.attributes.iter();
        let attributes: usize = attributes.map(|attribute| attribute.text.len() + 1).sum();
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

/// Code of more bytes is not offered.
pub const MAX_SUGGESTION_LEN: usize = 512;

impl ExprKind {
    /// Returns what a message calls it.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Text(..) => "a string",
            Self::Integer(_) => "a number",
            Self::Bool(_) => "a truth value",
            Self::Word(_) => "a word",
            Self::List(_) => "a list",
            Self::Call(..) => "a call",
            Self::Named(..) => "an assignment",
            Self::Path(_) | Self::Sequence(_) | Self::Malformed | Self::Other(_) => "an expression",
        }
    }
}

impl LiteralStyle {
    /// Returns that of a literal, given as it is written in the source.
    pub fn of_literal(literal: &str) -> Self {
        match literal.strip_prefix('r') {
            Some(raw) => Self::Raw(raw.bytes().take_while(|byte| *byte == b'#').count()),
            None => Self::Ordinary,
        }
    }

    /// Returns a literal for `text`. What cannot be on one line raw is not written raw.
    pub fn print(self, text: &str) -> String {
        match self {
            Self::Raw(written) if !text.contains(char::is_control) => {
                let closes = |hashes: &usize| text.contains(&format!("\"{}", "#".repeat(*hashes)));
                let needed = (0..).find(|hashes| !closes(hashes)).unwrap_or(written);
                let hashes = "#".repeat(written.max(needed));
                format!("r{hashes}\"{text}\"{hashes}")
            }
            Self::Ordinary | Self::Raw(_) => format!("{text:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_printed_in_the_literal_that_it_was_written_in() {
        for (literal, text, printed) in [
            (r#""a""#, r"b\.c", r#""b\\.c""#),
            (r#"r"a""#, r"b\.c", r#"r"b\.c""#),
            (r###"r##"a"##"###, "b", r###"r##"b"##"###),
            (r#"r"a""#, r#"b"c"#, r##"r#"b"c"#"##),
            (r#"r"a""#, "b\nc", r#""b\nc""#),
        ] {
            assert_eq!(LiteralStyle::of_literal(literal).print(text), printed);
        }
    }
}
