//! The one sink that every stage reports to.
//!
//! A stage never stops at its first mistake: it reports a [`Problem`] at a
//! [`Place`], leaves the faulty value out, and goes on. The driver empties the
//! sink once, at the end, so that the user sees all mistakes of a policy in
//! source order and in one go.

mod check;
#[cfg(test)]
mod page;
mod suggest;

pub(crate) use check::Check;
pub(crate) use suggest::nearest;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

/// Code that is longer is not offered: nobody pastes it, and it takes time to make.
pub(crate) const LONGEST_OFFER: usize = 512;

/// What is wrong, why it matters in a browser, and what to write instead.
///
/// A problem does not know where it stands, so that a value's own rules can be
/// stated (and tested) without any tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    check: Check,
    title: String,
    notes: Vec<String>,
    helps: Vec<String>,
}

impl Problem {
    /// `title` is one fact in lower case, without a final period and without advice.
    pub(crate) fn new(check: Check, title: impl Into<String>) -> Self {
        Self {
            check,
            title: title.into(),
            notes: Vec::new(),
            helps: Vec::new(),
        }
    }

    /// Why it matters, or where the other place is.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// What to write instead: imperative and ready to paste.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }

    /// Which of `names` was probably meant by `typed`, or else all of them. `noun` says what they are.
    pub(crate) fn similar(self, noun: &str, typed: &str, names: &[&str]) -> Self {
        match nearest(typed, names.iter().copied()) {
            Some(near) => self.help(format!("a {noun} with a similar name exists: `{near}`")),
            None => {
                let names: Vec<String> = names.iter().copied().map(quoted).collect();
                self.note(format!("the {noun}s are {}", names.join(", ")))
            }
        }
    }

    /// What to write, in place of advice that was less exact.
    pub(crate) fn mended(self, code: &str) -> Self {
        self.instead(format!("write `{code}`"))
    }

    /// Other advice.
    pub(crate) fn instead(mut self, help: String) -> Self {
        self.helps = vec![help];
        self
    }

    #[cfg(test)]
    pub(crate) fn check(&self) -> Check {
        self.check
    }

    #[cfg(test)]
    pub(crate) fn helps(&self) -> &[String] {
        &self.helps
    }

    fn message(&self) -> String {
        // Longer than any regex that can be offered: nobody pastes that.
        const LONGEST_HELP: usize = 9 << 10;
        let mut message = printable(&self.title);
        for note in &self.notes {
            message += &format!("\nnote: {}", printable(note));
        }
        for help in self.helps.iter().filter(|help| help.len() < LONGEST_HELP) {
            message += &format!("\nhelp: {}", printable(help));
        }
        message += &format!("\nsee: cors_runtime::diagnostics#{}", self.check.name());
        message
    }
}

/// A line with nothing in it that could pass for another line or another order.
fn printable(line: &str) -> String {
    let deceives = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let mut shown = String::with_capacity(line.len());
    for character in line.chars() {
        match deceives(character) {
            true => shown.extend(character.escape_debug()),
            false => shown.push(character),
        }
    }
    shown
}

/// The tokens that carry a fault, from the first to the last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    first: Span,
    last: Span,
}

impl Place {
    pub(crate) fn between(first: Span, last: Span) -> Self {
        Self { first, last }
    }

    /// From the start of this place to the end of another.
    pub(crate) fn to(self, end: Self) -> Self {
        Self::between(self.first, end.last)
    }

    /// The line of the first token, to point at a second place from within a note.
    pub(crate) fn line(self) -> usize {
        self.first.start().line
    }

    fn start(self) -> (usize, usize) {
        let start = self.first.start();
        (start.line, start.column)
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self::between(span, span)
    }
}

/// Two places are the same if they start at the same token.
impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.start() == other.start()
    }
}

/// Everything that was found so far.
#[derive(Default)]
pub(crate) struct Diagnostics {
    found: Vec<(Place, Problem)>,
}

impl Diagnostics {
    pub(crate) fn report(&mut self, place: impl Into<Place>, problem: Problem) {
        self.found.push((place.into(), problem));
    }

    /// The value of `result`, or nothing once its problem is reported.
    pub(crate) fn keep<T>(
        &mut self,
        place: impl Into<Place>,
        result: Result<T, Problem>,
    ) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(problem) => {
                self.report(place, problem);
                None
            }
        }
    }

    /// One `compile_error!` for each mistake, in source order; none if there is none.
    pub(crate) fn finish(mut self) -> Result<(), TokenStream> {
        if self.found.is_empty() {
            return Ok(());
        }
        // Asking the compiler for lines and columns takes long: once for each place is enough.
        self.found.sort_by_cached_key(|(place, _)| place.start());
        // A default is looked at once for each rule that has it.
        self.found.dedup();
        Err(self
            .found
            .iter()
            .map(|(place, problem)| {
                // rustc underlines from the first token of an expansion to its last.
                let message = problem.message();
                let path = quote_spanned!(place.first=> ::core::compile_error!);
                let argument = quote_spanned!(place.last=> { #message });
                quote!(#path #argument)
            })
            .collect())
    }
}

/// `text` as a message shows it: in backticks, on one line, with control and
/// bidirectional characters escaped, and not longer than a screen is wide.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 100;
    let mut shown = String::from("`");
    for (count, character) in text.chars().enumerate() {
        if count == LONGEST {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_escapes_what_could_deceive_a_reader() {
        assert_eq!(quoted("https://a.example"), "`https://a.example`");
        assert_eq!(quoted("\u{202e}moc.live"), "`\\u{202e}moc.live`");
        assert_eq!(quoted("a\nerror: b"), "`a\\nerror: b`");
        assert_eq!(quoted(&"x".repeat(5000)).chars().count(), 103);
    }

    #[test]
    fn finish_gives_every_problem_in_source_order() {
        let tokens: TokenStream = "first second".parse().unwrap();
        let spans: Vec<Span> = tokens.into_iter().map(|token| token.span()).collect();
        let mut errors = Diagnostics::default();
        errors.report(spans[1], Problem::new(Check::UnknownKey, "two"));
        errors.report(
            spans[0],
            Problem::new(Check::UnknownKey, "one")
                .note("why")
                .help("how"),
        );
        let shown = errors.finish().unwrap_err().to_string();
        assert!(shown.find("one").unwrap() < shown.find("two").unwrap());
        assert!(
            shown
                .contains(r"one\nnote: why\nhelp: how\nsee: cors_runtime::diagnostics#unknown-key")
        );
    }
}
