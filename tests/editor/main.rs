//! Editor support for policies, tested with rust-analyzer, if it is installed: `rustup component
//! add rust-analyzer rust-src`.

mod server;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use server::Server;

const SOURCE: &str = r#"
use cors_runtime::{Origin, Policy, cors_policy};

fn is_known(_: &Origin<'_>) -> bool {
    true
}

pub static LISTED: Policy = cors_policy!(
    allow_origins = [
        "https://app.example.com",
        #[cfg(debug_assertions)]
        "http://localhost:*",
        regex("https://(shop|blog)\\.example\\.com"),
        dangerously_allow(credentialed_predicate, predicate(is_known)),
    ],
    allow_methods = [GET, PUT],
    allow_credentials = true,
    max_age = hours(2),
    preflight_status = 200,
    assert_denied = ["https://evil.example"],
);

pub static RULES: Policy = cors_policy!(
    rule(allow_origins = ["https://first.example"], allow_headers = MirrorRequest),
    rule(allow_origins = Any),
);

pub fn asks() -> bool {
    LISTED.allows_origin(b"") || RULES.allows_origin(b"")
}
"#;

const HALF_TYPED: &str = r#"
use cors_runtime::{Policy, cors_policy};

pub static KEY: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"]
    allow_me
);

pub static UNDECIDED: Policy = cors_policy!(
    rule(allow_origins = [dangerously_allow(insec, "http://app.example.com"), reg], max_age = hou),
    rule(allow_origins = An, allow_methods = [GE, PU], allow_headers = Mirr),
    expo
);

pub static WRONG: u8 = cors_policy!(allow_or);

pub fn asks() -> bool {
    KEY.allows_origin(b"") || UNDECIDED.allows_origin(b"")
}
"#;

#[test]
fn an_editor_explains_and_completes_a_policy() {
    if !server::is_installed() {
        let is_required = std::env::var_os("RUST_ANALYZER_REQUIRED").is_some();
        assert!(!is_required, "there is no rust-analyzer");
        // Not by `println!`, which tests that pass keep to themselves.
        let _ = writeln!(io::stderr(), "left out: there is no rust-analyzer");
        return;
    }
    let mut server = Server::start(&package(), "src/lib.rs", SOURCE);
    words_are_explained(&mut server);
    words_lead_to_their_descriptions(&mut server);
    the_policy_is_shown_at_its_origins(&mut server);
    assert_eq!(server.diagnostics(), []);

    server.replace(HALF_TYPED);
    words_are_completed(&mut server);
    the_type_of_a_half_typed_policy_holds(&mut server);
}

fn words_are_explained(server: &mut Server) {
    for (item, word, docs) in [
        (
            "static LISTED",
            "allow_origins",
            "The origins that are allowed",
        ),
        (
            "static LISTED",
            "regex",
            "a regular expression matches as a whole",
        ),
        ("static LISTED", "dangerously_allow", "in spite of a risk"),
        (
            "static LISTED",
            "credentialed_predicate",
            "which the compiler cannot check",
        ),
        ("static LISTED", "predicate(", "fn(&Origin<'_>) -> bool"),
        ("static LISTED", "is_known", "fn is_known"),
        ("static LISTED", "GET", "Always allowed"),
        ("static LISTED", "PUT", "Needs a preflight"),
        ("static LISTED", "allow_credentials", "send cookies"),
        (
            "static LISTED",
            "max_age",
            "cache the result of a preflight",
        ),
        ("static LISTED", "hours", "3600 seconds"),
        ("static LISTED", "preflight_status", "200 to 299"),
        ("static LISTED", "assert_denied", "must be denied"),
        (
            "static RULES",
            "rule",
            "the first rule that allows an origin applies",
        ),
        (
            "static RULES",
            "MirrorRequest",
            "The headers that the preflight requests",
        ),
        ("static RULES", "Any", "Every origin"),
        (
            "static RULES",
            "cors_policy",
            "Checks a policy at compile time",
        ),
    ] {
        let shown = server.hover(item, word);
        assert!(shown.contains(docs), "{word}: {shown}");
    }
}

