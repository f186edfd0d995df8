//! Prints tokens as people write them.
//!
//! `TokenStream` prints a space between most tokens, and which ones depends on the version of the compiler. This
//! spelling only depends on the tokens, so equal tokens have equal texts.

use proc_macro2::{Delimiter, Group, Spacing, TokenTree};

/// Maximum depth of groups. Deeper ones are printed by `TokenStream`.
const MAX_DEPTH: usize = 32;

/// Words that no value ends with.
const KEYWORDS: [&str; 11] = [
    "as", "else", "for", "if", "in", "let", "match", "move", "mut", "return", "while",
];

/// Returns tokens as text, on one line.
pub(crate) fn spelling(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    append(tokens, 0, &mut text);
    text
}

fn append(tokens: &[TokenTree], depth: usize, text: &mut String) {
    let mut left = Left::default();
    for token in tokens {
        if left.has_space_before(token) {
            text.push(' ');
        }
        match token {
            TokenTree::Group(group) if depth < MAX_DEPTH => append_group(group, depth + 1, text),
            token => *text += &token.to_string(),
        }
        left.push(token);
    }
}

fn append_group(group: &Group, depth: usize, text: &mut String) {
    let mut tokens = Vec::new();
    for token in group.stream() {
        tokens.push(token);
    }
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace if tokens.is_empty() => ("{", "}"),
        Delimiter::Brace => ("{ ", " }"),
        Delimiter::None => ("", ""),
    };
    *text += open;
    append(&tokens, depth, text);
    *text += close;
}

/// The tokens to the left of a place, as far as they matter for a space.
#[derive(Default)]
struct Left<'t> {
    last: Option<&'t TokenTree>,
    /// Whether a value, a name or a type can end here.
    is_operand: bool,
    /// Whether the last sign belongs to the operand after it: `&`, `*`, `-` or `!`.
    is_prefix: bool,
    /// Whether the last sign is the second half of `::`.
    is_path: bool,
    /// Whether the last sign is the `!` of a macro.
    is_macro: bool,
    /// Whether a `|` is open, which starts the parameters of a closure.
    in_closure: bool,
}

impl<'t> Left<'t> {
    fn has_space_before(&self, next: &TokenTree) -> bool {
        let Some(last) = self.last else {
            return false;
        };
        match (sign(last), sign(next)) {
            _ if is_joint(last) => false,
            // Without a space, they could become one operator.
            (Some(_), Some(_)) => true,
            _ if self.is_prefix || self.is_path => false,
            (Some('.' | '$' | '#' | '<'), _) => false,
            (Some('|'), _) if self.in_closure => false,
            (_, Some('|')) if self.in_closure => false,
            (_, Some(',' | ';' | '<' | '>')) => false,
            (_, Some('.' | ':' | '?')) => !self.is_operand,
            (_, Some('!')) => !self.is_operand || is_joint(next),
            (_, None) if is_list(next) => !self.is_macro && !self.is_operand,
            _ => true,
        }
    }

    fn push(&mut self, token: &'t TokenTree) {
        let sign = sign(token);
        let is_after_operand = self.is_operand;
        let is_in_run = self.last.is_some_and(is_joint);
        let is_unary = matches!(sign, Some('&' | '*' | '-' | '!'));
        let is_arrow = is_in_run && matches!(self.last.and_then(self::sign), Some('-' | '='));
        *self = Self {
            is_operand: match token {
                TokenTree::Ident(word) => !KEYWORDS.iter().any(|keyword| word == keyword),
                TokenTree::Punct(_) => sign == Some('?') || sign == Some('>') && !is_arrow,
                TokenTree::Literal(_) | TokenTree::Group(_) => true,
            },
            // `&&` is one operator.
            is_prefix: is_unary && (is_in_run && self.is_prefix || !is_in_run && !is_after_operand),
            is_path: sign == Some(':') && is_in_run,
            is_macro: sign == Some('!') && is_after_operand,
            in_closure: self.in_closure != (sign == Some('|')),
            last: Some(token),
        };
    }
}

fn sign(token: &TokenTree) -> Option<char> {
    match token {
        TokenTree::Punct(punct) => Some(punct.as_char()),
        _ => None,
    }
}

/// Returns whether an operator continues after this sign.
fn is_joint(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint)
}

/// Returns whether a token is a list in parentheses or brackets.
fn is_list(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() != Delimiter::Brace)
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    use super::*;

    fn spelled(text: &str) -> String {
        let tokens: TokenStream = text.parse().expect("tokens");
        spelling(&tokens.into_iter().collect::<Vec<_>>())
    }

    #[test]
    fn code_is_printed_as_rustfmt_writes_it() {
        for code in [
            "#[cfg(unix)]",
            r#"#[cfg(all(feature = "dev", not(windows), any()))]"#,
            "#[rustfmt::skip]",
            "#[doc = \"text\"]",
            "#[derive(Debug)]",
            r#"#[cfg(unix)] "https://a.example""#,
            "Method::GET",
            "::http::Method::GET",
            "crate::config::ORIGINS",
            r#"vec!["https://a.example", "https://b.example"]"#,
            r#"env!("FRONTEND_ORIGIN")"#,
            r#"&["https://a.example"]"#,
            r#""https://a.example".parse::<HeaderValue>().unwrap()"#,
            r#"std::env::var("ORIGIN").unwrap_or_default()"#,
            r#"AllowOrigin::list(["https://a.example".parse()?, b])"#,
            r#"if cfg!(debug_assertions) { ["http://localhost:3000"] } else { [] }"#,
            "60 * 60",
            "-1",
            "!is_open",
            "a - -b",
            "a && !b || *c == d",
            "a != b",
            "Duration::from_secs(60) * 2",
            "|origin, _| origin.ends_with(b\".example\")",
            "|| true",
            "move |origin: &HeaderValue| -> bool { is_known(origin) }",
            "Vec::<&'static str>::new()",
            "origins[0][1..]",
            "Config { origins: ::std::vec::Vec::new(), ..default }",
            "match mode { Mode::Open => Any, _ => (1, 2) }",
            "f(a)(b)?.c",
            "$origins",
            "[u8; 4]",
            "0..9",
        ] {
            assert_eq!(spelled(code), code);
        }
    }

    #[test]
    fn only_tokens_count() {
        let spaced = "# [ cfg ( all ( unix , feature=\"a\" , ) ) ]";
        assert_eq!(spelled(spaced), r#"#[cfg(all(unix, feature = "a",))]"#);
        assert_eq!(spelled("a\n    .b( )"), "a.b()");
    }

    #[test]
    fn the_text_has_the_same_tokens() {
        let deep = format!("a{}b{}", "(!".repeat(100), ")".repeat(100));
        for code in [
            &deep,
            "a: ::b",
            "& & a",
            "a = -b",
            "a | b | c",
            "x as u8 > 3",
        ] {
            let text = |code: &str| code.parse::<TokenStream>().unwrap().to_string();
            assert_eq!(text(&spelled(code)), text(code));
        }
    }
}
