//! What was meant by a value that is not of the shape that its key takes: the same in the language.

use core::slice;

use crate::diagnostic::LONGEST_OFFER;
use crate::model::{header, max_age, method, origin};
use crate::parse::{ANY, Function, Key, MIRROR_REQUEST, Value, ValueKind};
use cors_origin::fetch::is_ok_status;

/// Words of other languages and libraries for [`ANY`], and for [`MIRROR_REQUEST`].
const FOR_ANY: [&str; 4] = ["*", "any", "all", "everybody"];
const FOR_MIRROR: [&str; 4] = ["mirrorrequest", "mirror", "reflect", "echo"];

/// What to write in the place of `value`.
pub(super) fn value(key: Key, value: &Value, has_credentials: bool) -> Option<String> {
    if value.is_long() {
        return None;
    }
    let mended = match key {
        Key::AllowCredentials => truth(value),
        Key::MaxAge => max_age::meant(&value.tokens.text()),
        Key::PreflightStatus => status(value),
        _ => match wildcard(key, value, has_credentials) {
            Some(word) => Some(word.to_owned()),
            None => list(key, value),
        },
    };
    mended.filter(|code| code.len() < LONGEST_OFFER)
}

/// What to write in the place of an element of the list of `key`: an entry, or several.
pub(super) fn entry(key: Key, element: &Value) -> Option<String> {
    if element.is_long() {
        return None;
    }
    if let ValueKind::Call(call) = &element.kind
        && key == Key::AllowOrigins
        && Function::from_name(&call.name).is_some()
    {
        return Some(element.tokens.text());
    }
    let apart = element.run_together();
    let elements = apart.as_deref().unwrap_or(slice::from_ref(element));
    let entries: Option<Vec<String>> = elements
        .iter()
        .map(|element| {
            let text = text(key, element)?;
            match key {
                Key::AllowMethods => method::meant(&text),
                Key::AllowHeaders => header::meant(&text, header::request),
                Key::ExposeHeaders => header::meant(&text, header::response),
                _ => origin::meant_entries(&text),
            }
        })
        .collect();
    entries
        .map(|entries| entries.join(", "))
        .filter(|code| code.len() < LONGEST_OFFER)
}

/// The word for everything, where the policy may have it.
pub(super) fn any(key: Key, has_credentials: bool) -> Option<&'static str> {
    match key {
        Key::AllowMethods | Key::AllowHeaders if has_credentials => Some(MIRROR_REQUEST),
        Key::AllowOrigins | Key::AllowMethods | Key::AllowHeaders | Key::ExposeHeaders => {
            (!has_credentials).then_some(ANY)
        }
        _ => None,
    }
}

fn wildcard(key: Key, value: &Value, has_credentials: bool) -> Option<&'static str> {
    let word = match &value.kind {
        ValueKind::Text(text) => text.to_ascii_lowercase(),
        _ => value.last_word().map_or_else(
            || value.tokens.text(),
            |word| word.to_ascii_lowercase().replace('_', ""),
        ),
    };
    let is_mirror = FOR_MIRROR.contains(&word.as_str());
    match key {
        Key::AllowMethods | Key::AllowHeaders if is_mirror => Some(MIRROR_REQUEST),
        _ if is_mirror || FOR_ANY.contains(&word.as_str()) => any(key, has_credentials),
        _ => None,
    }
}

fn list(key: Key, value: &Value) -> Option<String> {
    let elements = value.as_list();
    let elements = elements.as_deref().unwrap_or(slice::from_ref(value));
    let entries: Option<Vec<String>> = elements
        .iter()
        .map(|element| {
            let attributes = element.attributes.iter();
            let condition = attributes.map(|attribute| attribute.tokens.text() + " ");
            Some(condition.collect::<String>() + &entry(key, element)?)
        })
        .collect();
    entries
        .filter(|entries| !entries.is_empty())
        .map(|entries| format!("[{}]", entries.join(", ")))
}

/// The text of an element, or what the name of a constant says.
fn text(key: Key, element: &Value) -> Option<String> {
    if let ValueKind::Text(text) = &element.kind {
        return Some(text.clone());
    }
    let header_name = |name: &str| name.to_ascii_lowercase().replace('_', "-");
    match (key, element.last_word(), &element.kind) {
        (Key::AllowMethods, Some(word), _) => method::word(&word).ok(),
        (Key::AllowHeaders | Key::ExposeHeaders, Some(word), _) => Some(header_name(&word)),
        (_, Some(_), _) => None,
        (_, None, _) => element.only_text(),
    }
}

fn truth(value: &Value) -> Option<String> {
    let text = value.tokens.text().to_ascii_lowercase();
    match text.trim_matches('"') {
        "true" | "yes" | "1" => Some("true".into()),
        "false" | "no" | "0" => Some("false".into()),
        _ => None,
    }
}

fn status(value: &Value) -> Option<String> {
    let elements = value.as_list();
    let status = match elements.as_deref().unwrap_or(slice::from_ref(value)) {
        [
            Value {
                kind: ValueKind::Integer(status),
                ..
            },
        ] => *status,
        [element] => element.only_text()?.parse().ok()?,
        _ => return None,
    };
    let status = u16::try_from(status).ok()?;
    is_ok_status(status).then(|| status.to_string())
}
