//! Five mistakes and their compiler messages, as a terminal shows them.
//!
//! ```text
//! BLESS=1 cargo test -p chromium-suite --features browser --test errors  # rewrites the picture
//! ```

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anstyle_svg::Term;
use chromium_suite::Browser;
use serde_json::Value;

/// The cases of `ui-tests`, and how the first line of the message begins that is shown of each.
const CASES: [(&str, &str); 5] = [
    ("form/fail/unknown_key", "unknown key"),
    ("origins/fail/origin_trailing_slash", "origin `https://"),
    ("credentials/fail/credentials_any_origin", "wildcard origin"),
    (
        "regexes/fail/unconfined_origin",
        "regex `\"https://app.example",
    ),
    ("proofs/fail/covered_origin", "origin `https://app."),
];

/// The cases are compiled like everything else, so that most dependencies are already built.
const MANIFEST: &str = r#"
[package]
name = "errors"
edition = "2024"

[dependencies]
cors-runtime = { path = "RUNTIME", default-features = false, features = ["regex"] }

[profile.dev]
debug = "line-tables-only"

[workspace]
"#;

fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).unwrap().to_owned()
}

/// A package with a program for each case.
fn package() -> PathBuf {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("errors");
    let programs = package.join("src/bin");
    fs::create_dir_all(&programs).unwrap();
    let runtime = root().join("cors-runtime");
    let manifest = MANIFEST.replace("RUNTIME", runtime.to_str().unwrap());
    fs::write(package.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    for (case, _) in CASES {
        let case = root().join("ui-tests").join(case).with_extension("rs");
        let program = programs.join(case.file_name().unwrap());
        fs::copy(case, program).unwrap();
    }
    package
}

/// The messages of the compiler, in the order of the cases, as it colours them.
fn messages() -> Vec<String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--keep-going", "--bins"])
        .arg("--message-format=json-diagnostic-rendered-ansi")
        .env("CARGO_TARGET_DIR", target)
        .current_dir(package())
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let said = CASES.map(|(case, start)| {
        let (_, name) = case.rsplit_once('/').unwrap();
        let mut lines = lines.iter().filter(|line| line["target"]["name"] == name);
        let line = lines.find(|line| {
            let text = line["message"]["message"].as_str();
            text.is_some_and(|text| text.starts_with(start))
        });
        let errors = String::from_utf8_lossy(&output.stderr);
        let line = line.unwrap_or_else(|| panic!("nothing is said of {case}: {errors}"));
        line["message"]["rendered"].as_str().unwrap().to_owned()
    });
    said.into()
}

#[test]
fn five_errors_are_seen_in_a_terminal() {
    let Some(browser) = Browser::start(&[]) else {
        return;
    };
    let said = messages().concat();
    let picture = Term::new()
        .min_width_px(1000)
        .render_svg(&format!("$ cargo check\n{said}"));
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("errors.svg");
    if env::var_os("BLESS").is_some() {
        fs::write(&kept, &picture).unwrap();
    }
    let is_kept = fs::read_to_string(&kept).unwrap() == picture;
    assert!(
        is_kept,
        "the compiler has other messages: see above how to rewrite the picture"
    );

    browser.goto(&format!("file://{}", kept.display()));
    let screen: String = browser.run("return document.documentElement.textContent", &[]);
    // The text on the screen is that of `ui-tests`.
    for (case, start) in CASES {
        let printed = root().join("ui-tests").join(case).with_extension("stderr");
        let printed = fs::read_to_string(printed).unwrap();
        let mut messages = printed.split("\n\n");
        let message = messages.find(|message| message.starts_with(&format!("error: {start}")));
        let lines = message.unwrap().lines();
        for line in lines.filter(|line| !line.contains("--> ")) {
            assert!(screen.contains(line.trim_end()), "{line}\n{screen}");
        }
    }

    // Nothing is cut, and nothing is of one colour.
    let script = "const { width, height } = document.documentElement.getBoundingClientRect();
        const parts = [...document.querySelectorAll('tspan')];
        const right = Math.max(...parts.map((part) => part.getBoundingClientRect().right));
        const colours = new Set(parts.map((part) => getComputedStyle(part).fill));
        return [Math.ceil(width), Math.ceil(height), Math.ceil(right), colours.size]";
    let [width, height, right, colours]: [u32; 4] = browser.run(script, &[]);
    assert!(right <= width, "{right} of {width}");
    assert!(colours >= 3, "{colours}");
    browser.set_window(width, height);
    let seen = Path::new(env!("CARGO_TARGET_TMPDIR")).join("errors.png");
    fs::write(seen, browser.screenshot()).unwrap();
}
