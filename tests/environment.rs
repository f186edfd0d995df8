//! What only shows from one build to the next: `env("..")` is read while a crate is compiled, and
//! the crate is compiled again when the variable changes; `#[cfg(feature = ..)]` is the user's own.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

const SOURCE: &str = r#"
use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://example.com",
        #[cfg(feature = "local")]
        "http://localhost:*",
        env("CORS_TEST_PARTNERS"),
    ],
);

fn main() {
    let allowed = ["https://a.example", "https://x.b.example", "http://localhost:1"]
        .map(|origin| API.allows_origin(origin.as_bytes()));
    println!("{allowed:?}");
}
"#;

/// Creates a package that uses the macro, next to the other build products.
fn package() -> PathBuf {
    let root = env!("CARGO_MANIFEST_DIR");
    let package = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("environment");
    fs::create_dir_all(package.join("src")).unwrap();
    let manifest = format!(
        "[workspace]\n[package]\nname = \"environment\"\nedition = \"2024\"\n[features]\nlocal = []\n\
         [dependencies]\ncors-runtime = {{ path = {:?}, default-features = false }}\n",
        format!("{root}/cors-runtime")
    );
    fs::write(package.join("Cargo.toml"), manifest).unwrap();
    fs::write(package.join("src/main.rs"), SOURCE).unwrap();
    // The versions that the tests themselves were built with, so that nothing is fetched.
    fs::copy(format!("{root}/Cargo.lock"), package.join("Cargo.lock")).unwrap();
    package
}

fn run(partners: Option<&str>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["run", "--quiet", "--offline", "--target-dir", "target"])
        .args(arguments)
        .current_dir(package())
        .env_remove("CORS_TEST_PARTNERS");
    if let Some(partners) = partners {
        command.env("CORS_TEST_PARTNERS", partners);
    }
    command.output().unwrap()
}

fn printed(output: &Output) -> &str {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    str::from_utf8(&output.stdout).unwrap().trim()
}

#[test]
fn a_policy_follows_its_environment_and_the_features_of_its_crate() {
    let first = run(Some("https://a.example"), &[]);
    assert_eq!(printed(&first), "[true, false, false]");
    // Nothing but the variable has changed.
    let second = run(Some("https://*.b.example"), &[]);
    assert_eq!(printed(&second), "[false, true, false]");
    let third = run(Some("https://*.b.example"), &["--features", "local"]);
    assert_eq!(printed(&third), "[false, true, true]");

    for (value, message) in [
        (None, "environment variable `CORS_TEST_PARTNERS` is not set"),
        (
            Some(" , "),
            "environment variable `CORS_TEST_PARTNERS` is empty",
        ),
        (
            Some("https://a.example/"),
            "origin `https://a.example/` has a trailing slash",
        ),
        (
            Some("https://a.example, https://*.com"),
            "origin pattern `https://*.com` matches domains",
        ),
    ] {
        let output = run(value, &[]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && errors.contains(message),
            "{errors}"
        );
        assert!(errors.contains("env(\"CORS_TEST_PARTNERS\")"), "{errors}");
        assert!(
            errors.contains("environment variable `CORS_TEST_PARTNERS`")
                || errors.contains("anyone"),
            "{errors}"
        );
    }
}
