//! The server of the README, built from its code and its dependencies, and run as a reader runs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cors_support::example::Example;
use cors_support::net::send;
use http::Request;

/// The end of a manifest: the package is not part of the workspace around it.
const MANIFEST: &str = "
[package]
name = \"readme-server\"
edition = \"2024\"

[workspace]
";

/// Returns the block of code that starts with these lines.
fn block<'r>(readme: &'r str, start: &str) -> &'r str {
    let start = readme.find(start).unwrap();
    let (_, code) = readme[start..].split_once('\n').unwrap();
    code.split("```").next().unwrap()
}

/// Writes a file, unless it is the same.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).unwrap();
    }
}

/// Builds the server, and returns its program.
fn build() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme-server");
    fs::create_dir_all(package.join("src")).unwrap();

    let dependencies = block(&readme, "```toml\n[dependencies]\naxum");
    let git = "git = \"<URL of this repository>\"";
    assert!(dependencies.contains(git), "{dependencies}");
    let path = format!("path = {:?}", root.join("cors-runtime"));
    let manifest = dependencies.replace(git, &path) + MANIFEST;
    write(&package.join("Cargo.toml"), &manifest);

    let source = block(&readme, "```rust,no_run\nuse axum");
    // On a free port, which it prints.
    let free = [
        ("\"127.0.0.1:3000\"", "\"127.0.0.1:0\""),
        (
            "    axum::serve(",
            "    println!(\"http://{}\", listener.local_addr()?);\n    axum::serve(",
        ),
    ];
    let source = free
        .iter()
        .fold(source.to_owned(), |source, (fixed, free)| {
            assert!(source.contains(fixed), "{source}");
            source.replace(fixed, free)
        });
    write(&package.join("src/main.rs"), &source);
    // With the versions of the workspace.
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();

    let target = package.join("target");
    let status = Command::new(std::env::var_os("CARGO").unwrap())
        .args(["build", "--quiet", "--manifest-path"])
        .arg(package.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .status();
    assert!(status.unwrap().success());
    target.join("debug/readme-server")
}

#[test]
fn the_server_of_the_readme_takes_origins_from_the_environment() {
    let program = build();
    let command = |origins: &str| {
        let mut command = Command::new(&program);
        command.env("PARTNER_ORIGINS", origins);
        command
    };

    let server = Example::start(command("https://partner.example"), |lines| lines.len() == 1);
    let address = &server.lines[0];
    for (origin, is_allowed) in [
        ("https://app.example.com", true),
        ("https://partner.example", true),
        ("https://other.example", false),
    ] {
        let request = Request::get(format!("{address}/")).header("origin", origin);
        let response = send(request.body(()).unwrap());
        assert_eq!(response.body(), "hello");
        let allowed = response.headers().get("access-control-allow-origin");
        assert_eq!(
            allowed.is_some_and(|it| it == origin),
            is_allowed,
            "{origin}"
        );
    }

    // A mistake in the variable, with its correction.
    let Output { status, stderr, .. } = command("https://partner.example/").output().unwrap();
    let error = String::from_utf8(stderr).unwrap();
    assert!(!status.success());
    assert!(error.contains("trailing slash"), "{error}");
    assert!(error.contains("`https://partner.example`"), "{error}");

    // A variable that is not set.
    let mut command = command("");
    let Output { status, stderr, .. } = command.env_remove("PARTNER_ORIGINS").output().unwrap();
    let error = String::from_utf8(stderr).unwrap();
    assert!(!status.success());
    assert!(error.contains("PARTNER_ORIGINS should be set"), "{error}");
}
