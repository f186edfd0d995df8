//! The reference page of the diagnostics, `cors_runtime::diagnostics`: made of the list of checks
//! and of the ui tests, so that it is complete and its examples are tested.

use std::fs;
use std::path::{Path, PathBuf};

use crate::check::Check;

const INTRODUCTION: &str = "\
Everything that `cors_policy!` refuses, and how to mend it.

The last line of each message names its section on this page. Every section has a policy that is
refused, the message, and the mended policy.
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
    let [refused, mended, message] = ["fail.rs", "pass.rs", "fail.stderr"].map(|kind| {
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
        "\n## {name}\n\n{explanation}\n```compile_fail\n{}```\n\n```text\n{}```\n\nMended:\n\n```\n{}```\n",
        example(&refused),
        text(&message),
        example(&mended)
    )
}

/// A ui test as a doctest: what repeats in all is hidden.
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

/// Returns the messages without excerpts of the source, which precedes them.
fn text(message: &str) -> String {
    let is_text = |line: &&str| line.starts_with("error") || line.starts_with("       ");
    message
        .lines()
        .filter(is_text)
        .map(|line| line.to_owned() + "\n")
        .collect()
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
