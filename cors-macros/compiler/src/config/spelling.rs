//! Values as they are written in configuration. What is in quotation marks is spelled alike in TOML, YAML
//! and JSON; tables are spelled as in TOML.

use core::fmt::Write;

use crate::declaration::{
    ANY, CONFIGURED, Expr, ExprKind, Function, Key, LOOPBACK, MIRROR_REQUEST, OnDenied, RULE, Unit,
};
use crate::diagnostic::is_deceptive;

/// The key of the rules.
pub(super) const RULES: &str = "rules";

/// Returns the words that a value, or an element of one, may be.
pub(super) fn words(key: Key) -> Vec<&'static str> {
    match key {
        Key::AllowOrigins | Key::AllowHosts => vec![ANY, LOOPBACK],
        Key::AllowMethods | Key::AllowHeaders => vec![ANY, MIRROR_REQUEST],
        Key::ExposeHeaders => vec![ANY],
        Key::OnDenied => OnDenied::NAMES.into(),
        _ => Vec::new(),
    }
}

/// Returns all words, as the language has them.
pub(super) fn all_words() -> impl Iterator<Item = &'static str> {
    Key::ALL.into_iter().flat_map(words)
}

/// Returns how a word is written in configuration: `MirrorRequest` is `mirror-request`.
pub(super) fn spell_word(word: &str) -> String {
    let mut spelled = String::new();
    for character in word.chars() {
        if character.is_ascii_uppercase() && !spelled.is_empty() {
            spelled.push('-');
        }
        spelled.push(character.to_ascii_lowercase());
    }
    spelled
}

/// Spells a value. Returns `None` if configuration has nothing of the kind.
pub(super) fn spell(expr: &Expr) -> Option<String> {
    // `#[cfg(..)]`
    if !expr.attributes.is_empty() {
        return None;
    }
    Some(match &expr.kind {
        ExprKind::Text(text, _) => string(text),
        ExprKind::Integer(number) => number.to_string(),
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Word(word) => match word.as_str() {
            ".." => "..".to_owned(),
            CONFIGURED => return None,
            word if all_words().any(|known| known == word) => string(&spell_word(word)),
            word => string(word),
        },
        ExprKind::List(elements) => format!("[{}]", list(elements)?),
        ExprKind::Call(name, arguments) => call(name, arguments)?,
        ExprKind::Named(name, value) => format!("{name} = {}", spell(value)?),
        ExprKind::Other(foreign) => foreign.source.clone().unwrap_or_else(|| "..".to_owned()),
        ExprKind::Malformed => "..".to_owned(),
        ExprKind::Path(_) | ExprKind::Sequence(_) => return None,
    })
}

/// Spells values with commas between them.
pub(super) fn list(expressions: &[Expr]) -> Option<String> {
    let expressions: Option<Vec<String>> = expressions.iter().map(spell).collect();
    Some(expressions?.join(", "))
}

fn call(name: &str, arguments: &[Expr]) -> Option<String> {
    if name == RULE {
        return Some(format!("[[{RULES}]]"));
    }
    if let (Some(unit), [argument]) = (Unit::from_name(name), arguments) {
        return match argument.kind {
            ExprKind::Integer(number) => Some(number.saturating_mul(unit.seconds()).to_string()),
            _ => None,
        };
    }
    let (mut risks, mut entry) = (Vec::new(), None);
    let (mut name, mut arguments) = (name, arguments);
    while entry.is_none() {
        match (Function::from_name(name)?, arguments) {
            (Function::DangerouslyAllow, [risk, inner]) => {
                let ExprKind::Word(risk) = &risk.kind else {
                    return None;
                };
                risks.push(string(risk));
                match &inner.kind {
                    ExprKind::Call(inner, its) => (name, arguments) = (inner, its),
                    _ => entry = Some(format!("origin = {}", spell(inner)?)),
                }
            }
            (Function::Regex, [expression]) => {
                entry = Some(format!("regex = {}", spell(expression)?));
            }
            _ => return None,
        }
    }
    let risks = match risks.as_slice() {
        [] => String::new(),
        [risk] => format!("dangerously_allow = {risk}, "),
        risks => format!("dangerously_allow = [{}], ", risks.join(", ")),
    };
    Some(format!("{{ {risks}{} }}", entry?))
}

/// Spells a key in a path as TOML does: in quotation marks if it has other characters than letters,
/// digits, `-` and `_`. A long key is truncated.
pub(super) fn key(name: &str) -> String {
    const MAX_CHARS: usize = 100;
    let mut shown: String = name.chars().take(MAX_CHARS).collect();
    if shown.len() < name.len() {
        shown.push('…');
    }
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '…');
    match !shown.is_empty() && shown.chars().all(is_bare) {
        true => shown,
        false => string(&shown),
    }
}

/// A string of TOML, YAML and JSON, with deceptive characters escaped.
fn string(text: &str) -> String {
    let mut string = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => string.extend(['\\', character]),
            '\n' => string.push_str("\\n"),
            '\t' => string.push_str("\\t"),
            character if is_deceptive(character) => {
                let _ = write!(string, "\\u{:04x}", u32::from(character));
            }
            character => string.push(character),
        }
    }
    string + "\""
}
