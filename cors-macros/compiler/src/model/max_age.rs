//! How long browsers may keep the answer to a preflight.

use crate::check::Check;
use crate::diagnostic::{Diagnostic, LONGEST_OFFER};

/// The longest time that any browser keeps a preflight, in seconds: Firefox's cap. Chromium's is
/// 7200, WebKit's 600. <https://fetch.spec.whatwg.org/#concept-cache-max-age>
pub(crate) const LONGEST: u32 = 86_400;

/// Units of time, as they are written around a number, and their seconds.
pub(crate) const UNITS: [(&str, u64); 4] = [
    ("seconds", 1),
    ("minutes", 60),
    ("hours", 60 * 60),
    ("days", 24 * 60 * 60),
];

/// Reads `count` times `unit` seconds.
pub(crate) fn parse(count: u64, unit: u64) -> Result<u32, Diagnostic> {
    let seconds = count
        .checked_mul(unit)
        .and_then(|seconds| u32::try_from(seconds).ok());
    match seconds {
        Some(seconds @ 0..=LONGEST) => Ok(seconds),
        _ => Err(Diagnostic::new(
            Check::MaxAgeTooLong,
            format!("`max_age` is longer than {LONGEST} seconds"),
        )
        .note(
            "no browser keeps a preflight longer: WebKit 600 seconds, Chromium 7200, Firefox 86400",
        )
        .help("write `days(1)` or less")),
    }
}

/// The time that is meant by a string, a product, or a `Duration`: a number of seconds, or a call.
pub(crate) fn meant(written: &str) -> Option<String> {
    if written.len() > LONGEST_OFFER {
        return None;
    }
    let text: String = written
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '"' | '_'))
        .collect();
    let text = text.to_ascii_lowercase();
    // `Duration::fromsecs(60*60)`, `hour(1)`, `1hour`
    let (count, unit) = match text.split_once('(') {
        Some((name, arguments)) => {
            let unit = name.rsplit(':').next().unwrap_or(name);
            (
                arguments.split(')').next()?,
                unit.strip_prefix("from").unwrap_or(unit),
            )
        }
        None => text.split_at(
            text.find(|c: char| !c.is_ascii_digit() && c != '*')
                .unwrap_or(text.len()),
        ),
    };
    let count = count
        .split('*')
        .map(|factor| factor.parse::<u64>().ok())
        .try_fold(1_u64, |product, factor| product.checked_mul(factor?))?;
    let unit = match unit {
        "" => "s",
        // In the plural; `ms` are no minutes.
        unit => unit
            .strip_suffix('s')
            .filter(|one| one.len() > 1)
            .unwrap_or(unit),
    };
    let (name, seconds) = UNITS.iter().find(|(name, _)| name.starts_with(unit))?;
    parse(count, *seconds).ok()?;
    Some(match *seconds {
        1 => count.to_string(),
        _ => format!("{name}({count})"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_other_libraries_are_understood() {
        for (written, meant_for) in [
            ("Duration::from_secs(3600)", Some("3600")),
            ("std::time::Duration::from_secs (60 * 60)", Some("3600")),
            ("Duration::from_mins(5)", Some("minutes(5)")),
            ("Duration::from_millis(5)", None),
            ("Duration::MAX", None),
            ("\"1 hour\"", Some("hours(1)")),
            ("1 hour", Some("hours(1)")),
            ("2h", Some("hours(2)")),
            ("\"90s\"", Some("90")),
            ("\"7_200\"", Some("7200")),
            ("60 * 60", Some("3600")),
            ("\"90 mins\"", Some("minutes(90)")),
            ("\"500ms\"", None),
            ("9 days", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(meant(written).as_deref(), meant_for, "{written}");
        }
    }

    #[test]
    fn a_day_is_the_longest() {
        assert_eq!(parse(0, 1), Ok(0));
        assert_eq!(parse(24, 3600), Ok(LONGEST));
        for (count, unit) in [(86_401, 1), (2, 86_400), (u64::MAX, 86_400), (1 << 32, 1)] {
            assert!(parse(count, unit).is_err(), "{count} {unit}");
        }
    }
}
