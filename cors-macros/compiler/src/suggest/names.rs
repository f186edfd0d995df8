//! Suggestions for methods and header names.

use crate::declaration::{Expr, Key, MAX_SUGGESTION_LEN};
use crate::model::{method, method_word, text_in_list};
use cors_origin::fetch::is_token;

/// Returns the methods that a text probably contains, as entries of the list: words, or otherwise
/// strings.
pub(crate) fn methods(text: &str) -> Option<Vec<Expr>> {
    if text.len() > MAX_SUGGESTION_LEN {
        return None;
    }
    let mut entries = Vec::new();
    for piece in text.replace([',', ';', '|'], " ").split_whitespace() {
        if !is_token(piece.as_bytes()) {
            return None;
        }
        let upper = piece.to_ascii_uppercase();
        entries.push(match (method_word(&upper), method(piece)) {
            (Ok(word), _) => Expr::word(word),
            (Err(_), Ok(method)) => Expr::text(method),
            (Err(_), Err(_)) => return None,
        });
    }
    (!entries.is_empty()).then(|| distinct(entries))
}

/// Returns entries, each once.
pub(super) fn distinct(entries: Vec<Expr>) -> Vec<Expr> {
    let mut distinct = Vec::new();
    for entry in entries {
        if !distinct.contains(&entry) {
            distinct.push(entry);
        }
    }
    distinct
}

/// Returns the header names that a text probably contains, as entries of the list of `key`.
pub(crate) fn headers(key: Key, text: &str) -> Option<Vec<Expr>> {
    if text.len() > MAX_SUGGESTION_LEN {
        return None;
    }
    let mut entries = Vec::new();
    for piece in text.split([',', ';', '|']) {
        let piece = piece.trim();
        if piece.is_empty() {
            continue;
        }
        // `Name: value`
        let (name, _) = piece.split_once(':').unwrap_or((piece, ""));
        let words: Vec<&str> = name.split_whitespace().collect();
        if name.contains('-') {
            for word in words {
                entries.push(header(key, word)?);
            }
        } else {
            // `Content Type`
            entries.push(header(key, &words.join("-"))?);
        }
    }
    (!entries.is_empty()).then(|| distinct(entries))
}

fn header(key: Key, name: &str) -> Option<Expr> {
    if !is_token(name.as_bytes()) || name == "*" {
        return None;
    }
    Some(Expr::text(text_in_list(key, name).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_methods_are_taken_apart() {
        let word = Expr::word;
        for (text, entries) in [
            ("GET, PUT", Some(vec![word("GET"), word("PUT")])),
            ("get|patch", Some(vec![word("GET"), word("PATCH")])),
            ("GET,get", Some(vec![word("GET")])),
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
            ("X-One|x-one", Some(vec!["x-one"])),
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
