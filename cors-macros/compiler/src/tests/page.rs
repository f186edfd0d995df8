//! The reference page of the diagnostics, `cors_runtime::diagnostics`. It is generated from the list of checks
//! and the ui tests, so that it is complete and its examples are tested.

use std::fs;
use std::path::{Path, PathBuf};

use crate::check::Check;

const INTRODUCTION: &str = "\
Every compile error of `cors_policy!`, and how to fix it.

The last line of each message names its section on this page. Every section contains a policy that does not
compile, the messages, and a fixed policy. The texts may change in any release.
";

/// `BLESS=1 cargo test -p cors-compiler` rewrites the page.
#[test]
fn every_check_has_a_ui_test_and_a_section() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap();
    let page = Check::ALL
        .iter()
        .fold(INTRODUCTION.to_owned(), |page, (check, explanation)| {
            page + &section(root, *check, explanation)
        });
    let file = root.join("cors-runtime/src/diagnostics.md");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &page).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        page == written,
        "the page is out of date: BLESS=1 cargo test -p cors-compiler"
    );
}

#[test]
fn every_ui_test_is_for_a_check() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap();
    for file in files(&root.join("ui-tests")) {
        // Errors from the types of the runtime.
        if file
            .parent()
            .is_some_and(|parent| parent.ends_with("types/fail"))
        {
            continue;
        }
        let stem = file
            .file_stem()
            .unwrap()
            .to_str()
            .unwrap()
            .replace('_', "-");
        let is_check = Check::ALL.iter().any(|(check, _)| check.name() == stem);
        assert!(is_check, "{} is not named after a check", file.display());
    }
}

fn section(root: &Path, check: Check, explanation: &str) -> String {
    let name = check.name();
    let [refused, fixed, message] = ["fail.rs", "pass.rs", "fail.stderr"].map(|kind| {
        let (folder, extension) = kind.split_once('.').unwrap();
        let wanted = format!("{folder}/{}.{extension}", name.replace('-', "_"));
        let file = files(&root.join("ui-tests"))
            .into_iter()
            .find(|file| file.ends_with(&wanted));
        let file = file.unwrap_or_else(|| panic!("{name} has no ui-tests/*/{wanted}"));
        fs::read_to_string(file).unwrap()
    });
    assert!(
        message.contains(&format!("diagnostics#{name}\n")),
        "the ui test of {name} does not show its message"
    );
    let explanation: String = explanation
        .lines()
        .map(|line| line.trim_start().to_owned() + "\n")
        .collect();
    format!(
        "\n## {name}\n\n{explanation}\n```compile_fail\n{}```\n\n```text\n{}```\n\nFixed:\n\n```\n{}```\n",
        example(&refused),
        text(&message, &refused),
        example(&fixed)
    )
}

/// Returns a ui test as a doctest, with imports hidden.
fn example(source: &str) -> String {
    let source = source.replace("\nfn main() {}\n", "");
    source
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            if line.starts_with("use ") {
                format!("# {line}\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect()
}

/// Returns the messages without excerpts of the source, which precedes them. Numbers of lines are those
/// that readers of the page see.
fn text(message: &str, source: &str) -> String {
    let is_text = |line: &&str| line.starts_with("error") || line.starts_with("       ");
    message
        .lines()
        .filter(is_text)
        .map(|line| with_visible_numbers(line, source) + "\n")
        .collect()
}

/// Replaces numbers of lines in the source by those in the example, which has no empty lines and hides imports.
fn with_visible_numbers(message: &str, source: &str) -> String {
    let mut parts = message.split(" on line ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit());
        let (number, rest) = part.split_at(end.unwrap_or(part.len()));
        let lines = source.lines().take(number.parse().unwrap());
        let visible = lines.filter(|line| !line.is_empty() && !line.starts_with("use "));
        text += &format!(" on line {}{rest}", visible.count());
    }
    text
}

#[test]
fn numbers_of_lines_are_those_that_readers_see() {
    let source = "use a;\n\none\ntwo\n\nthree\n";
    for (message, expected) in [
        ("set on line 4; more", "set on line 2; more"),
        (
            "move it below the one on line 6",
            "move it below the one on line 3",
        ),
        ("nothing", "nothing"),
    ] {
        assert_eq!(with_visible_numbers(message, source), expected);
    }
}

/// All files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.file_name().is_some_and(|name| name != "main.rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
