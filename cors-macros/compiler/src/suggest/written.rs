//! The whole labels of a regex.

use cors_origin::origin::is_loopback_host;

/// Represents a part that matches several bytes.
const OPEN: char = '*';

/// The labels that an expression spells out, between dots, and next to nothing that matches anything else.
pub(super) struct Labels {
    labels: Vec<String>,
    /// The expression without escapes.
    text: String,
}

impl Labels {
    /// Reads those of a regex. A dot may be written `.`, `\.` or `[.]`.
    pub(super) fn of_regex(expression: &str) -> Self {
        let flat = flat(expression);
        let is_host_start = |before: &str| before.is_empty() || before.ends_with('/');
        let mut labels = Vec::new();
        let mut start = 0;
        for (place, end) in flat.match_indices(SEPARATORS).chain([(flat.len(), "")]) {
            let label = &flat[start..place];
            // Skips everything before the first name of a host: `.*example\.com`.
            let label = match is_host_start(&flat[..start]) {
                true => label.trim_start_matches(OPEN),
                false => label,
            };
            if !label.is_empty() && !label.contains(OPEN) {
                labels.push(label.to_ascii_lowercase());
            }
            start = place + end.len();
        }
        Self {
            labels,
            text: expression.replace('\\', ""),
        }
    }

    /// Returns whether all labels of a domain are among them. This machine has no other owner, whatever
    /// is next to it.
    pub(super) fn have(&self, domain: &str) -> bool {
        if is_loopback_host(domain) {
            return self.text.contains(domain);
        }
        for label in domain.trim_end_matches('.').split('.') {
            if !self.labels.iter().any(|known| known == label) {
                return false;
            }
        }
        true
    }
}

const SEPARATORS: [char; 4] = ['.', '/', ':', '|'];

/// Returns the literal text of an expression, with [`OPEN`] for everything that matches several bytes.
fn flat(expression: &str) -> String {
    let mut flat = String::new();
    let mut characters = expression.chars();
    let mut previous = '(';
    // Whether a group starts or ends here.
    let mut is_at_group = false;
    while let Some(character) = characters.next() {
        let rest = characters.as_str();
        match character {
            '\\' => match characters.next() {
                // Escaped twice.
                Some('\\') | None => {}
                Some(escaped) if escaped.is_ascii_alphanumeric() => flat.push(OPEN),
                Some(escaped) => flat.push(escaped),
            },
            '[' if rest.starts_with(".]") => {
                flat.push('.');
                characters = after(rest, ']').chars();
            }
            '[' => {
                flat.push(OPEN);
                characters = after(rest, ']').chars();
            }
            '.' if rest.starts_with(['*', '+', '?', '{']) => flat.push(OPEN),
            '*' | '+' | '?' | '{' => {
                if character == '{' {
                    characters = after(rest, '}').chars();
                }
                // A group that is repeated still is what it is.
                if !"()".contains(previous) {
                    flat.push(OPEN);
                }
            }
            '(' | ')' => is_at_group = true,
            '^' | '$' => {}
            _ => {
                // `localhost(www\.)?` does not spell out `localhostwww`.
                let continues_label = |last: char| last.is_ascii_alphanumeric() || last == '-';
                let last = flat.chars().next_back();
                if is_at_group && continues_label(character) && last.is_some_and(continues_label) {
                    flat.push(OPEN);
                }
                is_at_group = false;
                flat.push(character);
            }
        }
        previous = character;
    }
    flat
}

/// Returns the text after the next `end`.
fn after(text: &str, end: char) -> &str {
    text.split_once(end).map_or("", |(_, after)| after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_whole() {
        for (regex, domain, is_there) in [
            (r"https://example\.com", "example.com", true),
            ("https://Example.com", "example.com", true),
            (r"^https:\/\/(www[.])?example[.]com$", "example.com", true),
            (r".*example\.com", "example.com", true),
            (r"https://.*example\.com", "example.com", true),
            (r"https://(one|two)\.com", "one.com", true),
            (r"https://my.?bank\.com", "bank.com", false),
            (r"https://pay.*pal\.com", "pal.com", false),
            (r"https://[a-z]+-example\.com", "example.com", false),
            (r"https://example\.co.*", "example.co", false),
            (r"https://example\.com\d*", "example.com", false),
            (r"https://examples?\.com", "example.com", false),
            (r"https://localhost(www\.)?", "localhostwww", false),
            (r"https://shop(ping)?\.com", "shopping.com", false),
            (r"https://(my)?shop\.com", "myshop.com", false),
            (r"https://(www\.)?(shop)\.(com)", "shop.com", true),
        ] {
            assert_eq!(Labels::of_regex(regex).have(domain), is_there, "{regex}");
        }
    }
}
