//! A regular expression as it is written.

mod meant;

pub(crate) use meant::{as_pattern, meant, name_at_the_end};

use crate::parse::Function;

/// What stands in `regex(..)`.
#[derive(Clone)]
pub(crate) struct Regex {
    pub(crate) expression: String,
    pub(crate) spelling: Spelling,
}

/// The kind of literal that a text is written in, so that a mended text can be written in the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// `"text"`, in which a backslash is written twice.
    Ordinary,
    /// `r"text"`, with so many `#` at least.
    Raw(usize),
}

impl Spelling {
    /// That of a literal, given as it stands in the source.
    pub(crate) fn of(literal: &str) -> Self {
        match literal.strip_prefix('r') {
            Some(raw) => Self::Raw(raw.bytes().take_while(|byte| *byte == b'#').count()),
            None => Self::Ordinary,
        }
    }

    /// A literal for `text`. What cannot stand on one line raw is not written raw.
    pub(crate) fn print(self, text: &str) -> String {
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

/// As it is written.
impl core::fmt::Display for Regex {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&Function::Regex.call(self.spelling.print(&self.expression)))
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
            assert_eq!(Spelling::of(literal).print(text), printed);
        }
    }
}
