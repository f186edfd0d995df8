//! HAProxy: rules for a `frontend`.
//!
//! `req.fhdr` returns a whole line, whereas `req.hdr` would split it at commas and return the last
//! part. It tries every line, so the lines are counted too. `http-after-response` also sets headers
//! of HAProxy's own errors. A NUL byte can get this far, and would end the text of a lookup, so
//! values with bytes that origins do not contain are never looked up.

use std::fmt::{self, Write as _};

use super::guard::{
    DEFAULT_PORT, Guard, Host, MAX_HOST, OWN_SITE, READS, Trust, WEBSOCKET, same_host_expressions,
};
use super::prepared::{MAX_ORIGIN, Prepared, PreparedRule, TIMING, When};
use super::{ExportError, File, OnDenied};

pub(super) fn files(policy: &Prepared<'_>) -> Result<Vec<File>, ExportError> {
    let rule_list = |rule: &PreparedRule<'_>| format!("rule-{}.lst", rule.number);
    let mut place = vec![
        "Place: in the `frontend`, before any rule that authenticates, denies or redirects.".into(),
        "Needs HAProxy with PCRE2 (`USE_PCRE2`), as in the packages of distributions.".into(),
    ];
    let lists = || policy.rules.iter().filter(|rule| !rule.list.is_empty());
    place.extend(lists().map(|rule| {
        let file = policy.path(&rule_list(rule));
        format!("Reads {file}; a path without a directory is relative to where HAProxy is started.")
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
    if let Some(guard) = &policy.guard {
        guard_lines(policy, guard, &mut out);
    }
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
    for header in policy.owned() {
        line(&mut out, format!("http-after-response del-header {header}"));
    }
    for (header, condition) in varied(policy) {
        let listed = format!("{{ res.hdr(vary) -i {} * }}", header.to_ascii_lowercase());
        let condition = match condition {
            None => format!("unless {listed}"),
            Some(condition) => format!("if {condition} !{listed}"),
        };
        line(
            &mut out,
            format!("http-after-response add-header Vary {header} {condition}"),
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
        if rule.rule.expose_timing {
            let condition = format!("{condition} {}", is("preflight", 0));
            set(&mut out, TIMING, &allowed, &condition);
        }
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

/// Returns the names for `Vary`, each with the condition for adding it; `None` for always.
fn varied(policy: &Prepared<'_>) -> Vec<(&'static str, Option<String>)> {
    let consulted = |compared: &str| {
        let name = policy.variable();
        Some(format!("{{ var(txn.{name}_consulted) -m int {compared} }}"))
    };
    let on_denied = policy.guard.as_ref().map(|guard| guard.on_denied);
    let is_consulted = !matches!(on_denied, None | Some(OnDenied::Continue));
    let mut names = Vec::new();
    if !policy.is_public {
        names.push(("Origin", None));
    } else if is_consulted {
        names.push(("Origin", consulted("ge 1")));
    }
    if is_consulted {
        names.push(("Sec-Fetch-Site", consulted("ge 1")));
    }
    if on_denied == Some(OnDenied::Refuse) {
        names.push(("Sec-Fetch-Mode", consulted("2")));
    }
    names
}

/// Writes which requests are refused, and refuses them.
fn guard_lines(policy: &Prepared<'_>, guard: &Guard, out: &mut String) {
    let name = policy.variable();
    let set = |variable: &str, value: u16, condition: &str, out: &mut String| {
        let rule = format!("http-request set-var(txn.{name}_{variable}) int({value})");
        line(out, format!("{rule} {condition}").trim_end());
    };
    let is =
        |variable: &str, number: usize| format!("{{ var(txn.{name}_{variable}) -m int {number} }}");
    let count = |header: &str, number: &str| format!("{{ req.fhdr_cnt({header}) {number} }}");
    set("refused", 0, "", out);
    if let Some(hosts) = &guard.hosts {
        for Host { text, expression } in hosts {
            line(out, format!("# {text}"));
            line(
                out,
                format!(
                    "acl {name}_host req.fhdr(host),lower -m reg \
                    '\\A(?=.{{0,{MAX_HOST}}}{DEFAULT_PORT}\\z)(?:{expression}){DEFAULT_PORT}\\z'"
                ),
            );
        }
        let one = count("host", "eq 1");
        set("refused", 421, &format!("unless {one} {name}_host"), out);
    }
    if guard.on_denied != OnDenied::Continue {
        line(out, format!("acl {name}_handshake method -m str CONNECT"));
        line(
            out,
            format!("acl {name}_handshake req.fhdr(upgrade) -m reg '(\\A|,){WEBSOCKET}'"),
        );
        set("write", 1, "", out);
        let reads = format!("{{ method -m str {} }}", READS.join(" "));
        set("write", 0, &format!("if {reads} !{name}_handshake"), out);
        // 0 for none, 1 for the same origin, 2 for another page.
        let one = count("sec-fetch-site", "eq 1");
        set("site", 2, "", out);
        set(
            "site",
            0,
            &format!("if {}", count("sec-fetch-site", "eq 0")),
            out,
        );
        let empty = "{ req.fhdr(sec-fetch-site) -m len 0 }";
        set("site", 0, &format!("if {one} {empty}"), out);
        let own = OWN_SITE.join(" ");
        let own = format!("{{ req.fhdr(sec-fetch-site) -m str {own} }}");
        set("site", 1, &format!("if {one} {own}"), out);
        line(
            out,
            format!("http-request set-var(txn.{name}_authority) req.fhdr(host)"),
        );
        line(
            out,
            format!(
                "http-request set-var(txn.{name}_pair) req.fhdr(origin),concat(|,txn.{name}_authority)"
            ),
        );
        for expression in same_host_expressions() {
            line(
                out,
                format!("acl {name}_same_host var(txn.{name}_pair) -m reg '{expression}'"),
            );
        }
        set("same", 0, "", out);
        set("same", 1, &format!("if {}", is("site", 1)), out);
        let (none, no_origin) = (is("site", 0), count("origin", "eq 0"));
        set("same", 1, &format!("if {none} {no_origin}"), out);
        let one = format!("{} {}", count("origin", "eq 1"), count("host", "eq 1"));
        set("same", 1, &format!("if {none} {one} {name}_same_host"), out);
        set("trusted", 0, "", out);
        for rule in &policy.rules {
            let is_rule = is("rule", rule.number);
            let Trust {
                methods,
                handshakes,
            } = Trust::new(rule.rule);
            let Some(methods) = methods else {
                set("trusted", 1, &format!("if {is_rule}"), out);
                continue;
            };
            if handshakes {
                set("trusted", 1, &format!("if {is_rule} {name}_handshake"), out);
            }
            let methods = methods.iter().map(|method| quoted_text(method));
            let methods: Vec<String> = methods.collect();
            if !methods.is_empty() {
                let methods = format!("{{ method -m str {} }}", methods.join(" "));
                let condition = format!("if {is_rule} !{name}_handshake {methods}");
                set("trusted", 1, &condition, out);
            }
        }
        let actual = is("preflight", 0);
        let foreign = format!("if {} {actual} {}", is("refused", 0), is("same", 0));
        let (write, read) = (is("write", 1), is("write", 0));
        set(
            "refused",
            403,
            &format!("{foreign} {write} {}", is("trusted", 0)),
            out,
        );
        set("consulted", 0, "", out);
        if guard.on_denied == OnDenied::Refuse {
            let denied = format!("{foreign} {read} {}", is("rule", 0));
            set(
                "refused",
                403,
                &format!("{denied} {}", count("origin", "gt 0")),
                out,
            );
            let one_mode = count("sec-fetch-mode", "eq 1");
            set("refused", 403, &format!("{denied} !{one_mode}"), out);
            let navigates = "{ req.fhdr(sec-fetch-mode) -m str navigate }";
            set("refused", 403, &format!("{denied} !{navigates}"), out);
            set("consulted", 2, &format!("if {actual} {read}"), out);
        }
        set("consulted", 1, &format!("if {actual} {write}"), out);
    }
    set("rule", 0, &format!("unless {}", is("refused", 0)), out);
    for status in [421, 403] {
        let refused = is("refused", status);
        line(
            out,
            format!("http-request return status {status} if {refused}"),
        );
    }
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

/// Quotes a text, so that only the quote is special to HAProxy.
fn quoted_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Quotes a value so that only the quote is special to HAProxy, and `%` in header formats.
fn quoted(value: &str) -> String {
    quoted_text(&value.replace('%', "%%"))
}
