//! Advice about a mistake holds in the policy that has it: a corrected entry may be listed already, or may have
//! another mistake.

use std::collections::HashSet;

use cors_support::property;
use proptest::prelude::*;

use super::messages;
use super::offers::{Report, offers, pasted, reports};
use super::promises::{slight_origin, slight_regex};
use super::ui;

/// Entries of a list with a mistake, and what to write.
const ORIGINS: &[(&str, &str)] = &[
    (r#""*://app.acme.example""#, r#""https://app.acme.example""#),
    (
        r#""https://app..acme.example""#,
        r#""https://app.acme.example""#,
    ),
    (r#""app.acme.example""#, r#""https://app.acme.example""#),
    (r#""//app.acme.example""#, r#""https://app.acme.example""#),
    (
        r#""https:app.acme.example""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""https://app.acme.example/""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""https://app.acme.example/*""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""https://app.acme.example/login""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""https://app.acme.example?q""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""https://app.acme.example#f""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""HTTPS://app.acme.example""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""https://App.acme.example""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""https://app.acme.example:443""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""https://app.acme.example:""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""https://app.acme.example:08443""#,
        r#""https://app.acme.example:8443""#,
    ),
    (
        r#""https://user@app.acme.example""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#"" https://app.acme.example""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""'https://app.acme.example'""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""wss://app.acme.example""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""blob:https://app.acme.example""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""https://bücher.acme.example""#,
        r#""https://xn--bcher-kva.acme.example""#,
    ),
    (
        r#""https://pr-{id}.acme.example""#,
        r#""https://pr-*.acme.example""#,
    ),
    (r#""http://127.1""#, r#""http://127.0.0.1""#),
    (r#""http://[::0:1]""#, r#""http://[::1]""#),
    (r#""http://::1""#, r#""http://[::1]""#),
    (r#""http://[::1%eth0]""#, r#""http://[::1]""#),
    (r#""http://localhost:30*""#, r#""http://localhost:*""#),
    (r#""http://localhost*""#, r#""http://localhost:*""#),
    (r#""https://*acme.com""#, r#""https://*.acme.com""#),
    (r#""https://***.acme.com""#, r#""https://**.acme.com""#),
    (
        r#""https://[a-z]+.acme.example""#,
        r#"regex("https://[a-z]+\\.acme\\.example")"#,
    ),
    (
        r#"regex(r"https://app.acme.com/")"#,
        r#""https://app.acme.com""#,
    ),
    (
        r#"regex("https://.*\\.acme.com")"#,
        r#""https://*.acme.com""#,
    ),
    (r#"regex("http://localhost:*")"#, r#""http://localhost:*""#),
    (
        r#"Origin::from("https://app.acme.example")"#,
        r#""https://app.acme.example""#,
    ),
    (
        r#"dangerously_allow(unconfined_origin, "https://app.acme.example")"#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""https://app.acme.example, https://A.acme.example""#,
        r#""https://app.acme.example""#,
    ),
    (
        r#""https://app.acme.example" "https://a.acme.example""#,
        r#""https://app.acme.example""#,
    ),
];

/// Methods, header names and hosts with a mistake, and what to write.
const NAMES: &[(&str, &str, &str)] = &[
    ("allow_methods", "put", "PUT"),
    ("allow_methods", r#""put""#, r#""PUT""#),
    ("allow_methods", r#""PATCH,PUT""#, "PUT"),
    ("allow_methods", r#""PATCH|put""#, "PUT"),
    ("allow_methods", "Method::PUT", "PUT"),
    ("allow_methods", "PATCH PUT", "PUT"),
    ("allow_headers", r#""X One""#, r#""x-one""#),
    ("allow_headers", r#""x-one: 1""#, r#""x-one""#),
    ("allow_headers", r#""x-one,x-two""#, r#""x-one""#),
    ("allow_headers", "header::X_ONE", r#""x-one""#),
    ("allow_headers", r#""x-two" "x-one""#, r#""x-one""#),
    ("expose_headers", r#""x-one|x-two""#, r#""X-One""#),
    (
        "allow_hosts",
        r#""API.acme.example""#,
        r#""api.acme.example""#,
    ),
    (
        "allow_hosts",
        r#""https://api.acme.example""#,
        r#""api.acme.example""#,
    ),
    (
        "allow_hosts",
        r#""api.acme.example/""#,
        r#""api.acme.example""#,
    ),
];

/// Returns policies in which the correction of an entry meets that entry.
fn with_corrected(wrong: &str, corrected: &str) -> Vec<String> {
    let lists = [
        format!("[{corrected}, {wrong}]"),
        format!("[{wrong}, {corrected}]"),
        format!("[{wrong}, {corrected}, {wrong}]"),
        format!("[{wrong}, \"https://other.example\", {wrong}]"),
        format!("[{corrected}, #[cfg(unix)] {wrong}]"),
        format!("[#[cfg(unix)] {corrected}, {wrong}]"),
        format!("[#[cfg(unix)] {corrected}, #[cfg(windows)] {wrong}]"),
        format!("[\"https://**.example\", {wrong}]"),
        format!("[{wrong}, \"https://**.example\"]"),
        format!("[regex(\"https?://([a-z0-9-]+\\\\.)*acme\\\\.(com|example)\"), {wrong}]"),
        format!("[Loopback, {wrong}]"),
        format!("[{wrong}]"),
    ];
    let lists = lists.iter().map(|list| format!("allow_origins = {list}"));
    let other = "allow_origins = [\"https://other.example\"";
    let rules = [
        format!("rule(allow_origins = [{corrected}]), rule({other}, {wrong}], max_age = 1)"),
        format!(
            "rule({other}, {wrong}], max_age = 1), rule(allow_origins = [{corrected}, \"https://b.example\"])"
        ),
        format!(
            "rule({other}, {wrong}], max_age = 1), rule(allow_origins = [{wrong}, \"https://b.example\"])"
        ),
    ];
    lists.chain(rules).collect()
}

const ANOTHER: &str = ", there is another mistake: ";

/// Returns the policy with the code that its messages suggest, and without what they advise to remove.
fn corrected(policy: &str) -> String {
    const REMOVED: &str = "__removed__";
    let mut corrected = policy.to_owned();
    let mut others = Vec::new();
    // From the end, so that the positions of the others remain.
    let reports = reports(policy);
    let is_outer = |report: &&Report| !reports.iter().any(|outer| report.is_inside(outer));
    for report in reports.iter().filter(is_outer).rev() {
        let message = &report.message;
        let mut offers = offers(message).into_iter();
        let code = match offers.find(|code| !code.contains("dangerously_allow(")) {
            _ if message.contains("\nhelp: remove this entry") => REMOVED,
            Some(code) if !message.contains(ANOTHER) => code,
            _ => continue,
        };
        corrected = pasted(&corrected, report, code);
        let removed = message
            .lines()
            .filter(|line| line.starts_with("help: then remove the entry"));
        others.extend(removed.map(|line| line.split('`').nth(1).unwrap().to_owned()));
    }
    for other in others {
        let literal = match other.contains('(') {
            true => other,
            false => format!("{other:?}"),
        };
        assert!(
            corrected.contains(&literal),
            "{policy}\n{corrected}\n{literal}"
        );
        // The entries that were there before are those that are redundant.
        corrected = corrected.replacen(&literal, REMOVED, 1);
    }
    for attribute in ["#[cfg(unix)] ", "#[cfg(windows)] "] {
        corrected = corrected.replace(&format!("{attribute}{REMOVED}"), REMOVED);
    }
    for around in [format!("{REMOVED}, "), format!(", {REMOVED}")] {
        corrected = corrected.replace(&around, "");
    }
    corrected
}

/// Every check of an origin that suggests code does so in these policies.
#[test]
fn every_kind_of_correction_is_listed() {
    let checks = |policy: &str| -> Vec<String> {
        let reports = reports(policy);
        let corrects = |code: &&str| !code.contains("dangerously_allow(");
        let corrected = reports
            .iter()
            .filter(|report| offers(&report.message).iter().any(corrects));
        let checks = corrected.filter_map(|report| report.message.rsplit_once('#'));
        checks.map(|(_, check)| check.to_owned()).collect()
    };
    let listed = ORIGINS
        .iter()
        .flat_map(|(wrong, _)| checks(&format!("allow_origins = [{wrong}]")));
    let listed: HashSet<String> = listed.collect();
    for file in ui::files(&["fail"]) {
        for policy in ui::policies(&file) {
            let checks = checks(&policy.to_string());
            // `Any` replaces the list.
            let of_origin =
                |check: &&String| check.starts_with("origin-") && *check != "origin-any";
            let other = checks
                .iter()
                .filter(of_origin)
                .find(|check| !listed.contains(*check));
            assert_eq!(other, None, "{}", file.display());
        }
    }
}

/// Whatever the other entries are, a corrected policy has no mistake that its messages did not mention.
#[test]
fn no_advice_leads_to_another_error() {
    let origin = slight_origin().prop_map(|text| format!("\"{text}\""));
    let regex = slight_regex().prop_map(|text| format!("regex(\"{text}\")"));
    let entry = prop_oneof![4 => origin, 1 => regex];
    let policy = (prop::collection::vec(entry, 2..7), any::<bool>());
    let policy = policy.prop_map(|(entries, has_credentials)| {
        let entries = entries.join(", ");
        format!("allow_origins = [{entries}], allow_credentials = {has_credentials}")
    });
    property::check(150, policy, |policy, branches| {
        let before = messages(&policy);
        let corrected = corrected(&policy);
        branches.note("corrected", corrected != policy);
        let removes = |message: &String| message.contains("\nhelp: remove this entry:");
        branches.note("removed", before.iter().any(removes));
        branches.note(
            "another",
            before.iter().any(|message| message.contains(ANOTHER)),
        );
        let is_mentioned = |message: &String| {
            let title = message.lines().next().unwrap();
            before.iter().any(|before| before.contains(title))
        };
        match messages(&corrected)
            .iter()
            .find(|message| !is_mentioned(message))
        {
            None => Ok(()),
            Some(new) => {
                let before = before.join("\n");
                Err(TestCaseError::fail(format!(
                    "{policy}\n{before}\n-> {corrected}\n{new}"
                )))
            }
        }
    });
}

/// Returns what is left of the mistakes of a policy, if anything.
fn left(policy: &str) -> Option<String> {
    let corrected = corrected(policy);
    let left = messages(&corrected);
    let found = || messages(policy).join("\n");
    let left = (!left.is_empty()).then(|| left.join("\n"));
    left.map(|left| format!("{policy}\n{}\n-> {corrected}\n{left}\n", found()))
}

#[test]
fn advice_holds_next_to_the_corrected_entry() {
    let origins = ORIGINS
        .iter()
        .flat_map(|(wrong, right)| with_corrected(wrong, right));
    let names = NAMES.iter().flat_map(|(key, wrong, right)| {
        let refuse = match *key {
            "allow_hosts" => ", on_denied = Refuse",
            _ => "",
        };
        let lists = [
            format!("[{right}, {wrong}]"),
            format!("[{wrong}, {right}]"),
            format!("[{wrong}, {wrong}]"),
            format!("[{wrong}]"),
        ];
        lists.map(|list| format!("allow_origins = [\"https://a.example\"], {key} = {list}{refuse}"))
    });
    let left: Vec<String> = origins
        .chain(names)
        .filter_map(|policy| left(&policy))
        .collect();
    assert!(left.is_empty(), "{}: {}", left.len(), left.join("\n"));
}
