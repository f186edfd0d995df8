//! The same policy expands to the same bytes, in every process: else builds could not be
//! reproduced, and caches of compilers would be of no use.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use quote::quote;

use super::ui;

/// Where a child process writes what it got.
const OUTPUT: &str = "CORS_TEST_EXPANSIONS";

/// One for each way to match origins, by the words that the expansion has for it.
fn every_strategy() -> Vec<(&'static str, String)> {
    let list = |count, entry: &dyn Fn(usize) -> String| {
        let entries: Vec<String> = (0..count).map(entry).collect();
        format!("allow_origins = [{}]", entries.join(", "))
    };
    vec![
        ("any origin", "allow_origins = Any".into()),
        (
            "3 literals",
            list(3, &|n| format!(r#""https://a{n}.example""#)),
        ),
        (
            "a hash of 300 origins",
            list(300, &|n| format!(r#""https://a{n}.example""#)),
        ),
        (
            "a comparison around a wildcard",
            list(1, &|_| r#""https://**.a.example""#.into()),
        ),
        (
            "a hash of 90 endings of patterns",
            list(90, &|n| format!(r#""https://*.a{n}.example""#)),
        ),
        (
            "an automaton of 9 patterns",
            list(9, &|n| format!(r#""https://*.a-*.a{n}.example:*""#)),
        ),
        (
            "an automaton of a regex",
            list(3, &|n| {
                format!(r#"regex("https://[a-z]{{1,9}}\\.a{n}\\.example")"#)
            }),
        ),
        (
            "2 predicates",
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
    for (strategy, policy) in every_strategy() {
        let expansion = crate::tokens::compile(policy.parse().unwrap(), &quote!(::cors_runtime));
        assert!(expansion.to_string().contains(strategy), "no {strategy}");
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
