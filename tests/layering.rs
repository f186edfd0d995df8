//! Imports point to earlier stages only, so that each can be read without those after it.

use std::fs;
use std::path::{Path, PathBuf};

/// The stages of the compiler; none may name a later one.
const MACROS: &[&str] = &[
    "diagnostics",
    "parse",
    "model",
    "automaton",
    "validate",
    "generate",
];

/// The modules of the runtime.
const RUNTIME: &[&str] = &[
    "editor",
    "name",
    "origin",
    "matcher",
    "token",
    "request",
    "prepared",
    "rule",
    "verdict",
    "mirror",
    "decision",
    "policy",
    "words",
    "graph",
    "explain",
    "events",
    "vary",
    "fields",
    "http",
    "tower",
    "actix_web",
    "rocket",
    "testing",
];

#[test]
fn stages_import_earlier_stages_only() {
    let mut faults = Vec::new();
    for (folder, order) in [("cors-macros/src", MACROS), ("cors-runtime/src", RUNTIME)] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for (index, stage) in order.iter().enumerate() {
            for file in sources(&folder, stage) {
                let text = fs::read_to_string(&file).unwrap();
                for later in &order[index + 1..] {
                    if text
                        .lines()
                        .filter(|line| !line.trim_start().starts_with("//"))
                        .any(|line| names(line, later))
                    {
                        faults.push(format!("{}: {stage} may not use {later}", file.display()));
                    }
                }
            }
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn the_model_sees_no_tokens() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("cors-macros/src");
    for file in sources(&model, "model")
        .iter()
        .chain(&sources(&model, "automaton"))
    {
        let text = fs::read_to_string(file).unwrap();
        for tokens in ["proc_macro2", "quote::quote", "syn::"] {
            assert!(!text.contains(tokens), "{} names {tokens}", file.display());
        }
    }
}

/// Whether a line imports a module of the crate.
fn names(line: &str, module: &str) -> bool {
    line.split("crate::").skip(1).any(|path| {
        path.strip_prefix(module)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}

/// The sources of a module, but its tests.
fn sources(folder: &Path, module: &str) -> Vec<PathBuf> {
    let mut sources = vec![folder.join(module).with_extension("rs")];
    sources.retain(|file| file.exists());
    let mut folders = vec![folder.join(module)];
    folders.retain(|folder| folder.exists());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with("tests") || path.ends_with("tests.rs") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push(path);
            }
        }
    }
    assert!(!sources.is_empty(), "{module} has moved");
    sources
}
