//! What users of `cors-runtime` can name, with every feature, by the paths that they write: a change of
//! `api.rs.txt` is a change of the interface, and has its line in the changelog.

mod example;
mod interface;
mod modules;
mod names;
mod seen;

use std::fs;
use std::path::Path;

use interface::{interface, printed};

/// Lists all paths of a crate, each with its item.
fn listing(name: &str, modules: &[modules::Module]) -> String {
    let interface = interface(name, modules).into_iter();
    let entries: Vec<String> = interface
        .map(|(path, items)| format!("// {path}\n{}", printed(items)))
        .collect();
    entries.join("\n")
}

#[test]
fn the_interface_changes_on_purpose() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let origin = root.join("cors-runtime/origin/src/lib.rs");
    let compiler = root.join("cors-macros/compiler/src/export/mod.rs");
    let config = root.join("cors-macros/compiler/src/config/mod.rs");
    let modules = modules::of_crates(
        &root.join("cors-runtime/src/lib.rs"),
        &[
            ("cors_compiler::export", &compiler),
            ("cors_compiler::config", &config),
            ("cors_origin", &origin),
        ],
    );
    let listing = listing("cors_runtime", &modules);
    let path = root.join("tests/project/api.rs.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &listing).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        listing, expected,
        "review it, then BLESS=1 cargo test --test project api"
    );
}

#[test]
fn exactly_the_public_items_are_found() {
    let modules = modules::of_text(example::ROOT, &|path| match path.join("::").as_str() {
        "private" => example::PRIVATE.into(),
        "first" => example::FIRST.into(),
        "second" => example::SECOND.into(),
        other => panic!("{other} has no file"),
    });
    assert_eq!(listing("example", &modules), example::SEEN);
}
