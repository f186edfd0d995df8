//! Renders diagnostics as errors of rustc, and values as Rust.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::source::Source;
use crate::declaration::{Expr, ExprKind};
use crate::diagnostic::{Diagnostic, Diagnostics, Part, Text, printable, quoted_text};

/// Returns the message of each mistake, in source order.
pub fn messages(diagnostics: Diagnostics, source: &Source) -> Vec<String> {
    let found = sorted(diagnostics, source);
    let messages = found.iter();
    messages
        .map(|diagnostic| message(diagnostic, source))
        .collect()
}

/// Prints one `compile_error!` for each mistake, in source order.
pub(crate) fn errors(diagnostics: Diagnostics, source: &Source) -> TokenStream {
    let found = sorted(diagnostics, source);
    found
        .iter()
        .map(|diagnostic| {
            // rustc underlines everything from the first token of an expansion to its last.
            let message = message(diagnostic, source);
            let (first, last) = source.spans(diagnostic.position);
            let path = quote_spanned!(first=> ::core::compile_error!);
            let argument = quote_spanned!(last=> { #message });
            quote!(#path #argument)
        })
        .collect()
}

/// Returns all mistakes in source order, without duplicates.
fn sorted(diagnostics: Diagnostics, source: &Source) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = diagnostics.into_iter().collect();
    // Getting lines and columns from the compiler is slow, so it is done once for each.
    found.sort_by_cached_key(|diagnostic| source.start(diagnostic.position));
    // A default is checked once for each rule that uses it.
    found.dedup();
    found
}

fn message(diagnostic: &Diagnostic, source: &Source) -> String {
    // Longer than any suggested regex: nobody pastes more.
    const MAX_HELP_LEN: usize = 9 << 10;
    let mut message = printable(&line(&diagnostic.title, source));
    for note in &diagnostic.notes {
        message += &format!("\nnote: {}", printable(&line(note, source)));
    }
    let helps = diagnostic.helps.iter().map(|help| line(help, source));
    for help in helps.filter(|help| help.len() < MAX_HELP_LEN) {
        message += &format!("\nhelp: {}", printable(&help));
    }
    let name = diagnostic.check.name();
    message + &format!("\nsee: cors_runtime::diagnostics#{name}")
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
        ExprKind::Sequence(values) => values.iter().map(rust).collect::<Vec<_>>().join(" "),
        ExprKind::Malformed => "..".to_owned(),
        ExprKind::Other(foreign) => foreign.source.as_deref().unwrap_or("..").to_owned(),
    }
}

fn list(expressions: &[Expr]) -> String {
    let expressions: Vec<String> = expressions.iter().map(rust).collect();
    expressions.join(", ")
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenTree;

    use super::*;
    use crate::check::Check;

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
