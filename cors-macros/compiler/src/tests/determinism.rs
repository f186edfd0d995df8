//! The same policy expands to the same bytes, in every process: else builds could not be
//! reproduced, and caches of compilers would be of no use.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use quote::quote;

use super::ui;
use crate::plan::tests::{Kind, plan};

/// Where a child process writes what it got.
const OUTPUT: &str = "CORS_TEST_EXPANSIONS";

/// A policy for each strategy, and one for any origin.
fn every_strategy() -> Vec<(Option<Kind>, String)> {
    let list = |count, entry: &dyn Fn(usize) -> String| {
        let entries: Vec<String> = (0..count).map(entry).collect();
        format!("allow_origins = [{}]", entries.join(", "))
    };
    vec![
        (None, "allow_origins = Any".into()),
        (
            Some(Kind::Compare(3)),
            list(3, &|n| format!(r#""https://a{n}.example""#)),
        ),
        (
            Some(Kind::PerfectHash(300)),
            list(300, &|n| format!(r#""https://a{n}.example""#)),
        ),
        (
            Some(Kind::SingleWildcard),
            list(1, &|_| r#""https://**.a.example""#.into()),
        ),
        (
            Some(Kind::SuffixHash(90)),
            list(90, &|n| format!(r#""https://*.a{n}.example""#)),
        ),
        (
            Some(Kind::Automaton(9)),
            list(9, &|n| format!(r#""https://*.a-*.a{n}.example:*""#)),
        ),
        (
            Some(Kind::Regex),
            list(3, &|n| {
                format!(r#"regex("https://[a-z]{{1,9}}\\.a{n}\\.example")"#)
            }),
        ),
        (
            Some(Kind::Predicate),
            list(2, &|n| format!("predicate(tenants::is_{n})")),
        ),
    ]
}

/// Mistakes with several counter-examples to choose from.
const AMBIGUOUS: [&str; 2] = [
    r#"allow_origins = [regex("https://.*\\.com\\.(:[0-9]+)?")]"#,
    r#"allow_origins = [regex("[a-z]+://.*\\.(com|net|org)\\.?(:[0-9]+)?")]"#,
];

fn expansions() -> String {
    let policies = every_strategy().into_iter().map(|(_, policy)| policy);
    let ambiguous = AMBIGUOUS.map(str::to_owned);
    let ui_tests = ui::files(&["fail", "pass"])
        .into_iter()
        .flat_map(|file| ui::policies(&file));
    let ui_tests = ui_tests.map(|policy| policy.to_string());
    let policies = policies.chain(ambiguous).chain(ui_tests);
    let expansions = policies.map(|policy| {
        let expansion = crate::tokens::compile(policy.parse().unwrap(), &quote!(::cors_runtime));
        expansion.to_string() + "\n"
    });
    expansions.collect()
}

#[test]
fn expansions_are_the_same_in_every_process() {
    let own = expansions();
    if let Some(output) = env::var_os(OUTPUT) {
        return fs::write(output, own).unwrap();
    }
    for (kind, policy) in every_strategy() {
        let plan = plan(&policy);
        let kinds: Vec<Kind> = plan
            .arms
            .iter()
            .map(|arm| Kind::new(&arm.strategy))
            .collect();
        match kind {
            Some(kind) => assert!(kinds.contains(&kind), "no {kind:?} in {kinds:?}"),
            None => assert!(plan.rest.is_some(), "no rule for any origin"),
        }
    }
    assert!(own.matches("compile_error").count() > 100);
    // Each process has its own seeds of hash tables; the rest is what builds differ in.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (folder, language, threads) in [("src", "C", "1"), ("..", "de_DE.UTF-8", "7")] {
        let output = env::temp_dir().join(format!("expansions-{}-{threads}", std::process::id()));
        let status = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "tests::determinism::expansions_are_the_same_in_every_process",
            ])
            .env(OUTPUT, &output)
            .env("LANG", language)
            .env("RUST_TEST_THREADS", threads)
            .env("CARGO_PKG_NAME", language)
            .current_dir(root.join(folder))
            .status();
        assert!(status.unwrap().success());
        let other = fs::read_to_string(&output).unwrap();
        fs::remove_file(&output).unwrap();
        assert!(own == other, "the expansions differ");
    }
}
