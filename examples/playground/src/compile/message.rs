//! Messages, as the compiler prints them.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use proc_macro2::Span;
use serde_json::{Value, json};

/// A mistake in a text, with its place.
pub(crate) struct Message {
    /// The title, and on lines of their own notes, suggestions, and where to read more.
    text: String,
    /// The lines of the policy that it is about, underlined.
    excerpt: String,
    /// Where it is in the text, in units of UTF-16, as scripts count.
    range: Range<usize>,
}

impl Message {
    /// Creates a message about some tokens, from the first to the last.
    pub(super) fn at(source: &str, (first, last): (Span, Span), text: &str) -> Self {
        let (start, end) = (first.byte_range().start, last.byte_range().end);
        Self::new(source, start..end, text)
    }

    /// Creates a message about a text as a whole.
    pub(crate) fn about_text(text: &str) -> Self {
        Self::new("", 0..0, text)
    }

    /// Creates a message about some bytes.
    fn new(source: &str, bytes: Range<usize>, text: &str) -> Self {
        let bytes = bytes.start.min(source.len())..bytes.end.min(source.len());
        let units = |bytes: usize| source[..bytes].encode_utf16().count();
        Self {
            text: text.to_owned(),
            excerpt: excerpt(source, bytes.clone()),
            range: units(bytes.start)..units(bytes.end),
        }
    }

    pub(crate) fn start(&self) -> usize {
        self.range.start
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "text": self.text,
            "excerpt": self.excerpt,
            "start": self.range.start,
            "end": self.range.end,
        })
    }
}

/// The position, and the lines with marks below, as in the output of rustc.
fn excerpt(source: &str, bytes: Range<usize>) -> String {
    let annotation = AnnotationKind::Primary.span(bytes);
    let snippet = Snippet::source(source)
        .path("policy")
        .annotation(annotation);
    let report = [Level::ERROR.primary_title("").element(snippet)];
    let shown = Renderer::plain().render(&report);
    // The title is in the text.
    let (_title, excerpt) = shown.split_once('\n').unwrap_or_default();
    excerpt.to_owned()
}
