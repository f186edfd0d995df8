//! Renders diagnostics as errors of rustc, and values as Rust.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::source::Source;
use crate::check::Check;
use crate::declaration::{Expr, ExprKind};
use crate::diagnostic::{Diagnostic, Diagnostics, Part, Text, printable, quoted_text};

/// A mistake as the compiler prints it.
#[derive(Debug, Clone)]
pub struct Message {
    /// The check that failed.
    pub check: Check,
    /// The title, and on lines of their own notes, suggestions, and where to read more.
    pub text: String,
    /// The first token that it is about, and the last one.
    pub spans: (Span, Span),
}

/// Returns the message of each mistake, in source order.
pub fn messages(diagnostics: Diagnostics, source: &Source) -> Vec<Message> {
    let found = diagnostics.into_vec();
    let mut messages = Vec::new();
    for diagnostic in sorted(&found, source) {
        messages.push(Message {
            check: diagnostic.check,
            text: text(diagnostic, source),
            spans: source.spans(diagnostic.position),
        });
    }
    messages
}

/// Prints one `compile_error!` for each mistake, in source order.
pub(crate) fn errors(diagnostics: Diagnostics, source: &Source) -> TokenStream {
    let mut errors = TokenStream::new();
    for Message { text, spans, .. } in messages(diagnostics, source) {
        // rustc underlines everything from the first token of an expansion to its last.
        let (first, last) = spans;
        let path = quote_spanned!(first=> ::core::compile_error!);
        let argument = quote_spanned!(last=> { #text });
        quote!(#path #argument).to_tokens(&mut errors);
    }
    errors
}

/// Returns all mistakes in source order, without duplicates.
fn sorted<'d>(found: &'d [Diagnostic], source: &Source) -> Vec<&'d Diagnostic> {
    let mut starts = Vec::new();
    for (number, diagnostic) in found.iter().enumerate() {
        // Getting lines and columns from the compiler is slow, so it is done once for each.
        starts.push((source.start(diagnostic.position), number));
    }
    starts.sort_unstable();
    let mut sorted = Vec::new();
    for (_, number) in starts {
        let diagnostic = &found[number];
        // A default is checked once for each rule that uses it.
        if sorted.last() != Some(&diagnostic) {
            sorted.push(diagnostic);
        }
    }
    sorted
}

fn text(diagnostic: &Diagnostic, source: &Source) -> String {
    // Longer than any suggested regex: nobody pastes more.
    const MAX_HELP_LEN: usize = 9 << 10;
    let mut text = printable(&line(&diagnostic.title, source));
    for note in &diagnostic.notes {
        text += &format!("\nnote: {}", printable(&line(note, source)));
    }
    for help in &diagnostic.helps {
        let help = line(help, source);
        if help.len() < MAX_HELP_LEN {
            text += &format!("\nhelp: {}", printable(&help));
        }
    }
    let name = diagnostic.check.name();
    text + &format!("\nsee: cors_runtime::diagnostics#{name}")
}

/// Renders a text as rustc prints it.
fn line(text: &Text, source: &Source) -> String {
    let mut line = String::new();
    for part in &text.0 {
        match part {
            Part::Plain(text) => line += text,
            Part::Quoted(text) => line += &quoted_text(text),
            Part::QuotedCode(code) => line += &quoted_text(&rust(code)),
            Part::Code(code) => line += &format!("`{}`", list(code)),
            Part::Position(position) => {
                line += &format!("on line {}", source.start(*position).0);
            }
        }
    }
    line
}

/// Renders a value in the syntax of the macro.
pub(crate) fn rust(expr: &Expr) -> String {
    let mut text = String::new();
    for attribute in &expr.attributes {
        text += &attribute.text;
        text += " ";
    }
    text + &match &expr.kind {
        ExprKind::Text(text, style) => style.print(text),
        ExprKind::Integer(number) => number.to_string(),
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Word(word) => word.clone(),
        ExprKind::List(elements) => format!("[{}]", list(elements)),
        ExprKind::Call(name, arguments) => format!("{name}({})", list(arguments)),
        ExprKind::Named(name, value) => format!("{name} = {}", rust(value)),
        ExprKind::Path(path) => path.text.clone(),
        ExprKind::Sequence(values) => joined(values, " "),
        ExprKind::Malformed => "..".to_owned(),
        ExprKind::Other(foreign) => foreign.source.as_deref().unwrap_or("..").to_owned(),
    }
}

fn list(expressions: &[Expr]) -> String {
    joined(expressions, ", ")
}

fn joined(expressions: &[Expr], separator: &str) -> String {
    let mut texts = Vec::new();
    for expr in expressions {
        texts.push(rust(expr));
    }
    texts.join(separator)
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenTree;

    use super::*;

    #[test]
    fn every_diagnostic_is_rendered_in_source_order() {
        let tokens: TokenStream = "first second".parse().unwrap();
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut source = Source::default();
        let [first, second] = [&tokens[..1], &tokens[1..]].map(|tokens| source.position(tokens));
        let mut diagnostics = Diagnostics::default();
        diagnostics.report(second, Diagnostic::new(Check::UnknownKey, "two"));
        diagnostics.report(
            first,
            Diagnostic::new(Check::UnknownKey, "one")
                .note("why")
                .help("how"),
        );
        let shown = errors(diagnostics, &source).to_string();
        assert!(shown.find("one").unwrap() < shown.find("two").unwrap());
        assert!(
            shown
                .contains(r"one\nnote: why\nhelp: how\nsee: cors_runtime::diagnostics#unknown-key")
        );
    }
}
