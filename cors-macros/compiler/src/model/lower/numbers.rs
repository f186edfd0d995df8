//! `max_age` and `preflight_status`.

use super::{Lowering, problem};
use crate::check::Check;
use crate::diagnostic::{Diagnostic, quoted, text};
use crate::model::max_age::{self, UNITS};
use crate::parse::{Key, Section, Value, ValueKind};
use cors_origin::fetch::is_ok_status;

impl Lowering<'_> {
    pub(super) fn max_age(&mut self, value: &Value) -> Option<u32> {
        self.no_attributes(value);
        let parsed = match &value.kind {
            ValueKind::Integer(seconds) => max_age::parse(*seconds, 1),
            ValueKind::Call(call) => duration(&call.name, &self.arguments(call), value),
            _ => Err(problem::wrong_shape(Key::MaxAge, value, false)),
        };
        self.errors.keep(value.place, parsed)
    }

    pub(super) fn preflight_status(&mut self, section: &Section) -> u16 {
        const DEFAULT: u16 = 204;
        let Some(entry) = section.get(Key::PreflightStatus) else {
            return DEFAULT;
        };
        let value = &entry.value;
        self.no_attributes(value);
        let parsed = match value.kind {
            ValueKind::Integer(number) => match u16::try_from(number) {
                Ok(status) if is_ok_status(status) => Ok(status),
                _ => Err(Diagnostic::new(
                    Check::PreflightStatus,
                    format!("preflight status {number} is not from 200 to 299"),
                )
                .note("browsers take any other status for a refusal, so no preflight would succeed")
                .help("write `200`, or leave the key out for 204")),
            },
            _ => Err(problem::wrong_shape(Key::PreflightStatus, value, false)),
        };
        self.errors.keep(value.place, parsed).unwrap_or(DEFAULT)
    }
}

/// `hours(2)`.
fn duration(word: &str, arguments: &[Value], value: &Value) -> Result<u32, Diagnostic> {
    let names = UNITS.map(|(name, _)| name);
    let Some((name, unit)) = UNITS.into_iter().find(|(name, _)| *name == word) else {
        let problem = Diagnostic::new(
            Check::UnknownWord,
            text!["unknown unit of time ", quoted(word)],
        );
        return Err(match max_age::meant(&value.tokens.text()) {
            Some(meant) => problem.help(format!("write `{meant}`")),
            None => problem.similar("unit", word, &names),
        });
    };
    match arguments {
        [
            Value {
                kind: ValueKind::Integer(count),
                ..
            },
        ] => max_age::parse(*count, unit),
        _ => Err(Diagnostic::new(
            Check::WrongShape,
            format!("`{name}` takes one whole number"),
        )
        .help(format!("write `{name}(1)`"))),
    }
}
