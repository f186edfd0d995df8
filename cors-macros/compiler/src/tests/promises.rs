//! What messages suggest keeps what it promises, for mistakes of every kind: it compiles where the message
//! points, and trusts no domain that was not written.

use cors_support::property;
use proptest::prelude::*;

use super::messages;
use super::offers::{Report, offers, pasted, reports};
use crate::analysis::Analysis;
use crate::model::{self, EntryKind, EnvValue};
use crate::tokens::{self, Source};

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(texts).prop_map(str::to_owned)
}

const SCHEMES: &[&str] = &[
    "https://",
    "http://",
    "https://",
    "",
    "//",
    "HTTPS://",
    "https:",
    "http:/",
    "*://",
    "wss://",
    "htt ps://",
    "!https://",
    "https//",
    "tauri://",
    "tauri:",
    "app://",
    "file://",
    "blob:https://",
    "chrome-extension://",
    "1http://",
];
const LABELS: &[&str] = &[
    "example",
    "shop",
    "www",
    "App",
    "my-app",
    "*",
    "**",
    "a*",
    "*-b",
    "",
    "{id}",
    "${ID}",
    "<name>",
    "?",
    "bücher",
    "xn--a",
    "self",
    "cors_origins",
    "pr-*",
    "x y",
    "$host",
];
const ENDS: &[&str] = &[
    "example.com",
    "example.co.uk",
    "shop.example",
    "com",
    "co.uk",
    "vercel.app",
    "github.io",
    "localhost",
    "127.0.0.1",
    "192.168.0.0",
    "[::1]",
    "::1",
    "10.1",
    "internal",
    "origins.zip",
    "origins",
    "*",
    "amazonaws.com",
    "EXAMPLE.com",
    "zip",
];
const PORTS: &[&str] = &[
    "", "", "", ":3000", ":443", ":80", ":*", ":port", ":99999", ":{port}", ":0080", ":", ".*",
];
const TAILS: &[&str] = &[
    "",
    "",
    "",
    "/",
    "/*",
    "/api",
    "?q",
    "#f",
    "/16",
    "\\\\@evil.com",
    ".",
    " ",
    ", https://b.example",
];

/// An origin, or a pattern, with mistakes.
fn origin() -> impl Strategy<Value = String> {
    let labels = prop::collection::vec(one_of(LABELS), 0..3);
    (
        one_of(SCHEMES),
        labels,
        one_of(ENDS),
        one_of(PORTS),
        one_of(TAILS),
    )
        .prop_map(|(scheme, labels, end, port, tail)| {
            let labels: String = labels.iter().map(|label| format!("{label}.")).collect();
            format!("{scheme}{labels}{end}{port}{tail}")
        })
}

const PARTS: &[&str] = &[
    ".*",
    ".+",
    "[a-z]+",
    "\\\\w+",
    ".?",
    "(www\\\\.)?",
    "example",
    "shop",
    "-",
    "\\\\.",
    ".",
    "(a|b)",
    "[^.]+",
    "pr-\\\\d+",
    "my",
    "bank",
    "([a-z0-9-]+\\\\.)*",
    "*",
    "localhost",
    "*.",
];
const STARTS: &[&str] = &[
    "",
    "^",
    "https://",
    "^https?://",
    "http://",
    "https?://",
    "(https|http)://",
    "~^https://",
    "/^https:\\\\/\\\\/",
    ".*",
];
const REGEX_ENDS: &[&str] = &[
    "\\\\.com",
    ".com",
    "\\\\.com$",
    "example\\\\.com",
    "\\\\.example\\\\.com",
    ".*",
    "\\\\.co.*",
    "(:\\\\d+)?",
    ":.*",
    "/.*",
    "\\\\.(com|net)",
    "\\\\.vercel\\\\.app",
    "/",
    "$/",
];

/// A regex, as the text of a literal.
fn regex() -> impl Strategy<Value = String> {
    let parts = prop::collection::vec(one_of(PARTS), 0..4);
    (one_of(STARTS), parts, one_of(REGEX_ENDS))
        .prop_map(|(start, parts, end)| format!("{start}{}{end}", parts.concat()))
}

