//! Exported files, read back as their gateways read them: which rule an origin gets, as an automaton.

use super::super::automata::{build_automaton, relabelled};
use super::super::expression::pattern_expression;
use super::super::{Export, Target};
use crate::automaton::Dfa;

/// The comparisons, and the rule of those that accept an origin, by index.
struct Compared {
    expressions: Vec<String>,
    rule_of: RuleOf,
}

type RuleOf = Box<dyn Fn(&[usize]) -> usize>;

/// The automaton of what a gateway makes of its files: each label is a rule.
pub(super) fn decisions(target: Target, export: &Export) -> Dfa {
    let text = |ending: &str| {
        let files = export.files().iter();
        let mut files = files.filter(|file| file.name().ends_with(ending));
        files.next().unwrap_or_else(|| panic!("no {ending}")).text()
    };
    let compared = match target {
        Target::HaProxy => haproxy(text(".cfg"), &text),
        Target::Nginx => nginx(text(".map.conf")),
        Target::Caddy => caddy(text(".caddyfile")),
        Target::Apache => apache(text(".conf")),
        Target::Envoy => return envoy(text(".lua")),
        Target::GatewayApi => unreachable!("it has no expressions"),
    };
    let dfa = build_automaton(&compared.expressions).unwrap();
    relabelled(&dfa, |labels| match (compared.rule_of)(labels) {
        0 => Vec::new(),
        rule => vec![rule],
    })
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

/// An expression that a searching engine takes, without its anchors.
fn anchored(regex: &str) -> String {
    let inner = regex
        .strip_prefix(r"\A")
        .and_then(|rest| rest.strip_suffix(r")\z"));
    let inner = inner.unwrap_or_else(|| panic!("not anchored: {regex}"));
    let inner = inner.strip_prefix(r"(?=.{1,324}\z)").unwrap_or(inner);
    inner
        .strip_prefix("(?:")
        .unwrap_or_else(|| panic!("{regex}"))
        .to_owned()
}

fn haproxy<'t>(text: &str, file: &dyn Fn(&str) -> &'t str) -> Compared {
    let (mut expressions, mut acls) = (Vec::new(), Vec::new());
    let mut set = Vec::new();
    for line in text.lines().map(str::trim) {
        let words: Vec<&str> = line.splitn(6, ' ').collect();
        match *words.as_slice() {
            ["acl", name, "req.fhdr(origin)", "-m", "str", value] => {
                let origins: Vec<&str> = match value.strip_prefix("-f ") {
                    Some(path) => file(path).lines().collect(),
                    None => vec![value.trim_matches('\'')],
                };
                acls.extend(origins.iter().map(|_| name.to_owned()));
                expressions.extend(origins.into_iter().map(pattern_expression));
            }
            ["acl", name, "req.fhdr(origin)", "-m", "reg", value] if !name.ends_with("_text") => {
                acls.push(name.to_owned());
                expressions.push(anchored(value.trim_matches('\'')));
            }
            _ => {}
        }
        if let Some(number) = between(line, "_rule) int(", ")")
            && let Some((_, conditions)) = line.split_once(" if ")
        {
            let [one, text, acl] = conditions.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            assert!(
                one.ends_with("_one_origin") && text.ends_with("_text"),
                "{line}"
            );
            set.push((acl.to_owned(), number.parse().unwrap()));
        }
    }
    assert!(
        text.contains("req.fhdr_cnt(origin) eq 1") && text.contains(r"-m reg '\A[!-~]{1,324}\z'")
    );
    let rule_of = move |labels: &[usize]| {
        let is_set = |(acl, _): &&(String, usize)| labels.iter().any(|label| acls[*label] == *acl);
        // The last one stays.
        set.iter().rfind(is_set).map_or(0, |(_, number)| *number)
    };
    Compared {
        expressions,
        rule_of: Box::new(rule_of),
    }
}

/// The lines of a `map`, as keys and values.
fn map(text: &str, variable: &str) -> Vec<(String, String)> {
    let begin = text
        .find(&format!(" ${variable} {{\n"))
        .unwrap_or_else(|| panic!("no {variable}"));
    let block = text[begin..].split_once("{\n").unwrap().1;
    let block = block.split_once("\n}").unwrap().0;
    let lines = block
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (key, value) = line.trim_end_matches(';').rsplit_once(' ').unwrap();
            (key.trim_matches('"').to_owned(), value.to_owned())
        })
        .collect()
}

