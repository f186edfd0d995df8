//! Splits token lists at commas, and parses values.
//!
//! Lists are split before parsing, so that a mistake in one entry never hides the next one.

use proc_macro2::{Delimiter, Literal, Spacing, TokenStream, TokenTree};
use syn::ext::IdentExt;

use crate::declaration::{
    Attribute, Expr, ExprKind, Foreign, Function, LiteralStyle, MAX_SUGGESTION_LEN, Path,
};
use crate::tokens::source::{Source, stream};
use crate::tokens::spelling::spelling;

/// Maximum depth of nesting that is parsed. No policy needs more, because each risk is accepted
/// once.
const MAX_DEPTH: usize = 16;

/// The tokens between two commas; never empty.
pub(crate) type Chunk = Vec<TokenTree>;

/// Splits `stream` at its top-level commas. Drops empty chunks (a trailing comma).
pub(crate) fn chunks(stream: TokenStream) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut chunk = Chunk::new();
    for token in flat(stream) {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => {
                add_chunk(core::mem::take(&mut chunk), &mut chunks);
            }
            token => chunk.push(token),
        }
    }
    add_chunk(chunk, &mut chunks);
    chunks
}

/// Adds a chunk, unless it is empty.
pub(super) fn add_chunk(chunk: Chunk, chunks: &mut Vec<Chunk>) {
    if !chunk.is_empty() {
        chunks.push(chunk);
    }
}

/// Returns the tokens of `stream`, including those inside invisible groups, which contain the
/// `$value:expr` of a user's `macro_rules!`.
fn flat(stream: TokenStream) -> Vec<TokenTree> {
    let mut flat = Vec::new();
    let mut open = vec![stream.into_iter()];
    while let Some(tokens) = open.last_mut() {
        match tokens.next() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => {
                open.push(group.stream().into_iter());
            }
            Some(token) => flat.push(token),
            None => {
                open.pop();
            }
        }
    }
    flat
}

/// Parses one value. Every token list is a value: without a known shape, it is [`ExprKind::Other`].
///
/// # Panics
/// Panics if there is no token.
pub(crate) fn value(tokens: &[TokenTree], source: &mut Source) -> Expr {
    read(tokens, 0, source)
}

/// Returns whether a chunk starts with an attribute.
pub(crate) fn starts_with_attribute(tokens: &[TokenTree]) -> bool {
    split_attribute(tokens).is_some()
}

fn read(tokens: &[TokenTree], depth: usize, source: &mut Source) -> Expr {
    let mut attributes = Vec::new();
    let mut rest = tokens;
    while let Some((attribute, after)) = split_attribute(rest) {
        attributes.push(read_attribute(attribute, source));
        rest = after;
    }
    Expr {
        position: source.position(if rest.is_empty() { tokens } else { rest }),
        attributes,
        kind: kind(rest, depth, source),
    }
}

/// Parses the values of a list, which are separated by commas.
fn values(list: TokenStream, depth: usize, source: &mut Source) -> Vec<Expr> {
    let mut values = Vec::new();
    for chunk in chunks(list) {
        values.push(read(&chunk, depth + 1, source));
    }
    values
}

fn kind(tokens: &[TokenTree], depth: usize, source: &mut Source) -> ExprKind {
    match tokens {
        [TokenTree::Literal(literal)] => literal_kind(literal),
        [TokenTree::Ident(word)] => match word.to_string().as_str() {
            "true" => ExprKind::Bool(true),
            "false" => ExprKind::Bool(false),
            // `r#GET` is the word `GET`.
            _ => ExprKind::Word(word.unraw().to_string()),
        },
        _ if depth >= MAX_DEPTH => other(tokens, depth, source),
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => {
            ExprKind::List(values(group.stream(), depth, source))
        }
        [TokenTree::Ident(name), TokenTree::Group(group)]
            if group.delimiter() == Delimiter::Parenthesis =>
        {
            let path = (name == Function::Predicate.name())
                .then(|| only_path(group.stream(), source))
                .flatten();
            let arguments = match path {
                Some(path) => vec![path],
                None => values(group.stream(), depth, source),
            };
            ExprKind::Call(name.to_string(), arguments)
        }
        [TokenTree::Ident(name), TokenTree::Punct(equals), value @ ..]
            if equals.as_char() == '=' && !value.is_empty() =>
        {
            let value = read(value, depth + 1, source);
            ExprKind::Named(name.to_string(), Box::new(value))
        }
        _ => match sequence(tokens, depth, source) {
            Some(values) => ExprKind::Sequence(values),
            None => other(tokens, depth, source),
        },
    }
}

