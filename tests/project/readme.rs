//! What the README and the guide quote (their code is run as doctests of `cors-runtime`), and where
//! `CONTRIBUTING.md` leads.

use std::fs;
use std::path::Path;

use cors_runtime::{CorsRequest, Policy, cors_policy};
use cors_support::example::{self, Example};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_error_is_quoted_as_it_is_printed() {
    let printed = read("ui-tests/credentials/fail/credentials_any_origin.stderr");
    let (message, excerpt) = printed.split_once(" --> ").unwrap();
    let excerpt: String = excerpt
        .lines()
        .skip(1)
        .map(|line| line.to_owned() + "\n")
        .collect();
    let quoted = format!("```text\n{message} --> src/main.rs:4:21\n{excerpt}```");
    assert!(
        read("README.md").contains(&quoted),
        "the README should say:\n{quoted}"
    );
}

#[test]
fn the_guide_quotes_errors_as_they_are_printed() {
    let printed = read("cors-runtime/src/diagnostics.md");
    let chapters = Path::new(env!("CARGO_MANIFEST_DIR")).join("cors-runtime/src/guide");
    let mut quoted = 0;
    for chapter in fs::read_dir(chapters).unwrap() {
        let chapter = chapter.unwrap().path();
        if chapter.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&chapter).unwrap();
        for error in text.split("```text\n").skip(1) {
            let (error, _) = error.split_once("```").unwrap();
            if error.starts_with("error: ") {
                assert!(printed.contains(error), "{}:\n{error}", chapter.display());
                quoted += 1;
            }
        }
    }
    assert!(quoted >= 2, "{quoted}");
}

/// Code in the guide asserts what it prints, in hidden lines.
#[test]
fn the_guide_quotes_what_its_code_prints() {
    let chapters = Path::new(env!("CARGO_MANIFEST_DIR")).join("cors-runtime/src/guide");
    let mut checked = 0;
    for chapter in fs::read_dir(chapters).unwrap() {
        let chapter = chapter.unwrap().path();
        if chapter.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&chapter).unwrap();
        let mut blocks = text.split("\n```\n\nThis prints:\n\n```text\n");
        let mut code = blocks.next().unwrap();
        for rest in blocks {
            let (printed, after) = rest.split_once("\n```").unwrap();
            for line in printed.lines() {
                let asserted = line.replace('"', "\\\"");
                let lines = code.rsplit_once("```\n").unwrap().1.lines();
                let mut hidden = lines.filter(|line| line.starts_with("# "));
                assert!(
                    hidden.any(|hidden| hidden.contains(&asserted)),
                    "{}: no code asserts that it prints:\n{line}",
                    chapter.display()
                );
                checked += 1;
            }
            code = after;
        }
    }
    assert!(checked >= 9, "{checked}");
}

#[test]
fn the_readme_quotes_what_its_code_prints() {
    static API: Policy = cors_policy!(
        allow_origins = ["https://example.com"],
        allow_methods = [PATCH]
    );
    let preflight = CorsRequest::new("OPTIONS")
        .with_header("Origin", "https://example.com")
        .with_header("Access-Control-Request-Method", "patch");
    let quoted = format!("```text\n{}\n```", API.explain(&preflight));
    assert!(
        read("README.md").contains(&quoted),
        "the README should contain:\n{quoted}"
    );
}

/// The package registry shows it without rustdoc, and without the files around it.
#[test]
fn the_readme_is_short() {
    let lines = read("README.md").lines().count();
    assert!(lines < 250, "{lines} lines");
}

#[test]
fn the_readme_needs_nothing_around_it() {
    const IMAGES: [&str; 3] = [
        "cors-runtime/benches/compare/chart.svg",
        "examples/playground/screenshot.png",
        "tests/chromium/errors.svg",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = read("README.md");
    for (index, part) in readme.split("```").enumerate() {
        if index % 2 == 1 {
            let hidden = part
                .lines()
                .find(|line| *line == "#" || line.starts_with("# "));
            assert_eq!(hidden, None, "would be seen");
        } else {
            let targets = part.split("](").skip(1).chain(part.split("]: ").skip(1));
            for target in targets {
                // Found in the repository; the text describes them.
                let is_image = IMAGES.iter().any(|image| {
                    target.starts_with(&format!("{image})")) && root.join(image).exists()
                });
                assert!(is_image || target.starts_with("https://"), "{target}");
            }
        }
    }
}

#[test]
fn the_front_page_of_the_documentation_has_the_same_features() {
    let features = |text: &str| -> Vec<String> {
        let rows = text
            .lines()
            .skip_while(|line| !line.starts_with("| feature | adds"));
        rows.take_while(|line| line.starts_with('|'))
            .map(str::to_owned)
            .collect()
    };
    let shown = features(&read("README.md"));
    assert!(shown.len() > 7, "{shown:?}");
    assert_eq!(features(&read("cors-runtime/src/crate_docs.md")), shown);
}

/// Runs the examples of the first commands, until they print something.
#[test]
fn the_commands_run() {
    let readme = read("README.md");
    let (_, commands) = readme.split_once("```sh\ncargo run ").unwrap();
    let (commands, _) = commands.split_once("```").unwrap();
    let mut addresses = Vec::new();
    for line in format!("cargo run {commands}").lines() {
        let (command, _) = line.split_once("  #").unwrap();
        let package = command.trim().strip_prefix("cargo run -p ").unwrap();
        let mut program = example::build(package);
        // On a free port.
        program.env("PORT", "0");
        let example = Example::start(program, |lines| {
            lines.iter().any(|line| line.contains("http://127.0.0.1:"))
        });
        addresses.push(example.lines.concat());
    }
    assert_eq!(addresses.len(), 3, "{addresses:?}");
}

/// The cells of the table of frameworks: framework, version, feature, example, and code.
fn frameworks() -> Vec<[String; 5]> {
    let readme = read("README.md");
    let (_, table) = readme.split_once("## In a framework").unwrap();
    let rows = table.lines().skip_while(|line| !line.starts_with("|---"));
    let rows = rows.skip(1).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells = row
            .trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned());
        cells.collect::<Vec<_>>().try_into().unwrap()
    })
    .collect()
}

