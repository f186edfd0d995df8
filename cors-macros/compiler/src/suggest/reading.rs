//! Candidates for the intention of a regex: dots are literal, and `.*` is a label. Whether a
//! candidate is sound has to be proved.

use cors_origin::pattern::Pattern;

/// Part of a label.
const LABEL: &str = "[a-z0-9-]+";
/// Classes that are equivalent to all bytes of a label, if they are repeated.
const LABEL_CLASSES: &[&str] = &["[a-z0-9-]", "[a-z0-9_-]", r"[\w-]", "[^.]", "[^./]"];
/// Atoms that match any byte, including dots.
const ANY_BYTE: &[&str] = &[".", r"\S", r"\D", "[^/]"];
/// A port, or none.
const ANY_PORT: &str = "(:[0-9]+)?";
/// One or more labels, each with its dot.
const LABELS: &[&str] = &[r"(?:[a-z0-9-]+\.)+", r"([a-z0-9-]+\.)+"];

/// Hosts of this machine, which are reached at any port.
const LOCAL_HOSTS: [&str; 4] = [
    "//localhost",
    r"//127\.0\.0\.1",
    r"//\[::1\]",
    "//127.0.0.1",
];

/// Returns candidates for `expression`, the nearest first. Each is one expression or two.
pub(super) fn readings(expression: &str) -> Vec<Vec<String>> {
    let [nearest, with_dots] = both(expression);
    let mut readings = vec![vec![nearest.clone()]];
    if nearest != with_dots {
        // `.*example` means the domain itself, too.
        let label = format!(r"//{LABEL}\.");
        if let Some((scheme, domain)) = with_dots.split_once(label.as_str()) {
            let itself = format!("{scheme}//{domain}");
            readings.push(vec![itself, with_dots.clone()]);
        }
        readings.push(vec![with_dots]);
    }
    readings
}

/// Returns the expression with literal dots, and with dots between labels.
fn both(expression: &str) -> [String; 2] {
    let expression = strip_anchors(expression);
    [reading(&expression, false), reading(&expression, true)]
}

/// Strips anchors and other characters that cannot occur in an origin; matching is anchored anyway.
fn strip_anchors(expression: &str) -> String {
    // `~`, `~*`, flags and slashes belong to other languages.
    let mut rest = expression.strip_prefix("~*").unwrap_or(expression);
    rest = rest.trim_start_matches('~').trim_start();
    for end in ["$/i", "$/g", "$/gi", "$/ig"] {
        if rest.starts_with('/') {
            rest = rest.strip_suffix(end).unwrap_or(rest);
        }
    }
    rest = rest.strip_prefix("/^").unwrap_or(rest);
    rest = rest.strip_prefix('^').unwrap_or(rest);
    rest = rest.strip_suffix("$/").unwrap_or(rest);
    if !rest.ends_with(r"\$") {
        rest = rest.strip_suffix('$').unwrap_or(rest);
    }
    rest = rest.strip_suffix(r"\/").unwrap_or(rest);
    rest = rest.strip_suffix('/').unwrap_or(rest);
    for (scheme, port) in [("https:", ":443"), ("http:", ":80")] {
        if rest.starts_with(scheme) {
            rest = rest.strip_suffix(port).unwrap_or(rest);
        }
    }
    let has_scheme = rest.contains("//") || rest.contains(r"\/\/");
    match has_scheme || rest.starts_with('(') || !rest.contains('.') {
        true => rest.to_owned(),
        false => format!("https://{rest}"),
    }
}

/// Returns one candidate. With `adds_dots`, part of a label ends with a dot if a name follows:
/// `.*example` means subdomains.
fn reading(expression: &str, adds_dots: bool) -> String {
    let atoms = atoms(expression);
    let at = |index: usize| atoms.get(index).copied().unwrap_or_default();
    let has_flags = expression.contains("(?");
    let mut reading = String::new();
    let mut index = 0;
    while index < atoms.len() {
        let (atom, next) = (atoms[index], at(index + 1));
        let is_repeated = next.starts_with(['*', '+']);
        let is_any_byte = ANY_BYTE.contains(&atom);
        index += 1;
        if atom.starts_with('*') && reading.ends_with(['/', '-']) {
            // `https://*.example.com` is a pattern inside `regex(..)`.
            reading += LABEL;
        } else if is_repeated && (is_any_byte || is_class(atom)) {
            index += 1;
            let after = at(index);
            let is_path = is_any_byte && after.is_empty() && !reading.ends_with(['.', '/', ':']);
            if is_path {
                if LOCAL_HOSTS.iter().any(|host| reading.ends_with(host)) {
                    reading += ANY_PORT;
                }
                break;
            }
            let is_any_path = is_any_byte && after.is_empty() && reading.ends_with('/');
            if is_any_path && !reading.ends_with("//") {
                let host = reading.trim_end_matches(['/', '\\']).len();
                reading.truncate(host);
                break;
            }
            match is_any_byte {
                true if after.is_empty() && reading.ends_with(':') => reading += "[0-9]+",
                true => reading += LABEL,
                false => reading = reading + atom + next,
            }
            let is_domain = || atoms[index..].windows(2).any(|two| is_dot(two[0], two[1]));
            let is_name = matches!(after.as_bytes(), [first, ..] if first.is_ascii_alphanumeric());
            if adds_dots && is_name && is_domain() {
                reading += r"\.";
            }
        } else if atom == "." {
            reading += r"\.";
            index += usize::from(next.starts_with('?'));
        } else if atom == r"\\" && next == "." {
            // Escaped twice.
        } else if has_flags {
            reading += atom;
        } else {
            reading += &match atom.len() {
                1 => atom.to_ascii_lowercase(),
                _ => atom.to_owned(),
            };
        }
    }
    reading
}

