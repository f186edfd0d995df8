//! Envoy: one Lua filter, whose table is the automaton of the policy.
//!
//! Routes with RE2 would multiply the user's routes by rules and conditions. Envoy's own CORS
//! filter sends no `Vary`, and keeps the application's headers.

use std::fmt::Write as _;

use super::automata::{self, minimised, relabelled};
use super::prepared::{MAX_ORIGIN, Prepared, When};
use super::{ExportError, File};
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
        false => table(policy, &mut out)?,
    }
    out += "local rules = {\n";
    for rule in &policy.rules {
        let origin = match rule.is_any {
            true => quoted("*"),
            false => "nil".to_owned(),
        };
        write!(out, "  {{ origin = {origin}, always = {{").expect("a string");
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
        out += " } },\n";
    }
    out += "}\n";
    let is_public = policy.is_public;
    let status = policy.status;
    let code = include_str!("envoy.lua")
        .replace("IS_PUBLIC", &is_public.to_string())
        .replace("NAMESPACE", &quoted(&policy.file("lua")))
        .replace("STATUS", &quoted(&status.to_string()));
    out += &code;
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

fn table(policy: &Prepared<'_>, out: &mut String) -> Result<(), ExportError> {
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
    let dfa = automata::build_automaton(&expressions).ok_or_else(|| {
        let reason = "its patterns have more states together than a table should have";
        ExportError::new(policy.target, reason)
    })?;
    // The first rule that allows an origin applies.
    let first = |labels: &[usize]| labels.iter().map(|label| numbers[*label]).min();
    let dfa = minimised(&relabelled(&dfa, |labels| {
        first(labels).into_iter().collect()
    }));
    *out += "local class = {";
    for byte in 0..=127_u8 {
        if !is_dead_everywhere(&dfa, byte) {
            write!(out, "[{byte}]={},", dfa.class(byte) + 1).expect("a string");
        }
    }
    *out += "}\nlocal step = {\n";
    for state in dfa.states().skip(Dfa::START) {
        let row: Vec<String> = dfa.row(state).iter().map(ToString::to_string).collect();
        writeln!(out, "{{{}}},", row.join(",")).expect("a string");
    }
    *out += "}\nlocal accept = {";
    for state in dfa.states().skip(Dfa::START) {
        write!(out, "{},", dfa.accepts(state).first().unwrap_or(&0)).expect("a string");
    }
    *out += "}\nlocal listed = {\n";
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
  local state = 1
  for i = #origin, 1, -1 do
    local c = class[origin:byte(i)]
    state = c and step[state][c] or 0
    if state == 0 then return first end
  end
  local rule = accept[state]
  if first == 0 or (rule > 0 and rule < first) then return rule end
  return first
end
";
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
