//! Caddy: a part of a site, for its beginning.
//!
//! Headers are set twice: immediately, so that Caddy's own errors have them; and again at the
//! beginning of the response, after removing those of the application, which are added to the first
//! ones.

use std::fmt::Write as _;

use super::prepared::{MAX_ORIGIN, Prepared, PreparedRule, When};
use super::{ExportError, File};

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
        let condition = match policy.is_public {
            true => String::new(),
            false => is(rule),
        };
        if !policy.is_public {
            write!(out, "@{name}_rule_{number} {{\n{condition}}}\n").expect("a string");
        }
        if rule.constants().any(|(_, _, when)| when == When::Actual) {
            write!(
                out,
                "@{name}_actual_{number} {{\n{condition}\tnot {{\n\t\t{preflight}\n\t}}\n}}\n"
            )
            .expect("a string");
        }
        if !policy.is_public && rule.constants().any(|(_, _, when)| when == When::Preflight) {
            write!(
                out,
                "@{name}_preflight_{number} {{\n{condition}\t{}\n}}\n",
                preflight.replace("\n\t\t", "\n\t")
            )
            .expect("a string");
        }
    }
    if !policy.is_public {
        out += "header +Vary Origin\n";
    }
    out += "# On Caddy's own errors.\n";
    headers(policy, "", &mut out);
    out += "# On every other response, replacing the application's headers: the last line runs first.\n";
    headers(policy, "\tdefer\n", &mut out);
    out += "header -Access-Control-*\n";
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

/// Writes which rule allows an origin, 0 for none. Repeated lines are joined by a comma, so no rule
/// allows them.
fn rules(policy: &Prepared<'_>, out: &mut String) {
    let name = policy.variable();
    writeln!(out, "map {{http.request.header.Origin}} {{{name}_rule}} {{").expect("a string");
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
            let matcher = match (when, policy.is_public) {
                (When::Always, true) => String::new(),
                (When::Always, false) => format!("@{name}_rule_{number} "),
                (When::Preflight, true) => format!("@{name}_preflight "),
                (When::Preflight, false) => format!("@{name}_preflight_{number} "),
                (When::Actual, _) => format!("@{name}_actual_{number} "),
            };
            let mut lines = Vec::new();
            if when == When::Always {
                let origin = match rule.is_any {
                    true => "*",
                    false => "{http.request.header.Origin}",
                };
                lines.push(format!("Access-Control-Allow-Origin {origin}"));
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