/// Returns the expression with a literal dot for every dot, and a part of a label for every repeated one.
pub(super) fn with_literal_dots(expression: &str) -> String {
    let atoms = atoms(expression);
    let mut literal = String::new();
    let mut index = 0;
    while let Some(atom) = atoms.get(index) {
        index += 1;
        let is_repeated = atoms
            .get(index)
            .is_some_and(|next| next.starts_with(['*', '+']));
        literal += match *atom {
            "." if is_repeated => {
                index += 1;
                LABEL
            }
            "." => r"\.",
            atom => atom,
        };
    }
    literal
}

/// Returns whether an atom is a dot that is probably literal.
fn is_dot(atom: &str, next: &str) -> bool {
    atom == r"\." || atom == "." && !next.starts_with(['*', '+'])
}

/// Returns whether an atom is another class.
fn is_class(atom: &str) -> bool {
    atom.starts_with('[') || atom == r"\w"
}

/// Returns the equivalent pattern or origin, if there is one: for literal text around parts of
/// labels.
pub(super) fn to_pattern(expression: &str) -> Option<Pattern> {
    let mut expression = match expression.strip_suffix(ANY_PORT) {
        Some(host) => format!("{host}:[0-9]+"),
        None => expression.to_owned(),
    };
    for labels in LABELS {
        expression = expression.replace(*labels, "**.");
    }
    let atoms = atoms(&expression);
    let mut pattern = String::new();
    let mut index = 0;
    while index < atoms.len() {
        let atom = atoms[index];
        let is_repeated = atoms.get(index + 1) == Some(&"+");
        let is_port = matches!(atom, "[0-9]" | r"\d") && pattern.ends_with(':');
        match atom {
            r"\." | r"\/" | r"\-" | r"\:" => pattern += &atom[1..],
            "*" if pattern.ends_with(['/', '*']) => pattern += atom,
            "." if pattern.ends_with("**") => pattern += atom,
            _ if is_repeated && (LABEL_CLASSES.contains(&atom) || is_port) => {
                pattern += "*";
                index += 1;
            }
            _ => match atom.as_bytes() {
                [
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b':' | b'/',
                    ..,
                ] => {
                    pattern += atom;
                }
                _ => return None,
            },
        }
        index += 1;
    }
    Pattern::parse(&pattern).ok()
}

/// Returns the expression with any port, or none, in the place of repeated colons: `:*` is a pattern. Returns
/// `None` if there are none.
pub(super) fn with_any_port(expression: &str) -> Option<String> {
    let atoms = atoms(expression);
    for (index, atom) in atoms.iter().enumerate() {
        if matches!(*atom, ":" | r"\:" | "[:]") && atoms.get(index + 1) == Some(&"*") {
            let (before, after) = (atoms[..index].concat(), atoms[index + 2..].concat());
            return Some(format!("{before}{ANY_PORT}{after}"));
        }
    }
    None
}

/// Returns the name at the end of an expression.
pub(super) fn trailing_name(expression: &str) -> String {
    let atoms = atoms(expression.strip_suffix('$').unwrap_or(expression));
    let is_letter = |atom: &str| {
        matches!(atom, "." | r"\." | "-") || atom.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let mut start = atoms.len();
    while start > 0 && is_letter(atoms[start - 1]) {
        start -= 1;
    }
    let name = atoms[start..].concat().replace(r"\.", ".");
    name.trim_start_matches(['.', '-']).to_owned()
}

/// Returns the operands of quantifiers, and the quantifiers.
fn atoms(expression: &str) -> Vec<&str> {
    let mut atoms = Vec::new();
    let mut rest = expression;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '[' => class(rest),
            '*' | '+' | '?' => 1 + usize::from(rest[1..].starts_with('?')),
            first => first.len_utf8(),
        };
        let (atom, after) = rest.split_at(length);
        atoms.push(atom);
        rest = after;
    }
    atoms
}

