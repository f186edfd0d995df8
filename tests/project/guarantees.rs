//! The tables of `tests/README.md` name places, diagnostics and tests. Each place exists and is named,
//! each diagnostic is printed by the compiler, and each test is run and can fail.

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
    let (mut checked, mut missing) = (0, Vec::new());
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
                true => is_printed(&files, name),
                false => is_run_and_can_fail(&tests, name),
            };
            if !exists {
                missing.push(name);
            }
            checked += 1;
        }
    }
    assert_eq!(missing, [""; 0], "named, and not a test that can fail");
    assert!(checked >= 50, "{checked}");
}

/// Returns whether the compiler prints a diagnostic for a ui test of its name.
fn is_printed(files: &[PathBuf], name: &str) -> bool {
    let file = format!("fail/{}.rs", name.replace('-', "_"));
    let mut cases = files.iter().filter(|path| path.ends_with(&file));
    cases.any(|path| {
        let printed = fs::read_to_string(path.with_extension("stderr"));
        printed.is_ok_and(|printed| printed.contains(&format!("diagnostics#{name}\n")))
    })
}

/// Returns whether a function is a test that is not ignored, and that asserts something or calls a
/// function that does.
fn is_run_and_can_fail(source: &str, name: &str) -> bool {
    functions(source, name).any(|(before, code)| {
        let mut calls = code.split('(').filter_map(|before| {
            let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
            before.rsplit(|c| !is_part(c)).next()
        });
        let asserts = |called: &str| functions(source, called).any(|(_, code)| can_fail(&code));
        is_test(before) && (can_fail(&code) || calls.any(asserts))
    })
}

fn can_fail(code: &str) -> bool {
    ["assert", "unwrap", "expect(", "panic!"]
        .iter()
        .any(|word| code.contains(word))
}

/// Returns the functions of a name: the text before each, and its code without comments.
fn functions<'s>(source: &'s str, name: &str) -> impl Iterator<Item = (&'s str, String)> {
    let signature = format!("fn {name}(");
    let starts: Vec<usize> = source.match_indices(&signature).map(|it| it.0).collect();
    starts.into_iter().map(move |start| {
        // rustfmt puts the closing brace as far to the left as the line starts.
        let line = source[..start].rfind('\n').map_or(0, |end| end + 1);
        let indent = source[line..start].len() - source[line..start].trim_start().len();
        let end = format!("\n{}}}\n", " ".repeat(indent));
        let function = source[start..].split(&end).next().unwrap_or_default();
        let lines = function.lines();
        let code = lines.filter(|line| !line.trim_start().starts_with("//"));
        (&source[..line], code.collect::<Vec<_>>().join("\n"))
    })
}

/// Returns whether a function is a test, by the text before it, which ends with its attributes.
fn is_test(before: &str) -> bool {
    let attributes: Vec<&str> = before
        .lines()
        .rev()
        .map(str::trim)
        .take_while(|line| line.starts_with("#[") || line.starts_with("//"))
        .collect();
    let has = |word| attributes.iter().any(|line| line.contains(word));
    has("test]") && !has("ignore")
}

#[test]
fn emptied_and_ignored_tests_are_found() {
    let is_found = |attributes: &str, body: &str| {
        let source = format!(
            "{attributes}\nfn it_holds() {{\n{body}\n}}\n\nfn other() {{\n    assert!(true);\n}}\n"
        );
        is_run_and_can_fail(&source, "it_holds")
    };
    assert!(is_found("#[test]", "    assert_eq!(decide(), expected);"));
    assert!(is_found("#[tokio::test]", "    other(|| 96);"));
    assert!(!is_found("#[test]", "    // assert!(is_allowed());"));
    assert!(!is_found("#[test]", "    println!(\"it holds\");"));
    assert!(!is_found("#[test]", ""));
    assert!(!is_found(
        "#[test]\n#[ignore]",
        "    assert!(is_allowed());"
    ));
    assert!(!is_found("", "    assert!(is_allowed());"));
    assert!(!is_run_and_can_fail(
        "#[test]\nfn another() {\n}\n",
        "it_holds"
    ));
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
