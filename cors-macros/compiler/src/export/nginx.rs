//! nginx: maps for `http`, and headers for `server`.
//!
//! `map` compares strings case-insensitively, so capitals are checked separately, except in
//! regexes. Before 1.23.0, `$http_origin` only contains the first line, so a repeated `Origin`
//! would be allowed.

use std::fmt::Write as _;

use super::prepared::{MAX_ORIGIN, OWNED, Prepared, When};
use super::{ExportError, File};

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
        block(&mut out, "\"\"", &format!("{name}_rule"), "1", &[]);
    } else {
        // Not used, but older versions do not know the variable, and refuse to start.
        out += "# An `unknown variable` here is an nginx older than 1.23.2, which would allow repeated \
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
    let answers = [
        ("\"1-0\"".to_owned(), "403".to_owned()),
        ("~^1".to_owned(), status),
    ];
    block(&mut out, &both, &format!("{name}_answer"), "\"\"", &answers);

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
    for header in &OWNED[1..6] {
        let mut values = Vec::new();
        for rule in &policy.rules {
            for (sent, value, when) in rule.constants() {
                if sent != *header {
                    continue;
                }
                if value.contains('$') {
                    let reason = format!("{header} has a `$`, which nginx takes for a variable");
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
    if !policy.is_public {
        let listed = (
            "\"~*(^|,)[ \\t]*(origin|[*])[ \\t]*(,|$)\"".to_owned(),
            "\"\"".to_owned(),
        );
        block(
            &mut out,
            "$upstream_http_vary",
            &format!("{name}_vary"),
            "Origin",
            &[listed],
        );
    }
    Ok(out)
}

/// Writes which rule allows an origin, 0 for none.
fn rules(policy: &Prepared<'_>, out: &mut String) {
    let name = policy.variable();
    let has_lists = has_lists(policy);
    let matched = match has_lists {
        true => format!("{name}_matched"),
        false => format!("{name}_rule"),
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
    *out += "# Strings in a map are compared without regard to case; origins are not.\n";
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
    block(out, &all, &format!("{name}_rule"), "0", &pairs);
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
    for header in OWNED {
        writeln!(out, "proxy_hide_header {header};").expect("a string");
    }
    for header in &OWNED[..6] {
        let variable = variable(&name, header);
        writeln!(out, "add_header {header} ${variable} always;").expect("a string");
    }
    if !policy.is_public {
        writeln!(out, "add_header Vary ${name}_vary always;").expect("a string");
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
    if !policy.is_public {
        answer(403, " \"\"");
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
