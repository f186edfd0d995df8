//! What a value of the wrong shape contains: its list, its last word, its only text, its source.

use crate::declaration::{Expr, ExprKind, Foreign};

/// Returns the entries of a list, also in another syntax.
pub(super) fn elements(value: &Expr) -> Option<&[Expr]> {
    match &value.kind {
        ExprKind::List(elements) => Some(elements),
        ExprKind::Other(foreign) => {
            let source = foreign.source.as_deref()?;
            let is_list = source.starts_with(['(', '{', '&']) || source.starts_with("vec");
            match is_list {
                true => foreign.list.as_deref(),
                false => None,
            }
        }
        _ => None,
    }
}

/// Returns the word that a value is, or that its path ends with.
pub(super) fn last_word(value: &Expr) -> Option<&str> {
    match &value.kind {
        ExprKind::Word(word) => Some(word),
        ExprKind::Bool(value) => Some(if *value { "true" } else { "false" }),
        ExprKind::Other(foreign) => path_end(foreign),
        ExprKind::Named(_, value) => match &value.kind {
            ExprKind::Other(foreign) => path_end(foreign),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the last word of a path, and of nothing else: `!Method::GET` excludes it.
fn path_end(foreign: &Foreign) -> Option<&str> {
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | ' ' | '&');
    let source = foreign.source.as_deref()?;
    match source.chars().all(is_path) {
        true => foreign.word.as_deref(),
        false => None,
    }
}

/// Names of types, functions and macros that convert a string without changing it.
const TRANSPARENT: &[&str] = &[
    "AllowOrigin",
    "Box",
    "Cow",
    "HeaderName",
    "HeaderValue",
    "Method",
    "Ok",
    "Origin",
    "Some",
    "String",
    "Uri",
    "Url",
    "Vec",
    "array",
    "as_bytes",
    "as_ref",
    "as_str",
    "axum",
    "b",
    "borrow",
    "collect",
    "exact",
    "expect",
    "from",
    "from_bytes",
    "from_static",
    "from_str",
    "header",
    "headers",
    "http",
    "into",
    "into_iter",
    "iter",
    "list",
    "parse",
    "r",
    "std",
    "str",
    "to_owned",
    "to_string",
    "tower_http",
    "cors",
    "try_from",
    "try_into",
    "unwrap",
    "url",
    "vec",
];

/// Returns whether code around strings only converts them. What excludes them, or looks something up by
/// them, does not.
fn is_transparent(source: &str) -> bool {
    for (index, part) in source.split('"').enumerate() {
        // Every second part is a string, since strings with quotes are longer than what is looked into.
        let is_string = index % 2 == 1;
        if !is_string && !is_conversion(part) {
            return false;
        }
    }
    !source.contains("\\\"")
}

/// Returns whether code without strings only has transparent names, and signs around them.
fn is_conversion(code: &str) -> bool {
    let mut words = String::new();
    for character in code.chars() {
        match character {
            '_' => words.push(character),
            _ if character.is_alphanumeric() => words.push(character),
            _ if " .:()&,[]{}?;#!".contains(character) => words.push(' '),
            _ => return false,
        }
    }
    for word in words.split_whitespace() {
        if !TRANSPARENT.contains(&word) {
            return false;
        }
    }
    !code.replace("vec!", "").contains('!')
}

/// Returns the single string in a value, if the code around it only converts it: `"a"` of
/// `"a".parse().unwrap()`.
pub(super) fn only_text(value: &Expr) -> Option<String> {
    fn collect<'v>(value: &'v Expr, texts: &mut Vec<&'v str>) {
        match &value.kind {
            ExprKind::Text(text, _) => texts.push(text),
            ExprKind::List(values) | ExprKind::Call(_, values) | ExprKind::Sequence(values) => {
                for value in values {
                    collect(value, texts);
                }
            }
            ExprKind::Named(_, value) => collect(value, texts),
            ExprKind::Other(foreign) => {
                for text in &foreign.texts {
                    texts.push(text);
                }
            }
            _ => {}
        }
    }
    let source = source_code(value)?;
    if !is_transparent(&source) {
        return None;
    }
    let mut texts = Vec::new();
    collect(value, &mut texts);
    match texts.as_slice() {
        [only] => Some((*only).to_owned()),
        _ => None,
    }
}

/// Returns the texts of values, if all of them have one.
fn joined(values: &[Expr], separator: &str, text: fn(&Expr) -> Option<String>) -> Option<String> {
    let mut texts = Vec::new();
    for value in values {
        texts.push(text(value)?);
    }
    Some(texts.join(separator))
}

/// Returns a value as it is written, with its strings in quotation marks.
fn source_code(value: &Expr) -> Option<String> {
    let all = |values: &[Expr]| joined(values, ", ", source_code);
    match &value.kind {
        ExprKind::Text(text, _) => Some(format!("\"{}\"", text.replace('"', ""))),
        ExprKind::List(values) | ExprKind::Sequence(values) => Some(format!("[{}]", all(values)?)),
        ExprKind::Call(name, values) => Some(format!("{name}({})", all(values)?)),
        ExprKind::Named(name, value) => Some(format!("{name}: {}", source_code(value)?)),
        _ => source(value),
    }
}

/// Returns the source of a value, on one line.
pub(super) fn source(value: &Expr) -> Option<String> {
    let all = |values: &[Expr], separator: &str| joined(values, separator, source);
    match &value.kind {
        ExprKind::Text(text, _) | ExprKind::Word(text) => Some(text.clone()),
        ExprKind::Integer(number) => Some(number.to_string()),
        ExprKind::Bool(value) => Some(value.to_string()),
        ExprKind::List(values) => Some(format!("[{}]", all(values, ", ")?)),
        ExprKind::Call(name, values) => Some(format!("{name}({})", all(values, ", ")?)),
        ExprKind::Named(name, value) => Some(format!("{name} = {}", source(value)?)),
        ExprKind::Path(path) => Some(path.text.clone()),
        ExprKind::Sequence(values) => all(values, " "),
        ExprKind::Malformed => None,
        ExprKind::Other(foreign) => foreign.source.clone(),
    }
}
