//! What would be published is complete. (`.ci/run` builds it.)

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Each crate with its folder, in the order in which they are published.
const CRATES: [(&str, &str); 4] = [
    ("cors-origin", "cors-runtime/origin"),
    ("cors-compiler", "cors-macros/compiler"),
    ("cors-macros", "cors-macros"),
    ("cors-runtime", "cors-runtime"),
];

fn folder(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = CRATES.iter().find(|(package, _)| *package == name);
    root.join(folder.unwrap().1)
}

/// Returns the files of a package, according to `cargo package`.
fn packed(name: &str) -> Vec<PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args([
            "package",
            "--list",
            "--offline",
            "--allow-dirty",
            "-p",
            name,
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let list = String::from_utf8(output.stdout).unwrap();
    list.lines().map(PathBuf::from).collect()
}

/// The texts of its licences: that of the Public Suffix List is among them.
fn licences(name: &str) -> &'static [&'static str] {
    match name {
        "cors-origin" => &["LICENSE-MIT", "LICENSE-APACHE", "LICENSE-MPL-2.0"],
        _ => &["LICENSE-MIT", "LICENSE-APACHE"],
    }
}

/// The files below a folder, from `root`.
fn files(root: &Path, folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(root, &path, found),
            false => found.push(path.strip_prefix(root).unwrap().to_owned()),
        }
    }
}

/// The files and folders of modules that only tests have, and what those compare with.
fn of_tests(root: &Path, sources: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for source in sources {
        let text = fs::read_to_string(root.join(source)).unwrap();
        let folder = match source.file_stem().unwrap().to_str().unwrap() {
            "lib" | "mod" => source.parent().unwrap().to_owned(),
            _ => source.with_extension(""),
        };
        let mut lines = text.lines();
        let is_for_tests =
            |line: &str| line == "#[cfg(test)]" || line.starts_with("#[cfg(all(test, ");
        while lines.any(is_for_tests) {
            let module = lines.next().unwrap_or_default().strip_suffix(';');
            if let Some((_, name)) = module.and_then(|module| module.split_once("mod ")) {
                found.push(folder.join(name).with_extension("rs"));
                found.push(folder.join(name));
            }
        }
        found.push(folder.join("snapshots"));
    }
    found
}

#[test]
fn packages_have_all_of_the_source_and_nothing_else() {
    for (name, _) in CRATES {
        let packed = packed(name);
        let root = folder(name);
        let mut wanted = vec!["README.md".into()];
        wanted.extend(licences(name).iter().map(PathBuf::from));
        let mut sources = Vec::new();
        files(&root, &root.join("src"), &mut sources);
        let of_tests = of_tests(&root, &sources);
        let is_of_tests = |file: &PathBuf| of_tests.iter().any(|tests| file.starts_with(tests));
        let (tests, sources): (Vec<_>, Vec<_>) = sources.into_iter().partition(is_of_tests);
        assert_eq!(tests.is_empty(), name != "cors-compiler", "{tests:?}");
        wanted.extend(sources);
        for file in &wanted {
            assert!(packed.contains(file), "{name} lacks {}", file.display());
        }
        let is_made = |file: &Path| {
            let file = file.to_str().unwrap();
            file.starts_with("Cargo.") || file == ".cargo_vcs_info.json"
        };
        for file in &packed {
            assert!(
                wanted.contains(file) || is_made(file),
                "{name} has {}",
                file.display()
            );
        }
    }
}

/// <https://doc.rust-lang.org/cargo/reference/manifest.html>
#[test]
fn manifests_have_the_fields_of_the_registry() {
    for (name, _) in CRATES {
        let manifest = fs::read_to_string(folder(name).join("Cargo.toml")).unwrap();
        let field = |key: &str| {
            let line = manifest
                .lines()
                .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
            line.unwrap_or_else(|| panic!("{name} has no {key}"))
        };
        assert!(field("description").len() > 20);
        assert!(field("readme").ends_with("README.md\""));
        let keywords: Vec<&str> = field("keywords").split('"').skip(1).step_by(2).collect();
        assert!((1..=5).contains(&keywords.len()), "{keywords:?}");
        assert!(keywords.iter().all(|word| word.len() <= 20), "{keywords:?}");
        match licences(name).contains(&"LICENSE-MPL-2.0") {
            true => assert_eq!(field("license"), "\"(MIT OR Apache-2.0) AND MPL-2.0\""),
            false => assert_eq!(field("license.workspace"), "true"),
        }
    }
    // The expansion of one version names what the same version of the runtime has.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let (_, version) = workspace
        .split_once("[workspace.package]\nversion = \"")
        .unwrap();
    let (version, _) = version.split_once('"').unwrap();
    for (name, path) in CRATES
        .into_iter()
        .filter(|(name, _)| *name != "cors-runtime")
    {
        let pinned = format!("{name} = {{ path = \"{path}\", version = \"={version}\"");
        assert!(workspace.contains(&pinned), "{pinned}");
    }
    let changes = fs::read_to_string(root.join("CHANGELOG.md")).unwrap();
    assert!(changes.contains(&format!("\n## {version}")));
}

/// Where there are no symbolic links, Git writes a file with the path instead, and licences would be
/// that.
#[test]
fn no_file_is_a_symbolic_link() {
    let output = Command::new("git")
        .args(["ls-files", "--stage"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    // A package of the source has no repository.
    let Ok(output) = output else { return };
    let files = String::from_utf8(output.stdout).unwrap();
    let links: Vec<&str> = files
        .lines()
        .filter(|line| line.starts_with("120000"))
        .collect();
    assert_eq!(links, [""; 0]);
}

#[test]
fn packages_have_the_licences_of_the_project() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, _) in CRATES {
        for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
            let text = fs::read_to_string(root.join(licence)).unwrap();
            let packed = fs::read_to_string(folder(name).join(licence)).unwrap();
            assert!(text == packed, "{name}: {licence}");
        }
    }
}
