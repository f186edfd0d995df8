//! Apache httpd: lines for a `VirtualHost`.
//!
//! Apache keeps headers of errors and of other responses in two tables. `Header unset` removes the
//! application's headers from the first, and `Header always set` adds those of the policy to the
//! second, which is sent with every response. In a `RewriteCond`, a `!` at the beginning negates the
//! whole condition, even that of an `expr`, so none begins with it.

use super::guard::{
    DEFAULT_PORT, Guard, MAX_HOST, OWN_SITE, READS, Trust, WEBSOCKET, same_host_expressions,
};
use super::node::Node;
use super::prepared::{MAX_ORIGIN, Prepared, TIMING, When};
use super::{ExportError, File, OnDenied};

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
    if let Some(guard) = &policy.guard {
        refusals(policy, guard, &mut line);
    }
    if !policy.is_public {
        line(format!(
            "RewriteCond expr \"{PREFLIGHT} && reqenv('{name}_RULE') !~ /^[1-9]/\""
        ));
        line("RewriteRule ^ - [R=403,L]".to_owned());
    }
    line(format!("RewriteCond expr \"{PREFLIGHT}\""));
    line("RewriteRule ^ - [R=204,L]".to_owned());
    for header in policy.owned() {
        line(format!("Header unset {header}"));
    }
    vary(policy, &mut line);
    for rule in &policy.rules {
        let allowed = match rule.is_any {
            true => "*".to_owned(),
            false => format!("%{{{name}_ORIGIN}}e"),
        };
        let is_allowed = match policy.is_public {
            true if policy.guard.is_some() => format!("-z reqenv('{name}_REFUSED')"),
            true => "true".to_owned(),
            false => format!("reqenv('{name}_RULE') == '{}'", rule.number),
        };
        line(format!(
            "Header always set Access-Control-Allow-Origin \"{allowed}\" \"expr={is_allowed}\""
        ));
        if rule.rule.expose_timing {
            line(format!(
                "Header always set {TIMING} \"{allowed}\" \"expr=!({PREFLIGHT}) && {is_allowed}\""
            ));
        }
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

/// Writes the names in `Vary`: added to those of the application, and on errors of Apache httpd, alone.
fn vary(policy: &Prepared<'_>, line: &mut impl FnMut(String)) {
    let name = policy.variable().to_ascii_uppercase();
    let on_denied = policy.guard.as_ref().map(|guard| guard.on_denied);
    let is_consulted = !matches!(on_denied, None | Some(OnDenied::Continue));
    let site = format!("-n reqenv('{name}_CONSULTED')");
    let mode = format!("reqenv('{name}_CONSULTED') == '2'");
    // For each combination of names: the condition, and the names.
    let mut sets: Vec<(String, &str)> = Vec::new();
    if on_denied == Some(OnDenied::Refuse) {
        sets.push((mode.clone(), "Origin, Sec-Fetch-Site, Sec-Fetch-Mode"));
    }
    if is_consulted {
        sets.push((site.clone(), "Origin, Sec-Fetch-Site"));
    }
    let mut names: Vec<(&str, Option<&str>)> = Vec::new();
    if !policy.is_public {
        sets.push((String::new(), "Origin"));
        names.push(("Origin", None));
    } else if is_consulted {
        names.push(("Origin", Some(&site)));
    }
    if is_consulted {
        names.push(("Sec-Fetch-Site", Some(&site)));
    }
    if on_denied == Some(OnDenied::Refuse) {
        names.push(("Sec-Fetch-Mode", Some(&mode)));
    }
    for (header, condition) in names {
        let is_listed = any_case(header);
        let condition = condition.map_or(String::new(), |it| format!("{it} && "));
        line(format!(
            "Header merge Vary {header} \"expr={condition}resp('Vary') !~ \
            /(^|,)[ \\t]*({is_listed}|[*])[ \\t]*(,|$)/\""
        ));
    }
    for (condition, names) in sets {
        let condition = match condition.as_str() {
            "" => String::new(),
            condition => format!("{condition} && "),
        };
        let value = match names.contains(' ') {
            true => format!("\"{names}\""),
            false => names.to_owned(),
        };
        line(format!(
            "Header always set Vary {value} \"expr={condition}-z resp('Vary')\""
        ));
    }
}

/// Returns an expression of a header's name that ignores case.
fn any_case(name: &str) -> String {
    let letter = |c: char| match c {
        '-' => "-".to_owned(),
        c => format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase()),
    };
    name.chars().map(letter).collect()
}

