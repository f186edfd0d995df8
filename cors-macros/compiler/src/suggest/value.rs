//! Suggestions for values with the wrong shape: the equivalent in the language.

use core::slice;

use super::duration::duration;
use super::names::{distinct, headers, methods};
use super::offer::{Place, Replaced, Text, offer, offer_entries};
use super::source::{elements, last_word, only_text, source};
use crate::analysis::Analysis;
use crate::declaration::{
    ANY, CONFIGURED, Expr, ExprKind, Function, Key, LOOPBACK, MAX_SUGGESTION_LEN, MIRROR_REQUEST,
    OnDenied, nearest,
};
use crate::model::method_word;
use cors_origin::fetch::is_ok_status;
use cors_origin::pattern::{suggest, suggest_hosts};

/// Words of other languages and libraries for [`ANY`], and for [`MIRROR_REQUEST`].
const ANY_WORDS: [&str; 4] = ["*", "any", "all", "everybody"];
const MIRROR_WORDS: [&str; 4] = ["mirrorrequest", "mirror", "reflect", "echo"];

/// Returns a suggestion for `value`.
pub(crate) fn value(
    key: Key,
    value: &Expr,
    has_credentials: bool,
    analysis: &Analysis<'_>,
) -> Option<Expr> {
    if !value.is_short() {
        return None;
    }
    let written = source(value)?;
    let replaced = Replaced {
        key,
        place: Place::in_list(has_credentials),
        text: Text::Plain(&written),
        analysis,
    };
    let suggestion = match key {
        Key::ExposeTiming | Key::AllowCredentials => truth(value),
        Key::OnDenied => on_denied(value),
        Key::MaxAge => duration(value),
        Key::PreflightStatus => status(value),
        _ => match wildcard_word(key, value, has_credentials) {
            Some(word) => Some(Expr::word(word)),
            None => list(key, value),
        },
    };
    offer(suggestion?, &replaced)
}

/// Returns a suggestion for an element of the list of `key`: an entry, or several.
pub(crate) fn entries(
    key: Key,
    element: &Expr,
    has_credentials: bool,
    analysis: &Analysis<'_>,
) -> Option<Vec<Expr>> {
    let written = source(element)?;
    let replaced = Replaced {
        key,
        place: Place::in_list(has_credentials),
        text: Text::Plain(&written),
        analysis,
    };
    offer_entries(untested_entries(key, element)?, &replaced)
}

fn untested_entries(key: Key, element: &Expr) -> Option<Vec<Expr>> {
    if !element.is_short() {
        return None;
    }
    if let ExprKind::Call(name, _) = &element.kind
        && key == Key::AllowOrigins
        && Function::from_name(name).is_some()
    {
        let call = Expr {
            attributes: Vec::new(),
            ..element.clone()
        };
        return Some(vec![call]);
    }
    let words: &[&str] = match key {
        Key::AllowOrigins => &[CONFIGURED, LOOPBACK],
        Key::AllowHosts => &[LOOPBACK],
        _ => &[],
    };
    if let ExprKind::Word(typed) = &element.kind
        && let Some(word) = nearest(typed, words)
    {
        return Some(vec![Expr::word(word)]);
    }
    let elements = match &element.kind {
        ExprKind::Sequence(values) => values.as_slice(),
        _ => slice::from_ref(element),
    };
    let mut entries = Vec::new();
    for element in elements {
        let text = text(key, element)?;
        entries.append(&mut match key {
            Key::AllowMethods => methods(&text)?,
            Key::AllowHeaders | Key::ExposeHeaders => headers(key, &text)?,
            Key::AllowHosts => hosts(&text)?,
            _ => origins(&text)?,
        });
    }
    Some(entries)
}

/// Returns the word for everything, if the policy may contain it.
pub(crate) fn any(key: Key, has_credentials: bool) -> Option<&'static str> {
    match key {
        Key::AllowMethods | Key::AllowHeaders if has_credentials => Some(MIRROR_REQUEST),
        Key::AllowOrigins | Key::AllowMethods | Key::AllowHeaders | Key::ExposeHeaders => {
            (!has_credentials).then_some(ANY)
        }
        Key::AllowHosts => Some(ANY),
        _ => None,
    }
}

