//! `allow_origins`.

use super::{Lowering, is_for_all, is_text, is_word, problem};
use crate::diagnostic::{Diagnostic, Position};
use crate::model::{
    Acceptance, Condition, Entry, EntryKind, Origins, Regex, Risk, Spelling, origin,
};
use crate::parse::{ANY, Call, Function, Key, Tokens, Value, ValueKind};

/// What stands around an entry.
#[derive(Clone, Default)]
pub(super) struct Context {
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
            let context = Context {
                condition: self.condition(&element),
                accepted: Vec::new(),
            };
            self.entry(&element, context, &mut entries);
        }
        Origins::Listed(entries)
    }

    /// Adds the entries that an element stands for: one, or several from the environment.
    fn entry(&mut self, element: &Value, mut context: Context, entries: &mut Vec<Entry>) {
        let place = element.place;
        let kind = match &element.kind {
            ValueKind::Text(text) => {
                let parsed = text_entry(text);
                self.errors.keep(place, parsed)
            }
            ValueKind::Call(call) => match Function::from_name(&call.name) {
                Some(Function::Regex) => self.regex(call, place),
                Some(Function::Predicate) => self.predicate(call, place),
                Some(Function::Env) => {
                    self.variable(call, place, &context, entries);
                    return;
                }
                Some(Function::DangerouslyAllow) => {
                    let Some((accepted, inner)) = self.accepted_risk(call, place) else {
                        return;
                    };
                    // Each risk once, so that there are never more around an entry than there are risks.
                    if context.accepts(accepted.risk) {
                        let problem = problem::accepted_twice(accepted.risk, &inner);
                        self.errors.report(place, problem);
                        return;
                    }
                    context.accepted.push(accepted);
                    self.entry(&inner, context, entries);
                    return;
                }
                None => {
                    self.errors.report(place, problem::unknown_call(&call.name));
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
        entries.extend(kind.map(|kind| context.entry(place, kind)));
    }

    fn regex(&mut self, call: &Call, place: Position) -> Option<EntryKind> {
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
                self.errors
                    .report(place, problem::arguments(Function::Regex));
                None
            }
        }
    }

    fn predicate(&mut self, call: &Call, place: Position) -> Option<EntryKind> {
        let path = call.arguments.as_path();
        if path.is_none() {
            self.errors.report(place, problem::no_path());
        }
        path.map(EntryKind::Predicate)
    }

    /// The risk, where it is accepted, and the entry that takes it.
    fn accepted_risk(&mut self, call: &Call, place: Position) -> Option<(Acceptance, Value)> {
        let mut arguments = self.arguments(call).into_iter();
        let (Some(word), Some(inner), None) =
            (arguments.next(), arguments.next(), arguments.next())
        else {
            self.errors
                .report(place, problem::arguments(Function::DangerouslyAllow));
            return None;
        };
        let ValueKind::Word(name) = &word.kind else {
            self.errors
                .report(place, problem::arguments(Function::DangerouslyAllow));
            return None;
        };
        let Some(risk) = Risk::from_name(name) else {
            self.errors.report(word.place, problem::unknown_risk(name));
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
}

/// An entry that is written as a string.
pub(super) fn text_entry(text: &str) -> Result<EntryKind, Diagnostic> {
    match text {
        // https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque
        "null" => Ok(EntryKind::Null),
        text => origin::parse(text).map(EntryKind::Origin),
    }
}

impl Context {
    fn accepts(&self, risk: Risk) -> bool {
        self.accepted.iter().any(|accepted| accepted.risk == risk)
    }

    pub(super) fn entry(self, place: Position, kind: EntryKind) -> Entry {
        Entry {
            place,
            kind,
            source: None,
            condition: self.condition,
            accepted: self.accepted,
        }
    }
}
