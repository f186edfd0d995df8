//! Apache httpd: lines for a `VirtualHost`.
//!
//! Apache keeps headers of errors and of other responses in two tables. `Header unset` removes the
//! application's headers from the first, and `Header always set` adds those of the policy to the
//! second, which is sent with every response.

use super::prepared::{MAX_ORIGIN, OWNED, Prepared, When};
use super::{ExportError, File};

const PREFLIGHT: &str = "%{REQUEST_METHOD} == 'OPTIONS' && -n req_novary('Origin') \
    && -n req_novary('Access-Control-Request-Method')";

pub(super) fn files(policy: &Prepared<'_>) -> Result<Vec<File>, ExportError> {
    if policy.status != 204 {
        let reason = format!(
            "preflights are answered with {}, for which Apache httpd makes up a body: leave out \
            `preflight_status`",
            policy.status
        );
        return Err(ExportError::new(policy.target, reason));
    }
    let place = [
        format!(
            "Place: Include {} in the <VirtualHost>.",
            policy.path("conf")
        ),
        "Needs mod_setenvif, mod_rewrite and mod_headers.".to_owned(),
    ];
    let mut out = policy.header("#", &place);
    let name = policy.variable().to_ascii_uppercase();
    let mut line = |line: String| {
        out += &line;
        out += "\n";
    };
    line("RewriteEngine On".to_owned());
    // Later lines override earlier ones, but the first entry wins, so the order is reversed.
    for rule in policy.rules.iter().rev() {
        let lines: Vec<_> = rule.all_lines().collect();
        for (comment, _, expression) in lines.into_iter().rev() {
            if let Some(comment) = comment {
                line(format!("# {comment}"));
            }
            line(format!(
                "SetEnvIf Origin \"\\A(?=.{{1,{MAX_ORIGIN}}}\\z)(?:{expression})\\z\" \
                {name}_ORIGIN=$0 {name}_RULE={}",
                rule.number
            ));
        }
    }
    if !policy.is_public {
        line(format!(
            "RewriteCond expr \"{PREFLIGHT} && reqenv('{name}_RULE') !~ /^[1-9]/\""
        ));
        line("RewriteRule ^ - [R=403,L]".to_owned());
    }
    line(format!("RewriteCond expr \"{PREFLIGHT}\""));
    line("RewriteRule ^ - [R=204,L]".to_owned());
    for header in OWNED {
        line(format!("Header unset {header}"));
    }
    if !policy.is_public {
        line(
            "Header merge Vary Origin \"expr=resp('Vary') !~ \
            /(^|,)[ \\t]*([Oo][Rr][Ii][Gg][Ii][Nn]|[*])[ \\t]*(,|$)/\""
                .to_owned(),
        );
        line("Header always set Vary Origin \"expr=-z resp('Vary')\"".to_owned());
    }
    for rule in &policy.rules {
        let allowed = match rule.is_any {
            true => "*".to_owned(),
            false => format!("%{{{name}_ORIGIN}}e"),
        };
        let is_allowed = match policy.is_public {
            true => "true".to_owned(),
            false => format!("reqenv('{name}_RULE') == '{}'", rule.number),
        };
        line(format!(
            "Header always set Access-Control-Allow-Origin \"{allowed}\" \"expr={is_allowed}\""
        ));
        for (header, value, when) in rule.constants() {
            let condition = match when {
                When::Always => is_allowed.clone(),
                When::Preflight => format!("{PREFLIGHT} && {is_allowed}"),
                When::Actual => format!("!({PREFLIGHT}) && {is_allowed}"),
            };
            let value = value.replace('%', "%%");
            line(format!(
                "Header always set {header} \"{value}\" \"expr={condition}\""
            ));
        }
    }
    Ok(vec![File::new(policy.file("conf"), out)])
}
