//! The dependencies of a build, on any system: the table of `SECURITY.md`, licences, versions.
//! Nothing is built. Dependencies of other systems are downloaded if they are missing, because
//! packages contain their licences, and skipped if that fails.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output};

use proc_macro2::{TokenStream, TokenTree};

/// Licences that require at most a notice.
const PERMISSIVE: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-3-Clause",
    "ISC",
    "CC0-1.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "Apache-2.0 WITH LLVM-exception",
];

/// Licences of single crates that require more, with reasons.
const OF_ONE: &[(&str, &str)] = &[
    // The Public Suffix List, as data: copies of it keep this licence, which does not affect
    // anything else. Programs without the feature `public-suffix` do not contain it.
    ("cors-origin", "MPL-2.0"),
    // The certificates that an example trusts, as data.
    ("webpki-roots", "CDLA-Permissive-2.0"),
];

/// A crate of a build: its name, its version, and its licence.
type Crate = (String, String, String);

/// The features that add a framework. Users of these features already have it.
const FRAMEWORKS: [&str; 2] = ["actix-web", "rocket"];

fn tree(selection: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--prefix=none"])
        .args(["--no-dedupe", "--format={p}\t{l}"])
        .args(selection)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap()
}

/// Returns the crates of a build, according to `cargo tree`.
fn crates(selection: &[&str]) -> BTreeSet<Crate> {
    let mut output = tree(&[selection, &["--target=all"]].concat());
    if !output.status.success() {
        let left_out = b"left out: what only other systems build could not be downloaded\n";
        let _ = io::stderr().write_all(left_out);
        output = tree(&[selection, &["--offline"]].concat());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines = lines.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| {
            // A star marks a crate that depends on itself, through its tests.
            let line = line.trim_end_matches(" (*)");
            let (package, licence) = line.split_once('\t').unwrap();
            let mut package = package.split(' ').map(str::to_owned);
            (
                package.next().unwrap(),
                package.next().unwrap(),
                licence.to_owned(),
            )
        })
        .collect()
}

/// Returns the crates that users of `cors-runtime` build, without frameworks and tests.
fn shipped() -> Vec<Crate> {
    let crates = crates(&[
        "--package=cors-runtime",
        "--features=config,export,http,serde,testing,tower,tracing",
        "--edges=normal,build",
    ]);
    let crates = crates
        .into_iter()
        .filter(|(name, _, _)| name != "cors-runtime");
    crates.collect()
}

#[test]
fn every_shipped_crate_has_a_reason() {
    let shipped = shipped();
    let names: Vec<&str> = shipped.iter().map(|(name, _, _)| name.as_str()).collect();
    let once: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(once.len(), names.len(), "a crate comes in two versions");

    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("SECURITY.md");
    let page = fs::read_to_string(page).unwrap();
    let (_, table) = page.split_once("## What is shipped").unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let listed: BTreeSet<&str> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            assert!(!cells[2].is_empty() && !cells[3].is_empty(), "{row}");
            cells[1].trim_matches('`')
        })
        .collect();
    assert_eq!(listed, once.into_iter().chain(FRAMEWORKS).collect());
}

/// Returns whether crates with this licence may be used.
fn is_permitted(name: &str, licence: &str) -> bool {
    let licence = licence.replace(['(', ')'], "").replace('/', " OR ");
    // Of what is joined by `OR` one is enough.
    licence.split(" AND ").all(|all| {
        let mut one = all.split(" OR ").map(str::trim);
        one.any(|licence| PERMISSIVE.contains(&licence) || OF_ONE.contains(&(name, licence)))
    })
}

