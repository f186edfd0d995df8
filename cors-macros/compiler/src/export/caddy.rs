//! Caddy: a part of a site, for its beginning.
//!
//! Headers are set twice: immediately, so that Caddy's own errors have them; and again at the
//! beginning of the response, after removing those of the application, which are added to the first
//! ones.

use std::fmt::Write as _;

use super::expression::web_expressions;
use super::guard::{Guard, Input, MAX_HOST};
use super::prepared::{MAX_ORIGIN, Prepared, PreparedRule, TIMING, When};
use super::{ExportError, File, OnDenied};

pub(super) fn files(policy: &Prepared<'_>) -> Result<Vec<File>, ExportError> {
    let place = [
        format!(
            "Place: `route {{ import {} .. }}` around everything that the site does, and",
            policy.path("caddyfile")
        ),
        "before authentication. Outside a `route`, Caddy reorders directives: preflights would need a"
            .into(),
        "password.".into(),
    ];
    let mut out = policy.header("#", &place);
    let name = policy.variable();
    if !policy.is_public {
        rules(policy, &mut out);
    }
    if let Some(guard) = &policy.guard {
        refusals(policy, guard, &mut out);
    }
    writeln!(
        out,
        "@{name}_preflight {{\n\tmethod OPTIONS\n\theader Origin *\n\theader Access-Control-Request-Method *\n}}"
    )
    .expect("a string");
    let is = |rule: &PreparedRule<'_>| format!("\tvars {{{name}_rule}} {}\n", rule.number);
    let preflight =
        "method OPTIONS\n\t\theader Origin *\n\t\theader Access-Control-Request-Method *";
    for rule in &policy.rules {
        let number = rule.number;
        let condition = match policy.is_constant() {
            true => String::new(),
            false => is(rule),
        };
        if !policy.is_constant() {
            write!(out, "@{name}_rule_{number} {{\n{condition}}}\n").expect("a string");
        }
        let is_actual = |(_, _, when)| when == When::Actual;
        if rule.rule.expose_timing || rule.constants().any(is_actual) {
            write!(
                out,
                "@{name}_actual_{number} {{\n{condition}\tnot {{\n\t\t{preflight}\n\t}}\n}}\n"
            )
            .expect("a string");
        }
        if !policy.is_constant() && rule.constants().any(|(_, _, when)| when == When::Preflight) {
            write!(
                out,
                "@{name}_preflight_{number} {{\n{condition}\t{}\n}}\n",
                preflight.replace("\n\t\t", "\n\t")
            )
            .expect("a string");
        }
    }
    let on_denied = policy.guard.as_ref().map(|guard| guard.on_denied);
    let is_consulted = !matches!(on_denied, None | Some(OnDenied::Continue));
    if !policy.is_public {
        out += "header +Vary Origin\n";
    } else if is_consulted {
        writeln!(out, "header @{name}_site +Vary Origin").expect("a string");
    }
    if is_consulted {
        writeln!(out, "header @{name}_site +Vary Sec-Fetch-Site").expect("a string");
    }
    if on_denied == Some(OnDenied::Refuse) {
        writeln!(out, "header @{name}_mode +Vary Sec-Fetch-Mode").expect("a string");
    }
    out += "# On Caddy's own errors.\n";
    headers(policy, "", &mut out);
    out += "# On every other response, replacing the application's headers: the last line runs first.\n";
    headers(policy, "\tdefer\n", &mut out);
    if policy.owned().any(|header| header == TIMING) {
        writeln!(out, "header -{TIMING}").expect("a string");
    }
    out += "header -Access-Control-*\n";
    if policy.guard.is_some() {
        for status in [421, 403] {
            writeln!(out, "respond @{name}_refused_{status} {status}").expect("a string");
        }
    }
    writeln!(out, "handle @{name}_preflight {{").expect("a string");
    if !policy.is_public {
        writeln!(
            out,
            "\t@{name}_denied vars {{{name}_rule}} 0\n\trespond @{name}_denied 403"
        )
        .expect("a string");
    }
    writeln!(out, "\trespond {}\n}}", policy.status).expect("a string");
    Ok(vec![File::new(policy.file("caddyfile"), out)])
}

