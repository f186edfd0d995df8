//! Messages, as the compiler prints them.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use proc_macro2::Span;
use serde_json::{Value, json};

/// Maximum number of messages that are shown for one policy.
const MAX_MESSAGES: usize = 50;

/// A mistake in a text, with its place.
pub(crate) struct Message {
    /// The title, then lines with notes, suggestions, and the section of the documentation.
    text: String,
    /// Where it is in the text.
    bytes: Range<usize>,
}

impl Message {
    /// Creates a message about some tokens, from the first to the last.
    pub(super) fn at((first, last): (Span, Span), text: &str) -> Self {
        Self {
            text: text.to_owned(),
            bytes: first.byte_range().start..last.byte_range().end,
        }
    }

    /// Creates a message about a text as a whole.
    pub(crate) fn about_text(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            bytes: 0..0,
        }
    }

    pub(super) fn start(&self) -> usize {
        self.bytes.start
    }

    fn json(&self, source: &str) -> Value {
        let [start, end] = [self.bytes.start, self.bytes.end].map(|at| at.min(source.len()));
        // Scripts count in units of UTF-16.
        let units = |bytes: usize| source[..bytes].encode_utf16().count();
        json!({
            "text": self.text,
            "excerpt": excerpt(source, start..end),
            "start": units(start),
            "end": units(end),
        })
    }
}

/// Renders the first messages about a text.
pub(crate) fn shown(messages: &[Message], source: &str) -> Vec<Value> {
    let shown = messages.iter().take(MAX_MESSAGES);
    shown.map(|message| message.json(source)).collect()
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
