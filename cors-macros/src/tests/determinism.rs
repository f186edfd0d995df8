//! The same policy expands to the same bytes, in every process: else builds could not be
//! reproduced, and caches of compilers would be of no use.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use quote::quote;
use syn::visit::Visit;

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

/// The policies of the tests of diagnostics, failing and passing.
struct Policies(Vec<String>);

impl Visit<'_> for Policies {
    fn visit_macro(&mut self, policy: &syn::Macro) {
        if policy.path.is_ident("cors_policy") {
            self.0.push(policy.tokens.to_string());
        }
    }
}

/// The policies of all tests of diagnostics.
pub(super) fn ui_tests() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui-tests");
    let mut files = Vec::new();
    for area in fs::read_dir(root).unwrap() {
        for kind in ["fail", "pass"] {
            let folder = area.as_ref().unwrap().path().join(kind);
            let folder = fs::read_dir(folder).into_iter().flatten();
            files.extend(folder.map(|file| file.unwrap().path()));
        }
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files.sort();
    let mut policies = Policies(Vec::new());
    for file in files {
        let file = syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap();
        policies.visit_file(&file);
    }
    policies.0
}

fn expansions() -> String {
    let policies = every_strategy().into_iter().map(|(_, policy)| policy);
    let expansions = policies.chain(ui_tests()).map(|policy| {
        let expansion = crate::compile(policy.parse().unwrap(), &quote!(::cors_runtime));
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
        let expansion = crate::compile(policy.parse().unwrap(), &quote!(::cors_runtime));
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
