//! Suggestions for values with the wrong shape: the equivalent in the language.

use core::slice;

use super::offer::{Place, Replaced, Text, offer, offer_entries};
use crate::analysis::Analysis;
use crate::declaration::{
    ANY, CONFIGURED, Expr, ExprKind, Foreign, Function, Key, LOOPBACK, MAX_SUGGESTION_LEN,
    MIRROR_REQUEST, OnDenied, Unit,
};
use crate::model::{max_age, method, method_word, text_in_list};
use cors_origin::fetch::{is_ok_status, is_token};
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
    let meant = match key {
        Key::ExposeTiming | Key::AllowCredentials => truth(value),
        Key::OnDenied => on_denied(value),
        Key::MaxAge => duration(value),
        Key::PreflightStatus => status(value),
        _ => match wildcard_word(key, value, has_credentials) {
            Some(word) => Some(Expr::word(word)),
            None => list(key, value),
        },
    };
    offer(meant?, &replaced)
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
    if let Some(word) = words.iter().find(|word| element.is_word(word)) {
        return Some(vec![Expr::word(*word)]);
    }
    let elements = match &element.kind {
        ExprKind::Sequence(values) => values.as_slice(),
        _ => slice::from_ref(element),
    };
    let entries: Option<Vec<Vec<Expr>>> = elements
        .iter()
        .map(|element| {
            let text = text(key, element)?;
            match key {
                Key::AllowMethods => methods(&text),
                Key::AllowHeaders | Key::ExposeHeaders => headers(key, &text),
                Key::AllowHosts => hosts(&text),
                _ => origins(&text),
            }
        })
        .collect();
    Some(entries?.concat())
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
    let elements = elements(value).unwrap_or(slice::from_ref(value));
    let entries: Option<Vec<Vec<Expr>>> = elements
        .iter()
        .map(|element| {
            let mut entries = untested_entries(key, element)?;
            entries.first_mut()?.attributes = element.attributes.clone();
            Some(entries)
        })
        .collect();
    let mut distinct: Vec<Expr> = Vec::new();
    for entry in entries?.concat() {
        if !distinct.contains(&entry) {
            distinct.push(entry);
        }
    }
    (!distinct.is_empty()).then(|| Expr::list(distinct))
}

/// Returns the entries of a list, also in another syntax.
fn elements(value: &Expr) -> Option<&[Expr]> {
    match &value.kind {
        ExprKind::List(elements) => Some(elements),
        ExprKind::Other(foreign) => {
            let source = foreign.source.as_deref()?;
            let is_list = source.starts_with(['(', '{', '&']) || source.starts_with("vec");
            foreign.list.as_deref().filter(|_| is_list)
        }
        _ => None,
    }
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

/// Returns the word that a value is, or that its path ends with.
fn last_word(value: &Expr) -> Option<&str> {
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
    foreign
        .word
        .as_deref()
        .filter(|_| source.chars().all(is_path))
}

/// Names of types, functions and macros around a string that do not change what it means.
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
    // Every second part is a string, since strings with quotes are longer than what is looked into.
    let mut parts = source.split('"').step_by(2);
    let is_sign = |c: char| c.is_alphanumeric() || "_ .:()&,[]{}?;#!".contains(c);
    let is_known = |word: &str| word.is_empty() || TRANSPARENT.contains(&word);
    !source.contains("\\\"")
        && parts.all(|part| {
            let mut words = part.split(|c: char| !c.is_alphanumeric() && c != '_');
            part.chars().all(is_sign)
                && words.all(is_known)
                && part
                    .replace("vec !", "")
                    .replace("vec!", "")
                    .find('!')
                    .is_none()
        })
}

/// Returns the single string in a value, if nothing around it changes what it means: `"a"` of
/// `"a".parse().unwrap()`.
fn only_text(value: &Expr) -> Option<String> {
    fn collect<'v>(value: &'v Expr, texts: &mut Vec<&'v str>) {
        match &value.kind {
            ExprKind::Text(text, _) => texts.push(text),
            ExprKind::List(values) | ExprKind::Call(_, values) | ExprKind::Sequence(values) => {
                values.iter().for_each(|value| collect(value, texts));
            }
            ExprKind::Named(_, value) => collect(value, texts),
            ExprKind::Other(foreign) => texts.extend(foreign.texts.iter().map(String::as_str)),
            _ => {}
        }
    }
    if !is_text(value) && !source_code(value).is_some_and(|source| is_transparent(&source)) {
        return None;
    }
    let mut texts = Vec::new();
    collect(value, &mut texts);
    match texts.as_slice() {
        [only] => Some((*only).to_owned()),
        _ => None,
    }
}

fn is_text(value: &Expr) -> bool {
    matches!(value.kind, ExprKind::Text(..))
}

/// Returns a value as it is written, with its strings in quotation marks.
fn source_code(value: &Expr) -> Option<String> {
    let all = |values: &[Expr]| {
        let texts: Option<Vec<String>> = values.iter().map(source_code).collect();
        Some(texts?.join(", "))
    };
    match &value.kind {
        ExprKind::Text(text, _) => Some(format!("\"{}\"", text.replace('"', ""))),
        ExprKind::List(values) | ExprKind::Sequence(values) => Some(format!("[{}]", all(values)?)),
        ExprKind::Call(name, values) => Some(format!("{name}({})", all(values)?)),
        ExprKind::Named(name, value) => Some(format!("{name}: {}", source_code(value)?)),
        _ => source(value),
    }
}

