//! The messages for mistakes of each kind, with what rustc underlines.

use std::fs;

use proc_macro2::LineColumn;

use crate::model::EnvValue;
use crate::tokens::{Source, messages, read};

/// The values of variables in these policies.
fn variable(name: &str) -> EnvValue {
    match name {
        "SLASH" => EnvValue::Unicode("https://a.example/".to_owned()),
        "ANY" => EnvValue::Unicode("*".to_owned()),
        "NULL" => EnvValue::Unicode("null".to_owned()),
        "REGEX_OF_ANY" => EnvValue::Unicode("^https://.*$".to_owned()),
        "REGEX" => EnvValue::Unicode("^https://[a-z]+\\.a\\.example$".to_owned()),
        "PLAIN_HTTP" => EnvValue::Unicode("http://a.example".to_owned()),
        "NOT_UNICODE" => EnvValue::NotUnicode,
        _ => EnvValue::Unset,
    }
}

/// Returns the messages of a policy, each after the code that it underlines. Each item is on a line of its
/// own, so that the number of a line identifies the item that a message names.
fn answers(policy: &str) -> String {
    // Outside of texts, every second part between quotation marks.
    let parts = policy.split('"').enumerate();
    let parts = parts.map(|(index, part)| match index % 2 {
        0 => part.replace(", ", ",\n"),
        _ => part.to_owned(),
    });
    let lines = parts.collect::<Vec<_>>().join("\"");
    let index = |position: LineColumn| {
        let before = lines.split_inclusive('\n').take(position.line - 1);
        before.map(str::len).sum::<usize>() + position.column
    };
    let mut source = Source::default();
    let declaration = read(lines.parse().unwrap(), &mut source);
    let found = match crate::compile(&declaration, &variable) {
        Ok(_) => Vec::new(),
        Err(diagnostics) => messages(diagnostics, &source),
    };
    let shown = found.iter().map(|message| {
        let (first, last) = message.spans;
        let code = &policy[index(first.start())..index(last.end())];
        let (text, see) = message.text.rsplit_once("\nsee: ").unwrap();
        assert!(see.ends_with(message.check.name()));
        format!("    {code}\n        {}\n", text.replace('\n', "\n        "))
    });
    shown.collect()
}

/// Each line at the margin of `mistakes.txt` is a policy, and the lines below it are its messages.
/// `BLESS=1 cargo test -p cors-compiler` rewrites them; add a policy as a line.
#[test]
fn every_mistake_has_the_message_that_is_listed() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/mistakes.txt");
    let listed = fs::read_to_string(file).unwrap();
    let policies = listed.lines().filter(|line| !line.starts_with(' '));
    let found: String = policies
        .map(
            |policy| match policy.starts_with('#') || policy.is_empty() {
                true => format!("{policy}\n"),
                false => format!("{policy}\n{}", answers(policy)),
            },
        )
        .collect();
    if std::env::var_os("BLESS").is_some() {
        fs::write(file, &found).unwrap();
    }
    let listed = fs::read_to_string(file).unwrap();
    assert!(
        found == listed,
        "review them: BLESS=1 cargo test -p cors-compiler"
    );
}