/// A regex with few mistakes, as the text of a literal.
pub(super) fn slight_regex() -> impl Strategy<Value = String> {
    (
        one_of(&["https://", "^https?://", "http://", "(https|http)://"]),
        one_of(&[
            "",
            ".*",
            "(www\\\\.)?",
            "pr-\\\\d+\\\\.",
            "[a-z]+\\\\.",
            "shop.",
        ]),
        one_of(&[
            "example\\\\.com",
            "example.com",
            "shop\\\\.example\\\\.co\\\\.uk",
            "vercel\\\\.app",
            "localhost",
        ]),
        one_of(&["", "$", "(:[0-9]+)?", ":\\\\d+", "/", ".*"]),
    )
        .prop_map(|(scheme, label, end, tail)| format!("{scheme}{label}{end}{tail}"))
}

/// An origin, or a pattern, with few mistakes.
pub(super) fn slight_origin() -> impl Strategy<Value = String> {
    (
        one_of(&["https://", "https://", "http://", ""]),
        one_of(&["", "www.", "*.", "pr-*.", "**.", "my-app.", "*"]),
        one_of(&[
            "example.com",
            "example.co.uk",
            "vercel.app",
            "localhost",
            "Example.com",
        ]),
        one_of(&["", "", ":3000", ":*", ":443"]),
        one_of(&["", "", "/", "/*"]),
    )
        .prop_map(|(scheme, label, end, port, tail)| format!("{scheme}{label}{end}{port}{tail}"))
}

/// A text in quotation marks, or as JSON.
fn quoted_text(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let around = one_of(&[
        "$",
        "\\\"$\\\"",
        "'$'",
        "[\\\"$\\\"]",
        "[\\\"$\\\",\\\"$\\\"]",
        " $",
        "$;$",
        "$,$",
        "`$`",
        "!$",
        "not $",
    ]);
    (around, text).prop_map(|(around, text)| around.replace('$', &text))
}

const CODE: &[&str] = &[
    "\"$\"",
    "\"$\"",
    "!\"$\"",
    "not(\"$\")",
    "except(\"$\")",
    "-\"$\"",
    "\"$\".parse().unwrap()",
    "HeaderValue::from_static(\"$\")",
    "String::from(\"$\")",
    "&\"$\"",
    "env!(\"$\")",
    "std::env::var(\"$\").unwrap()",
    "config.get(\"$\")",
    "include_str!(\"$\")",
    "concat!(\"$\", \".com\")",
    "ORIGINS[\"$\"]",
    "Some(\"$\")",
    "vec![\"$\"]",
    "[\"$\"]",
    "(\"$\", \"$\")",
    "\"$\" \"$\"",
    "format!(\"$\")",
    "exclude = \"$\"",
    "without![\"$\"]",
    "deny(vec![\"$\"])",
    "Any - [\"$\"]",
    "regex(\"$\")",
    "predicate(\"$\")",
    "env(\"CORS_TEST_UNSET\", default = \"$\")",
    "dangerously_allow(unconfined_origin, \"$\")",
];

/// A policy with a mistake, and what was written in it.
fn policy() -> impl Strategy<Value = (String, String)> {
    let text = prop_oneof![
        4 => quoted_text(origin()),
        1 => regex(),
        1 => one_of(&["FRONTEND_ORIGIN", "cors.origins", "origins.zip", "null", "*", "'self'", "any", "a.b"]),
    ];
    let literal = (one_of(CODE), text).prop_map(|(code, text)| (code.replace('$', &text), text));
    let expression = prop_oneof![1 => regex(), 3 => slight_regex()];
    let expression = expression.prop_map(|text| (format!("regex(\"{text}\")"), text));
    let slight = slight_origin().prop_map(|text| (format!("\"{text}\""), text));
    let entry = prop_oneof![3 => literal, 3 => expression, 3 => slight];
    (entry, any::<bool>(), any::<bool>()).prop_map(|((code, text), in_list, has_credentials)| {
        let value = if in_list { format!("[{code}]") } else { code };
        let policy = format!("allow_origins = {value}, allow_credentials = {has_credentials}");
        (policy, text)
    })
}

