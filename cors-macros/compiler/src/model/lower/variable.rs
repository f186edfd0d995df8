//! `env(..)`: entries from the environment of the build.

use std::env;
use std::rc::Rc;

use super::origins::{Context, text_entry};
use super::{Lowering, problem};
use crate::diagnostic::Position;
use crate::model::{Entry, Variable};
use crate::parse::{Call, Function, ValueKind, values};

impl Lowering<'_> {
    /// `env("NAME", default = "..")`: adds the entries between the commas of the variable's value.
    pub(super) fn variable(
        &mut self,
        call: &Call,
        place: Position,
        context: &Context,
        entries: &mut Vec<Entry>,
    ) {
        let Some((name, default)) = self.name_and_default(call) else {
            self.errors.report(place, problem::arguments(Function::Env));
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
                    ..context.clone().entry(place, kind)
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
}
