//! What would be published is complete. (`.ci/run` builds it.)

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const CRATES: [&str; 2] = ["cors-macros", "cors-runtime"];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// What `cargo package` puts in.
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

/// The texts of its licences: that of the compiler's data is among them.
fn licences(name: &str) -> &'static [&'static str] {
    match name {
        "cors-macros" => &["LICENSE-MIT", "LICENSE-APACHE", "LICENSE-MPL-2.0"],
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

#[test]
fn packages_have_all_of_the_source_and_nothing_else() {
    for name in CRATES {
        let packed = packed(name);
        let root = folder(name);
        let mut wanted = vec!["README.md".into()];
        wanted.extend(licences(name).iter().map(PathBuf::from));
        files(&root, &root.join("src"), &mut wanted);
        for file in &wanted {
            assert!(packed.contains(file), "{name} lacks {}", file.display());
            // A link that leads nowhere would be packed as it is.
            assert!(
                root.join(file).is_file(),
                "{} leads nowhere",
                file.display()
            );
        }
        let is_made = |file: &Path| {
            let file = file.to_str().unwrap();
            file.starts_with("Cargo.") || file == ".cargo_vcs_info.json"
        };
        for file in &packed {
            let is_known = wanted.contains(file) || file.starts_with("benches") || is_made(file);
            assert!(is_known, "{name} has {}", file.display());
        }
    }
}

/// <https://doc.rust-lang.org/cargo/reference/manifest.html>
#[test]
fn manifests_say_what_the_registry_asks_for() {
    for name in CRATES {
        let manifest = fs::read_to_string(folder(name).join("Cargo.toml")).unwrap();
        let field = |key: &str| {
            let line = manifest
                .lines()
                .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
            line.unwrap_or_else(|| panic!("{name} has no {key}"))
        };
        assert!(field("description").len() > 20);
        assert!(field("readme") == "\"README.md\"");
        let keywords: Vec<&str> = field("keywords").split('"').skip(1).step_by(2).collect();
        assert!((1..=5).contains(&keywords.len()), "{keywords:?}");
        assert!(keywords.iter().all(|word| word.len() <= 20), "{keywords:?}");
        match licences(name).contains(&"LICENSE-MPL-2.0") {
            true => assert_eq!(field("license"), "\"(MIT OR Apache-2.0) AND MPL-2.0\""),
            false => assert_eq!(field("license.workspace"), "true"),
        }
    }
    // The expansion of one version names what the same version of the runtime has.
    let workspace = fs::read_to_string(folder("Cargo.toml")).unwrap();
    let (_, version) = workspace
        .split_once("[workspace.package]\nversion = \"")
        .unwrap();
    let (version, _) = version.split_once('"').unwrap();
    assert!(workspace.contains(&format!("path = \"cors-macros\", version = \"={version}\"")));
    let changes = fs::read_to_string(folder("CHANGELOG.md")).unwrap();
    assert!(changes.contains(&format!("\n## {version}")));
}
