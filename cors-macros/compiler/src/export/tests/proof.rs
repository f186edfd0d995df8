//! Every exported file against the policy, by product of their automata.

use std::collections::HashMap;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::super::automata::{build_automaton, minimised, regex_automaton, relabelled};
use super::super::expression::any_expressions;
use super::super::{EntryKind, Export, File, Options, Policy, Target, export, probes};
use super::read::decisions;
use super::{policies, policy, rule};
use crate::automaton::{Dfa, State, difference, union};
use crate::model::Pattern;
use cors_support::property;

const TARGETS: [Target; 5] = [
    Target::HaProxy,
    Target::Nginx,
    Target::Caddy,
    Target::Envoy,
    Target::Apache,
];

/// The automata of each rule, as the policy has them.
fn expected(policy: &Policy) -> Vec<Vec<Dfa>> {
    static ANY: LazyLock<Dfa> =
        LazyLock::new(|| minimised(&build_automaton(&any_expressions()).unwrap()));
    let rules = policy.rules.iter().map(|rule| {
        let (mut patterns, mut others) = (Vec::new(), Vec::new());
        for entry in &rule.origins {
            match &entry.kind {
                EntryKind::Any | EntryKind::AnySerialized => others.push(ANY.clone()),
                EntryKind::Pattern(pattern) => match Pattern::parse(pattern) {
                    Ok(origin) => patterns.push(origin),
                    Err(_) => others.push(build_automaton(&[pattern]).unwrap()),
                },
                EntryKind::Regex(regex) => others.push(regex_automaton(regex).unwrap()),
                EntryKind::Configured | EntryKind::Predicate(_) => {
                    unreachable!("it is not exported")
                }
            }
        }
        others.push(union(&patterns.iter().collect::<Vec<_>>()));
        others
    });
    rules.collect()
}

/// An origin that a gateway decides otherwise, if there is one.
fn mistake(rules: &[Vec<Dfa>], decisions: &Dfa) -> Option<String> {
    let decisions = minimised(decisions);
    for (index, entries) in rules.iter().enumerate() {
        let is_rule = |labels: &[usize]| {
            labels
                .iter()
                .copied()
                .filter(|label| *label == index + 1)
                .collect()
        };
        let decided = minimised(&relabelled(&decisions, is_rule));
        // It gets the rule though no entry accepts it, or an earlier rule does.
        let too_much = entries
            .iter()
            .fold(decided.clone(), |left, entry| difference(&left, entry));
        if let Some(origin) = too_much.shortest() {
            return Some(origin);
        }
        for entry in entries {
            let earlier = rules[..index].iter().flatten();
            let due = earlier.fold(entry.clone(), |left, earlier| difference(&left, earlier));
            if let Some(origin) = difference(&due, &decided).shortest() {
                return Some(origin);
            }
        }
    }
    None
}

/// Combines two automata of rules; if both accept, the smaller number wins.
pub(super) fn first_of_both(a: &Dfa, b: &Dfa) -> Dfa {
    let mut dfa = Dfa::new(&|byte| byte);
    let label = |(s, t): (State, State)| {
        let labels = a.accepts(s).iter().chain(b.accepts(t));
        labels.copied().min().into_iter().collect::<Vec<usize>>()
    };
    let start = (Dfa::START, Dfa::START);
    let mut numbers = HashMap::from([(start, dfa.add_state(label(start)))]);
    let mut found = vec![start];
    let mut copied = 0;
    while let Some(&(s, t)) = found.get(copied) {
        let from = numbers[&(s, t)];
        for byte in 0..=255 {
            let to = (a.step(s, byte), b.step(t, byte));
            if to == (Dfa::DEAD, Dfa::DEAD) {
                continue;
            }
            let number = *numbers.entry(to).or_insert_with(|| {
                found.push(to);
                dfa.add_state(label(to))
            });
            dfa.connect(from, usize::from(byte), number);
        }
        copied += 1;
    }
    dfa
}