fn wildcard_word(key: Key, value: &Expr, has_credentials: bool) -> Option<&'static str> {
    let word = match (&value.kind, last_word(value)) {
        (ExprKind::Text(text, _), _) => text.to_ascii_lowercase(),
        (_, Some(word)) => word.to_ascii_lowercase().replace('_', ""),
        (_, None) => source(value)?,
    };
    let is_mirror = MIRROR_WORDS.contains(&word.as_str());
    match key {
        Key::AllowMethods | Key::AllowHeaders if is_mirror => Some(MIRROR_REQUEST),
        _ if is_mirror || ANY_WORDS.contains(&word.as_str()) => any(key, has_credentials),
        _ => None,
    }
}

fn list(key: Key, value: &Expr) -> Option<Expr> {
    let mut all = Vec::new();
    for element in elements(value).unwrap_or(slice::from_ref(value)) {
        let mut entries = untested_entries(key, element)?;
        entries.first_mut()?.attributes = element.attributes.clone();
        all.append(&mut entries);
    }
    (!all.is_empty()).then(|| Expr::list(distinct(all)))
}

/// Returns the text of an element, or of the name of a constant.
fn text(key: Key, element: &Expr) -> Option<String> {
    if let ExprKind::Text(text, _) = &element.kind {
        return Some(text.clone());
    }
    match (key, last_word(element)) {
        (Key::AllowMethods, Some(word)) => method_word(word).ok(),
        (Key::AllowHeaders | Key::ExposeHeaders, Some(word)) => {
            Some(word.to_ascii_lowercase().replace('_', "-"))
        }
        (_, Some(_)) => None,
        // A text that is not an origin by itself may be the name of anything.
        (Key::AllowOrigins, None) => only_text(element).filter(|text| text.contains("://")),
        (_, None) => only_text(element),
    }
}

fn truth(value: &Expr) -> Option<Expr> {
    let written = source(value)?.to_ascii_lowercase();
    let inner = written
        .strip_prefix("some(")
        .and_then(|rest| rest.strip_suffix(')'));
    match inner.unwrap_or(&written) {
        "true" | "yes" | "1" => Some(Expr::bool(true)),
        "false" | "no" | "0" => Some(Expr::bool(false)),
        _ => None,
    }
}

/// Returns the word that is written in another case, or as a string.
fn on_denied(value: &Expr) -> Option<Expr> {
    let written = match last_word(value) {
        Some(word) => word.to_owned(),
        None => only_text(value)?,
    };
    let letters = written.replace(['_', '-', ' '], "");
    let mut words = OnDenied::NAMES.iter();
    let word = words.find(|word| letters.eq_ignore_ascii_case(word))?;
    Some(Expr::word(*word))
}

fn status(value: &Expr) -> Option<Expr> {
    let status = match elements(value).unwrap_or(slice::from_ref(value)) {
        [
            Expr {
                kind: ExprKind::Integer(status),
                ..
            },
        ] => *status,
        [element] => only_text(element)?.parse().ok()?,
        _ => return None,
    };
    let is_ok = u16::try_from(status).is_ok_and(is_ok_status);
    is_ok.then(|| Expr::integer(status))
}

/// Returns the origins and patterns that a text probably contains.
fn origins(text: &str) -> Option<Vec<Expr>> {
    if text.len() > MAX_SUGGESTION_LEN {
        return None;
    }
    let mut entries = Vec::new();
    for pattern in suggest(text) {
        entries.push(Expr::text(pattern.to_string()));
    }
    (!entries.is_empty()).then_some(entries)
}

/// Returns the hosts and patterns that a text probably contains.
fn hosts(text: &str) -> Option<Vec<Expr>> {
    if text.len() > MAX_SUGGESTION_LEN {
        return None;
    }
    let mut entries = Vec::new();
    for host in suggest_hosts(text) {
        entries.push(Expr::text(host.to_string()));
    }
    (!entries.is_empty()).then_some(entries)
}