fn literal_kind(literal: &Literal) -> ExprKind {
    // Parsing a number takes quadratic time.
    const MAX_DIGITS: usize = 1024;
    let written = literal.to_string();
    if written.len() > MAX_DIGITS && matches!(written.as_bytes(), [b'0'..=b'9', ..]) {
        return ExprKind::Integer(u64::MAX);
    }
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => ExprKind::Text(text.value(), LiteralStyle::from_literal(&written)),
        // Numbers that are too large for any key are out of range for every key.
        syn::Lit::Int(number) if number.suffix().is_empty() => {
            ExprKind::Integer(number.base10_parse().unwrap_or(u64::MAX))
        }
        syn::Lit::Verbatim(_) if written.contains('"') => ExprKind::Malformed,
        _ => ExprKind::Other(Foreign {
            source: (written.len() <= MAX_SUGGESTION_LEN).then_some(written),
            ..Foreign::default()
        }),
    }
}

/// Parses a value that is not part of the language.
fn other(tokens: &[TokenTree], depth: usize, source: &mut Source) -> ExprKind {
    let written = spelling(tokens);
    if written.len() > MAX_SUGGESTION_LEN {
        // Not worth looking into.
        return ExprKind::Other(Foreign {
            is_conditional: is_conditional(tokens),
            ..Foreign::default()
        });
    }
    let mut texts = Vec::new();
    collect_texts(stream(tokens), 0, &mut texts);
    ExprKind::Other(Foreign {
        source: Some(written),
        noun: None,
        word: last_word(tokens),
        texts,
        list: list(tokens, depth, source),
        is_conditional: is_conditional(tokens),
    })
}

/// Returns the last word of a path: `GET` of `Method::GET`.
fn last_word(tokens: &[TokenTree]) -> Option<String> {
    match tokens {
        [.., TokenTree::Punct(separator), TokenTree::Ident(word)] if separator.as_char() == ':' => {
            Some(word.to_string())
        }
        _ => None,
    }
}

/// Collects the first two strings in some tokens.
fn collect_texts(tokens: TokenStream, depth: usize, texts: &mut Vec<String>) {
    const MAX_DEPTH: usize = 8;
    for token in tokens {
        match token {
            _ if texts.len() == 2 => return,
            TokenTree::Group(group) if depth < MAX_DEPTH => {
                collect_texts(group.stream(), depth + 1, texts);
            }
            TokenTree::Literal(literal) => {
                if let ExprKind::Text(text, _) = literal_kind(&literal) {
                    texts.push(text);
                }
            }
            _ => {}
        }
    }
}

/// Returns the entries of a list in another syntax: `(a, b)`, `{a, b}`, `vec![a, b]`, `&[a, b]`.
fn list(tokens: &[TokenTree], depth: usize, source: &mut Source) -> Option<Vec<Expr>> {
    let group = match tokens {
        _ if depth >= MAX_DEPTH => return None,
        [TokenTree::Group(group)] => group,
        [TokenTree::Punct(and), TokenTree::Group(group)] if and.as_char() == '&' => group,
        [
            TokenTree::Ident(_),
            TokenTree::Punct(bang),
            TokenTree::Group(group),
        ] if bang.as_char() == '!' && group.delimiter() == Delimiter::Bracket => group,
        _ => return None,
    };
    Some(values(group.stream(), depth, source))
}

