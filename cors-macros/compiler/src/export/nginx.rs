//! nginx: maps for `http`, and headers for `server`.
//!
//! `map` compares strings case-insensitively, so capitals are checked separately, except in
//! regexes. Before 1.23.0, `$http_origin` only contains the first line, so a repeated `Origin`
//! would be allowed.

use std::fmt::Write as _;

use super::guard::{DEFAULT_PORT, Guard, Input, MAX_HOST, same_host_expressions};
use super::prepared::{MAX_ORIGIN, Prepared, TIMING, When};
use super::{ExportError, File, OnDenied};

pub(super) fn files(policy: &Prepared<'_>) -> Result<Vec<File>, ExportError> {
    let maps = maps(policy)?;
    let mut files = vec![
        File::new(policy.file("map.conf"), maps),
        File::new(policy.file("server.conf"), server(policy)),
    ];
    if has_lists(policy) {
        // nginx takes these for repeated once it has read a map.
        let place = "Place: once in `http`, before every map; for the list in";
        let place = [format!("{place} {}.", policy.path("map.conf"))];
        let text = policy.header("#", &place);
        let text = text + "map_hash_max_size 65536;\nmap_hash_bucket_size 512;\n";
        files.push(File::new(policy.file("hash.conf"), text));
    }
    Ok(files)
}

fn has_lists(policy: &Prepared<'_>) -> bool {
    policy.rules.iter().any(|rule| !rule.list.is_empty())
}

fn maps(policy: &Prepared<'_>) -> Result<String, ExportError> {
    let name = policy.variable();
    let place = format!("Place: include {} in `http`.", policy.path("map.conf"));
    let mut out = policy.header("#", &[place]);
    if policy.is_public {
        let variable = format!("{name}_{}", origin_rule(policy));
        block(&mut out, "\"\"", &variable, "1", &[]);
    } else {
        // Not used, but older versions do not know the variable, and refuse to start.
        out += "# If nginx reports an unknown variable here, it is older than 1.23.2, and would allow repeated \
            `Origin` lines.\n";
        block(
            &mut out,
            "$proxy_protocol_tlv_alpn",
            &format!("{name}_needs_1_23_2"),
            "\"\"",
            &[],
        );
        rules(policy, &mut out);
    }
    let name = &name;
    let present = |variable: &str, header: &str, out: &mut String| {
        let variable = format!("{name}_{variable}");
        block(out, header, &variable, "1", &[("\"\"".into(), "0".into())]);
    };
    present("has_origin", "$http_origin", &mut out);
    present(
        "requests_method",
        "$http_access_control_request_method",
        &mut out,
    );
    block(
        &mut out,
        &format!("\"$request_method ${name}_has_origin${name}_requests_method\""),
        &format!("{name}_preflight"),
        "0",
        &[("\"OPTIONS 11\"".into(), "1".into())],
    );
    let both = format!("\"${name}_preflight-${name}_rule\"");
    let status = policy.status.to_string();
    let mut answers = vec![
        ("\"1-0\"".to_owned(), "403".to_owned()),
        ("~^1".to_owned(), status),
    ];
    let mut key = both.clone();
    if let Some(guard) = &policy.guard {
        refusals(policy, guard, &mut out);
        key = format!("\"${name}_refusal-${name}_preflight-${name}_rule\"");
        answers = answers
            .into_iter()
            .map(|(key, status)| match key.as_str() {
                "~^1" => ("~^0-1".to_owned(), status),
                key => (key.replacen('"', "\"0-", 1), status),
            })
            .collect();
        for status in ["421", "403"] {
            answers.push((format!("~^{status}"), status.to_owned()));
        }
    }
    block(&mut out, &key, &format!("{name}_answer"), "\"\"", &answers);

    let origins: Vec<(String, String)> = policy
        .rules
        .iter()
        .map(|rule| {
            let value = match rule.is_any {
                true => "\"*\"".to_owned(),
                false => "$http_origin".to_owned(),
            };
            (rule.number.to_string(), value)
        })
        .collect();
    block(
        &mut out,
        &format!("${name}_rule"),
        &format!("{name}_allow_origin"),
        "\"\"",
        &origins,
    );
    if policy.rules.iter().any(|rule| rule.rule.expose_timing) {
        let exposing = policy.rules.iter().zip(&origins);
        let exposing = exposing.filter(|(rule, _)| rule.rule.expose_timing);
        let values: Vec<_> = exposing
            .map(|(_, (number, value))| (format!("\"0-{number}\""), value.clone()))
            .collect();
        block(&mut out, &both, &variable(name, TIMING), "\"\"", &values);
    }
    for header in policy.owned().filter(|header| is_constant(header)) {
        let mut values = Vec::new();
        for rule in &policy.rules {
            for (sent, value, when) in rule.constants() {
                if sent != header {
                    continue;
                }
                if value.contains('$') {
                    let reason = format!(
                        "{header} contains `$`, with which nginx starts the name of a variable"
                    );
                    return Err(ExportError::new(policy.target, reason));
                }
                let number = rule.number;
                let when: &[u8] = match when {
                    When::Always => &[0, 1],
                    When::Preflight => &[1],
                    When::Actual => &[0],
                };
                let lines = when.iter().map(|when| {
                    let key = format!("\"{when}-{number}\"");
                    (key, format!("\"{value}\""))
                });
                values.extend(lines);
            }
        }
        block(&mut out, &both, &variable(name, header), "\"\"", &values);
    }
    for varied in varied(policy) {
        let listed = format!(
            "~*(^|,)[ \\t]*({}|[*])[ \\t]*(,|$)",
            varied.header.to_ascii_lowercase()
        );
        let (source, lines) = match varied.condition {
            None => (
                "$upstream_http_vary".to_owned(),
                vec![(format!("\"{listed}\""), "\"\"".to_owned())],
            ),
            // The variable before the value of `Vary` looks like a member of it.
            Some((consulted, others)) => (
                format!("\"${name}_{consulted},$upstream_http_vary\""),
                vec![
                    (format!("\"~^{others},\""), "\"\"".to_owned()),
                    (format!("\"{listed}\""), "\"\"".to_owned()),
                ],
            ),
        };
        let variable = format!("{name}_{}", varied.variable);
        block(&mut out, &source, &variable, varied.header, &lines);
    }
    Ok(out)
}

