//! `allow_origins`, and the assertions about it.

use std::env;
use std::rc::Rc;

use super::{ANY, Lowering, is_for_all, is_text, is_word, problem};
use crate::diagnostics::{Place, Problem, nearest};
use crate::model::{
    Acceptance, Assertion, Condition, Entry, EntryKind, Origins, Regex, Risk, Spelling, Variable,
    origin,
};
use crate::parse::{Call, Key, Section, Tokens, Value, ValueKind, values};

/// What is around an entry.
#[derive(Clone, Default)]
struct Around {
    condition: Option<Condition>,
    accepted: Vec<Acceptance>,
}

impl Lowering<'_> {
    pub(super) fn origins(&mut self, value: &Value) -> Origins {
        if is_word(value, ANY) {
            self.no_attributes(value);
            return Origins::Any(value.place);
        }
        let mut entries = Vec::new();
        for element in self.elements(Key::AllowOrigins, value) {
            if is_for_all(&element) {
                let problem = origin::parse("*").err().filter(|_| is_text(&element));
                let problem =
                    problem.unwrap_or_else(|| problem::no_entry(Key::AllowOrigins, &element));
                self.for_all(Key::AllowOrigins, &element, value.place, problem);
                continue;
            }
            let around = Around {
                condition: self.condition(&element),
                accepted: Vec::new(),
            };
            self.entry(&element, around, &mut entries);
        }
        Origins::Listed(entries)
    }

    /// Adds the entries that an element stands for: one, or several from the environment.
    fn entry(&mut self, element: &Value, mut around: Around, entries: &mut Vec<Entry>) {
        let place = element.place;
        let kind = match &element.kind {
            ValueKind::Text(text) => {
                let parsed = text_entry(text);
                self.errors.keep(place, parsed)
            }
            ValueKind::Call(call) => match call.name.as_str() {
                "regex" => self.regex(call, place),
                "predicate" => self.predicate(call, place),
                "env" => {
                    self.variable(call, place, &around, entries);
                    return;
                }
                // Each risk once is enough; more would only be deeper.
                "dangerously_allow" if around.accepted.len() < Risk::ALL.len() => {
                    if let Some((accepted, inner)) = self.accepted_risk(call, place) {
                        around.accepted.push(accepted);
                        self.entry(&inner, around, entries);
                    }
                    return;
                }
                "dangerously_allow" => {
                    self.errors.report(place, problem::arguments(&call.name));
                    None
                }
                name => {
                    self.errors.report(place, problem::unknown_call(name));
                    None
                }
            },
            ValueKind::Malformed => None,
            _ => {
                let problem = problem::no_entry(Key::AllowOrigins, element);
                self.errors.report(place, problem);
                None
            }
        };
        entries.extend(kind.map(|kind| around.entry(place, kind)));
    }

    fn regex(&mut self, call: &Call, place: Place) -> Option<EntryKind> {
        match self.arguments(call).as_slice() {
            [
                Value {
                    kind: ValueKind::Text(expression),
                    tokens,
                    ..
                },
            ] => Some(EntryKind::Regex(Regex {
                expression: expression.clone(),
                spelling: Spelling::of(&tokens.text()),
            })),
            [
                Value {
                    kind: ValueKind::Malformed,
                    ..
                },
            ] => None,
            _ => {
                self.errors.report(place, problem::arguments(&call.name));
                None
            }
        }
    }

    fn predicate(&mut self, call: &Call, place: Place) -> Option<EntryKind> {
        let path = call.arguments.without_trailing_comma();
        if !path.is_path() {
            self.errors.report(place, problem::no_path(&call.name));
            return None;
        }
        Some(EntryKind::Predicate(path))
    }

    /// `env("NAME", default = "..")`: adds the entries between the commas of the variable's value.
    fn variable(&mut self, call: &Call, place: Place, around: &Around, entries: &mut Vec<Entry>) {
        let Some((name, default)) = self.name_and_default(call) else {
            self.errors.report(place, problem::arguments(&call.name));
            return;
        };
        if !self.variables.contains(&name) {
            self.variables.push(name.clone());
        }
        let has_entries = |value: &String| value.split(',').any(|text| !text.trim().is_empty());
        if default
            .as_ref()
            .is_some_and(|default| !has_entries(default))
        {
            self.errors.report(place, problem::empty_default(&name));
            return;
        }
        let set = env::var(&name).ok().filter(has_entries);
        let is_default = set.is_none();
        let Some(value) = set.or_else(|| default.clone()) else {
            let is_set = env::var_os(&name).is_some();
            self.errors.report(place, problem::variable(&name, is_set));
            return;
        };
        let variable = Rc::new(Variable {
            name,
            default,
            is_default,
        });
        for text in value
            .split(',')
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            let parsed = text_entry(text).map_err(|problem| problem.note(variable.place()));
            if let Some(kind) = self.errors.keep(place, parsed) {
                entries.push(Entry {
                    source: Some(Rc::clone(&variable)),
                    ..around.clone().entry(place, kind)
                });
            }
        }
    }

    /// The arguments of `env`.
    fn name_and_default(&mut self, call: &Call) -> Option<(String, Option<String>)> {
        let arguments = self.arguments(call);
        let (name, default) = match arguments.as_slice() {
            [name] => (name, None),
            [name, default] => (name, Some(default)),
            _ => return None,
        };
        let ValueKind::Text(name) = &name.kind else {
            return None;
        };
        // No variable has such a name.
        if name.is_empty() || name.contains(['=', '\0']) {
            return None;
        }
        let default = match default.map(|default| &default.kind) {
            None => None,
            Some(ValueKind::Named(word, default)) if word == "default" => {
                match values(default).as_slice() {
                    [default] => {
                        self.no_attributes(default);
                        match &default.kind {
                            ValueKind::Text(default) => Some(default.clone()),
                            _ => return None,
                        }
                    }
                    _ => return None,
                }
            }
            Some(_) => return None,
        };
        Some((name.clone(), default))
    }

    /// The risk, where it is accepted, and the entry that takes it.
    fn accepted_risk(&mut self, call: &Call, place: Place) -> Option<(Acceptance, Value)> {
        let mut arguments = self.arguments(call).into_iter();
        let (Some(word), Some(inner), None) =
            (arguments.next(), arguments.next(), arguments.next())
        else {
            self.errors.report(place, problem::arguments(&call.name));
            return None;
        };
        let ValueKind::Word(name) = &word.kind else {
            self.errors.report(place, problem::arguments(&call.name));
            return None;
        };
        let Some(risk) = Risk::from_name(name) else {
            let near = nearest(name, Risk::ALL.map(Risk::name));
            self.errors
                .report(word.place, problem::unknown_risk(name, near));
            return None;
        };
        self.acceptances += 1;
        let accepted = Acceptance {
            risk,
            place,
            number: self.acceptances,
        };
        Some((accepted, inner))
    }

    /// The `#[cfg(..)]` of an element.
    fn condition(&mut self, element: &Value) -> Option<Condition> {
        let (conditions, others): (Vec<_>, Vec<_>) = element
            .attributes
            .iter()
            .partition(|attribute| attribute.name == "cfg");
        for attribute in others {
            self.errors
                .report(attribute.place, problem::misplaced_attribute(attribute));
        }
        for attribute in conditions.iter().filter(|cfg| !cfg.has_arguments) {
            self.errors
                .report(attribute.place, problem::no_condition(attribute));
        }
        if conditions.is_empty() {
            return None;
        }
        let attributes = Tokens::concat(conditions.iter().map(|attribute| &attribute.tokens));
        Some(Condition {
            text: attributes.text(),
            attributes,
        })
    }

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

/// An entry that is written as a string.
fn text_entry(text: &str) -> Result<EntryKind, Problem> {
    match text {
        // https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque
        "null" => Ok(EntryKind::Null),
        text => origin::parse(text).map(EntryKind::Origin),
    }
}

impl Around {
    fn entry(self, place: Place, kind: EntryKind) -> Entry {
        Entry {
            place,
            kind,
            source: None,
            condition: self.condition,
            accepted: self.accepted,
        }
    }
}
