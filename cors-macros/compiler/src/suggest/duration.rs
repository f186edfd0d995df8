//! Suggestions for times.

use super::source::source;
use crate::declaration::{Expr, MAX_SUGGESTION_LEN, Unit};
use crate::model::max_age;

/// Returns the time that a string, a product, or a `Duration` expresses: a number of seconds, or a
/// call.
pub(crate) fn duration(value: &Expr) -> Option<Expr> {
    time(&source(value)?)
}

fn time(written: &str) -> Option<Expr> {
    if written.len() > MAX_SUGGESTION_LEN {
        return None;
    }
    let mut text = String::new();
    for character in written.chars() {
        if !character.is_whitespace() && !matches!(character, '"' | '_') {
            text.push(character.to_ascii_lowercase());
        }
    }
    // `Duration::fromsecs(60*60)`, `hour(1)`, `1hour`
    let (count, unit) = match text.split_once('(') {
        Some((name, arguments)) => {
            let unit = name.rsplit(':').next().unwrap_or(name);
            (
                arguments.split(')').next()?,
                unit.strip_prefix("from").unwrap_or(unit),
            )
        }
        None => {
            let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '*');
            text.split_at(text.len() - unit.len())
        }
    };
    let mut product = 1_u64;
    for factor in count.split('*') {
        product = product.checked_mul(factor.parse().ok()?)?;
    }
    let count = product;
    let unit = match unit {
        "" => "s",
        // In the plural; `ms` does not mean minutes.
        unit if unit.len() > 2 => unit.strip_suffix('s').unwrap_or(unit),
        unit => unit,
    };
    let has_prefix = |known: &&Unit| known.name().starts_with(unit);
    let unit = *Unit::ALL.iter().find(has_prefix)?;
    max_age(count, unit)?;
    Some(match unit {
        Unit::Seconds => Expr::integer(count),
        unit => Expr::call(unit.name(), [Expr::integer(count)]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_other_libraries_are_understood() {
        let call = |name: &str, count| Some(Expr::call(name, [Expr::integer(count)]));
        for (written, meant) in [
            ("Duration::from_secs(3600)", Some(Expr::integer(3600))),
            (
                "std::time::Duration::from_secs (60 * 60)",
                Some(Expr::integer(3600)),
            ),
            ("Duration::from_mins(5)", call("minutes", 5)),
            ("Duration::from_millis(5)", None),
            ("Duration::MAX", None),
            ("\"1 hour\"", call("hours", 1)),
            ("1 hour", call("hours", 1)),
            ("2h", call("hours", 2)),
            ("\"90s\"", Some(Expr::integer(90))),
            ("\"7_200\"", Some(Expr::integer(7200))),
            ("60 * 60", Some(Expr::integer(3600))),
            ("\"90 mins\"", call("minutes", 90)),
            ("\"500ms\"", None),
            ("9 days", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(time(written), meant, "{written}");
        }
    }
}
