//! The file of a running server, edited: over real HTTP.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use cors_support::net::send;
use http::Request;

const EXAMPLE: &str = env!("CARGO_BIN_EXE_example-configured");
const CORS: &str = include_str!("../cors.toml");

/// A file with the policies of the example, and one change.
fn file(name: &str, from: &str, to: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    write(&path, from, to);
    path
}

/// Replaces the file as editors do: at once.
fn write(path: &PathBuf, from: &str, to: &str) {
    assert!(CORS.contains(from), "{from}");
    let new = path.with_extension("new");
    fs::write(&new, CORS.replacen(from, to, 1)).unwrap();
    fs::rename(new, path).unwrap();
}

struct Server {
    process: Child,
    output: BufReader<ChildStdout>,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Server {
    fn start(file: &PathBuf) -> Self {
        let mut command = Command::new(EXAMPLE);
        let command = command.arg(file).env("PORT", "0").stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let mut server = Self {
            process,
            output,
            address: String::new(),
        };
        let line = server.wait_for("Listening on ");
        server.address = line.split(' ').nth(2).unwrap().to_owned();
        server
    }

    /// Reads lines up to one with `text` in it, which is returned.
    fn wait_for(&mut self, text: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "no {text}");
            if line.contains(text) {
                return line;
            }
        }
    }

    fn allows(&self, origin: &str) -> bool {
        let request = Request::get(format!("{}/plain", self.address)).header("origin", origin);
        let response = send(request.body(()).unwrap());
        response
            .headers()
            .contains_key("access-control-allow-origin")
    }
}

#[test]
fn a_changed_file_is_loaded_and_a_wrong_one_changes_nothing() {
    const APP: &str = "https://app.example.com";
    const NEW: &str = "https://new.example.com";
    let file = file("reload.toml", APP, APP);
    let mut server = Server::start(&file);
    assert!(server.allows(APP) && !server.allows(NEW));

    write(&file, APP, NEW);
    server.wait_for("is loaded");
    assert!(!server.allows(APP) && server.allows(NEW));

    // One wrong policy is enough that none of them is replaced.
    write(
        &file,
        r#"allow_origins = "any""#,
        r#"allow_origins = ["https://public.example/"]"#,
    );
    server.wait_for("is rejected, and the old policies remain");
    let reason = server.wait_for("parts.public.allow_origins[0]");
    assert!(
        reason.contains("has a trailing slash (origin-trailing-slash)"),
        "{reason}"
    );
    server.wait_for(r#"help: write `"https://public.example"`"#);
    assert!(!server.allows(APP) && server.allows(NEW));

    write(&file, APP, APP);
    server.wait_for("is loaded");
    assert!(server.allows(APP) && !server.allows(NEW));
}

fn check(file: &PathBuf) -> Output {
    let mut command = Command::new(EXAMPLE);
    command.arg("--check").arg(file).output().unwrap()
}

#[test]
fn a_file_is_checked_without_a_server() {
    let sound = check(&file("sound.toml", "[cors]", "[cors]"));
    assert!(sound.status.success(), "{sound:?}");
    for (name, from, to, reason) in [
        (
            "key.toml",
            "max_age",
            "maxage",
            "cors.maxage: unknown key `maxage` (unknown-key)",
        ),
        ("syntax.toml", "[cors]", "[cors", "TOML parse error"),
        (
            "part.toml",
            "[parts.public]",
            "[parts.pubic]",
            "parts.public is missing",
        ),
        ("table.toml", "[cors]", "[corse]", "unknown field `corse`"),
    ] {
        let wrong = check(&file(name, from, to));
        assert_eq!(wrong.status.code(), Some(1), "{wrong:?}");
        let error = String::from_utf8(wrong.stderr).unwrap();
        assert!(error.contains(reason), "{reason}\n{error}");
    }
}