/// A name for `Vary`.
struct Varied {
    header: &'static str,
    variable: &'static str,
    /// The variable that decides whether the name is added, and the values for which it is not.
    condition: Option<(&'static str, &'static str)>,
}

fn varied(policy: &Prepared<'_>) -> Vec<Varied> {
    let on_denied = policy.guard.as_ref().map(|guard| guard.on_denied);
    let is_consulted = !matches!(on_denied, None | Some(OnDenied::Continue));
    let name = |header, variable, condition| Varied {
        header,
        variable,
        condition,
    };
    let mut names = Vec::new();
    if !policy.is_public {
        names.push(name("Origin", "vary", None));
    } else if is_consulted {
        names.push(name("Origin", "vary", Some(("consulted", "0"))));
    }
    if is_consulted {
        let condition = Some(("consulted", "0"));
        names.push(name("Sec-Fetch-Site", "vary_site", condition));
    }
    if on_denied == Some(OnDenied::Refuse) {
        let condition = Some(("consulted", "[01]"));
        names.push(name("Sec-Fetch-Mode", "vary_mode", condition));
    }
    names
}

/// Returns whether the values of a header are constants of the rules.
fn is_constant(header: &str) -> bool {
    ![
        "Access-Control-Allow-Origin",
        "Access-Control-Allow-Private-Network",
        TIMING,
    ]
    .contains(&header)
}