#[test]
fn licences_that_require_more_are_rejected() {
    for (name, licence, is_expected) in [
        ("other", "MIT", true),
        ("other", "GPL-3.0 OR MIT", true),
        ("other", "GPL-3.0/MIT", true),
        ("other", "(MIT OR GPL-3.0) AND Zlib", true),
        ("other", "MIT AND GPL-3.0", false),
        ("other", "(MIT OR Apache-2.0) AND MPL-2.0", false),
        ("other", "", false),
        ("cors-origin", "(MIT OR Apache-2.0) AND MPL-2.0", true),
        ("cors-origin", "MIT AND GPL-3.0", false),
    ] {
        assert_eq!(is_permitted(name, licence), is_expected, "{name} {licence}");
    }
}

#[test]
fn every_licence_is_permissive() {
    let crates = crates(&["--workspace", "--all-features"]);
    assert!(crates.len() > 200, "{}", crates.len());
    for (name, _, licence) in crates {
        assert!(is_permitted(&name, &licence), "{name}: {licence}");
    }
    // Shipped code, except data, is available under both licences of this project.
    for (name, _, licence) in shipped() {
        assert!(licence.contains("MIT"), "{name}: {licence}");
    }
}

/// A version of Rust, as manifests and the README write it.
fn rust(version: &str) -> (u32, u32) {
    let mut numbers = version.split('.').map(|number| number.parse().unwrap());
    (numbers.next().unwrap(), numbers.next().unwrap_or(0))
}

/// The locked versions, as Cargo prefers those that build with what the project promises.
#[test]
fn dependencies_need_no_newer_rust_than_is_promised() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let (_, promised) = manifest.split_once("\nrust-version = \"").unwrap();
    let (promised, _) = promised.split_once('"').unwrap();
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let (_, sentence) = readme
        .split_once(&format!("The crate needs Rust {promised};"))
        .unwrap();
    let (_, of_frameworks) = sentence.split_once("` need ").unwrap();
    let (of_frameworks, _) = of_frameworks.split_once(',').unwrap();

    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version=1"])
        .current_dir(root)
        .output()
        .unwrap();
    if !output.status.success() {
        let _ = io::stderr().write_all(b"left out: not every manifest could be downloaded\n");
        return;
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let needed = |(name, version): (&str, &str)| {
        let version = version.trim_start_matches('v');
        let packages = metadata["packages"].as_array().unwrap();
        let package = packages
            .iter()
            .find(|package| package["name"] == name && package["version"] == version);
        let package = package.unwrap_or_else(|| panic!("{name} {version}"));
        package["rust_version"].as_str().map_or((0, 0), rust)
    };
    for (name, version, _) in &shipped() {
        assert!(
            needed((name, version)) <= rust(promised),
            "{name} {version}"
        );
    }
    let with_frameworks = crates(&[
        "--package=cors-runtime",
        "--all-features",
        "--edges=normal,build",
    ]);
    let newest = with_frameworks
        .iter()
        .map(|(name, version, _)| needed((name, version)))
        .max();
    assert_eq!(newest, Some(rust(of_frameworks)), "README.md");
}

/// Whether a word of code is anywhere in `tokens`; comments and texts have none.
fn has_word(tokens: TokenStream, word: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => has_word(group.stream(), word),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

#[test]
fn shipped_crates_have_no_unsafe_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    assert!(workspace.contains("unsafe_code = \"forbid\""));
    for name in [
        "cors-macros",
        "cors-macros/compiler",
        "cors-runtime",
        "cors-runtime/origin",
    ] {
        let manifest = fs::read_to_string(root.join(name).join("Cargo.toml")).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{name}");
    }
    // Nor does an expansion, which is compiled under the lints of a user: the word is in no source,
    // and so in nothing that is quoted.
    let mut checked = 0;
    for folder in [
        "cors-macros/src",
        "cors-macros/compiler/src",
        "cors-runtime/src",
        "cors-runtime/origin/src",
    ] {
        let mut folders = vec![root.join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let source: TokenStream = fs::read_to_string(&path).unwrap().parse().unwrap();
                    assert!(!has_word(source, "unsafe"), "{}", path.display());
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 80, "{checked}");
}
