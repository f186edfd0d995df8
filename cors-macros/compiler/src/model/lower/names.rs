//! `allow_methods`, `allow_headers` and `expose_headers`.

use std::collections::HashMap;

use super::{Lowering, is_for_all, is_word, problem};
use crate::diagnostic::Diagnostic;
use crate::model::{Names, header, method};
use crate::parse::{ANY, Entry, Key, MIRROR_REQUEST, Value, ValueKind};

impl Lowering<'_> {
    pub(super) fn names(&mut self, entry: &Entry) -> Names {
        let (key, value) = (entry.key, &entry.value);
        let mut names = Names::default();
        if is_word(value, ANY) {
            self.no_attributes(value);
            names.any = Some(value.place);
            return names;
        }
        // There is nothing to mirror in an actual response.
        if is_word(value, MIRROR_REQUEST) && key != Key::ExposeHeaders {
            self.no_attributes(value);
            names.mirrors_request = true;
            return names;
        }
        let mut seen = HashMap::new();
        for element in self.elements(key, value) {
            self.no_attributes(&element);
            // `*` does not cover `Authorization`, so it may stand beside it.
            // https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
            if is_word(&element, ANY) && key == Key::AllowHeaders && names.any.is_none() {
                names.any = Some(value.place);
                continue;
            }
            let name = match name(key, &element) {
                Ok(name) => name,
                Err(_) if matches!(element.kind, ValueKind::Malformed) => continue,
                Err(problem) if is_for_all(&element) => {
                    self.for_all(key, &element, value.place, problem);
                    continue;
                }
                Err(problem) => {
                    self.errors.report(element.place, problem);
                    continue;
                }
            };
            match seen.insert(name.clone(), element.place) {
                None => names.listed.push((name, element.place)),
                Some(earlier) => {
                    let problem = problem::duplicate(key, &name, earlier);
                    self.errors.report(element.place, problem);
                }
            }
        }
        names
    }
}

fn name(key: Key, element: &Value) -> Result<String, Diagnostic> {
    match (key, &element.kind) {
        (Key::AllowMethods, ValueKind::Text(text)) => method::parse(text),
        (Key::AllowMethods, ValueKind::Word(word)) if word != ANY && word != MIRROR_REQUEST => {
            method::word(word)
        }
        (Key::AllowHeaders, ValueKind::Text(text)) => header::request(text),
        (Key::ExposeHeaders, ValueKind::Text(text)) => header::response(text),
        _ => Err(problem::no_entry(key, element)),
    }
}