/// The domains that entries of a policy accept, without those that an opt-out is for.
fn domains(policy: &str) -> Vec<String> {
    let mut source = Source::default();
    let declaration = tokens::read(policy.parse().unwrap(), &mut source);
    let model = model::read(&declaration, &|_: &str| EnvValue::Unset);
    let analysis = Analysis::new(&model);
    let mut domains = Vec::new();
    for (index, listed) in analysis.entries().iter().enumerate() {
        match &listed.entry.kind {
            EntryKind::Pattern(pattern) => domains.push(pattern.domain()),
            EntryKind::Regex(_) => {
                let dfa = analysis.regex(index);
                domains.extend(dfa.iter().flat_map(|dfa| analysis.domain_names(dfa)));
            }
            _ => {}
        }
    }
    domains
}

/// Whether all labels of a domain are in a text, by themselves. A host in Unicode has others, and
/// addresses are written in other ways.
fn has_labels(text: &str, domain: &str) -> bool {
    // Unicode, in punycode, or percent-encoded in the host of an app scheme.
    let is_encoded = |label: &str| label.starts_with("xn--") || label.contains('%');
    let text = text.to_ascii_lowercase().replace('\\', "");
    let domain = domain.to_ascii_lowercase();
    let is_other = |c: char| !c.is_ascii_alphanumeric() && !"-_$".contains(c);
    let words = text.split(is_other);
    let words: Vec<&str> = words
        .flat_map(|word| [word, word.trim_matches('$')])
        .collect();
    let is_address = domain.starts_with('[') || domain.parse::<core::net::Ipv4Addr>().is_ok();
    is_address
        || domain
            .split('.')
            .all(|label| is_encoded(label) || label.is_empty() || words.contains(&label))
}

/// Returns what breaks a promise of a message, if anything does.
fn broken(policy: &str, text: &str, report: &Report) -> Option<String> {
    for code in offers(&report.message) {
        // All of it was written, or more is needed to take a risk.
        let without_anchors = text.trim_start_matches(['~', '^', '*', ' ']);
        let without_anchors = without_anchors.trim_end_matches('$');
        let is_taken_risk = code.contains("dangerously_allow") || code.contains(without_anchors);
        let pasted = pasted(policy, report, code);
        let left = messages(&pasted);
        if left.contains(&report.message) {
            return Some(format!("{pasted}: it is still there"));
        }
        // Others may have been there before.
        let before = messages(policy);
        // Whether an opt-out is needed is known once its entry can be read.
        let is_new = |message: &&String| {
            // A corrected entry is quoted in another form.
            let is_about = |other: &String| other.lines().last() == message.lines().last();
            !before.iter().any(is_about) && !message.ends_with("#opt-out-unneeded")
        };
        if let Some(new) = left.iter().find(is_new) {
            return Some(format!("{pasted}: {new}"));
        }
        let known = domains(policy);
        let added = domains(&pasted)
            .into_iter()
            .find(|domain| !is_taken_risk && !known.contains(domain) && !has_labels(text, domain));
        if let Some(domain) = added {
            return Some(format!("{pasted}: {domain} was not written"));
        }
        let excludes = [
            "!\"", "not(", "except", "exclude", "Any -", "without", "deny",
        ];
        let is_excluded = excludes.iter().any(|word| policy.contains(word)) || text.contains('!');
        if is_excluded && code.contains("://") && !code.contains("dangerously_allow") {
            return Some(format!("{pasted}: it was to be excluded"));
        }
    }
    None
}

/// `PROPERTY_TIMES=200` tries a hundred thousand mistakes.
#[test]
fn no_suggestion_breaks_its_promise() {
    property::check(500, policy(), |(policy, text), branches| {
        // Some are not Rust tokens.
        let is_rust = policy.parse::<proc_macro2::TokenStream>().is_ok();
        let reports = if is_rust {
            reports(&policy)
        } else {
            Vec::new()
        };
        let codes = || reports.iter().flat_map(|report| offers(&report.message));
        let is_opt_out = |code: &str| code.contains("dangerously_allow");
        branches.note(
            "nothing suggested",
            !reports.is_empty() && codes().next().is_none(),
        );
        branches.note("an opt-out", codes().any(is_opt_out));
        branches.note("a correction", codes().any(|code| !is_opt_out(code)));
        branches.note("a regex", codes().any(|code| code.contains("regex(")));
        for report in &reports {
            if let Some(broken) = broken(&policy, &text, report) {
                return Err(TestCaseError::fail(format!("{broken}\n{}", report.message)));
            }
        }
        Ok(())
    });
}

