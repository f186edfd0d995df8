//! The tables of `tests/README.md` name diagnostics and tests: each of them exists.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_name_in_the_tables_is_a_test_or_a_diagnostic() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["tests", "ui-tests", "cors-macros/compiler/src", "examples"] {
        sources(&root.join(folder), &mut files);
    }
    let tests: String = files
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    let readme = fs::read_to_string(root.join("tests/README.md")).unwrap();
    let (_, tables) = readme.split_once("## Promises").unwrap();
    let mut checked = 0;
    for row in tables
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("|---"))
    {
        let last = row.trim_end_matches('|').rsplit('|').next().unwrap();
        for name in last
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| !name.contains('/'))
        {
            let exists = match name.contains('-') {
                true => {
                    let file = format!("fail/{}.rs", name.replace('-', "_"));
                    files.iter().any(|path| path.ends_with(&file))
                }
                false => tests.contains(&format!("fn {name}(")),
            };
            assert!(exists, "{name} is named in {row}");
            checked += 1;
        }
    }
    assert!(checked >= 50, "{checked}");
}