/// Returns the name of the variable with the rule that allows the origin.
fn origin_rule(policy: &Prepared<'_>) -> &'static str {
    match policy.guard {
        Some(_) => "origin_rule",
        None => "rule",
    }
}

/// Writes which requests are refused.
fn refusals(policy: &Prepared<'_>, guard: &Guard, out: &mut String) {
    let name = policy.variable();
    *out += "# The host of an absolute URL in the request line overrides `Host`.\n";
    let target = (
        format!("\"~\\A[^ ]+ [A-Za-z][A-Za-z0-9+.-]*://(?<{name}_target>[^/?# ]*)\""),
        format!("${name}_target"),
    );
    let authority = format!("{name}_authority");
    block(out, "$request", &authority, "$http_host", &[target]);
    let default = match guard.hosts {
        None => "1",
        Some(_) => "0",
    };
    writeln!(
        out,
        "map ${authority} ${name}_host {{\n    default {default};"
    )
    .expect("a string");
    for line in guard.hosts.iter().flatten() {
        let (text, expression) = (&line.text, &line.expression);
        writeln!(
            out,
            "    # {text}\n    \"~*\\A(?=.{{0,{MAX_HOST}}}{DEFAULT_PORT}\\z)(?:{expression}){DEFAULT_PORT}\\z\" 1;"
        )
        .expect("a string");
    }
    *out += "}\n";
    if guard.on_denied != OnDenied::Continue {
        let pairs = same_host_expressions().into_iter();
        let pairs: Vec<_> = pairs
            .map(|pair| (format!("\"~{pair}\""), "1".to_owned()))
            .collect();
        let source = format!("\"$http_origin|${authority}\"");
        block(out, &source, &format!("{name}_same_host"), "0", &pairs);
    }
    for table in policy.refusal_tables() {
        let key = table.key(|input| match input {
            Input::Method => "$request_method".to_owned(),
            Input::Upgrade => "$http_upgrade".to_owned(),
            Input::FetchSite => "$http_sec_fetch_site".to_owned(),
            Input::FetchMode => "$http_sec_fetch_mode".to_owned(),
            Input::Variable(variable) => format!("${name}_{variable}"),
        });
        let lines = table.lines.into_iter();
        let lines: Vec<_> = lines
            .map(|(key, value)| (format!("\"~{key}\""), value))
            .collect();
        let variable = format!("{name}_{}", table.variable);
        block(out, &format!("\"{key}\""), &variable, table.default, &lines);
    }
}

/// Writes which rule allows an origin, 0 for none.
fn rules(policy: &Prepared<'_>, out: &mut String) {
    let name = policy.variable();
    let has_lists = has_lists(policy);
    let matched = match has_lists {
        true => format!("{name}_matched"),
        false => format!("{name}_{}", origin_rule(policy)),
    };
    writeln!(out, "map $http_origin ${matched} {{\n    default 0;").expect("a string");
    for rule in &policy.rules {
        for line in &rule.lines {
            let (comment, expression, number) = (&line.comment, &line.expression, rule.number);
            writeln!(
                out,
                "    # {comment}\n    \"~\\A(?=.{{1,{MAX_ORIGIN}}}\\z)(?:{expression})\\z\" {number};"
            )
            .expect("a string");
        }
    }
    *out += "}\n";
    if !has_lists {
        return;
    }
    writeln!(out, "map $http_origin ${name}_listed {{\n    default 0;").expect("a string");
    let mut seen = std::collections::HashSet::new();
    for rule in &policy.rules {
        for origin in rule
            .list
            .iter()
            .filter(|origin| seen.insert(origin.as_str()))
        {
            writeln!(out, "    \"{origin}\" {};", rule.number).expect("a string");
        }
    }
    *out += "}\n";
    *out += "# A map compares strings case-insensitively, but origins are case-sensitive.\n";
    let capitals = [("\"~[A-Z]\"".to_owned(), "1".to_owned())];
    block(
        out,
        "$http_origin",
        &format!("{name}_capitals"),
        "0",
        &capitals,
    );
    // The first rule that allows an origin applies.
    let mut pairs = Vec::new();
    for listed in 0..=policy.rules.len() {
        for matched in 0..=policy.rules.len() {
            let first = [listed, matched]
                .into_iter()
                .filter(|number| *number > 0)
                .min();
            if let Some(first) = first {
                pairs.push((format!("\"0-{listed}-{matched}\""), first.to_string()));
            }
        }
    }
    for matched in 1..=policy.rules.len() {
        pairs.push((format!("\"~^1-[0-9]+-{matched}$\""), matched.to_string()));
    }
    let all = format!("\"${name}_capitals-${name}_listed-${name}_matched\"");
    let variable = format!("{name}_{}", origin_rule(policy));
    block(out, &all, &variable, "0", &pairs);
}

fn server(policy: &Prepared<'_>) -> String {
    let name = policy.variable();
    let path = policy.path("server.conf");
    let place = [
        format!("Place: include {path} in `server`, and again in every `location` that has an"),
        "`add_header` or `proxy_hide_header` of its own, which drops those of the server. Since 1.29.3,"
            .to_owned(),
        "`add_header_inherit merge;` in the server keeps the `add_header` lines.".to_owned(),
        "For FastCGI, gRPC, SCGI and uwsgi, add `fastcgi_hide_header` and so on."
            .to_owned(),
    ];
    let mut out = policy.header("#", &place);
    for header in policy.owned() {
        writeln!(out, "proxy_hide_header {header};").expect("a string");
    }
    let is_sent = |header: &&str| *header != "Access-Control-Allow-Private-Network";
    for header in policy.owned().filter(is_sent) {
        let variable = variable(&name, header);
        writeln!(out, "add_header {header} ${variable} always;").expect("a string");
    }
    for Varied { variable, .. } in varied(policy) {
        writeln!(out, "add_header Vary ${name}_{variable} always;").expect("a string");
    }
    let mut answer = |status: u16, text: &str| {
        writeln!(
            out,
            "if (${name}_answer = {status}) {{ return {status}{text}; }}"
        )
        .expect("a string");
    };
    match policy.status {
        204 => answer(204, ""),
        status => answer(status, " \"\""),
    }
    if !policy.is_public || policy.guard.is_some() {
        answer(403, " \"\"");
    }
    if policy.guard.is_some() {
        answer(421, " \"\"");
    }
    out
}

fn variable(name: &str, header: &str) -> String {
    let header = header.trim_start_matches("Access-Control-");
    format!("{name}_{}", header.to_ascii_lowercase().replace('-', "_"))
}

fn block(
    out: &mut String,
    source: &str,
    variable: &str,
    default: &str,
    lines: &[(String, String)],
) {
    write!(out, "map {source} ${variable} {{\n    default {default};\n").expect("a string");
    for (key, value) in lines {
        writeln!(out, "    {key} {value};").expect("a string");
    }
    *out += "}\n";
}
