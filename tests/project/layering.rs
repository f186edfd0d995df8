//! Imports point to earlier modules only, so that each can be read without those after it.
//!
//! The lists below are the order. A module that is added gets a place in one of them: after what it
//! imports, before what imports it.

use std::fs;
use std::path::{Path, PathBuf};

struct Crate {
    name: &'static str,
    source: &'static str,
    /// Its modules; none names a later one.
    order: &'static [&'static str],
}

const ORIGIN: Crate = Crate {
    name: "ORIGIN",
    source: "cors-runtime/origin/src",
    order: &[
        "edit",
        "fetch",
        "header",
        "origin",
        "authority",
        "glob",
        "summary",
        "public_suffix",
        "pattern",
        "parse",
        "confinement",
        "matcher",
    ],
};

const COMPILER: Crate = Crate {
    name: "COMPILER",
    source: "cors-macros/compiler/src",
    order: &[
        "declaration",
        "feature",
        "check",
        "diagnostic",
        "model",
        "automaton",
        "analysis",
        "suggest",
        "validate",
        "plan",
        "export",
        "config",
        "tokens",
    ],
};

const MACROS: Crate = Crate {
    name: "MACROS",
    source: "cors-macros/src",
    order: &[],
};

const RUNTIME: Crate = Crate {
    name: "RUNTIME",
    source: "cors-runtime/src",
    order: &[
        "header_lines",
        "request",
        "rule",
        "refusal",
        "vary",
        "decision",
        "versions",
        "origins",
        "loaded",
        "configured",
        "compiled",
        "matched_entry",
        "policy",
        "current",
        "into_policy",
        "live",
        "config",
        "source",
        "response",
        "explain",
        "template",
        "log",
        "http",
        "tower",
        "actix_web",
        "rocket",
        "testing",
        "export",
        "__private",
        "guide",
    ],
};

const CRATES: [&Crate; 4] = [&ORIGIN, &COMPILER, &MACROS, &RUNTIME];

/// The modules of the compiler that may use Rust tokens. Stages between front end and back end also
/// serve policies that were never Rust.
const TOKENS: &[&str] = &["tokens"];

/// The modules of the compiler that may access the environment, for `env(..)`.
const MACHINE: &[&str] = &["tokens"];

