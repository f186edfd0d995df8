//! From a declaration to a policy: each value is read by the rule of its key, and a problem with
//! it is reported where it stands.

use std::collections::HashMap;

use super::max_age::UNITS;
use super::{Entry, Names, Origins, Policy, Rule, header, max_age, method, origin};
use crate::diagnostics::{Check, Diagnostics, Place, Problem, nearest, quoted};
use crate::parse::{Call, Declaration, Key, Value, ValueKind, values};

/// The word for `*`.
const ANY: &str = "Any";

/// Reads every value of `declaration`.
pub(crate) fn lower(declaration: &Declaration, errors: &mut Diagnostics) -> Policy {
    if declaration.is_complete && declaration.get(Key::AllowOrigins).is_none() {
        errors.report(declaration.place, missing_origins());
    }
    let mut lowering = Lowering {
        declaration,
        errors,
    };
    Policy {
        rules: vec![Rule {
            origins: lowering.origins(),
            credentials: lowering.credentials(),
            methods: lowering.names(Key::AllowMethods),
            headers: lowering.names(Key::AllowHeaders),
            exposed_headers: lowering.names(Key::ExposeHeaders),
            max_age: lowering.max_age(),
        }],
        preflight_status: lowering.preflight_status(),
    }
}

struct Lowering<'a> {
    declaration: &'a Declaration,
    errors: &'a mut Diagnostics,
}

impl Lowering<'_> {
    fn origins(&mut self) -> Origins {
        let key = Key::AllowOrigins;
        let mut entries = Vec::new();
        let Some(value) = self.declaration.get(key) else {
            return Origins::Listed(entries);
        };
        if is_any(value) {
            return Origins::Any(value.place);
        }
        let mut seen = HashMap::new();
        for element in self.elements(key, value) {
            let ValueKind::Text(text) = &element.kind else {
                self.errors.report(element.place, no_entry(key, &element));
                continue;
            };
            let Some(origin) = self.errors.keep(element.place, origin::parse(text)) else {
                continue;
            };
            match seen.insert(text.clone(), element.place) {
                None => entries.push(Entry {
                    place: element.place,
                    origin,
                }),
                Some(earlier) => self
                    .errors
                    .report(element.place, duplicate("origin", text, earlier)),
            }
        }
        Origins::Listed(entries)
    }

    fn names(&mut self, key: Key) -> Names {
        let mut names = Names::default();
        let Some(value) = self.declaration.get(key) else {
            return names;
        };
        if is_any(value) {
            names.any = Some(value.place);
            return names;
        }
        let mut seen = HashMap::new();
        for element in self.elements(key, value) {
            let (noun, parsed) = match (key, &element.kind) {
                (Key::AllowMethods, ValueKind::Text(text)) => ("method", method::parse(text)),
                (Key::AllowMethods, ValueKind::Word(word)) if word != ANY => {
                    ("method", method::parse(word))
                }
                (Key::AllowHeaders, ValueKind::Text(text)) => ("header", header::request(text)),
                (Key::ExposeHeaders, ValueKind::Text(text)) => ("header", header::response(text)),
                // `*` does not cover `Authorization`: the one name that may stand beside it.
                // https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
                (Key::AllowHeaders, ValueKind::Word(word)) if word == ANY => {
                    names.any = Some(element.place);
                    continue;
                }
                _ => {
                    self.errors.report(element.place, no_entry(key, &element));
                    continue;
                }
            };
            let Some(name) = self.errors.keep(element.place, parsed) else {
                continue;
            };
            match seen.insert(name.clone(), element.place) {
                None => names.listed.push(name),
                Some(earlier) => self
                    .errors
                    .report(element.place, duplicate(noun, &name, earlier)),
            }
        }
        names
    }

    /// The entries of a list; none (and a report) for any other value.
    fn elements(&mut self, key: Key, value: &Value) -> Vec<Value> {
        let ValueKind::List(list) = &value.kind else {
            self.errors.report(value.place, wrong_shape(key, value));
            return Vec::new();
        };
        let elements = values(list.clone());
        if elements.is_empty() {
            self.errors.report(value.place, empty_list(key));
        }
        elements
    }

    fn credentials(&mut self) -> Option<Place> {
        let value = self.declaration.get(Key::AllowCredentials)?;
        match value.kind {
            ValueKind::Bool(true) => Some(value.place),
            ValueKind::Bool(false) => None,
            _ => {
                self.errors
                    .report(value.place, wrong_shape(Key::AllowCredentials, value));
                None
            }
        }
    }

    fn max_age(&mut self) -> Option<u32> {
        let value = self.declaration.get(Key::MaxAge)?;
        let parsed = match &value.kind {
            ValueKind::Integer(seconds) => max_age::parse(*seconds, 1),
            ValueKind::Call(call) => duration(call),
            _ => Err(wrong_shape(Key::MaxAge, value)),
        };
        self.errors.keep(value.place, parsed)
    }

    fn preflight_status(&mut self) -> u16 {
        const DEFAULT: u16 = 204;
        let Some(value) = self.declaration.get(Key::PreflightStatus) else {
            return DEFAULT;
        };
        let parsed = match value.kind {
            // https://fetch.spec.whatwg.org/#ok-status
            ValueKind::Integer(status @ 200..=299) => Ok(status as u16),
            ValueKind::Integer(status) => Err(Problem::new(
                Check::PreflightStatus,
                format!("preflight status {status} is not from 200 to 299"),
            )
            .note("browsers take any other status for a refusal, so no preflight would succeed")
            .help("write `preflight_status = 200`, or leave it out for 204")),
            _ => Err(wrong_shape(Key::PreflightStatus, value)),
        };
        self.errors.keep(value.place, parsed).unwrap_or(DEFAULT)
    }
}