/// Mistakes that had wrong suggestions, each with all that is suggested now. An opt-out is not repeated.
const ANSWERS: &[(&str, &[&str])] = &[
    // Exclusions are not inclusions.
    (r#"["!https://evil.example.com"]"#, &[]),
    (r#""!example.com""#, &[]),
    (r#"["https://!example.com/"]"#, &[]),
    (r#"[!"https://evil.example.com"]"#, &[]),
    (r#"Any - ["https://evil.example.com"]"#, &[]),
    (r#"not(["https://evil.example.com"])"#, &[]),
    (r#"[except("https://evil.example.com")]"#, &[]),
    (
        r#"[env("CORS_TEST_UNSET", default = "!https://evil.example.com")]"#,
        &[],
    ),
    // Names are not origins.
    (r#"[env!("FRONTEND_ORIGIN")]"#, &["Configured"]),
    (r#"env!("FRONTEND_ORIGIN")"#, &["[Configured]"]),
    (
        r#"[std::env::var("CORS_ORIGINS").unwrap()]"#,
        &["Configured"],
    ),
    (r#"[config.get("cors.origins")]"#, &["Configured"]),
    (r#"include_str!("origins.zip")"#, &["[Configured]"]),
    ("PARTNERS", &["[Configured]"]),
    ("[PARTNERS]", &["Configured"]),
    ("[&PARTNER]", &["Configured"]),
    (r#"["'self'"]"#, &[]),
    (r#"["$http_origin"]"#, &[]),
    // Nobody else's domain.
    (r#"["https://my-app.*.elb.amazonaws.com"]"#, &[]),
    (r#"[regex("https://my.?bank\\.com")]"#, &[]),
    (r#"[regex("https://pay.*pal\\.com")]"#, &[]),
    (r#"[regex("https://example\\.co.*")]"#, &[]),
    (r#"["https://hostel-*.vercel.app"]"#, &[]),
    (r#"["https://example.*"]"#, &[]),
    (r#"["https://www..com"]"#, &[]),
    (r#"["https://{tenant}.com"]"#, &[]),
    // Quotation marks, JSON, and variables, whose value has no Rust.
    (r#"["\"https://a.example\""]"#, &[r#""https://a.example""#]),
    (
        r#"["[\"https://a.example\"]"]"#,
        &[r#""https://a.example""#],
    ),
    (
        r#"[env("CORS_TEST_UNSET", default = "https://A.example")]"#,
        &[],
    ),
    // Addresses and apps.
    (r#"["tauri:localhost"]"#, &[r#""tauri://localhost""#]),
    (r#"["192.168.0.0/16"]"#, &[]),
    (r#"["http://192.168.*.*"]"#, &[]),
    // Any port of this machine.
    (r#"["http://localhost.*"]"#, &[r#""http://localhost:*""#]),
    (r#"["http://localhost*"]"#, &[r#""http://localhost:*""#]),
    (
        r#"[regex("http://localhost.*")]"#,
        &[r#""http://localhost:*""#],
    ),
    (
        r#"[regex("http://localhost:*")]"#,
        &[r#""http://localhost:*""#],
    ),
    (
        r#"[regex("^https?://localhost:*$")]"#,
        &[r#"regex("^https?://localhost(:[0-9]+)?$")"#],
    ),
    // Regexes of other languages.
    (
        r#"[regex("/^https:\\/\\/example\\.com$/i")]"#,
        &[r#""https://example.com""#],
    ),
    (
        r#"[regex("https://example.com:*")]"#,
        &[r#""https://example.com:*""#],
    ),
    // Schemes without registrable domains.
    (r#"["chrome-extension://*"]"#, &[]),
    (r#"[regex("chrome-extension://.*")]"#, &[]),
    (r#"["moz-extension://*"]"#, &[]),
    (r#"["app://*"]"#, &[]),
    // The domain itself, too.
    (
        r#"[regex(".*clippy\\.help")]"#,
        &[r#""https://clippy.help", "https://*.clippy.help""#],
    ),
    (
        r#"[".*example\\.com"]"#,
        &[r#""https://example.com", "https://*.example.com""#],
    ),
];

/// Other settings, each with all that is suggested.
const SETTINGS: &[(&str, &[&str])] = &[
    ("allow_origins = Any, allow_methods = [!\"DELETE\"]", &[]),
    (
        "allow_origins = Any, allow_methods = [!Method::DELETE]",
        &[],
    ),
    (
        "allow_origins = Any, allow_headers = [!\"authorization\"]",
        &[],
    ),
    ("allow_origins = Any, max_age = minutes(90.5)", &[]),
    (
        "allow_origins = [\"https://a.example\"], allow_credentials = Some(false)",
        &["false"],
    ),
    (
        "allow_origins = [\"https://a.example\"], allow_credentials = !true",
        &[],
    ),
    (
        "allow_origins = [\"https://a.example\"], allow_credentials = std::env::var(\"C\").is_ok()",
        &[],
    ),
    (
        "allow_origins = [\"http://shop.example\"], allow_credentials = true",
        &["\"https://shop.example\""],
    ),
    (
        "allow_origins = [\"HTTP://Shop.example.com/\"], allow_credentials = true",
        &["\"https://shop.example.com\""],
    ),
    (
        "allow_origins = [regex(\"http://localhost.*\")], allow_credentials = true",
        &["\"http://localhost:*\"", "\"http://localhost:*\""],
    ),
];

/// Returns the suggestions for a policy, without opt-outs.
fn suggested(policy: &str) -> Vec<String> {
    let messages = messages(policy);
    assert!(!messages.is_empty(), "{policy}");
    let offers = messages.iter().flat_map(|message| offers(message));
    let offers = offers.filter(|code| !code.contains("dangerously_allow"));
    offers.map(str::to_owned).collect()
}

#[test]
fn frequent_mistakes_have_the_right_answer() {
    for (value, expected) in ANSWERS {
        assert_eq!(
            suggested(&format!("allow_origins = {value}")),
            *expected,
            "{value}"
        );
    }
    for (policy, expected) in SETTINGS {
        assert_eq!(suggested(policy), *expected, "{policy}");
    }
}

/// Advice without code names the way that works.
#[test]
fn answers_in_words_name_the_way_that_works() {
    for (policy, words) in [
        (
            r#"allow_origins = [std::env::var("CORS_ORIGINS").unwrap()]"#,
            r#"use `env("CORS_ORIGINS")`"#,
        ),
        (
            r#"allow_origins = [env!("ORIGIN")]"#,
            r#"use `env("ORIGIN")`"#,
        ),
        (
            r#"allow_origins = [env("CORS_TEST_UNSET", default = "\"https://A.example\"")]"#,
            "help: in the variable, use `https://a.example`\n",
        ),
        (
            r#"allow_origins = [env("CORS_TEST_UNSET", default = "[\"https://a.example\"")]"#,
            "help: in the variable, use `https://a.example`\n",
        ),
        (
            r#"allow_origins = ["chrome-extension://*"]"#,
            r#"list the identifiers of your extensions, as in `"chrome-extension://"#,
        ),
        (
            r#"allow_origins = [regex("chrome-extension://[a-p]{32}")]"#,
            r#"list the identifiers of your extensions, as in `"chrome-extension://"#,
        ),
        (
            r#"allow_origins = ["safari-web-extension://*"]"#,
            "every installation of an extension has a different host",
        ),
        (
            r#"allow_origins = ["app://*"]"#,
            r#"list the hosts of your app, as in `"app://my-app"`"#,
        ),
        (
            r#"allow_origins = ["192.168.0.0/16"]"#,
            "help: list the addresses one by one\n",
        ),
        (
            r#"allow_origins = ["https://pr-*.vercel.app"]"#,
            "help: list each host that you own, as in `\"https://pr-main.vercel.app\"`",
        ),
        (
            "allow_credentials = true, rule(allow_origins = [\"https://a.example\"]), rule(allow_origins = Any)",
            "help: for public data, set `allow_credentials = false` in this rule\n",
        ),
        (
            "allow_origins = Any, max_age = minutes(90.5)",
            "for a fraction, use a smaller unit\n",
        ),
    ] {
        let messages = messages(policy).join("\n");
        assert!(messages.contains(words), "{policy}\n{messages}");
    }
}