/// Writes which requests are refused.
fn refusals(policy: &Prepared<'_>, guard: &Guard, out: &mut String) {
    let name = policy.variable();
    let map = |source: &str,
               variable: &str,
               lines: &[(String, String)],
               default: &str,
               out: &mut String| {
        writeln!(out, "map {source} {{{name}_{variable}}} {{").expect("a string");
        for (key, value) in lines {
            writeln!(out, "\t`~{key}` {value}").expect("a string");
        }
        writeln!(out, "\tdefault {default}\n}}").expect("a string");
    };
    let line = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let preflight = "method OPTIONS\n\theader Origin *\n\theader Access-Control-Request-Method *";
    write!(
        out,
        "@{name}_has_origin header Origin *\nvars @{name}_has_origin {name}_has_origin 1\n\
        @{name}_is_preflight {{\n\t{preflight}\n}}\nvars @{name}_is_preflight {name}_is_preflight 1\n"
    )
    .expect("a string");
    for (variable, source) in [("has_origin", "has_origin"), ("preflight", "is_preflight")] {
        let source = format!("{{http.vars.{name}_{source}}}");
        map(&source, variable, &[line(r"\A1\z", "1")], "0", out);
    }
    let host = "{http.request.hostport}";
    if let Some(hosts) = &guard.hosts {
        let stripped = [line(r"(?s)\A(.*?):(443|80)?\z", "${1}")];
        map(host, "short_host", &stripped, host, out);
        writeln!(
            out,
            "map {{{name}_short_host}} {{{name}_host}} {{\n\t`~[^!-~]` 0\n\t`~\\A.{{{}}}` 0",
            MAX_HOST + 1
        )
        .expect("a string");
        for line in hosts {
            let (text, expression) = (&line.text, &line.expression);
            writeln!(out, "\t# {text}\n\t`~(?i)\\A(?:{expression})\\z` 1").expect("a string");
        }
        *out += "\tdefault 0\n}\n";
    } else {
        map(host, "host", &[], "1", out);
    }
    if policy.is_public {
        map(host, "origin_rule", &[], "1", out);
    }
    if guard.on_denied != OnDenied::Continue {
        for (scheme, port) in [("https", 443), ("http", 80)] {
            let without = format!(r"\A([^:]+|\[[^\]]*\]):({port})?\z");
            let variable = format!("{scheme}_host");
            map(host, &variable, &[line(&without, "${1}")], host, out);
        }
        let mut origins = vec![line(&format!(r"(?s)\A.{{{}}}", MAX_ORIGIN + 1), "0")];
        let web = web_expressions().into_iter();
        origins.extend(web.map(|origin| line(&format!(r"\A(?:{origin})\z"), "1")));
        map("{http.request.header.Origin}", "is_web", &origins, "0", out);
        let equal = ["https", "http"].map(|scheme| {
            format!(
                "{{http.request.header.Origin}} == \"{scheme}://\" + string({{{name}_{scheme}_host}}).lowerAscii()"
            )
        });
        write!(
            out,
            "@{name}_is_same_host expression `string({{{name}_is_web}}) == \"1\" && ({})`\n\
            vars @{name}_is_same_host {name}_is_same_host 1\n",
            equal.join(" || ")
        )
        .expect("a string");
        let source = format!("{{http.vars.{name}_is_same_host}}");
        map(&source, "same_host", &[line(r"\A1\z", "1")], "0", out);
    }
    for table in policy.refusal_tables() {
        let key = table.key(|input| match input {
            Input::Method => "{http.request.method}".to_owned(),
            Input::Upgrade => "{http.request.header.Upgrade}".to_owned(),
            Input::FetchSite => "{http.request.header.Sec-Fetch-Site}".to_owned(),
            Input::FetchMode => "{http.request.header.Sec-Fetch-Mode}".to_owned(),
            Input::Variable(variable) => format!("{{{name}_{variable}}}"),
        });
        map(
            &format!("\"{key}\""),
            table.variable,
            &table.lines,
            table.default,
            out,
        );
    }
    for status in [421, 403] {
        writeln!(
            out,
            "@{name}_refused_{status} vars {{{name}_refusal}} {status}"
        )
        .expect("a string");
    }
    for (matcher, values) in [("site", "1 2"), ("mode", "2")] {
        if guard.on_denied != OnDenied::Continue {
            writeln!(out, "@{name}_{matcher} vars {{{name}_consulted}} {values}")
                .expect("a string");
        }
    }
}

/// Writes which rule allows an origin, 0 for none. Repeated lines are joined by a comma, so no rule
/// allows them.
fn rules(policy: &Prepared<'_>, out: &mut String) {
    let name = policy.variable();
    let variable = match policy.guard {
        Some(_) => "origin_rule",
        None => "rule",
    };
    writeln!(
        out,
        "map {{http.request.header.Origin}} {{{name}_{variable}}} {{"
    )
    .expect("a string");
    writeln!(
        out,
        "\t# no origin is longer\n\t`~(?s)\\A.{{{}}}` 0",
        MAX_ORIGIN + 1
    )
    .expect("a string");
    for rule in &policy.rules {
        let number = rule.number;
        for (comment, exact, expression) in rule.all_lines() {
            if let Some(comment) = comment {
                // Caddy replaces `{$NAME}` in comments too.
                let comment = comment.replace("{$", "{ $");
                writeln!(out, "\t# {comment}").expect("a string");
            }
            match exact {
                Some(exact) => writeln!(out, "\t`{exact}` {number}"),
                None => writeln!(out, "\t`~\\A(?:{expression})\\z` {number}"),
            }
            .expect("a string");
        }
    }
    *out += "\tdefault 0\n}\n";
}

/// Writes the headers of all rules. `defer` sets them at the beginning of the response.
fn headers(policy: &Prepared<'_>, defer: &str, out: &mut String) {
    let name = policy.variable();
    for rule in &policy.rules {
        let number = rule.number;
        for when in [When::Always, When::Preflight, When::Actual] {
            let matcher = match (when, policy.is_constant()) {
                (When::Always, true) => String::new(),
                (When::Always, false) => format!("@{name}_rule_{number} "),
                (When::Preflight, true) => format!("@{name}_preflight "),
                (When::Preflight, false) => format!("@{name}_preflight_{number} "),
                (When::Actual, _) => format!("@{name}_actual_{number} "),
            };
            let mut lines = Vec::new();
            let origin = match rule.is_any {
                true => "*",
                false => "{http.request.header.Origin}",
            };
            if when == When::Always {
                lines.push(format!("Access-Control-Allow-Origin {origin}"));
            }
            if when == When::Actual && rule.rule.expose_timing {
                lines.push(format!("{TIMING} {origin}"));
            }
            let constants = rule.constants().filter(|(_, _, sent)| *sent == when);
            lines.extend(constants.map(|(header, value, _)| format!("{header} \"{value}\"")));
            if !lines.is_empty() {
                let lines = lines.join("\n\t");
                write!(out, "header {matcher}{{\n\t{lines}\n{defer}}}\n").expect("a string");
            }
        }
    }
}
