//! The tables of `tests/README.md` name places, diagnostics and tests: each of them exists, and each
//! place is named.

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
    for folder in [
        "tests",
        "ui-tests",
        "cors-macros/compiler/src",
        "cors-runtime/origin/tests",
        "examples",
    ] {
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
                false => has_a_body(&tests, name),
            };
            assert!(exists, "{name} is named in {row}");
            checked += 1;
        }
    }
    assert!(checked >= 50, "{checked}");
}

/// Whether a function is there, and does something: a test that was emptied under its name is not.
fn has_a_body(source: &str, name: &str) -> bool {
    let signature = format!("fn {name}(");
    source.match_indices(&signature).any(|(start, _)| {
        // As rustfmt closes it: by a brace as far to the left as the line starts.
        let line = &source[..start];
        let line = line.rfind('\n').map_or(line, |end| &line[end + 1..]);
        let indent = line.len() - line.trim_start().len();
        let end = format!("\n{}}}\n", &line[..indent]);
        let function = source[start..].split(&end).next().unwrap_or_default();
        let (_, body) = function.split_once("{\n").unwrap_or_default();
        let code = body
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let code = code.flat_map(str::chars).filter(|c| !c.is_whitespace());
        code.count() > 30
    })
}

/// Returns the path in a cell of code, below `tests/` or from the root.
fn place(root: &Path, name: &str) -> PathBuf {
    let below = root.join("tests").join(name);
    match below.exists() {
        true => below,
        false => root.join(name),
    }
}

/// A test that is removed or added is a change of the table.
#[test]
fn every_place_of_tests_is_in_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("tests/README.md")).unwrap();
    let (_, table) = readme.split_once("|---|---|\n").unwrap();
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    let names = rows.flat_map(|row| {
        let cell = row.trim_start_matches('|').split(" | ").next().unwrap();
        cell.split('`').skip(1).step_by(2)
    });
    let names: Vec<&str> = names.filter(|name| !name.contains('*')).collect();
    let missing: Vec<&&str> = names
        .iter()
        .filter(|name| !place(root, name).exists())
        .collect();
    assert!(missing.is_empty(), "{missing:?} are named, and not there");

    let named: Vec<PathBuf> = names.iter().map(|name| place(root, name)).collect();
    let mut unnamed = Vec::new();
    for folder in ["tests", "tests/policy", "tests/adapters", "tests/project"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let is_grouped = ["policy", "adapters", "project", "api"].contains(&name);
            let is_source = path.is_dir() && !is_grouped
                || path.extension().is_some_and(|it| it == "rs") && name != "main.rs";
            if is_source && !named.iter().any(|named| named.starts_with(&path)) {
                unnamed.push(path.strip_prefix(root).unwrap().to_owned());
            }
        }
    }
    assert!(unnamed.is_empty(), "{unnamed:?} have no row");
}

/// A file that is in no list of modules would be no test.
#[test]
fn every_file_of_a_program_is_a_module_of_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut checked = 0;
    for program in [
        "policy", "adapters", "project", "explain", "browser", "editor",
    ] {
        let folder = root.join(program);
        let main = fs::read_to_string(folder.join("main.rs")).unwrap();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let module = path.file_stem().unwrap().to_str().unwrap();
            if module == "main" || path.extension().is_none_or(|it| it != "rs") {
                continue;
            }
            assert!(
                main.contains(&format!("mod {module};")),
                "{}",
                path.display()
            );
            checked += 1;
        }
    }
    assert!(checked > 25, "{checked}");
}
