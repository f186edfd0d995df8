//! Envoy: one Lua filter, whose table is the automaton of the policy.
//!
//! Routes with RE2 would multiply the user's routes by rules and conditions. Envoy's own CORS
//! filter sends no `Vary`, and keeps the application's headers.

use std::fmt::Write as _;

use super::automata::{self, minimised, relabelled};
use super::expression::web_expressions;
use super::guard::{Guard, MAX_HOST, Trust};
use super::prepared::{MAX_ORIGIN, Prepared, PreparedRule, When};
use super::{ExportError, File, OnDenied};
use crate::automaton::Dfa;

pub(super) fn files(policy: &Prepared<'_>) -> Result<Vec<File>, ExportError> {
    let place = [
        format!(
            "Place: the first HTTP filter, as in {}.",
            policy.path("filter.yaml")
        ),
        "Origins are read from their last byte to their first, by a table of states.".to_owned(),
    ];
    let mut out = policy.header("--", &place);
    match policy.is_public {
        true => out += "local function rule_of() return 1 end\n",
        false => rule_of(policy, &mut out)?,
    }
    out += "local rules = {\n";
    for rule in &policy.rules {
        let constants = constants(rule, policy.guard.is_some());
        writeln!(out, "  {{ {constants} }},").expect("a string");
    }
    out += "}\n";
    let owned = policy
        .owned()
        .map(|name| quoted(&name.to_ascii_lowercase()));
    let owned = owned.collect::<Vec<_>>().join(", ");
    let unfiltered = u8::from(policy.is_constant());
    write!(
        out,
        "local owned = {{ {owned} }}\nlocal varied = {}\nlocal is_public = {}\n\
        -- The rule for responses to requests that no filter gets.\nlocal unfiltered = {unfiltered}\n\
        local namespace = {}\nlocal status = {}\n",
        varied(policy),
        policy.is_public,
        quoted(&policy.file("lua")),
        quoted(&policy.status.to_string())
    )
    .expect("a string");
    match &policy.guard {
        None => out += "local function refusal_of() return nil, 0 end\n",
        Some(guard) => refusal_of(policy, guard, &mut out)?,
    }
    out += include_str!("lua/filter.lua");
    let filter = format!(
        "{}name: cors-{}\ntyped_config:\n  \"@type\": \
        type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua\n  default_source_code:\n    \
        filename: {}\n",
        policy.header("#", &["Place: the first of `http_filters`.".to_owned()]),
        policy.name(),
        policy.path("lua")
    );
    Ok(vec![
        File::new(policy.file("lua"), out),
        File::new(policy.file("filter.yaml"), filter),
    ])
}

/// Returns the fields of a rule.
fn constants(rule: &PreparedRule<'_>, is_guarded: bool) -> String {
    let mut out = match rule.is_any {
        true => format!("origin = {}, always = {{", quoted("*")),
        false => "origin = nil, always = {".to_owned(),
    };
    for when in [When::Always, When::Preflight, When::Actual] {
        match when {
            When::Always => {}
            When::Preflight => out += " }, preflight = {",
            When::Actual => out += " }, actual = {",
        }
        for (header, value, _) in rule.constants().filter(|(_, _, sent)| *sent == when) {
            let header = quoted(&header.to_ascii_lowercase());
            write!(out, " [{header}] = {},", quoted(value)).expect("a string");
        }
    }
    out += " }";
    if rule.rule.expose_timing {
        out += ", timing = true";
    }
    if is_guarded {
        let Trust {
            methods,
            handshakes,
        } = Trust::new(rule.rule);
        if let Some(methods) = methods {
            let methods = methods.iter();
            let methods: String = methods
                .map(|method| format!(" [{}] = true,", quoted(method)))
                .collect();
            write!(out, ", handshakes = {handshakes}, writes = {{{methods} }}").expect("a string");
        }
    }
    out
}

/// Returns the names in `Vary`, by the number of headers that `on_denied` consults.
fn varied(policy: &Prepared<'_>) -> String {
    let first = match policy.is_public {
        true => "",
        false => "\"Origin\"",
    };
    match policy.guard.as_ref().map(|guard| guard.on_denied) {
        None | Some(OnDenied::Continue) => format!("{{ [0] = {{ {first} }} }}"),
        Some(_) => format!(
            "{{ [0] = {{ {first} }}, {{ \"Origin\", \"Sec-Fetch-Site\" }}, \
            {{ \"Origin\", \"Sec-Fetch-Site\", \"Sec-Fetch-Mode\" }} }}"
        ),
    }
}

