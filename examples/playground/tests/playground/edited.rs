//! Policies that are sent as text.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use cors_runtime::testing::Page;
use cors_runtime::{Policy, cors_policy};
use cors_support::net::send;
use http::Request;
use serde_json::Value;

use super::{API, ask, query, start, text, texts};

/// Sends a policy, and returns the messages and the policy that is shown.
fn compile(address: &str, policy: &str) -> (Vec<Value>, Value) {
    let request = Request::post(format!("{address}/policy"));
    let response = send(request.body(policy).unwrap());
    assert_eq!(response.status(), 200);
    let mut shown: Value = serde_json::from_str(response.body()).unwrap();
    let messages = shown["messages"].as_array().unwrap().clone();
    (messages, shown["policy"].take())
}

/// The first line of each message, and the text that it underlines.
fn underlined<'a>(policy: &str, messages: &'a [Value]) -> Vec<(&'a str, String)> {
    let units: Vec<u16> = policy.encode_utf16().collect();
    let part = |message: &Value| {
        let [start, end] = ["start", "end"].map(|it| message[it].as_u64().unwrap() as usize);
        String::from_utf16(&units[start..end]).unwrap()
    };
    let messages = messages.iter();
    messages
        .map(|message| {
            (
                text(&message["text"]).lines().next().unwrap(),
                part(message),
            )
        })
        .collect()
}

#[test]
fn a_policy_without_mistakes_is_enforced() {
    static EDITED: Policy = cors_policy!(
        allow_origins = ["https://*.example.dev", "https://a.example"],
        allow_methods = ["PURGE", PUT],
        allow_headers = ["x-api-key"],
        allow_credentials = true,
    );
    let (_example, address) = start();
    let arguments = r#"
        allow_origins = ["https://*.example.dev", "https://a.example"],
        allow_methods = ["PURGE", PUT],
        allow_headers = ["x-api-key"],
        allow_credentials = true,
    "#;
    // With the code around it, or without.
    for policy in [
        arguments,
        &format!("cors_policy!({arguments})"),
        &format!(
            "use cors_runtime::*;\n/// Ours.\nstatic API: Policy = cors_runtime::cors_policy! {{{arguments}}};"
        ),
    ] {
        let (messages, shown) = compile(&address, policy);
        assert_eq!(messages, [Value::Null; 0], "{policy}");
        assert_eq!(text(&shown["text"]), policy);
        assert_eq!(text(&shown["words"]), EDITED.to_string());
        // There is something to try with it.
        let origins = texts(&shown["origins"]);
        assert_eq!(
            origins[..2],
            ["https://eu.example.dev", "https://a.example"]
        );
        assert!(origins.iter().any(|origin| !EDITED.allows_origin(origin)));
        assert!(texts(&shown["methods"]).contains(&"PURGE"));
        assert_eq!(shown["headers"][3], serde_json::json!(["x-api-key", "7"]));
        assert_eq!(shown["visitors"][0]["allowed"], false);

        // The server enforces it.
        for (method, is_read) in [("PURGE", true), ("DELETE", false)] {
            let fields = [
                ("origin", "https://eu.example.dev"),
                ("method", method),
                ("credentials", "yes"),
            ];
            let rows = ask(&format!("{address}/matrix?{}", query(&fields)));
            let page = Page::new("https://eu.example.dev");
            let fetch = page
                .fetch(text(&shown["api"]))
                .method(method)
                .with_credentials();
            assert_eq!(fetch.send_to(&EDITED).is_ok(), is_read);
            let end = if is_read { "read" } else { "stopped" };
            assert_eq!(text(&rows[0]["end"]), end, "{method}");
        }
    }
}

#[test]
fn a_wrong_policy_changes_nothing() {
    let (_example, address) = start();
    let (before, right) = (ask(&format!("{address}/policy")), "allow_origins = Any");
    let (messages, shown) = compile(&address, "allow_origins = Any, allow_credentials = true");
    assert_eq!(messages.len(), 1);
    assert_eq!(shown, before);
    let (_, next) = compile(&address, right);
    assert_eq!(text(&next["text"]), right);
    assert_ne!(next["version"], before["version"]);
    let (_, shown) = compile(&address, "allow_origins = [");
    assert_eq!(shown, next);
    assert_eq!(ask(&format!("{address}/policy")), next);
}