/// Returns the length of the class at the start of `text`; the whole length if the class has no
/// end.
fn class(text: &str) -> usize {
    let mut depth = 0;
    let mut is_escaped = false;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regexes_are_read_as_their_authors_probably_intended() {
        for (expression, nearest, with_dots) in [
            ("https://a.b", r"https://a\.b", None),
            ("https://*.a.b", r"https://[a-z0-9-]+\.a\.b", None),
            (r"https://.*\.a.b", r"https://[a-z0-9-]+\.a\.b", None),
            ("https://pr-*.a.b", r"https://pr-[a-z0-9-]+\.a\.b", None),
            (
                "https://.*a.b",
                r"https://[a-z0-9-]+a\.b",
                Some(r"https://[a-z0-9-]+\.a\.b"),
            ),
            (
                r"https://\w+a\.b",
                r"https://\w+a\.b",
                Some(r"https://\w+\.a\.b"),
            ),
            (r"^.*\.a\.b$", r"https://[a-z0-9-]+\.a\.b", None),
            (r"https://a\.b.*", r"https://a\.b", None),
            ("http://localhost.*", "http://localhost(:[0-9]+)?", None),
            (r"https://a\.b/.*", r"https://a\.b", None),
            (r"/^https:\/\/a\.b$/", r"https:\/\/a\.b", None),
            (r"/^https:\/\/a\.b$/i", r"https:\/\/a\.b", None),
            (r"~*^https://a\.b$", r"https://a\.b", None),
            (r"~* https://a\.b", r"https://a\.b", None),
            (r"https://a\..*", r"https://a\.[a-z0-9-]+", None),
            ("*.a.b", r"https://[a-z0-9-]+\.a\.b", None),
            (r"a\\.B:443/", r"https://a\.b:443", None),
            (r"https://a\.b:443/", r"https://a\.b", None),
            ("(?i)https://A.b", r"(?i)https://A\.b", None),
            (r"https://a\.b:.*", r"https://a\.b:[0-9]+", None),
            ("https://a.?b", r"https://a\.b", None),
            ("https?://(www.)?a.b", r"https?://(www\.)?a\.b", None),
            ("https://[a.b]", "https://[a.b]", None),
            (r"a://\", r"a://\", None),
            ("a://[a", "a://[a", None),
        ] {
            let with_dots = with_dots.unwrap_or(nearest);
            assert_eq!(both(expression), [nearest, with_dots], "{expression}");
        }
    }

    #[test]
    fn a_repeated_colon_stands_for_any_port() {
        for (expression, expected) in [
            ("http://a:*", Some("http://a(:[0-9]+)?")),
            (r"^http://a\:*$", Some("^http://a(:[0-9]+)?$")),
            ("http://a[:]*", Some("http://a(:[0-9]+)?")),
            ("http://a(:*)?", Some("http://a((:[0-9]+)?)?")),
            ("http://(?:a|b):[0-9]*", None),
            ("http://a:.*", None),
            ("http://[a:*]b", None),
            ("http://a:?[0-9]*", None),
        ] {
            assert_eq!(
                with_any_port(expression).as_deref(),
                expected,
                "{expression}"
            );
        }
    }

    #[test]
    fn the_name_at_the_end_is_literal() {
        for (expression, name) in [
            (r"https://.*-example\.com$", "example.com"),
            (r"https://\dexample.com", "example.com"),
            (r"https://a\.[a-z]+", ""),
            (r"https://(a|b)\.com", "com"),
        ] {
            assert_eq!(trailing_name(expression), name, "{expression}");
        }
    }

    #[test]
    fn literal_text_around_parts_of_labels_is_a_pattern() {
        for (expression, pattern) in [
            (r"https://a\.b", Some("https://a.b")),
            (r"https://[a-z0-9-]+\.a\.b", Some("https://*.a.b")),
            (r"https:\/\/[^.]+\.a\.b:\d+", Some("https://*.a.b:*")),
            (r"https://(?:[a-z0-9-]+\.)+a\.b", Some("https://**.a.b")),
            (r"http://a(:[0-9]+)?", Some("http://a:*")),
            (r"https://a.b", None),
            (r"https://[a-z]+\.a\.b", None),
            (r"https?://a\.b", None),
            (r"https://A\.b", None),
            (r"https://a*\.b", None),
        ] {
            let read = to_pattern(expression).map(|origin| origin.to_string());
            assert_eq!(read.as_deref(), pattern, "{expression}");
        }
    }
}