/// Writes which requests are refused, as variables of the request, and refuses them.
fn refusals(policy: &Prepared<'_>, guard: &Guard, line: &mut impl FnMut(String)) {
    let name = policy.variable().to_ascii_uppercase();
    let is_set = |variable: &str| format!("-n reqenv('{name}_{variable}')");
    let is_unset = |variable: &str| format!("-z reqenv('{name}_{variable}')");
    let cond = |text: &str, pattern: &str, flags: &str| match flags {
        "" => format!("RewriteCond \"{text}\" \"{pattern}\" [NV]"),
        flags => format!("RewriteCond \"{text}\" \"{pattern}\" [NV,{flags}]"),
    };
    let refuse =
        |status: u16| format!("RewriteRule ^ - [E=!{name}_RULE,E={name}_REFUSED:1,R={status},L]");
    let set =
        |variable: &str, value: &str| format!("RewriteRule ^ - [E={name}_{variable}:{value}]");
    if guard.on_denied != OnDenied::Continue {
        let handshakes = [
            cond("%{REQUEST_METHOD}", r"\ACONNECT\z", "OR"),
            cond("%{HTTP:Upgrade}", &format!(r"(\A|,){WEBSOCKET}"), ""),
        ];
        handshakes.into_iter().for_each(&mut *line);
        line(set("HANDSHAKE", "1"));
        let reads = format!(r"!\A({})\z", READS.join("|"));
        line(cond("%{REQUEST_METHOD}", &reads, "OR"));
        line(format!("RewriteCond expr \"{}\"", is_set("HANDSHAKE")));
        line(set("WRITE", "1"));
        let own = format!(r"\A({})\z", OWN_SITE.join("|"));
        line(cond("%{HTTP:Sec-Fetch-Site}", &own, ""));
        line(set("SAME", "1"));
        line(cond("%{HTTP:Sec-Fetch-Site}", r"\A\z", ""));
        line(cond("%{HTTP:Origin}", r"\A\z", ""));
        line(set("SAME", "1"));
        for expression in same_host_expressions() {
            line(cond("%{HTTP:Sec-Fetch-Site}", r"\A\z", ""));
            line(cond("%{HTTP:Origin}|%{HTTP:Host}", &expression, ""));
            line(set("SAME", "1"));
        }
        for rule in &policy.rules {
            let is_rule = match policy.is_public {
                true => "true".to_owned(),
                false => format!("reqenv('{name}_RULE') == '{}'", rule.number),
            };
            let Trust {
                methods,
                handshakes,
            } = Trust::new(rule.rule);
            let Some(methods) = methods else {
                line(format!("RewriteCond expr \"{is_rule}\""));
                line(set("TRUSTED", "1"));
                continue;
            };
            if handshakes {
                let condition = format!("{is_rule} && {}", is_set("HANDSHAKE"));
                line(format!("RewriteCond expr \"{condition}\""));
                line(set("TRUSTED", "1"));
            }
            let methods = methods.iter().map(|method| Node::text(method).to_string());
            let methods: Vec<String> = methods.collect();
            if !methods.is_empty() {
                let condition = format!("{is_rule} && {}", is_unset("HANDSHAKE"));
                line(format!("RewriteCond expr \"{condition}\""));
                let methods = format!(r"\A({})\z", methods.join("|"));
                line(cond("%{REQUEST_METHOD}", &methods, ""));
                line(set("TRUSTED", "1"));
            }
        }
        if guard.on_denied == OnDenied::Refuse {
            line(cond("%{HTTP:Origin}", r"\A\z", ""));
            line(cond("%{HTTP:Sec-Fetch-Mode}", r"\Anavigate\z", ""));
            line(set("NAVIGATES", "1"));
            let condition = format!("true && !({PREFLIGHT})");
            line(format!("RewriteCond expr \"{condition}\""));
            line(set("CONSULTED", "2"));
        }
        let condition = format!("{} && !({PREFLIGHT})", is_set("WRITE"));
        line(format!("RewriteCond expr \"{condition}\""));
        line(set("CONSULTED", "1"));
    }
    if let Some(hosts) = &guard.hosts {
        for host in hosts {
            line(format!("# {}", host.text));
            let expression = &host.expression;
            let expression = format!(
                r"!\A(?=.{{0,{MAX_HOST}}}{DEFAULT_PORT}\z)(?:{expression}){DEFAULT_PORT}\z"
            );
            line(cond("%{HTTP:Host}", &expression, "NC"));
        }
        line(refuse(421));
    }
    if guard.on_denied != OnDenied::Continue {
        let foreign = format!("{} && !({PREFLIGHT})", is_unset("SAME"));
        let (write, trusted) = (is_set("WRITE"), is_unset("TRUSTED"));
        line(format!(
            "RewriteCond expr \"{foreign} && {write} && {trusted}\""
        ));
        line(refuse(403));
        if guard.on_denied == OnDenied::Refuse && !policy.is_public {
            let denied = format!(
                "{} && reqenv('{name}_RULE') !~ /^[1-9]/ && {}",
                is_unset("WRITE"),
                is_unset("NAVIGATES")
            );
            line(format!("RewriteCond expr \"{foreign} && {denied}\""));
            line(refuse(403));
        }
    }
}
