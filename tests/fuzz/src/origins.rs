//! A list of origins as text: it accepts what the naive reference accepts, or messages with corrections that
//! are accepted.

use cors_runtime::{Origins, OriginsError};
use cors_support::reference_matcher;

use crate::compiler::assert_printable;

/// Checks a list against an origin. The list ends at the first NUL.
pub fn check(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == 0);
    let (text, origin) = data.split_at(end.unwrap_or(data.len()));
    let origin = origin.strip_prefix(b"\0").unwrap_or(origin);
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    match text.parse::<Origins>() {
        Ok(origins) => check_list(text, &origins, origin),
        Err(error) => check_error(text, &error),
    }
}

fn check_list(text: &str, origins: &Origins, origin: &[u8]) {
    let is_separator = |c: char| c == ',' || c.is_whitespace();
    let entries: Vec<&str> = text
        .split(is_separator)
        .filter(|it| !it.is_empty())
        .collect();
    let shown = origins.to_string();
    let again: Origins = shown.parse().expect(&shown);
    assert_eq!(again.to_string(), shown);
    assert_eq!(again.len(), origins.len());
    if entries.contains(&"*") {
        return;
    }
    let samples = entries.iter().map(|entry| entry.replace('*', "a"));
    let samples = samples.map(String::into_bytes).chain([origin.to_vec()]);
    for sample in samples {
        let is_accepted = entries
            .iter()
            .any(|it| reference_matcher::accepts(it, &sample));
        let sample_text = String::from_utf8_lossy(&sample);
        assert_eq!(
            origins.contains(&sample),
            is_accepted,
            "{text:?} {sample_text:?}"
        );
    }
}

fn check_error(text: &str, error: &OriginsError) {
    assert_eq!(text.parse::<Origins>().unwrap_err(), *error);
    let lines: Vec<String> = error.to_string().lines().map(str::to_owned).collect();
    assert_printable(&lines);
    for invalid in error.iter() {
        if let Some(corrected) = invalid.corrected() {
            assert!(corrected.parse::<Origins>().is_ok(), "{text:?}\n{error}");
        }
    }
}
