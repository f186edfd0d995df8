//! Imports point to earlier stages only, so that each can be read without those after it.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of what the compiler and the runtime share.
const ORIGIN: &[&str] = &["fetch", "header", "origin", "glob", "matcher", "summary"];

/// The stages of the compiler; none may name a later one.
const COMPILER: &[&str] = &[
    "check",
    "diagnostic",
    "parse",
    "model",
    "automaton",
    "analysis",
    "suggest",
    "validate",
    "generate",
    "tokens",
    "export",
];

/// The modules of the runtime.
const RUNTIME: &[&str] = &[
    "editor",
    "request",
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
    "private",
    "guide",
];

/// Each with its order.
const CRATES: [(&str, &[&str]); 3] = [
    ("cors-runtime/origin/src", ORIGIN),
    ("cors-macros/compiler/src", COMPILER),
    ("cors-runtime/src", RUNTIME),
];

/// Who adds a module says where it stands; otherwise nothing would be held to anything.
#[test]
fn every_module_has_its_place() {
    for (folder, order) in CRATES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut order = order.to_vec();
        order.sort_unstable();
        assert_eq!(modules(&folder), order, "{}", folder.display());
    }
}

#[test]
fn stages_import_earlier_stages_only() {
    let mut faults = Vec::new();
    for (folder, order) in CRATES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for (index, stage) in order.iter().enumerate() {
            for file in sources(&folder, stage) {
                let text = fs::read_to_string(&file).unwrap();
                for later in &order[index + 1..] {
                    if text
                        .lines()
                        .filter(|line| !line.trim_start().starts_with("//"))
                        // Looking for a similar name takes two texts, and nothing of a policy.
                        .filter(|line| !line.contains("use crate::suggest::nearest;"))
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

/// Inside a stage too, of two modules side by side one can be read without the other.
#[test]
fn modules_of_a_stage_import_in_one_direction() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cors-macros/compiler/src");
    let mut checked = 0;
    for stage in COMPILER {
        let stage = folder.join(stage);
        if !stage.exists() {
            continue; // a stage of one file
        }
        // What is not yet known to be without a cycle, each with the modules that it imports.
        let mut left: Vec<(String, Vec<String>)> = modules(&stage)
            .into_iter()
            .map(|module| {
                let sources = sources(&stage, &module);
                (
                    module,
                    sources
                        .iter()
                        .flat_map(|file| siblings(file, &stage))
                        .collect(),
                )
            })
            .collect();
        checked += left.len();
        loop {
            let names: Vec<String> = left.iter().map(|(name, _)| name.clone()).collect();
            left.retain(|(name, imports)| {
                imports
                    .iter()
                    .any(|import| import != name && names.contains(import))
            });
            if left.len() == names.len() {
                break;
            }
        }
        assert!(left.is_empty(), "{}: {left:?}", stage.display());
    }
    assert!(checked > 30, "{checked}");
}

/// The modules in a folder, but its tests.
fn modules(folder: &Path) -> Vec<String> {
    let paths = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = paths
        .filter(|path| path.is_dir() || path.extension().is_some_and(|it| it == "rs"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| !["lib", "mod", "tests", "snapshots"].contains(&name.as_str()))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The words of the imports by which a file can mean modules of its stage.
fn siblings(file: &Path, stage: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let own = format!("crate::{}::", stage.file_name().unwrap().to_str().unwrap());
    let starts: &[&str] = match file.parent() == Some(stage) {
        true => &["super::", &own],
        false => &["super::super::", &own],
    };
    let imports = text.split("use ").skip(1).filter_map(|import| {
        let (path, _) = import.split_once(';')?;
        starts.iter().find_map(|start| path.strip_prefix(start))
    });
    imports
        .flat_map(|path| path.split(|c: char| !c.is_alphanumeric() && c != '_'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_model_sees_no_tokens() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("cors-macros/compiler/src");
    for file in sources(&model, "model")
        .iter()
        .chain(&sources(&model, "automaton"))
        .chain(&sources(&model, "analysis"))
        .chain(&sources(&model, "suggest"))
    {
        let text = fs::read_to_string(file).unwrap();
        for tokens in ["proc_macro2", "quote::quote", "syn::"] {
            assert!(!text.contains(tokens), "{} names {tokens}", file.display());
        }
    }
}

/// Proofs return facts; how to put them is up to the validator.
#[test]
fn proofs_have_no_words() {
    let compiler = Path::new(env!("CARGO_MANIFEST_DIR")).join("cors-macros/compiler/src");
    for stage in ["automaton", "analysis"] {
        for file in sources(&compiler, stage) {
            let text = fs::read_to_string(&file).unwrap();
            assert!(!text.contains("diagnostic::"), "{}", file.display());
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