#[test]
fn every_module_has_its_place() {
    let mut faults = Vec::new();
    for package in CRATES {
        for module in modules(&package.folder()) {
            if !package.order.contains(&module.as_str()) {
                faults.push(format!(
                    "{}/{module} has no place: add it to {} in {}, after the modules that it imports",
                    package.source,
                    package.name,
                    file!()
                ));
            }
        }
    }
    for package in CRATES {
        let modules = modules(&package.folder());
        for module in package
            .order
            .iter()
            .filter(|it| !modules.contains(&(**it).to_owned()))
        {
            faults.push(format!(
                "{}/{module} is not there: remove it from {} in {}",
                package.source,
                package.name,
                file!()
            ));
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn modules_import_earlier_modules_only() {
    let mut faults = Vec::new();
    let mut checked = 0;
    for package in CRATES {
        for (index, module) in package.order.iter().enumerate() {
            for file in sources(&package.folder(), module) {
                let code = code(&file);
                for later in &package.order[index + 1..] {
                    checked += 1;
                    if code.lines().any(|line| names(line, later)) {
                        faults.push(format!("{}: {module} may not use {later}", file.display()));
                    }
                }
            }
        }
    }
    assert_eq!(faults, [""; 0]);
    assert!(checked > 500, "{checked}");
}

/// Inside a folder too, of two modules side by side one can be read without the other.
#[test]
fn modules_of_a_folder_import_in_one_direction() {
    let mut checked = 0;
    for package in CRATES {
        for folder in folders(&package.folder()) {
            // Modules not yet known to be without a cycle, each with its imports.
            let mut left: Vec<(String, Vec<String>)> = modules(&folder)
                .into_iter()
                .map(|module| {
                    let sources = sources(&folder, &module);
                    let imports = sources
                        .iter()
                        .flat_map(|file| siblings(file, &folder, &package.folder()));
                    let imports = imports.collect();
                    (module, imports)
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
            let circle: Vec<&str> = left.iter().map(|(name, _)| name.as_str()).collect();
            assert!(left.is_empty(), "{}: {circle:?}", folder.display());
        }
    }
    assert!(checked > 60, "{checked}");
}

#[test]
fn only_the_token_front_end_knows_tokens() {
    assert_absent(
        &COMPILER,
        TOKENS,
        &["proc_macro2", "quote!", "quote::", "syn::"],
    );
    for package in [&ORIGIN, &RUNTIME] {
        assert_absent(package, &[], &["proc_macro2", "quote!", "quote::", "syn::"]);
    }
}

#[test]
fn only_the_token_front_end_accesses_the_environment() {
    let machine = ["std::env", "std::fs", "std::net", "std::process"];
    assert_absent(&COMPILER, MACHINE, &machine);
    for package in [&ORIGIN, &MACROS] {
        assert_absent(package, &[], &machine);
    }
    // A test compares its files with those of a repository.
    assert_absent(&RUNTIME, &["export"], &machine);
}

/// Proofs return facts; how to put them is up to `validate`.
#[test]
fn proofs_have_no_words() {
    let modules = COMPILER.order.iter().copied();
    let other = modules.filter(|module| !["automaton", "analysis"].contains(module));
    let other: Vec<&str> = other.collect();
    assert_absent(
        &COMPILER,
        &other,
        &["Check", "Diagnostic", "check::", "diagnostic::"],
    );
}

#[test]
fn the_shared_crate_depends_on_nothing() {
    let manifest = ORIGIN.folder().join("../Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    assert!(!manifest.contains("\n[dependencies"), "{manifest}");
    assert_absent(
        &ORIGIN,
        &[],
        &["cors_runtime", "cors_compiler", "cors_macros"],
    );
    let facade = fs::read_to_string(ORIGIN.folder().join("lib.rs")).unwrap();
    assert!(facade.contains("\n#![no_std]\n"));
}

impl Crate {
    fn folder(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(self.source)
    }
}

/// Holds all modules of a crate but `exceptions` to not having `words` in their code.
fn assert_absent(package: &Crate, exceptions: &[&str], words: &[&str]) {
    let mut faults = Vec::new();
    for module in modules(&package.folder()) {
        if exceptions.contains(&module.as_str()) {
            continue;
        }
        for file in sources(&package.folder(), &module) {
            let code = code(&file);
            let named = words.iter().filter(|word| has_word(&code, word));
            faults.extend(named.map(|word| format!("{} names {word}", file.display())));
        }
    }
    assert_eq!(faults, [""; 0]);
}

/// Whether a word is in the code, and not as a part of a longer one.
fn has_word(code: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(start, _)| {
        let (before, after) = (&code[..start], &code[start + word.len()..]);
        let ends = word.ends_with(is_part) && after.starts_with(is_part);
        !before.ends_with(is_part) && !ends
    })
}

/// Returns the lines of a file that are not comments.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let lines = text.lines().filter(|line| {
        let line = line.trim_start();
        !line.starts_with("//")
    });
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A folder and those below it, but tests.
fn folders(root: &Path) -> Vec<PathBuf> {
    let mut found = vec![root.to_owned()];
    let mut next = 0;
    while next < found.len() {
        let below = modules(&found[next]);
        let below = below.iter().map(|module| found[next].join(module));
        let below: Vec<PathBuf> = below.filter(|folder| folder.exists()).collect();
        found.extend(below);
        next += 1;
    }
    found
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

/// The modules of a folder that a file in it or below can mean by its imports, and other words.
fn siblings(file: &Path, folder: &Path, root: &Path) -> Vec<String> {
    let below = file.strip_prefix(folder).unwrap();
    let depth = below.iter().count() - usize::from(below.ends_with("mod.rs"));
    let path = folder.strip_prefix(root).unwrap();
    let path: Vec<&str> = path.iter().map(|name| name.to_str().unwrap()).collect();
    let starts = [
        "super::".repeat(depth),
        format!("crate::{}::", path.join("::")).replace("::::", "::"),
    ];
    let code = code(file);
    let paths = code.split("use ").skip(1).filter_map(|import| {
        let (path, _) = import.split_once(';')?;
        starts
            .iter()
            .find_map(|start| path.strip_prefix(start.as_str()))
    });
    let words = paths.flat_map(|path| {
        let words = path.split(|c: char| !c.is_alphanumeric() && c != '_');
        // Of `super::{a::B, c}` all words count, of `super::a::B` the first.
        let count = match path.starts_with('{') {
            true => usize::MAX,
            false => 1,
        };
        words.take(count).map(str::to_owned).collect::<Vec<_>>()
    });
    words.collect()
}

/// Whether a line imports a module of the crate. (`$crate` is for expansions.)
fn names(line: &str, module: &str) -> bool {
    line.match_indices("crate::").any(|(start, lead)| {
        let rest = line[start + lead.len()..].strip_prefix(module);
        !line[..start].ends_with('$')
            && rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}

/// The sources of a module, but its tests. None if it is not there.
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
    sources
}