fn words_lead_to_their_descriptions(server: &mut Server) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("cors-runtime/src/__private/ide.rs");
    let descriptions = fs::read_to_string(&path).unwrap();
    for word in [
        "allow_origins",
        "regex",
        "GET",
        "max_age",
        "hours",
        "assert_denied",
    ] {
        let declaration = format!("    pub const {word}: () = ();");
        let line = descriptions.lines().position(|line| line == declaration);
        let place = (format!("file://{}", path.display()), line.unwrap() as u64);
        assert_eq!(server.definitions("static LISTED", word), [place], "{word}");
    }
    // The user's own items lead to their definitions.
    let [(_, line)] = &*server.definitions("predicate(", "is_known") else {
        panic!("the function of a predicate leads to one place");
    };
    assert_eq!(*line, server.line("fn is_known", "is_known"));
}

fn the_policy_is_shown_at_its_origins(server: &mut Server) {
    for origin in ["https://app.example.com", "http://localhost"] {
        let shown = server.hover("static LISTED", origin);
        let words = "\
```text
pages of https://app.example.com, http://localhost:* if its #[cfg] holds, \
regex(\"https://(shop|blog)\\\\.example\\\\.com\"), predicate(is_known)
  may send GET, HEAD, POST, PUT
  may send cookies or other credentials
  need one preflight per URL, cached for up to 7200 seconds
pages of any other origin
  may read nothing
responses vary on Origin
```";
        assert!(shown.contains(words), "{shown}");
    }
    let words = RULES.to_string();
    for origin in ["https://first.example", "Any"] {
        let shown = server.hover("static RULES", origin);
        assert!(shown.contains(&words), "{shown}");
    }
    // The static itself is shown as it is written.
    let shown = server.hover("pub fn asks", "RULES");
    assert!(shown.contains("allow_headers = MirrorRequest"), "{shown}");
}

static RULES: cors_runtime::Policy = cors_runtime::cors_policy!(
    rule(
        allow_origins = ["https://first.example"],
        allow_headers = MirrorRequest
    ),
    rule(allow_origins = Any),
);

fn words_are_completed(server: &mut Server) {
    for (item, typed, expected) in [
        ("static KEY", "allow_me", "allow_methods"),
        ("static UNDECIDED", "insec", "insecure_origin"),
        ("static UNDECIDED", "reg", "regex"),
        ("static UNDECIDED", "hou", "hours"),
        ("static UNDECIDED", "An", "Any"),
        ("static UNDECIDED", "GE", "GET"),
        ("static UNDECIDED", "PU", "PUT"),
        ("static UNDECIDED", "Mirr", "MirrorRequest"),
        ("static UNDECIDED", "expo", "expose_headers"),
        ("static WRONG", "allow_or", "allow_origins"),
    ] {
        let offered = server.completions(item, typed);
        assert!(
            offered.iter().any(|label| label == expected),
            "{typed}: {offered:?}"
        );
        // Only words of this place are.
        let is_key = expected.contains('_') && expected != "insecure_origin";
        assert_eq!(
            offered.iter().any(|label| label == "max_age"),
            is_key,
            "{typed}: {offered:?}"
        );
    }
}

fn the_type_of_a_half_typed_policy_holds(server: &mut Server) {
    for policy in ["KEY", "UNDECIDED"] {
        let shown = server.hover("pub fn asks", &format!("{policy}.allows"));
        assert!(shown.contains(&format!("{policy}: Policy")), "{shown}");
        let shown = server.hover(&format!("{policy}.allows"), "allows_origin");
        assert!(shown.contains("may read responses"), "{shown}");
    }
    let diagnostics = server.diagnostics();
    let (mistakes, others): (Vec<_>, Vec<_>) = diagnostics
        .iter()
        .partition(|(code, _)| code == "macro-error");
    assert!(mistakes.len() >= 5, "{diagnostics:?}");
    // A value of another type would be seen.
    let line = server.line("static WRONG", "cors_policy");
    assert_eq!(others, [&("E0308".to_owned(), line)]);
}

/// Creates a package that uses the macro, next to the other build products.
fn package() -> PathBuf {
    let root = env!("CARGO_MANIFEST_DIR");
    let package = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("editor");
    fs::create_dir_all(package.join("src")).unwrap();
    let manifest = format!(
        "[workspace]\n[package]\nname = \"editor\"\nedition = \"2024\"\n\
         [dependencies]\ncors-runtime = {{ path = {:?}, default-features = false, features = [\"regex\"] }}\n",
        format!("{root}/cors-runtime")
    );
    fs::write(package.join("Cargo.toml"), manifest).unwrap();
    fs::write(package.join("src/lib.rs"), SOURCE).unwrap();
    // The versions that the tests themselves were built with, so that nothing is fetched.
    fs::copy(format!("{root}/Cargo.lock"), package.join("Cargo.lock")).unwrap();
    package
}