fn is_any(value: &Value) -> bool {
    matches!(&value.kind, ValueKind::Word(word) if word == ANY)
}

/// `hours(2)`.
fn duration(call: &Call) -> Result<u32, Problem> {
    let names = UNITS.map(|(name, _)| name);
    let Some((name, unit)) = UNITS.into_iter().find(|(name, _)| *name == call.name) else {
        let problem = Problem::new(
            Check::UnknownWord,
            format!("unknown unit of time {}", quoted(&call.name)),
        );
        return Err(match nearest(&call.name, names) {
            Some(near) => problem.help(format!("a unit with a similar name exists: `{near}`")),
            None => problem.note(format!("the units are {}", names.map(quoted).join(", "))),
        });
    };
    match values(call.arguments.clone()).as_slice() {
        [
            Value {
                kind: ValueKind::Integer(count),
                ..
            },
        ] => max_age::parse(*count, unit),
        _ => Err(Problem::new(
            Check::WrongShape,
            format!("`{name}` takes one whole number"),
        )
        .help(format!("write `max_age = {name}(1)`"))),
    }
}

fn missing_origins() -> Problem {
    Problem::new(Check::MissingOrigins, "the policy has no `allow_origins`")
        .note("without it no page may read a response, as if there were no policy")
        .help("add `allow_origins = [\"https://example.com\"]`, or `allow_origins = Any` for public data")
}

fn empty_list(key: Key) -> Problem {
    let problem = Problem::new(
        Check::EmptyList,
        format!("`{}` is an empty list", key.name()),
    );
    match key {
        Key::AllowOrigins => problem
            .note("no page may read a response then, as if there were no policy")
            .help(format!("write `{} = {}`", key.name(), key.example())),
        _ => problem.help(format!(
            "remove `{}`: what is not listed is not allowed",
            key.name()
        )),
    }
}

fn wrong_shape(key: Key, value: &Value) -> Problem {
    let name = key.name();
    let expected = match key {
        Key::AllowOrigins | Key::AllowMethods | Key::AllowHeaders | Key::ExposeHeaders => {
            "a list or `Any`"
        }
        Key::AllowCredentials => "`true` or `false`",
        Key::MaxAge => "a number of seconds, or `minutes(..)`, `hours(..)`, `days(..)`",
        Key::PreflightStatus => "a status from 200 to 299",
    };
    let problem = Problem::new(
        Check::WrongShape,
        format!("`{name}` takes {expected}, not {}", value.kind.describe()),
    );
    match &value.kind {
        ValueKind::Text(text) if expected.starts_with("a list") && text != "*" => {
            problem.help(format!("write `{name} = [{text:?}]`"))
        }
        ValueKind::Text(text) if expected.starts_with("a list") && text == "*" => {
            problem.help(format!("write `{name} = {ANY}`"))
        }
        _ => problem.help(format!("write `{name} = {}`", key.example())),
    }
}

/// An element that is none of what the list takes.
fn no_entry(key: Key, element: &Value) -> Problem {
    let name = key.name();
    match &element.kind {
        ValueKind::Word(word) if word == ANY => Problem::new(
            Check::WrongShape,
            format!("`{ANY}` stands inside the list of `{name}`"),
        )
        .note("it covers all other entries")
        .help(format!("write `{name} = {ANY}`")),
        ValueKind::Word(word) => Problem::new(
            Check::UnknownWord,
            format!("unknown word {} in `{name}`", quoted(word)),
        )
        .help(format!(
            "write names as strings, as in `{name} = {}`",
            key.example()
        )),
        kind => Problem::new(
            Check::WrongShape,
            format!("`{name}` lists strings, not {}", kind.describe()),
        )
        .help(format!("write `{name} = {}`", key.example())),
    }
}

fn duplicate(noun: &str, name: &str, earlier: Place) -> Problem {
    Problem::new(
        Check::DuplicateEntry,
        format!("duplicate {noun} {}", quoted(name)),
    )
    .note(format!("it is already listed on line {}", earlier.line()))
    .help("remove this entry")
}