/// Writes the function that returns the rule of an origin, 0 for none.
fn rule_of(policy: &Prepared<'_>, out: &mut String) -> Result<(), ExportError> {
    let (mut expressions, mut numbers) = (Vec::new(), Vec::new());
    for rule in &policy.rules {
        for line in &rule.lines {
            writeln!(out, "-- rule {}: {}", rule.number, line.comment).expect("a string");
            expressions.push(line.expression.as_str());
            numbers.push(rule.number);
        }
        if !rule.list.is_empty() {
            writeln!(out, "-- rule {}: {} origins", rule.number, rule.list.len())
                .expect("a string");
        }
    }
    *out += RUN;
    table(policy, "", &expressions, &numbers, out)?;
    *out += "local listed = {\n";
    for rule in policy.rules.iter().rev() {
        for origin in &rule.list {
            writeln!(out, "[{}]={},", quoted(origin), rule.number).expect("a string");
        }
    }
    write!(
        out,
        "}}\nlocal function rule_of(origin)\n  if #origin > {MAX_ORIGIN} then return 0 end\n"
    )
    .expect("a string");
    *out += "  local first = listed[origin] or 0
  local rule = run(class, step, accept, origin)
  if first == 0 or (rule > 0 and rule < first) then return rule end
  return first
end
";
    Ok(())
}

/// Writes the function that returns the status of a request that is refused.
fn refusal_of(policy: &Prepared<'_>, guard: &Guard, out: &mut String) -> Result<(), ExportError> {
    let on_denied = quoted(guard.on_denied.name());
    writeln!(out, "local on_denied = {on_denied}").expect("a string");
    // Otherwise, it precedes the first table.
    if policy.is_public {
        *out += RUN;
    }
    match &guard.hosts {
        None => *out += "local function is_host() return true end\n",
        Some(hosts) => {
            for host in hosts {
                writeln!(out, "-- host: {}", host.text).expect("a string");
            }
            let expressions: Vec<&str> = hosts.iter().map(|it| it.expression.as_str()).collect();
            table(policy, "host_", &expressions, &vec![1; hosts.len()], out)?;
            write!(
                out,
                "local function is_host(authority)
  authority = authority:lower()
  local host = authority:match(\"^(.*):443$\") or authority:match(\"^(.*):80$\")
    or authority:match(\"^(.*):$\") or authority
  return #host <= {MAX_HOST} and run(host_class, host_step, host_accept, host) > 0
end
"
            )
            .expect("a string");
        }
    }
    match guard.on_denied {
        OnDenied::Continue => *out += "local function is_web() return false end\n",
        _ => {
            *out += "-- All origins of http and https.\n";
            let expressions = web_expressions();
            let expressions: Vec<&str> = expressions.iter().map(String::as_str).collect();
            table(
                policy,
                "web_",
                &expressions,
                &vec![1; expressions.len()],
                out,
            )?;
            write!(
                out,
                "local function is_web(origin)
  return #origin <= {MAX_ORIGIN} and run(web_class, web_step, web_accept, origin) > 0
end
"
            )
            .expect("a string");
        }
    }
    *out += "local refusal_of\n";
    *out += include_str!("lua/guard.lua");
    Ok(())
}

/// The function that follows a table.
const RUN: &str = "local function run(class, step, accept, text)
  local state = 1
  for i = #text, 1, -1 do
    local c = class[text:byte(i)]
    state = c and step[state][c] or 0
    if state == 0 then return 0 end
  end
  return accept[state]
end
";

/// Writes the automaton of expressions, each with its number. The smallest number wins.
fn table(
    policy: &Prepared<'_>,
    prefix: &str,
    expressions: &[&str],
    numbers: &[usize],
    out: &mut String,
) -> Result<(), ExportError> {
    let dfa = automata::build_automaton(expressions).ok_or_else(|| {
        let reason = "its patterns together have more states than a table should have";
        ExportError::new(policy.target, reason)
    })?;
    let first = |labels: &[usize]| labels.iter().map(|label| numbers[*label]).min();
    let dfa = minimised(&relabelled(&dfa, |labels| {
        first(labels).into_iter().collect()
    }));
    write!(out, "local {prefix}class = {{").expect("a string");
    for byte in 0..=127_u8 {
        if !is_dead_everywhere(&dfa, byte) {
            write!(out, "[{byte}]={},", dfa.class(byte) + 1).expect("a string");
        }
    }
    writeln!(out, "}}\nlocal {prefix}step = {{").expect("a string");
    for state in dfa.states().skip(Dfa::START) {
        let row: Vec<String> = dfa.row(state).iter().map(ToString::to_string).collect();
        writeln!(out, "{{{}}},", row.join(",")).expect("a string");
    }
    write!(out, "}}\nlocal {prefix}accept = {{").expect("a string");
    for state in dfa.states().skip(Dfa::START) {
        write!(out, "{},", dfa.accepts(state).first().unwrap_or(&0)).expect("a string");
    }
    *out += "}\n";
    Ok(())
}

fn is_dead_everywhere(dfa: &Dfa, byte: u8) -> bool {
    dfa.states().all(|state| dfa.step(state, byte) == Dfa::DEAD)
}

/// Returns a Lua string literal.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => write!(quoted, "\\{}", char::from(byte)),
            b' '..=b'~' => write!(quoted, "{}", char::from(byte)),
            byte => write!(quoted, "\\{byte:03}"),
        }
        .expect("a string");
    }
    quoted + "\""
}
