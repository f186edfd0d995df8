//! Finds the policy in a text: the arguments of `cors_policy!(..)`, with or without the code around.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::message::Message;

const MACRO: &str = "cors_policy";

/// Returns the tokens of the policy: those in the parentheses of the macro, or all if it is not called.
pub(super) fn policy(text: &str) -> Result<TokenStream, Vec<Message>> {
    let tokens: TokenStream = text.parse().map_err(|error| vec![unreadable(&error)])?;
    let mut calls = Vec::new();
    find_calls(tokens.clone(), &mut calls);
    match calls.as_slice() {
        [] => Ok(tokens),
        [(_, policy)] => Ok(policy.clone()),
        [_, (second, _), ..] => {
            let title = "the text has more than one policy";
            let help = "help: remove the others: the server of the playground enforces one";
            let span = (second.span(), second.span());
            Err(vec![Message::at(span, &format!("{title}\n{help}"))])
        }
    }
}

/// Adds each `cors_policy!(..)`: its name, and its arguments.
fn find_calls(tokens: TokenStream, calls: &mut Vec<(TokenTree, TokenStream)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match (token, &tokens[index + 1..]) {
            (TokenTree::Ident(name), [TokenTree::Punct(sign), TokenTree::Group(arguments), ..])
                if name == MACRO
                    && sign.as_char() == '!'
                    && arguments.delimiter() != Delimiter::None =>
            {
                calls.push((token.clone(), arguments.stream()));
            }
            (TokenTree::Group(group), _) => find_calls(group.stream(), calls),
            _ => {}
        }
    }
}

/// The message for a text that does not consist of Rust tokens.
fn unreadable(error: &proc_macro2::LexError) -> Message {
    let title = "the text cannot be split into Rust tokens";
    let note =
        "note: a bracket or a quotation mark is not closed, or a character has no meaning here";
    let help = "help: write origins and headers in double quotation marks";
    let span = error.span();
    Message::at((span, span), &format!("{title}\n{note}\n{help}"))
}
