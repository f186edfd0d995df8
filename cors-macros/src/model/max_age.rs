//! How long browsers may keep the answer to a preflight.

use crate::diagnostics::{Check, Problem};

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
pub(crate) fn parse(count: u64, unit: u64) -> Result<u32, Problem> {
    let seconds = count
        .checked_mul(unit)
        .and_then(|seconds| u32::try_from(seconds).ok());
    match seconds {
        Some(seconds @ 0..=LONGEST) => Ok(seconds),
        _ => Err(Problem::new(
            Check::MaxAgeTooLong,
            format!("`max_age` is longer than {LONGEST} seconds"),
        )
        .note(
            "no browser keeps a preflight longer: WebKit 600 seconds, Chromium 7200, Firefox 86400",
        )
        .help("write `max_age = days(1)` or less")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_longest() {
        assert_eq!(parse(0, 1), Ok(0));
        assert_eq!(parse(24, 3600), Ok(LONGEST));
        for (count, unit) in [(86_401, 1), (2, 86_400), (u64::MAX, 86_400), (1 << 32, 1)] {
            assert!(parse(count, unit).is_err(), "{count} {unit}");
        }
    }
}