/// The messages of the ui tests, which rustc has printed.
#[test]
fn messages_are_those_of_the_compiler() {
    let (_example, address) = start();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui-tests");
    let mut compared = 0;
    for area in fs::read_dir(&root).unwrap() {
        let Ok(cases) = fs::read_dir(area.unwrap().path().join("fail")) else {
            continue;
        };
        for case in cases.map(|case| case.unwrap().path()) {
            let Ok(printed) = fs::read_to_string(case.with_extension("stderr")) else {
                continue;
            };
            let policy = fs::read_to_string(&case).unwrap();
            let needs_program = ["predicate(", "#[cfg", "Configured", "env(", "env!("];
            let is_ours =
                !printed.contains("error[") && policy.matches("cors_policy!(").count() == 1;
            if !is_ours || needs_program.iter().any(|word| policy.contains(word)) {
                continue;
            }
            let (messages, _) = compile(&address, &policy);
            let shown = messages.iter().map(|message| {
                let lines = text(&message["text"]).replace('\n', "\n       ");
                format!("error: {lines}\n{}\n", text(&message["excerpt"]))
            });
            let shown = shown.collect::<Vec<_>>().join("\n");
            let path = format!("ui-tests/{}", case.strip_prefix(&root).unwrap().display());
            let printed = printed.replace(&path, "policy");
            assert_eq!(comparable(&shown), comparable(&printed), "{path}");
            compared += 1;
        }
    }
    assert!(compared >= 50, "{compared}");
}

