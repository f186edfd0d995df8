//! The checks of a policy, and the texts of all mistakes.
//!
//! `form` and `values` contain the texts of mistakes that are recorded while a policy is read. Each
//! check that involves several values or needs a proof has its own file, with a link to the
//! standard.

mod assertions;
mod confinement;
mod coverage;
mod foreign_keys;
mod form;
mod hosts;
mod insecure;
mod redundant;
mod refusals;
mod regex;
mod remaining;
mod risks;
mod tables;
mod values;
mod wildcards;

pub(crate) use refusals::reasons_against_any;
pub(crate) use remaining::with_remaining;

use crate::analysis::Analysis;
use crate::declaration::{Declaration, EnvSource, Expr, Function, Key, Mistake, Risk, nearest};
use crate::diagnostic::{Diagnostic, Diagnostics, Part, quoted, quoted_code, text};
use crate::model::{Entry, EntryKind, Model, Rule};
use crate::suggest::Place;

/// Returns all diagnostics: for mistakes in the form of the policy and in its values, and for every
/// insecure combination.
pub(crate) fn check(
    declaration: &Declaration,
    model: &Model,
    analysis: &Analysis<'_>,
    hosts: &Analysis<'_>,
) -> Diagnostics {
    let mut errors = Diagnostics::default();
    for mistakes in [&declaration.mistakes, &model.mistakes] {
        for (position, mistake) in mistakes.iter() {
            let overrides_default = |key| {
                let default = declaration.defaults.get(key);
                default.is_some_and(|default| default.value.position != position)
            };
            if let Some(diagnostic) = word(mistake, analysis, &overrides_default) {
                errors.report(position, diagnostic);
            }
        }
    }
    regex::check_regexes(model, analysis, &mut errors);
    // Whether each entry is rejected.
    let mut refused = vec![false; analysis.entries().len()];
    regex::check_typos(model, analysis, &mut refused, &mut errors);
    for rule in &model.rules {
        wildcards::check_wildcards(rule, &mut errors);
        wildcards::check_covered_names(rule, &mut errors);
    }
    risks::check_risks(model, analysis, &mut refused, &mut errors);
    coverage::check_redundant_entries(model, analysis, &refused, &mut errors);
    assertions::check_assertions(model, analysis, &mut errors);
    hosts::check_hosts(hosts, &mut errors);
    refusals::check_refusals(declaration, model, &mut errors);
    errors
}

