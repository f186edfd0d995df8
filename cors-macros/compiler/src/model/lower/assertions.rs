//! `assert_allowed` and `assert_denied`.

use super::origins::text_entry;
use super::{Lowering, problem};
use crate::model::{Assertion, EntryKind};
use crate::parse::{Key, Section, ValueKind};

impl Lowering<'_> {
    pub(super) fn assertions(&mut self, section: &Section) -> Vec<Assertion> {
        let mut assertions = Vec::new();
        for (key, is_allowed) in [(Key::AssertAllowed, true), (Key::AssertDenied, false)] {
            let Some(entry) = section.get(key) else {
                continue;
            };
            for element in self.elements(key, &entry.value) {
                self.no_attributes(&element);
                let ValueKind::Text(text) = &element.kind else {
                    self.errors
                        .report(element.place, problem::no_entry(key, &element));
                    continue;
                };
                let place = element.place;
                match self.errors.keep(place, text_entry(text)) {
                    Some(EntryKind::Origin(pattern)) if !pattern.is_exact() => {
                        let problem = problem::pattern_in_assertion(key, &pattern);
                        self.errors.report(place, problem);
                        continue;
                    }
                    Some(_) => {}
                    None => continue,
                }
                assertions.push(Assertion {
                    place,
                    origin: text.clone(),
                    is_allowed,
                });
            }
        }
        assertions
    }
}