/// Parses several words and strings without separators, or with semicolons.
fn sequence(tokens: &[TokenTree], depth: usize, source: &mut Source) -> Option<Vec<Expr>> {
    let mut values = Vec::new();
    let mut value = Chunk::new();
    for token in tokens {
        let ends = match token {
            TokenTree::Punct(punct) if punct.as_char() == ';' => continue,
            TokenTree::Literal(_) | TokenTree::Ident(_) => true,
            _ => false,
        };
        value.push(token.clone());
        if ends {
            values.push(core::mem::take(&mut value));
        }
    }
    add_chunk(value, &mut values);
    if values.len() < 2 {
        return None;
    }
    // Without attributes, each is one token.
    for value in &values {
        let mut rest = value.as_slice();
        while let Some((_, after)) = split_attribute(rest) {
            rest = after;
        }
        let [TokenTree::Literal(_) | TokenTree::Ident(_)] = rest else {
            return None;
        };
    }
    let mut sequence = Vec::new();
    for tokens in values {
        let value = read(&tokens, depth + 1, source);
        if !matches!(value.kind, ExprKind::Text(..) | ExprKind::Word(_)) {
            return None;
        }
        sequence.push(value);
    }
    let is_short = Expr::list(sequence.as_slice()).is_short();
    is_short.then_some(sequence)
}

/// Returns whether a value depends on the configuration of the build: `if cfg!(debug_assertions) {
/// .. }`.
fn is_conditional(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Ident(first), ..] if first == "if" || first == "cfg")
}

/// The attribute that some tokens start with, and the rest.
fn split_attribute(tokens: &[TokenTree]) -> Option<(&[TokenTree], &[TokenTree])> {
    match tokens {
        [TokenTree::Punct(hash), TokenTree::Group(group), ..]
            if hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
        {
            Some(tokens.split_at(2))
        }
        _ => None,
    }
}

fn read_attribute(tokens: &[TokenTree], source: &mut Source) -> Attribute {
    let inner = match &tokens[1] {
        TokenTree::Group(group) => flat(group.stream()),
        _ => Vec::new(),
    };
    Attribute {
        position: source.position(tokens),
        name: inner.first().map_or_else(String::new, ToString::to_string),
        has_arguments: matches!(
            inner.as_slice(),
            [TokenTree::Ident(_), TokenTree::Group(arguments)]
                if arguments.delimiter() == Delimiter::Parenthesis
        ),
        fragment: Some(source.fragment(tokens)),
        text: spelling(tokens),
    }
}

/// Returns the single argument of a call, if it is the path of an item. The path is passed to the
/// back end unchanged, so it must be valid Rust.
fn only_path(arguments: TokenStream, source: &mut Source) -> Option<Expr> {
    let chunks = chunks(arguments);
    let [path] = chunks.as_slice() else {
        return None;
    };
    is_path(path).then(|| Expr {
        position: source.position(path),
        attributes: Vec::new(),
        kind: ExprKind::Path(Path {
            fragment: source.fragment(path),
            text: spelling(path),
        }),
    })
}

/// Returns whether `tokens` are words separated by `::`.
fn is_path(tokens: &[TokenTree]) -> bool {
    let mut rest = after_separator(tokens).unwrap_or(tokens);
    while let [word, after @ ..] = rest
        && is_segment(word)
    {
        match after_separator(after) {
            Some(after) => rest = after,
            None => return after.is_empty(),
        }
    }
    false
}

/// Returns the tokens after a leading `::`.
fn after_separator(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [TokenTree::Punct(first), TokenTree::Punct(second), rest @ ..]
            if first.as_char() == ':'
                && first.spacing() == Spacing::Joint
                && second.as_char() == ':' =>
        {
            Some(rest)
        }
        _ => None,
    }
}

/// Returns whether a token is a word that paths may contain: not a keyword, except those at the
/// start of paths.
fn is_segment(token: &TokenTree) -> bool {
    let is_start = ["self", "super", "crate", "Self"].contains(&token.to_string().as_str());
    is_start || syn::parse2::<syn::Ident>(token.clone().into()).is_ok()
}