/// Returns the diagnostic for a mistake. `overrides_default` returns whether a key with the mistake is in a rule,
/// and has a default.
fn word(
    mistake: &Mistake,
    analysis: &Analysis<'_>,
    overrides_default: &dyn Fn(Key) -> bool,
) -> Option<Diagnostic> {
    Some(match mistake {
        Mistake::AttributeBeforeKey => form::attribute_before_key(),
        Mistake::NoKey => form::no_key(),
        Mistake::NoValue(key, argument) => form::no_value(*key, argument.as_deref()),
        Mistake::OtherSign(key, sign) => form::other_sign(*key, sign),
        Mistake::Semicolon => form::semicolon(),
        Mistake::NoComma(next) => form::no_comma(next),
        Mistake::UnknownKey {
            name,
            in_rule,
            intended,
        } => form::unknown_key(name, *in_rule, *intended),
        Mistake::MisplacedKey(key) => form::misplaced_key(*key),
        Mistake::DuplicateKey(key, earlier) => form::duplicate_key(*key, *earlier),
        Mistake::UnusedDefault(key) => form::unused_default(*key),
        Mistake::MissingOrigins => form::missing_origins(),
        Mistake::WrongShape {
            key,
            value,
            has_credentials,
        } => form::wrong_shape(*key, value, *has_credentials, analysis),
        Mistake::EmptyList(key) => form::empty_list(*key, overrides_default(*key)),
        Mistake::NoEntry {
            key,
            element,
            has_credentials,
        } => form::no_entry(*key, element, *has_credentials, analysis),
        Mistake::Wildcard {
            replaces_list,
            key,
            element,
            has_credentials,
        } => return values::wildcard(*key, element, *replaces_list, *has_credentials, analysis),
        Mistake::MisplacedAttribute(attribute) => form::misplaced_attribute(attribute),
        Mistake::NoCondition(attribute) => form::no_condition(attribute),
        Mistake::UnknownCall(name) => form::unknown_call(name),
        Mistake::WrongArguments(function) => form::wrong_arguments(*function),
        Mistake::NoPath => form::no_path(),
        Mistake::UnknownRisk(name) => form::unknown_risk(name),
        Mistake::NoRules(found) => tables::no_rules(found),
        Mistake::UnknownEntryKey(name) => tables::unknown_entry_key(name),
        Mistake::NoOriginInEntry => tables::no_origin_in_entry(),
        Mistake::AcceptedTwice(risk, entry) => form::accepted_twice(*risk, entry),
        Mistake::ConfiguredTwice(earlier) => form::configured_twice(*earlier),
        Mistake::NoVariable { name, is_set } => values::no_variable(name, *is_set),
        Mistake::EmptyDefault(name) => values::empty_default(name),
        Mistake::Origin {
            text,
            error,
            has_credentials,
            is_for_one,
            source,
        } => {
            let place = Place {
                has_credentials: *has_credentials,
                is_for_one: *is_for_one,
                accepts_risks: false,
            };
            values::origin(text, error, source.as_deref(), place, analysis)
        }
        Mistake::Host(text, error) => hosts::host(text, error),
        Mistake::UnknownOnDenied(word) => form::unknown_on_denied(word, analysis),
        Mistake::PatternInAssertion(key, pattern) => values::pattern_in_assertion(*key, pattern),
        Mistake::Name(key, name, error) => values::name(*key, name, *error),
        Mistake::DuplicateName(key, name, earlier) => values::duplicate_name(*key, name, *earlier),
        Mistake::UnknownUnit(word, call) => values::unknown_unit(word, call),
        Mistake::WrongCount(unit) => values::wrong_count(*unit),
        Mistake::MaxAge => values::max_age(),
        Mistake::PreflightStatus(number) => values::preflight_status(*number),
    })
}

/// An entry and its context, for a check of one entry.
struct EntryContext<'a> {
    rule: &'a Rule,
    entry: &'a Entry,
    /// The index of the entry.
    index: usize,
    analysis: &'a Analysis<'a>,
}

/// Quotes an entry.
fn entry_text(entry: &Entry) -> Part {
    match &entry.kind {
        _ if entry.is_loopback => quoted_code(entry.accepted_expr()),
        EntryKind::Pattern(_) | EntryKind::Null | EntryKind::File => quoted(entry.text()),
        EntryKind::Regex(_) | EntryKind::Configured | EntryKind::Predicate(_) => {
            quoted_code(entry.accepted_expr())
        }
    }
}

/// Returns an entry with the opt-out that it needs.
fn opt_out(risk: Risk, entry: Expr) -> Expr {
    let arguments = [Expr::word(risk.name()), entry];
    Expr::call(Function::DangerouslyAllow.name(), arguments)
}

/// Adds the source of an entry, unless it is written in the policy.
fn with_source(diagnostic: Diagnostic, source: Option<&EnvSource>) -> Diagnostic {
    let Some(source) = source else {
        return diagnostic;
    };
    let name = quoted(&source.name);
    diagnostic.note(match source.is_default {
        true => text!["it is in the default of the environment variable ", name],
        false => text!["it is in the environment variable ", name],
    })
}

/// Suggests the one of `names` that `typed` probably is, or lists all of them. `noun` describes
/// them.
fn similar(diagnostic: Diagnostic, noun: &str, typed: &str, names: &[&str]) -> Diagnostic {
    match nearest(typed, names) {
        Some(near) => diagnostic.help(format!("a {noun} with a similar name exists: `{near}`")),
        None => {
            let mut note = text![format!("the {noun}s are ")];
            for (index, name) in names.iter().enumerate() {
                if index > 0 {
                    note.0.push(Part::from(", "));
                }
                note.0.push(quoted(*name));
            }
            diagnostic.note(note)
        }
    }
}