/// Returns the text between the first two backticks.
fn code(cell: &str) -> &str {
    cell.split('`').nth(1).unwrap()
}

/// Examples without a framework.
const WITHOUT_A_FRAMEWORK: [&str; 9] = [
    "examples/app",
    "examples/configured",
    "examples/envoy-filter",
    "examples/gateway",
    "examples/mcp",
    "examples/minimal",
    "examples/playground",
    "examples/quickstart",
    "examples/tenants",
];

#[test]
fn frameworks_are_those_that_have_an_example() {
    let mut named: Vec<_> = frameworks()
        .iter()
        .map(|[_, _, _, example, _]| code(example).to_owned())
        .collect();
    named.sort();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut there: Vec<_> = fs::read_dir(examples)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| format!("examples/{}", path.file_name().unwrap().to_str().unwrap()))
        .filter(|path| !WITHOUT_A_FRAMEWORK.contains(&path.as_str()))
        .collect();
    there.sort();
    assert_eq!(named, there);
}

#[test]
fn versions_and_features_are_those_that_the_examples_are_built_with() {
    let lock = read("Cargo.lock");
    for [framework, version, feature, example, _] in frameworks() {
        let manifest = read(&format!("{}/Cargo.toml", code(&example)));
        if framework == "none" {
            assert!(manifest.contains("\ncors-runtime.workspace = true\n"));
            continue;
        }
        let needed = manifest
            .lines()
            .find(|line| line.starts_with(&format!("{framework} = ")));
        assert!(
            needed.unwrap().contains(&format!("\"{version}\"")),
            "{framework}"
        );
        let locked = format!("name = \"{framework}\"\nversion = \"{version}.");
        assert!(lock.contains(&locked), "{framework} {version}");
        let enabled = format!("features = [\"{}\"]", code(&feature));
        let runtime = manifest
            .lines()
            .find(|line| line.starts_with("cors-runtime = "));
        assert!(runtime.unwrap().contains(&enabled), "{framework}");
    }
}

#[test]
fn examples_contain_the_code_of_the_table() {
    for [framework, _, _, example, takes] in frameworks() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let files = ["main.rs", "lib.rs"].map(|file| format!("{}/src/{file}", code(&example)));
        let file = files.iter().find(|file| root.join(file).exists());
        let source = read(file.unwrap());
        let Some((count, name)) = takes.split_once(" lines of ") else {
            assert!(source.contains(code(&takes)), "{framework}: {takes}");
            continue;
        };
        let start = source.find(&format!("fn {}(", code(name))).unwrap();
        let body = source[start..].split("\n}\n").next().unwrap();
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        let lines = body.lines().filter(is_code).count() + 1;
        assert_eq!(count, lines.to_string(), "{framework}: {name}");
    }
}

#[test]
fn paths_for_contributors_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let contributing = read("CONTRIBUTING.md");
    // Drawings are not text.
    let text = contributing.split("```").step_by(2);
    let mut checked = 0;
    for name in text.flat_map(|text| text.split('`').skip(1).step_by(2)) {
        let is_path = name.contains('/') || name.ends_with(".md");
        if !is_path || name.contains([' ', '*', '<', '!']) {
            continue;
        }
        assert!(root.join(name).exists(), "there is no {name}");
        checked += 1;
    }
    assert!(checked >= 30, "{checked}");
}

#[test]
fn commands_for_contributors_work() {
    let contributing = read("CONTRIBUTING.md");
    for (command, place) in [
        (
            "TRYBUILD=overwrite cargo test --test ui",
            "ui-tests/main.rs",
        ),
        (
            "BLESS=1 cargo test -p cors-compiler",
            "cors-macros/compiler/src/tests/page.rs",
        ),
        (
            "cargo bench -p cors-compiler --bench expansion --profile dev",
            "cors-macros/compiler/benches/expansion.rs",
        ),
        (
            "cargo run --release -p cors-bench",
            "cors-runtime/benches/compare/src/main.rs",
        ),
    ] {
        assert!(contributing.contains(command), "{command}");
        assert!(read(place).contains(command), "{place}: {command}");
    }
}