/// Outside of rustc, tokens that a message quotes have other spaces between them.
fn comparable(printed: &str) -> String {
    let is_message = |line: &str| line.starts_with("error: ") || line.starts_with("       ");
    let lines = printed.lines().map(|line| match is_message(line) {
        true => line.replace(' ', ""),
        false => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_needs_a_program_is_refused_in_words_of_the_playground() {
    let (_example, address) = start();
    let policy = r#"
        allow_origins = [
            "https://ä.example/",
            #[cfg(debug_assertions)] "http://localhost:*",
            predicate(tenants::is_known),
            env("PARTNERS"),
            env("OTHERS", default = "https://b.example"),
            Configured,
        ],
    "#;
    let (messages, _) = compile(&address, policy);
    let expected = [
        (
            "origin `https://ä.example/` has a trailing slash",
            "\"https://ä.example/\"",
        ),
        (
            "the playground has no build that `#[cfg(..)]` could depend on",
            "#[cfg(debug_assertions)]",
        ),
        (
            "the playground has no functions that `predicate(..)` could call",
            "predicate(tenants::is_known)",
        ),
        (
            "the playground reads no environment variables",
            "env(\"PARTNERS\")",
        ),
        (
            "the playground has no list of origins for `Configured`",
            "Configured",
        ),
    ];
    let expected = expected.map(|(title, part)| (title, part.to_owned()));
    assert_eq!(underlined(policy, &messages), expected);

    // A variable of the server is not read, so that nothing of its environment is shown.
    let (messages, shown) = compile(
        &address,
        "allow_origins = [env(\"PATH\", default = \"https://b.example\")]",
    );
    assert_eq!(messages, [Value::Null; 0]);
    assert!(text(&shown["words"]).starts_with("pages of https://b.example\n"));
}

#[test]
fn texts_without_a_policy_have_messages() {
    let (_example, address) = start();
    for (policy, title, part) in [
        ("", "the policy has no `allow_origins`", ""),
        (
            "allow_origins = [\"https://a.example\"",
            "the text cannot be split into Rust tokens",
            "",
        ),
        (
            "cors_policy!(allow_origins = Any); cors_policy!(allow_origins = Any);",
            "the text has more than one policy",
            "cors_policy",
        ),
    ] {
        let (messages, _) = compile(&address, policy);
        assert_eq!(underlined(policy, &messages), [(title, part.to_owned())]);
    }
}

#[test]
fn long_and_hostile_texts_are_refused_in_time() {
    let (_example, address) = start();
    let before = ask(&format!("{address}/policy"));
    let most = 16 << 10;
    let (messages, shown) = compile(&address, &"a".repeat(most + 1));
    assert_eq!(
        underlined("", &messages),
        [("the text is longer than 16 KiB", String::new())]
    );
    assert_eq!(shown, before);
    let word = "(?:x|(?:[a-z]{2401})+)";
    for policy in [
        "[".repeat(most),
        "[".repeat(most / 2) + &"]".repeat(most / 2),
        format!(
            "allow_origins = {}{}",
            "[".repeat(most / 3),
            "]".repeat(most / 3)
        ),
        "cors_policy!(".repeat(most / 16) + &")".repeat(most / 16),
        "\"".repeat(most - 1),
        format!(
            r#"allow_origins = ["null", regex("https://{word}\\.a\\.com"), regex("https://{word}\\.b\\.com")]"#
        ),
        format!(
            "allow_origins = [{}]",
            "\"https://*.a.com\",".repeat(most / 20)
        ),
    ] {
        let begun = Instant::now();
        let (messages, _) = compile(&address, &policy);
        assert!(!messages.is_empty(), "{policy}");
        let taken = begun.elapsed();
        assert!(taken < Duration::from_secs(15), "{taken:?}: {policy}");
        assert!(messages.len() <= 50, "{}", messages.len());
    }
    assert_eq!(ask(&format!("{address}/policy")), before);
    // The largest policy that is drawn is answered as well.
    let entries: String = (0..500)
        .map(|number| format!("\"https://*.a{number}.example\","))
        .collect();
    let (messages, shown) = compile(&address, &format!("allow_origins = [{entries}]"));
    assert_eq!(messages, [Value::Null; 0]);
    assert!(text(&shown["drawing"]).contains("and 436 more"));
    let long =
        "allow_origins = [regex(\"https://[a-z]{1,40}[0-9]{1,60}[a-z]{1,70}\\\\.a\\\\.example\")]";
    let (messages, shown) = compile(&address, long);
    assert_eq!(messages, [Value::Null; 0]);
    assert!(text(&shown["drawing"]).contains("too large to draw"));
    let ways = ask(&format!("{address}/origin?origin=https://a.a.example"));
    assert_eq!(ways["ways"], Value::Array(Vec::new()));
}

/// Mistakes that many people make, each corrected by the first suggestion of its message, pasted over the
/// underlined text.
#[test]
fn the_first_suggestion_corrects_a_mistake() {
    let (_example, address) = start();
    for policy in [
        "allow_origins = [\"https://app.example.com/\"]",
        "allow_origins = [\"HTTPS://App.Example.com\"]",
        "allow_origins = [\"https://app.example.com:443\"]",
        "allow_origins = [\"https://app.example.com\" \"https://b.example\"]",
        "allow_origins = \"https://app.example.com\"",
        "allow_origins = [\"https://app.example.com\"], allow_methods = [patch]",
        "allow_origins = [\"https://app.example.com\"], allow_headers = content_type",
        "allow_origins = [regex(\"http://localhost.*\")]",
        "allow_origins = [\"https://app.example.com\"], max_age = \"2h\"",
    ] {
        let (messages, _) = compile(&address, policy);
        let [message] = messages.as_slice() else {
            panic!("{policy}: {messages:?}");
        };
        let help = text(&message["text"])
            .lines()
            .find_map(|line| line.strip_prefix("help: "));
        let suggestion = help.unwrap().split('`').nth(1).unwrap();
        let [start, end] = ["start", "end"].map(|it| message[it].as_u64().unwrap() as usize);
        let corrected = [&policy[..start], suggestion, &policy[end..]].concat();
        let (messages, _) = compile(&address, &corrected);
        assert_eq!(messages, [Value::Null; 0], "{corrected}");
    }
}

/// Other pages of the same browser can reach a server on this machine.
#[test]
fn foreign_pages_can_neither_edit_nor_read() {
    let (_example, address) = start();
    let visitor = ask(&format!("{address}/policy"))["visitors"][1]["origin"].take();
    let port = address.rsplit_once(':').unwrap().1;
    let rebound = format!("evil.example:{port}");
    let attacks: [&[(&str, &str)]; 6] = [
        &[
            ("origin", "https://evil.example"),
            ("sec-fetch-site", "cross-site"),
        ],
        // A form, and a browser without `Sec-Fetch-Site`.
        &[("origin", "null"), ("sec-fetch-site", "cross-site")],
        &[("origin", "https://evil.example")],
        // The page of another port is of the same site.
        &[("origin", text(&visitor)), ("sec-fetch-site", "same-site")],
        &[("origin", text(&visitor))],
        &[
            ("host", &rebound),
            ("origin", &format!("http://{rebound}")),
            ("sec-fetch-site", "same-origin"),
        ],
    ];
    for attack in attacks {
        for (method, path) in [
            ("POST", "/policy"),
            ("GET", "/policy"),
            ("GET", "/matrix?origin=null"),
        ] {
            let request = Request::builder()
                .method(method)
                .uri(format!("{address}{path}"));
            let request = attack
                .iter()
                .fold(request, |it, (name, value)| it.header(*name, *value));
            let body = if method == "POST" {
                "allow_origins = Any"
            } else {
                ""
            };
            let response = send(request.body(body).unwrap());
            let refused = if attack[0].0 == "host" { 421 } else { 403 };
            assert_eq!(response.status(), refused, "{method} {path} {attack:?}");
            assert_eq!(response.body(), "");
        }
    }
    assert_eq!(
        text(&ask(&format!("{address}/policy"))["words"]),
        API.to_string()
    );
    // Its own page.
    for origin in [&address, &format!("http://localhost:{port}")] {
        let host = origin.strip_prefix("http://").unwrap();
        let request = Request::post(format!("{address}/policy"))
            .header("host", host)
            .header("origin", origin)
            .header("sec-fetch-site", "same-origin");
        assert_eq!(
            send(request.body("allow_origins = Any").unwrap()).status(),
            200
        );
    }
}
