//! Diagnostics as errors of rustc.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::diagnostic::{Diagnostic, Diagnostics, Part, Text};

/// One `compile_error!` for each mistake, in source order; none if there is none.
pub(crate) fn errors(mut diagnostics: Diagnostics) -> Result<(), TokenStream> {
    let found = &mut diagnostics.found;
    if found.is_empty() {
        return Ok(());
    }
    // Asking the compiler for lines and columns takes long: once for each place is enough.
    found.sort_by_cached_key(|(position, _)| position.start());
    // A default is looked at once for each rule that has it.
    found.dedup();
    Err(found
        .iter()
        .map(|(position, diagnostic)| {
            // rustc underlines from the first token of an expansion to its last.
            let message = message(diagnostic);
            let path = quote_spanned!(position.first=> ::core::compile_error!);
            let argument = quote_spanned!(position.last=> { #message });
            quote!(#path #argument)
        })
        .collect())
}

fn message(diagnostic: &Diagnostic) -> String {
    // Longer than any regex that can be offered: nobody pastes that.
    const LONGEST_HELP: usize = 9 << 10;
    let mut message = printable(&line(&diagnostic.title));
    for note in &diagnostic.notes {
        message += &format!("\nnote: {}", printable(&line(note)));
    }
    let helps = diagnostic.helps.iter().map(line);
    for help in helps.filter(|help| help.len() < LONGEST_HELP) {
        message += &format!("\nhelp: {}", printable(&help));
    }
    let name = diagnostic.check.name();
    message + &format!("\nsee: cors_runtime::diagnostics#{name}")
}

/// A text as rustc prints it.
fn line(text: &Text) -> String {
    let mut line = String::new();
    for part in &text.0 {
        match part {
            Part::Plain(text) => line += text,
            Part::Quoted(text) => line += &quoted(text),
            Part::Position(position) => line += &format!("on line {}", position.start().0),
        }
    }
    line
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

/// `text` as a message shows it: in backticks, on one line, with control and
/// bidirectional characters escaped, and not longer than a screen is wide.
fn quoted(text: &str) -> String {
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
    use proc_macro2::Span;

    use super::*;
    use crate::check::Check;

    #[test]
    fn quoted_escapes_what_could_deceive_a_reader() {
        assert_eq!(quoted("https://a.example"), "`https://a.example`");
        assert_eq!(quoted("\u{202e}moc.live"), "`\\u{202e}moc.live`");
        assert_eq!(quoted("a\nerror: b"), "`a\\nerror: b`");
        assert_eq!(quoted(&"x".repeat(5000)).chars().count(), 103);
    }

    #[test]
    fn every_diagnostic_is_rendered_in_source_order() {
        let tokens: TokenStream = "first second".parse().unwrap();
        let spans: Vec<Span> = tokens.into_iter().map(|token| token.span()).collect();
        let mut diagnostics = Diagnostics::default();
        diagnostics.report(spans[1], Diagnostic::new(Check::UnknownKey, "two"));
        diagnostics.report(
            spans[0],
            Diagnostic::new(Check::UnknownKey, "one")
                .note("why")
                .help("how"),
        );
        let shown = errors(diagnostics).unwrap_err().to_string();
        assert!(shown.find("one").unwrap() < shown.find("two").unwrap());
        assert!(
            shown
                .contains(r"one\nnote: why\nhelp: how\nsee: cors_runtime::diagnostics#unknown-key")
        );
    }
}
