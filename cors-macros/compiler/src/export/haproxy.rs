//! HAProxy: rules for a `frontend`.
//!
//! `req.fhdr` returns a whole line, whereas `req.hdr` would split it at commas and return the last
//! part. It tries every line, so the lines are counted too. `http-after-response` also sets headers
//! of HAProxy's own errors. A NUL byte can get this far, and would end the text of a lookup, so
//! values with bytes that origins do not contain are never looked up.

use std::fmt::{self, Write as _};

use super::prepared::{MAX_ORIGIN, OWNED, Prepared, PreparedRule, When};
use super::{ExportError, File};

pub(super) fn files(policy: &Prepared<'_>) -> Result<Vec<File>, ExportError> {
    let rule_list = |rule: &PreparedRule<'_>| format!("rule-{}.lst", rule.number);
    let mut place = vec![
        "Place: in the `frontend`, before any rule that authenticates, denies or redirects.".into(),
        "Needs a HAProxy that is built with PCRE2 (`USE_PCRE2`), as those of distributions are."
            .into(),
    ];
    let lists = || policy.rules.iter().filter(|rule| !rule.list.is_empty());
    place.extend(lists().map(|rule| {
        let file = policy.path(&rule_list(rule));
        format!("Reads {file}; HAProxy looks for it where it is started, if that has no directory.")
    }));
    let mut out = policy.header("#", &place);
    let name = policy.variable();
    let is =
        |variable: &str, number: usize| format!("{{ var(txn.{name}_{variable}) -m int {number} }}");
    let origin = "req.fhdr(origin)";

    if policy.is_public {
        line(
            &mut out,
            format!("http-request set-var(txn.{name}_rule) int(1)"),
        );
    } else {
        line(
            &mut out,
            format!("http-request set-var(txn.{name}_rule) int(0)"),
        );
        line(
            &mut out,
            format!("http-request set-var(txn.{name}_origin) {origin}"),
        );
        line(
            &mut out,
            format!("acl {name}_one_origin req.fhdr_cnt(origin) eq 1"),
        );
        line(
            &mut out,
            format!("acl {name}_text {origin} -m reg '\\A[!-~]{{1,{MAX_ORIGIN}}}\\z'"),
        );
    }
    for rule in policy.rules.iter().filter(|_| !policy.is_public) {
        let acl = format!("acl {name}_rule_{} {origin}", rule.number);
        for entry in &rule.lines {
            line(&mut out, format!("# {}", entry.comment));
            match &entry.exact {
                Some(exact) => line(&mut out, format!("{acl} -m str '{exact}'")),
                None => line(
                    &mut out,
                    format!("{acl} -m reg '\\A(?:{})\\z'", entry.expression),
                ),
            }
        }
        if !rule.list.is_empty() {
            line(&mut out, format!("# {} origins", rule.list.len()));
            let path = policy.path(&rule_list(rule));
            line(&mut out, format!("{acl} -m str -f {path}"));
        }
    }
    // The first rule that allows an origin applies, so it is set last.
    for rule in policy.rules.iter().filter(|_| !policy.is_public).rev() {
        let number = rule.number;
        line(
            &mut out,
            format!(
                "http-request set-var(txn.{name}_rule) int({number}) \
                if {name}_one_origin {name}_text {name}_rule_{number}"
            ),
        );
    }
    line(
        &mut out,
        format!("http-request set-var(txn.{name}_preflight) int(0)"),
    );
    line(
        &mut out,
        format!(
            "http-request set-var(txn.{name}_preflight) int(1) if METH_OPTIONS \
            {{ req.fhdr_cnt(origin) gt 0 }} {{ req.fhdr_cnt(access-control-request-method) gt 0 }}"
        ),
    );
    if !policy.is_public {
        let (preflight, denied) = (is("preflight", 1), is("rule", 0));
        line(
            &mut out,
            format!("http-request return status 403 if {preflight} {denied}"),
        );
    }
    let status = policy.status;
    line(
        &mut out,
        format!(
            "http-request return status {status} if {}",
            is("preflight", 1)
        ),
    );
    for header in OWNED {
        line(&mut out, format!("http-after-response del-header {header}"));
    }
    if !policy.is_public {
        line(
            &mut out,
            "http-after-response add-header Vary Origin unless { res.hdr(vary) -i origin * }",
        );
    }
    for rule in &policy.rules {
        let condition = is("rule", rule.number);
        let allowed = match rule.is_any {
            true => "*".to_owned(),
            false => format!("%[var(txn.{name}_origin)]"),
        };
        set(
            &mut out,
            "Access-Control-Allow-Origin",
            &allowed,
            &condition,
        );
        for (header, value, when) in rule.constants() {
            let condition = match when {
                When::Always => condition.clone(),
                When::Preflight => format!("{condition} {}", is("preflight", 1)),
                When::Actual => format!("{condition} {}", is("preflight", 0)),
            };
            set(&mut out, header, &quoted(value), &condition);
        }
    }
    let mut files = vec![File::new(policy.file("cfg"), out)];
    files.extend(lists().map(|rule| {
        let text = rule
            .list
            .iter()
            .map(|origin| format!("{origin}\n"))
            .collect();
        File::new(policy.file(&rule_list(rule)), text)
    }));
    Ok(files)
}

fn line(out: &mut String, line: impl fmt::Display) {
    writeln!(out, "    {line}").expect("a string");
}

fn set(out: &mut String, header: &str, value: &str, condition: &str) {
    line(
        out,
        format!("http-after-response set-header {header} {value} if {condition}"),
    );
}

/// Quotes a value so that only the quote is special to HAProxy, and `%` in header formats.
fn quoted(value: &str) -> String {
    let value = value.replace('%', "%%").replace('\'', r"'\''");
    format!("'{value}'")
}
