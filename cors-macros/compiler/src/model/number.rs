//! `max_age` and `preflight_status`.

use super::shape::Reader;
use crate::declaration::{Expr, ExprKind, Key, Mistake, Section, Unit};
use cors_origin::fetch::is_ok_status;

/// Maximum time for which any browser caches a preflight, in seconds: the limit of Firefox.
/// Chromium's is 7200, WebKit's is 600. <https://fetch.spec.whatwg.org/#concept-cache-max-age>
pub(crate) const MAX_MAX_AGE: u32 = 86_400;

impl Reader<'_> {
    pub(super) fn max_age(&mut self, value: &Expr) -> Option<u32> {
        self.no_attributes(value);
        let (count, unit) = match &value.kind {
            ExprKind::Integer(seconds) => (*seconds, Unit::Seconds),
            ExprKind::Call(word, arguments) => self.duration(word, arguments, value)?,
            _ => {
                self.wrong_shape(Key::MaxAge, value);
                return None;
            }
        };
        let seconds = max_age(count, unit);
        if seconds.is_none() {
            self.mistakes.add(value.position, Mistake::MaxAge);
        }
        seconds
    }

    /// `hours(2)`.
    fn duration(&mut self, word: &str, arguments: &[Expr], value: &Expr) -> Option<(u64, Unit)> {
        let arguments = self.arguments(arguments);
        let mistake = match (Unit::from_name(word), arguments) {
            (Some(unit), [only]) if let ExprKind::Integer(count) = only.kind => {
                return Some((count, unit));
            }
            (Some(unit), _) => Mistake::WrongCount(unit),
            (None, _) => Mistake::UnknownUnit(word.to_owned(), Box::new(value.clone())),
        };
        self.mistakes.add(value.position, mistake);
        None
    }

    pub(super) fn preflight_status(&mut self, section: &Section) -> u16 {
        const DEFAULT: u16 = 204;
        let Some(setting) = section.get(Key::PreflightStatus) else {
            return DEFAULT;
        };
        let value = &setting.value;
        self.no_attributes(value);
        match value.kind {
            ExprKind::Integer(number) => match u16::try_from(number) {
                Ok(status) if is_ok_status(status) => return status,
                _ => {
                    let mistake = Mistake::PreflightStatus(number);
                    self.mistakes.add(value.position, mistake);
                }
            },
            _ => self.wrong_shape(Key::PreflightStatus, value),
        }
        DEFAULT
    }
}

/// Returns `count` times `unit` in seconds, unless it exceeds the limit of all browsers.
pub(crate) fn max_age(count: u64, unit: Unit) -> Option<u32> {
    let seconds = u32::try_from(count.checked_mul(unit.seconds())?).ok()?;
    (seconds <= MAX_MAX_AGE).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_longest() {
        assert_eq!(max_age(0, Unit::Seconds), Some(0));
        assert_eq!(max_age(24, Unit::Hours), Some(MAX_MAX_AGE));
        for (count, unit) in [
            (86_401, Unit::Seconds),
            (2, Unit::Days),
            (u64::MAX, Unit::Days),
            (1 << 32, Unit::Seconds),
        ] {
            assert_eq!(max_age(count, unit), None, "{count} {unit:?}");
        }
    }
}
