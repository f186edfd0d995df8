//! From a declaration to a policy: each value is read by the rule of its key, and a problem with
//! it is reported where it stands.

mod assertions;
mod mended;
mod names;
mod numbers;
mod origins;
mod problem;
mod variable;

use super::{Names, Origins, Policy, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics, Position};
use crate::parse::{
    ANY, Call, Declaration, Key, MIRROR_REQUEST, Section, Value, ValueKind, values,
};
use cors_origin::fetch::SAFELISTED_METHODS;

/// Reads every value of `declaration`.
pub(crate) fn lower(declaration: &Declaration, errors: &mut Diagnostics) -> Policy {
    let mut lowering = Lowering {
        errors,
        variables: Vec::new(),
        acceptances: 0,
        lacks_origins: declaration.is_complete,
        has_credentials: false,
    };
    let outside = lowering.fields(&declaration.outside, &declaration.outside);
    let rules = match declaration.rules.as_slice() {
        [] => vec![lowering.rule(declaration.place, outside, None)],
        rules => rules
            .iter()
            .map(|section| {
                let own = lowering.fields(section, &declaration.outside);
                lowering.rule(section.place, own, Some(&outside))
            })
            .collect(),
    };
    Policy {
        rules,
        preflight_status: lowering.preflight_status(&declaration.outside),
        assertions: lowering.assertions(&declaration.outside),
        variables: lowering.variables,
    }
}

/// The values of a section; nothing for keys that are not given.
#[derive(Clone)]
struct Fields {
    origins: Option<Origins>,
    /// Where they are allowed, if they are.
    credentials: Option<Option<Position>>,
    methods: Option<Names>,
    headers: Option<Names>,
    exposed_headers: Option<Names>,
    max_age: Option<Option<u32>>,
}

struct Lowering<'e> {
    errors: &'e mut Diagnostics,
    /// Environment variables that were read.
    variables: Vec<String>,
    /// How many risks were accepted.
    acceptances: usize,
    /// Whether a rule without origins is to be reported.
    lacks_origins: bool,
    /// Whether what is read lets credentials through, as far as it is known.
    has_credentials: bool,
}

impl Lowering<'_> {
    fn fields(&mut self, section: &Section, defaults: &Section) -> Fields {
        let field = |key| section.get(key);
        let credentials = field(Key::AllowCredentials).or(defaults.get(Key::AllowCredentials));
        self.has_credentials =
            credentials.is_some_and(|entry| matches!(entry.value.kind, ValueKind::Bool(true)));
        Fields {
            origins: field(Key::AllowOrigins).map(|entry| self.origins(&entry.value)),
            credentials: field(Key::AllowCredentials).map(|entry| self.credentials(&entry.value)),
            methods: field(Key::AllowMethods).map(|entry| self.names(entry)),
            headers: field(Key::AllowHeaders).map(|entry| self.names(entry)),
            exposed_headers: field(Key::ExposeHeaders).map(|entry| self.names(entry)),
            max_age: field(Key::MaxAge).map(|entry| self.max_age(&entry.value)),
        }
    }

    /// A rule of its own values, and of the defaults for what it does not set.
    fn rule(&mut self, place: Position, own: Fields, defaults: Option<&Fields>) -> Rule {
        let fields = match defaults {
            None => own,
            Some(defaults) => own.or(defaults),
        };
        if fields.origins.is_none() && self.lacks_origins {
            self.errors.report(place, problem::missing_origins());
        }
        Rule {
            place,
            origins: fields.origins.unwrap_or(Origins::Listed(Vec::new())),
            credentials: fields.credentials.flatten(),
            methods: fields.methods.unwrap_or_else(|| safelisted(place)),
            headers: fields.headers.unwrap_or_default(),
            exposed_headers: fields.exposed_headers.unwrap_or_default(),
            max_age: fields.max_age.flatten(),
        }
    }

    fn credentials(&mut self, value: &Value) -> Option<Position> {
        self.no_attributes(value);
        match value.kind {
            ValueKind::Bool(true) => Some(value.place),
            ValueKind::Bool(false) => None,
            _ => {
                self.wrong_shape(Key::AllowCredentials, value);
                None
            }
        }
    }

    /// The entries of a list; none (and a report) for any other value.
    fn elements(&mut self, key: Key, value: &Value) -> Vec<Value> {
        self.no_attributes(value);
        let ValueKind::List(list) = &value.kind else {
            self.wrong_shape(key, value);
            return Vec::new();
        };
        let elements = values(list);
        if elements.is_empty() {
            self.errors.report(value.place, problem::empty_list(key));
        }
        elements
    }

    /// The arguments of a call.
    fn arguments(&mut self, call: &Call) -> Vec<Value> {
        let arguments = values(&call.arguments);
        for argument in &arguments {
            self.no_attributes(argument);
        }
        arguments
    }

    fn wrong_shape(&mut self, key: Key, value: &Value) {
        let problem = problem::wrong_shape(key, value, self.has_credentials);
        self.errors.report(value.place, problem);
    }

    /// Reports an element that was meant for everything, where the word for that has to stand.
    fn for_all(&mut self, key: Key, element: &Value, list: Position, problem: Diagnostic) {
        let takes_mirror = matches!(key, Key::AllowMethods | Key::AllowHeaders);
        let word = match is_word(element, MIRROR_REQUEST) && takes_mirror {
            true => Some(MIRROR_REQUEST),
            false => mended::any(key, self.has_credentials),
        };
        let problem = match word {
            Some(word) => problem.mended(word),
            None => problem::listed_for_credentials(key, problem),
        };
        self.errors.report(list, problem);
    }

    /// Reports attributes where none may stand.
    fn no_attributes(&mut self, value: &Value) {
        for attribute in &value.attributes {
            self.errors
                .report(attribute.place, problem::misplaced_attribute(attribute));
        }
    }
}

impl Fields {
    fn or(self, defaults: &Self) -> Self {
        let defaults = defaults.clone();
        Self {
            origins: self.origins.or(defaults.origins),
            credentials: self.credentials.or(defaults.credentials),
            methods: self.methods.or(defaults.methods),
            headers: self.headers.or(defaults.headers),
            exposed_headers: self.exposed_headers.or(defaults.exposed_headers),
            max_age: self.max_age.or(defaults.max_age),
        }
    }
}

/// What is allowed if no methods are listed: without a list, a request whose upload is listened to may
/// use [any method](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0).
fn safelisted(place: Position) -> Names {
    Names {
        listed: SAFELISTED_METHODS
            .map(|name| (name.to_owned(), place))
            .into(),
        ..Names::default()
    }
}

/// Whether an element of a list stands for all elements.
fn is_for_all(element: &Value) -> bool {
    match &element.kind {
        ValueKind::Text(text) => text == "*",
        _ => is_word(element, ANY) || is_word(element, MIRROR_REQUEST),
    }
}

fn is_text(value: &Value) -> bool {
    matches!(value.kind, ValueKind::Text(_))
}

fn is_word(value: &Value, expected: &str) -> bool {
    matches!(&value.kind, ValueKind::Word(word) if word == expected)
}
