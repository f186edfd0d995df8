//! What messages offer compiles: as it is, and pasted where the message points.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use proc_macro2::{LineColumn, TokenStream, TokenTree};
use quote::quote;

use super::messages;
use super::ui;
use crate::declaration::CREATE_POLICY;

/// A message, and the source that it underlines.
pub(super) struct Report {
    pub(super) message: String,
    start: LineColumn,
    end: LineColumn,
}

impl Report {
    /// Whether the underlined code is part of that of another one, or the same as that of an earlier one.
    pub(super) fn is_inside(&self, outer: &Self) -> bool {
        let is_same = (outer.start, outer.end) == (self.start, self.end);
        match is_same {
            true => core::ptr::from_ref(outer) < core::ptr::from_ref(self),
            false => outer.start <= self.start && self.end <= outer.end,
        }
    }
}

/// Returns the diagnostics of a policy on one line.
pub(super) fn reports(policy: &str) -> Vec<Report> {
    let expansion = crate::tokens::compile(policy.parse().unwrap(), &quote!(::cors_runtime));
    let mut reports = Vec::new();
    collect(expansion, &mut reports);
    reports
}

/// Finds `::core::compile_error! { "message" }`.
fn collect(tokens: TokenStream, reports: &mut Vec<Report>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        match &tokens[..index] {
            [.., TokenTree::Ident(name), TokenTree::Punct(_)] if name == "compile_error" => {
                let message: syn::LitStr = syn::parse2(group.stream()).unwrap();
                reports.push(Report {
                    message: message.value(),
                    start: name.span().start(),
                    end: group.span().end(),
                });
            }
            _ => collect(group.stream(), reports),
        }
    }
}

/// The policy with `code` in the place of what is underlined.
pub(super) fn pasted(policy: &str, report: &Report, code: &str) -> String {
    assert_eq!((report.start.line, report.end.line), (1, 1), "{policy}");
    let characters: Vec<char> = policy.chars().collect();
    let before: String = characters[..report.start.column].iter().collect();
    let after: String = characters[report.end.column..].iter().collect();
    format!("{before}{code}{after}")
}

/// Returns the replacements for the underlined code.
pub(super) fn offers(message: &str) -> Vec<&str> {
    let helps = message
        .lines()
        .filter_map(|line| line.trim().strip_prefix("help: "));
    helps.filter_map(offer).collect()
}

/// Code after "write", unless it is for another place or only a part of what is to be written.
fn offer(help: &str) -> Option<&str> {
    let is_elsewhere = ["in place of the list", "to let scripts", "for a dot"]
        .iter()
        .any(|words| help.contains(words));
    let (_, code) = help.split_once("write `").filter(|_| !is_elsewhere)?;
    let (code, after) = code.rsplit_once('`')?;
    let is_code = !code.contains('`') && !after.contains('`');
    is_code.then_some(code)
}