fn nginx(text: &str) -> Compared {
    let has_lists = text.contains("_matched {");
    let matched = map(
        text,
        if has_lists {
            "cors_api_matched"
        } else {
            "cors_api_rule"
        },
    );
    let mut rules: Vec<usize> = Vec::new();
    let mut expressions = Vec::new();
    for (key, value) in &matched {
        if key == "default" {
            assert_eq!(value, "0");
            continue;
        }
        let regex = key
            .strip_prefix('~')
            .unwrap_or_else(|| panic!("ignores case: {key}"));
        assert!(key.contains(r"(?=.{1,324}\z)"), "{key}");
        expressions.push(anchored(regex));
        rules.push(value.parse().unwrap());
    }
    if !has_lists {
        // The first line that matches counts.
        let rule_of = move |labels: &[usize]| labels.first().map_or(0, |label| rules[*label]);
        return Compared {
            expressions,
            rule_of: Box::new(rule_of),
        };
    }
    assert_eq!(map(text, "cors_api_capitals").last().unwrap().0, "~[A-Z]");
    let count = rules.len();
    let listed = map(text, "cors_api_listed");
    for (origin, rule) in listed.iter().filter(|(key, _)| key != "default") {
        // Equal but for case, and without capitals, is equal.
        assert!(!origin.contains(char::is_uppercase));
        expressions.push(pattern_expression(origin));
        rules.push(rule.parse().unwrap());
    }
    let all = map(text, "cors_api_rule");
    let rule_of = move |labels: &[usize]| {
        let first =
            |lines: &mut dyn Iterator<Item = &usize>| lines.next().map_or(0, |label| rules[*label]);
        let matched = first(&mut labels.iter().filter(|label| **label < count));
        let listed = first(&mut labels.iter().filter(|label| **label >= count));
        let key = format!("0-{listed}-{matched}");
        let line = all.iter().find(|(line, _)| *line == key);
        line.map_or(0, |(_, rule)| rule.parse().unwrap())
    };
    Compared {
        expressions,
        rule_of: Box::new(rule_of),
    }
}

fn caddy(text: &str) -> Compared {
    let block = between(text, "{cors_api_rule} {\n", "\n}").unwrap();
    let mut rules: Vec<usize> = Vec::new();
    let mut expressions = Vec::new();
    for line in block
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('#'))
    {
        let (key, rule) = line.rsplit_once(' ').unwrap();
        match key.trim_matches('`') {
            r"~(?s)\A.{325}" => assert_eq!((rules.len(), rule), (0, "0")),
            "default" => assert_eq!(rule, "0"),
            key => {
                expressions.push(match key.strip_prefix('~') {
                    Some(regex) => anchored(regex),
                    None => pattern_expression(key),
                });
                rules.push(rule.parse().unwrap());
            }
        }
    }
    Compared {
        expressions,
        rule_of: Box::new(move |labels| labels.first().map_or(0, |label| rules[*label])),
    }
}

fn apache(text: &str) -> Compared {
    let mut rules: Vec<usize> = Vec::new();
    let mut expressions = Vec::new();
    for line in text.lines().filter(|line| line.starts_with("SetEnvIf")) {
        let regex = between(line, "SetEnvIf Origin \"", "\" ").unwrap();
        assert!(
            regex.contains(r"(?=.{1,324}\z)") && line.contains("_ORIGIN=$0 "),
            "{line}"
        );
        expressions.push(anchored(regex));
        rules.push(line.rsplit_once('=').unwrap().1.parse().unwrap());
    }
    Compared {
        expressions,
        // Each replaces what earlier ones set.
        rule_of: Box::new(move |labels| labels.last().map_or(0, |label| rules[*label])),
    }
}

/// The table itself, and what is looked up before.
fn envoy(text: &str) -> Dfa {
    let class = between(text, "local class = {", "}").unwrap();
    let mut classes = [0_u8; 256];
    for pair in class.split_terminator(',') {
        let (byte, class) = pair.split_once("]=").unwrap();
        classes[byte[1..].parse::<usize>().unwrap()] = class.parse().unwrap();
    }
    let accept = between(text, "local accept = {", "}").unwrap();
    let accept: Vec<usize> = accept
        .split_terminator(',')
        .map(|rule| rule.parse().unwrap())
        .collect();
    let mut dfa = Dfa::new(&|byte| classes[usize::from(byte)]);
    for rule in &accept {
        dfa.add_state(Some(*rule).filter(|rule| *rule > 0).into_iter().collect());
    }
    let step = between(text, "local step = {\n", "\n}\n").unwrap();
    let count = dfa.class_count();
    for (index, row) in step.lines().enumerate() {
        let row = row.trim_start_matches('{').trim_end_matches("},");
        for (class, to) in row
            .split(',')
            .enumerate()
            .filter(|(class, _)| class + 1 < count)
        {
            // Class 0 is that of bytes that lead nowhere.
            dfa.connect(Dfa::START + index, class + 1, to.parse().unwrap());
        }
    }
    let listed = between(text, "local listed = {\n", "}\n").unwrap();
    let listed: Vec<(&str, usize)> = listed
        .lines()
        .map(|line| {
            let (origin, rule) = line.trim_end_matches(',').rsplit_once("]=").unwrap();
            (
                origin.trim_start_matches('[').trim_matches('"'),
                rule.parse().unwrap(),
            )
        })
        .collect();
    assert!(text.contains("if #origin > 324 then return 0 end"));
    if listed.is_empty() {
        return dfa;
    }
    // Both together: expressions of the list, and the table as an oracle of what is in it too.
    let expressions: Vec<String> = listed
        .iter()
        .map(|(origin, _)| pattern_expression(origin))
        .collect();
    let list = relabelled(&build_automaton(&expressions).unwrap(), |labels| {
        // In a table of Lua, the last of several values stays.
        labels
            .last()
            .map(|label| listed[*label].1)
            .into_iter()
            .collect()
    });
    super::proof::first_of_both(&list, &dfa)
}