fn exported(target: Target, policy: &Policy) -> Export {
    export(target, policy, &Options::new("api")).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_gateway_decides_as_the_policy() {
    for (name, policy) in policies() {
        let meant = expected(&policy);
        for target in TARGETS.into_iter().filter(|_| name != "public") {
            let decisions = decisions(target, &exported(target, &policy));
            assert_eq!(mistake(&meant, &decisions), None, "{name} {target:?}");
        }
    }
}

/// Mistakes in what is exported, each with what it replaces.
const MISTAKES: &[(Target, &str, &str)] = &[
    (Target::HaProxy, "[.]example[.]com", ".example[.]com"),
    (Target::HaProxy, "rule) int(1) if", "rule) int(2) if"),
    (Target::HaProxy, "6553[0-5]", "6553[0-6]"),
    (
        Target::Nginx,
        "[a-z0-9_-]+[.]example",
        "[a-z0-9_.-]+[.]example",
    ),
    (Target::Nginx, "{1,3}[.]", "{1,4}[.]"),
    (
        Target::Caddy,
        "`https://example.com` 1",
        "`https://example.com` 2",
    ),
    (
        Target::Caddy,
        "([.][a-z0-9_-]+)*[.]example[.]org",
        "([.][a-z0-9_-]+)*example[.]org",
    ),
    (Target::Envoy, "{0,0,0,0", "{0,0,2,0"),
    (
        Target::Apache,
        "(shop|blog)[0-9]{1,3}[.]",
        "(shop|blag)[0-9]{1,3}[.]",
    ),
    (Target::Apache, "4[0-35-9][0-9]", "4[0-9][0-9]"),
];

/// Without this, the proof might hold for anything.
#[test]
fn planted_mistakes_are_found() {
    let policy = policies().swap_remove(1).1;
    let meant = expected(&policy);
    for &(target, from, to) in MISTAKES {
        let changed = changed(target, &policy, from, to);
        let origin = mistake(&meant, &decisions(target, &changed));
        assert!(origin.is_some(), "{target:?}: {from} is {to}");
    }
}

/// The probes of a policy find them too.
#[test]
fn planted_mistakes_are_found_by_probes() {
    let policy = policies().swap_remove(1).1;
    let probes = probes(&policy);
    assert!((100..8_000).contains(&probes.len()), "{}", probes.len());
    // Nobody writes a table by hand.
    let by_hand = MISTAKES
        .iter()
        .filter(|(target, ..)| *target != Target::Envoy);
    for &(target, from, to) in by_hand {
        let sound = decisions(target, &exported(target, &policy));
        let changed = decisions(target, &changed(target, &policy, from, to));
        let mut probes = probes.iter().map(String::as_bytes);
        let found = probes.find(|origin| sound.accepting(origin) != changed.accepting(origin));
        assert!(found.is_some(), "{target:?}: {from} is {to}");
    }
}

fn changed(target: Target, policy: &Policy, from: &str, to: &str) -> Export {
    let export = exported(target, policy);
    let changed = |file: &File| File::new(file.name(), file.text().replacen(from, to, 1));
    let changed = Export {
        files: export.files().iter().map(changed).collect(),
    };
    assert_ne!(changed, export, "{target:?} has no {from}");
    changed
}

fn entries() -> impl Strategy<Value = String> {
    let label = prop_oneof![4 => "[ab]{1,2}", 1 => Just("*".to_owned()), 1 => "[ab]\\*"];
    let pattern = (
        prop::sample::select(vec!["https", "http", "app"]),
        prop::option::weighted(0.2, Just("**.".to_owned())),
        prop::collection::vec(label, 1..4),
        prop::sample::select(vec!["", ":8080", ":*"]),
    );
    let pattern = pattern.prop_map(|(scheme, deep, labels, port)| {
        format!(
            "{scheme}://{}{}{port}",
            deep.unwrap_or_default(),
            labels.join(".")
        )
    });
    let regex = prop::sample::select(vec![
        "https://(a|b)[0-9]{1,3}\\.ab",
        "https://[^.]+\\.a",
        "https?://a.b",
        "(?i)https://[A-B]+(\\.b)*",
    ]);
    prop_oneof![
        8 => pattern,
        2 => regex.prop_map(|regex| format!("regex(\"{regex}\")")),
        1 => Just("null".to_owned()),
    ]
}

proptest! {
    #![proptest_config(property::cases(8))]

    #[test]
    fn every_gateway_decides_as_random_policies(
        rules in prop::collection::vec(prop::collection::vec(entries(), 1..5), 1..4),
        has_any in any::<bool>(),
    ) {
        let rules = rules.iter().map(|entries| {
            rule(&entries.iter().map(String::as_str).collect::<Vec<_>>())
        });
        let mut rules: Vec<_> = rules.collect();
        if has_any {
            rules.push(rule(&["Any"]));
        }
        let policy = policy(rules);
        let meant = expected(&policy);
        for target in TARGETS {
            let decisions = decisions(target, &exported(target, &policy));
            prop_assert_eq!(mistake(&meant, &decisions), None, "{:?} {:?}", policy, target);
        }
    }
}