/// Returns the source of a value, on one line.
fn source(value: &Expr) -> Option<String> {
    let all = |values: &[Expr], separator: &str| {
        let texts: Option<Vec<String>> = values.iter().map(source).collect();
        Some(texts?.join(separator))
    };
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

/// The word that is meant by one in another case, or by a string.
fn on_denied(value: &Expr) -> Option<Expr> {
    let written = match last_word(value) {
        Some(word) => word.to_owned(),
        None => only_text(value)?,
    };
    let word = OnDenied::ALL.map(OnDenied::name).into_iter().find(|word| {
        let letters = written.chars().filter(|c| !matches!(c, '_' | '-' | ' '));
        letters.collect::<String>().eq_ignore_ascii_case(word)
    });
    word.map(Expr::word)
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

/// Returns the time that a string, a product, or a `Duration` expresses: a number of seconds, or a
/// call.
pub(crate) fn duration(value: &Expr) -> Option<Expr> {
    time(&source(value)?)
}

fn time(written: &str) -> Option<Expr> {
    if written.len() > MAX_SUGGESTION_LEN {
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
        // In the plural; `ms` does not mean minutes.
        unit => unit
            .strip_suffix('s')
            .filter(|one| one.len() > 1)
            .unwrap_or(unit),
    };
    let unit = Unit::ALL
        .into_iter()
        .find(|known| known.name().starts_with(unit))?;
    max_age(count, unit)?;
    Some(match unit {
        Unit::Seconds => Expr::integer(count),
        unit => Expr::call(unit.name(), [Expr::integer(count)]),
    })
}

/// Returns the origins and patterns that a text probably contains.
fn origins(text: &str) -> Option<Vec<Expr>> {
    if text.len() > MAX_SUGGESTION_LEN {
        return None;
    }
    let patterns = suggest(text);
    let entries = patterns.iter();
    let entries: Vec<Expr> = entries
        .map(|pattern| Expr::text(pattern.to_string()))
        .collect();
    Some(entries).filter(|entries| !entries.is_empty())
}

/// Returns the hosts and patterns that a text was meant for.
fn hosts(text: &str) -> Option<Vec<Expr>> {
    if text.len() > MAX_SUGGESTION_LEN {
        return None;
    }
    let hosts = suggest_hosts(text);
    let entries = hosts.iter().map(|host| Expr::text(host.to_string()));
    Some(entries.collect::<Vec<_>>()).filter(|entries| !entries.is_empty())
}

/// Returns the methods that a text probably contains, as entries of the list: words, or otherwise
/// strings.
pub(crate) fn methods(text: &str) -> Option<Vec<Expr>> {
    if text.len() > MAX_SUGGESTION_LEN {
        return None;
    }
    let pieces = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
    let pieces = pieces.filter(|piece| !piece.is_empty());
    let entries: Option<Vec<Expr>> = pieces
        .map(|piece| {
            let upper = piece.to_ascii_uppercase();
            if !is_token(piece.as_bytes()) {
                return None;
            }
            match (method_word(&upper), method(piece)) {
                (Ok(word), _) => Some(Expr::word(word)),
                (Err(_), Ok(method)) => Some(Expr::text(method)),
                (Err(_), Err(_)) => None,
            }
        })
        .collect();
    entries.filter(|entries| !entries.is_empty())
}

/// Returns the header names that a text probably contains, as entries of the list of `key`.
pub(crate) fn headers(key: Key, text: &str) -> Option<Vec<Expr>> {
    if text.len() > MAX_SUGGESTION_LEN {
        return None;
    }
    let pieces = text.split([',', ';', '|']).map(str::trim);
    let pieces: Vec<String> = pieces
        .filter(|piece| !piece.is_empty())
        // `Name: value`
        .filter_map(|piece| piece.split(':').next())
        .flat_map(|piece| match piece.contains('-') {
            true => piece.split_whitespace().map(str::to_owned).collect(),
            // `Content Type`
            false => vec![piece.split_whitespace().collect::<Vec<_>>().join("-")],
        })
        .collect();
    let is_valid = |piece: &String| is_token(piece.as_bytes()) && piece != "*";
    if pieces.is_empty() || !pieces.iter().all(is_valid) {
        return None;
    }
    pieces
        .iter()
        .map(|piece| Some(Expr::text(text_in_list(key, piece).ok()?)))
        .collect()
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

    #[test]
    fn several_methods_are_taken_apart() {
        let word = Expr::word;
        for (text, entries) in [
            ("GET, PUT", Some(vec![word("GET"), word("PUT")])),
            ("get|patch", Some(vec![word("GET"), word("PATCH")])),
            ("P*", None),
            ("^GET$", None),
            ("GET PURGE", Some(vec![word("GET"), Expr::text("PURGE")])),
            ("GET, TRACE", None),
            ("GÉT", None),
            (",", None),
        ] {
            assert_eq!(methods(text), entries, "{text}");
        }
    }

    #[test]
    fn several_header_names_are_taken_apart() {
        for (text, entries) in [
            (
                "Content-Type, authorization",
                Some(vec!["content-type", "authorization"]),
            ),
            ("content-type x-one", Some(vec!["content-type", "x-one"])),
            ("Content Type", Some(vec!["content-type"])),
            ("x-one: 1;", Some(vec!["x-one"])),
            ("x-one|x-two", Some(vec!["x-one", "x-two"])),
            ("x-amz-meta-*", None),
            ("^x-.*$", None),
            ("content-type, cookie", None),
            ("é", None),
            ("", None),
        ] {
            let entries = entries.map(|entries| entries.into_iter().map(Expr::text).collect());
            assert_eq!(headers(Key::AllowHeaders, text), entries, "{text}");
        }
    }
}