/// Policies with one mistake each, and the code that fixes it.
const MENDED: &[(&str, &str)] = &[
    (
        r#"allow_origins = "https://A.example/""#,
        r#"["https://a.example"]"#,
    ),
    (
        r#"allow_origins = "https://a.example, https://b.example""#,
        r#"["https://a.example", "https://b.example"]"#,
    ),
    (
        r#"allow_origins = ("https://a.example", "https://b.example")"#,
        r#"["https://a.example", "https://b.example"]"#,
    ),
    (
        r#"allow_origins = vec!["https://a.example"]"#,
        r#"["https://a.example"]"#,
    ),
    (
        r#"allow_origins = "https://a.example".parse().unwrap()"#,
        r#"["https://a.example"]"#,
    ),
    (
        r#"allow_origins = ["https://a\"b.example/"]"#,
        r#""https://a\"b.example""#,
    ),
    (
        r#"allow_origins = ["wss://a\"b.example"]"#,
        r#""https://a\"b.example""#,
    ),
    (
        r#"allow_origins = ["https://a\"b.example https://b.example"]"#,
        r#""https://a\"b.example", "https://b.example""#,
    ),
    (
        r#"allow_origins = "https://a\"b.example""#,
        r#"["https://a\"b.example"]"#,
    ),
    (r#"allow_origins: ["https://a.example"]"#, "="),
    (r#"allow_origins => ["https://a.example"]"#, "="),
    (
        r#"allow_origins(["https://a.example"])"#,
        r#"allow_origins = ["https://a.example"]"#,
    ),
    (r#"allow_origins = "Any""#, "Any"),
    (r#"allow_origins = any"#, "Any"),
    (r#"allow_origins = "*""#, "Any"),
    (r#"allow_origins = *"#, "Any"),
    (r#"allow_origins = ["*"]"#, "Any"),
    (r#"allow_origins = [Any, "https://a.example"]"#, "Any"),
    (
        r#"allow_origins = Any, allow_methods = [MirrorRequest]"#,
        "MirrorRequest",
    ),
    (
        r#"allow_origins = ("https://a.example", #[cfg(x)] "https://b.example")"#,
        r#"["https://a.example", #[cfg(x)] "https://b.example"]"#,
    ),
    (r#"allow_origins = MirrorRequest"#, "Any"),
    (
        r#"allow_origins = ["https://a.example" "https://b.example"]"#,
        r#""https://a.example", "https://b.example""#,
    ),
    (
        r#"allow_origins = [HeaderValue::from_static("https://a.example")]"#,
        r#""https://a.example""#,
    ),
    (
        r#"allow_origins = [regex(r"https://.*\.example.com")]"#,
        r#""https://*.example.com""#,
    ),
    (
        r#"allow_origins = [regex(r"https?://.*\.example.com")]"#,
        r#"regex(r"https?://[a-z0-9-]+\.example\.com")"#,
    ),
    (
        r##"allow_origins = [regex(r#"https?://(a|b).example.com"#)]"##,
        r##"regex(r#"https?://(a|b)\.example\.com"#)"##,
    ),
    (
        r#"allow_origins = [regex("https?://.*\\.example.com")]"#,
        r#"regex("https?://[a-z0-9-]+\\.example\\.com")"#,
    ),
    (
        r#"allow_origins = [regex(r"https://a\\.example\\.com")]"#,
        r#""https://a.example.com""#,
    ),
    (
        r#"allow_origins = [regex("*.example.com")]"#,
        r#""https://*.example.com""#,
    ),
    (
        r#"allow_origins = ["https://*acme.io"]"#,
        r#""https://*.acme.io""#,
    ),
    (
        r#"allow_origins = ["https://pr-{id}.a.example"]"#,
        r#""https://pr-*.a.example""#,
    ),
    (
        r#"allow_origins = ["https://[a-z]+.a.example"]"#,
        r#"regex("https://[a-z]+\\.a\\.example")"#,
    ),
    (
        r#"allow_origins = ["http://a.example:port"]"#,
        r#""http://a.example:*""#,
    ),
    (
        r#"allow_origins = ["http://192.168.1.5:3000"], allow_credentials = true"#,
        r#"#[cfg(debug_assertions)] dangerously_allow(insecure_origin, "http://192.168.1.5:3000")"#,
    ),
    (
        r#"allow_origins = ["http://*.a.com:443"], allow_credentials = true"#,
        r#""https://*.a.com""#,
    ),
    (
        r#"allow_origins = [regex(r"https?://(a|b)\.example\.com")], allow_credentials = true"#,
        r#"regex(r"https://(a|b)\.example\.com")"#,
    ),
    (
        r#"allow_origins = Any, allow_methods = "GET, POST, PATCH""#,
        "[GET, POST, PATCH]",
    ),
    (
        r#"allow_origins = Any, allow_methods = "purge""#,
        r#"["purge"]"#,
    ),
    (r#"allow_origins = Any, allow_methods = GET"#, "[GET]"),
    (
        r#"allow_origins = Any, allow_methods = [GET PUT]"#,
        "GET, PUT",
    ),
    (
        r#"allow_origins = Any, allow_methods = [GET; PUT]"#,
        "GET, PUT",
    ),
    (
        r#"allow_origins = Any, allow_methods = [Method::GET]"#,
        "GET",
    ),
    (
        r#"allow_origins = Any, allow_methods = (Method::GET, Method::PUT)"#,
        "[GET, PUT]",
    ),
    (
        r#"allow_origins = Any, allow_methods = ["get, put"]"#,
        r#""GET", "PUT""#,
    ),
    (
        r#"allow_origins = Any, allow_methods = [GET, PTACH]"#,
        r#""PTACH""#,
    ),
    (
        r#"allow_origins = Any, allow_methods = mirror_request"#,
        "MirrorRequest",
    ),
    (
        r#"allow_origins = Any, allow_headers = "content-type, authorization""#,
        r#"["content-type", "authorization"]"#,
    ),
    (
        r#"allow_origins = Any, allow_headers = ["content-type, authorization"]"#,
        r#""content-type", "authorization""#,
    ),
    (
        r#"allow_origins = Any, allow_headers = [header::CONTENT_TYPE]"#,
        r#""content-type""#,
    ),
    (
        r#"allow_origins = Any, allow_headers = [AUTHORIZATION]"#,
        r#""authorization""#,
    ),
    (r#"allow_origins = Any, allow_headers = any"#, "Any"),
    (r#"allow_origins = Any, allow_headers = ["*"]"#, "Any"),
    (
        r#"allow_origins = ["https://a.example"], allow_credentials = true, allow_headers = ["*"]"#,
        "MirrorRequest",
    ),
    (
        r#"allow_credentials = true, rule(allow_origins = ["https://a.example"], allow_methods = ["*"])"#,
        "MirrorRequest",
    ),
    (
        r#"allow_origins = ["https://a.example"], allow_credentials = true, allow_headers = [Any, "authorization"]"#,
        "MirrorRequest",
    ),
    (
        r#"allow_origins = Any, expose_headers = ETAG"#,
        r#"["etag"]"#,
    ),
    (
        r#"allow_origins = Any, max_age = Duration::from_secs(3600)"#,
        "3600",
    ),
    (r#"allow_origins = Any, max_age = "1 hour""#, "hours(1)"),
    (r#"allow_origins = Any, max_age = 1 hour"#, "hours(1)"),
    (r#"allow_origins = Any, max_age = hour(1)"#, "hours(1)"),
    (r#"allow_origins = Any, max_age = days(2)"#, "days(1)"),
    (r#"allow_origins = Any, preflight_status = [200]"#, "200"),
    (r#"allow_origins = Any, preflight_status = 500"#, "200"),
    (
        r#"allow_origins = ["https://a.example"], allow_credentials = "true""#,
        "true",
    ),
    (r#"allow_origins = Any, allow_credentials = no"#, "false"),
    (
        r#"allow_origins = Any allow_methods = [GET]"#,
        ", allow_methods",
    ),
    (r#"allow_origins = Any; allow_methods = [GET]"#, ","),
    (
        r#"rule(allow_origins = ["https://a.example"]) rule(allow_origins = Any)"#,
        ", rule",
    ),
];

#[test]
fn suggestions_fix_the_policy_where_the_message_points() {
    for (policy, code) in MENDED {
        let reports = reports(policy);
        let [report] = reports.as_slice() else {
            panic!("{policy}: {:#?}", messages(policy));
        };
        let offers = offers(&report.message);
        assert!(offers.contains(code), "{policy}: {}", report.message);
        let pasted = pasted(policy, report, code);
        // A string that is a regex is reported as such; whether the regex is sound is another
        // question.
        let is_regex = report.message.ends_with("#origin-regex");
        let left = messages(&pasted);
        assert!(left.is_empty() || is_regex, "{policy}\n{pasted}\n{left:#?}");
    }
}

/// A suggestion for an unconfined pattern is confined, wherever the public suffixes end. Under a suffix that
/// strangers share, there is none.
#[test]
fn suggestions_for_unconfined_patterns_are_confined() {
    for (pattern, offered) in [
        ("https://*.com", Some("https://*.example.com")),
        ("https://*acme.io", Some("https://*.acme.io")),
        ("https://*github.io:8443", Some("https://*.example.com")),
        ("https://app.*co.uk", Some("https://*.example.com")),
        ("https://*.ck", Some("https://*.example.com")),
        ("https://**.np.", Some("https://*.example.com")),
        ("https://*.foo.ck", None),
        ("https://**.github.io", None),
        ("https://xn--*.github.io", None),
    ] {
        let messages = messages(&format!("allow_origins = [{pattern:?}]"));
        let offer = match offered {
            Some(offered) => format!("`{offered:?}`\n"),
            None => "`Configured`".to_owned(),
        };
        assert_eq!(messages.len(), 1, "{pattern} {messages:?}");
        assert!(messages[0].contains(&offer), "{offer} {messages:?}");
        if let Some(offered) = offered {
            let policy = format!("allow_origins = [{offered:?}]");
            assert_eq!(super::messages(&policy), [""; 0]);
        }
    }
}

/// Suggestions of ui tests, pasted where the message points, fix the mistake and add no other.
#[test]
fn suggestions_of_ui_tests_fix_their_policies() {
    let mut count = 0;
    let files = ui::files(&["fail", "pass"]);
    for policy in files.iter().flat_map(|file| ui::policies(file)) {
        let policy = policy.to_string();
        // Corrections of other mistakes depend on this one.
        let title = |message: &String| message.lines().next().map(str::to_owned);
        let before: HashSet<_> = messages(&policy).iter().map(title).collect();
        for report in reports(&policy) {
            for code in offers(&report.message) {
                let pasted = pasted(&policy, &report, code);
                let after = messages(&pasted);
                assert!(
                    !after.contains(&report.message),
                    "{pasted}\n{}",
                    report.message
                );
                let new = after
                    .iter()
                    .find(|message| !before.contains(&title(message)));
                assert_eq!(new, None, "{}\n{pasted}", report.message);
                count += 1;
            }
        }
    }
    assert!(count >= 70, "{count}");
}

/// Other suggestions, such as examples or code for another place, compile in a separate policy.
#[test]
fn suggestions_compile() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui-tests");
    let mut offered = HashSet::new();
    for area in fs::read_dir(root).unwrap() {
        let Ok(files) = fs::read_dir(area.unwrap().path().join("fail")) else {
            continue;
        };
        for file in files.map(|file| file.unwrap().path()) {
            if file
                .extension()
                .is_some_and(|extension| extension == "stderr")
            {
                let message = fs::read_to_string(&file).unwrap();
                let helps = message
                    .lines()
                    .filter_map(|line| line.trim().strip_prefix("help: "));
                // Its code is not that of a policy.
                let helps = helps.filter(|help| *help != CREATE_POLICY);
                let helps = helps.filter(|help| offer(help).is_none());
                offered.extend(helps.flat_map(code).map(str::to_owned));
            }
        }
    }
    assert!(offered.len() >= 20, "{}: {offered:#?}", offered.len());
    for code in offered {
        let policy = policy_of(&code);
        let errors = messages(&policy);
        assert!(
            errors.is_empty(),
            "`{code}` is offered, but\n{policy}\n{errors:#?}"
        );
    }
}

/// Returns the code in backticks in a help line, if it is more than a name.
fn code(help: &str) -> impl Iterator<Item = &str> {
    let is_advice = ["write", "as in", "add", "or", "set", "move"]
        .iter()
        .any(|word| help.contains(word));
    let parts = help.split('`').skip(1).step_by(2);
    parts.filter(move |part| {
        is_advice
            && (part.contains(['"', '=', '(']) || part.chars().all(|c| c.is_ascii_uppercase()))
    })
}

/// The policy that an offered piece of code is for.
fn policy_of(code: &str) -> String {
    let code = &code
        .replace("(..)", "(allow_origins = [\"https://other.example\"])")
        .replace("= ..", "= 200");
    let credentials = code.contains("insecure_origin") || code.contains("credentialed_predicate");
    let around = format!("allow_credentials = {credentials}");
    if code.starts_with("[\"") && !code.contains("://") {
        let key = match code.contains("etag") {
            true => "expose_headers",
            false => "allow_headers",
        };
        format!("allow_origins = Any, {key} = {code}")
    } else if code.starts_with("\"x-") {
        format!("allow_origins = Any, allow_headers = [{code}]")
    } else if code.starts_with('"') && code.contains(".example.com") && !code.contains("://") {
        format!("allow_origins = Any, allow_hosts = [{code}]")
    } else if code == "allow_hosts = Any" {
        format!("allow_origins = [\"https://example.com\"], on_denied = Refuse, {code}")
    } else if code.starts_with(['"', '[']) && !code.starts_with("[GET") && !code.starts_with("[a-z")
    {
        let list = code.trim_start_matches('[').trim_end_matches(']');
        format!("allow_origins = [{list}], {around}")
    } else if code.starts_with("regex(")
        || code.starts_with("dangerously_allow(")
        || code.starts_with("env(")
        || code.starts_with("predicate(")
    {
        format!("allow_origins = [{code}], {around}")
    } else if code.starts_with("allow_origins") {
        code.clone()
    } else if code.starts_with("rule(") {
        code.replacen(
            "(allow_origins = [\"https://other.example\"])",
            "(allow_origins = Any)",
            2,
        )
        .replacen(
            "rule(allow_origins = Any)",
            "rule(allow_origins = [\"https://a.example\"])",
            1,
        )
    } else if code.chars().all(|c| c.is_ascii_uppercase()) {
        format!("allow_origins = Any, allow_methods = [{code}]")
    } else if code.starts_with("[GET") {
        format!("allow_origins = Any, allow_methods = {code}")
    } else if code.contains("cargo build")
        || code.starts_with("[a-z")
        || code.starts_with("#[cfg")
        || code.starts_with("new URL")
    {
        // A command, part of an expression, an attribute, a script.
        "allow_origins = Any".into()
    } else {
        format!("allow_origins = [\"https://example.com\"], {code}")
    }
}
