//! Policies of the ui tests as configuration: they are refused, or accepted, as by the macro.

use super::{compile_tokens, declaration};
use crate::config::report::NO_TITLE;
use crate::config::spelling::{all_words, spell_word};
use crate::config::value::Value;
use crate::config::{ConfigError, ConfigValue, InvalidSetting, PolicyConfig};
use crate::declaration::{
    CONFIGURED, Declaration, Expr, ExprKind, Function, Key, Mistake, Section, Unit,
};
use crate::model::registered_methods;
use crate::plan::{EntryKind, Plan, Strategy};
use crate::tests::ui;

/// Returns a policy as configuration, if it has a spelling there.
pub(super) fn counterpart(declaration: &Declaration) -> Option<PolicyConfig> {
    // Whatever else is wrong with the form left something out.
    let is_form = |mistake: &Mistake| !matches!(mistake, Mistake::UnusedDefault(_));
    let mut mistakes = declaration.mistakes.iter();
    if !declaration.is_complete || mistakes.any(|(_, mistake)| is_form(mistake)) {
        return None;
    }
    let config = section(&declaration.defaults)?;
    let rules: Option<Vec<PolicyConfig>> = declaration.rules.iter().map(section).collect();
    let rules = rules?;
    Some(match rules.is_empty() {
        true => config,
        false => config.with("rules", rules),
    })
}

fn section(section: &Section) -> Option<PolicyConfig> {
    let settings = Key::ALL.into_iter().filter_map(|key| section.get(key));
    settings
        .into_iter()
        .try_fold(PolicyConfig::new(), |config, setting| {
            Some(config.with(setting.key.name(), value(setting.key, &setting.value)?))
        })
}

fn value(key: Key, expr: &Expr) -> Option<ConfigValue> {
    if !expr.attributes.is_empty() {
        return None;
    }
    Some(match &expr.kind {
        ExprKind::Text(text, _) => text.as_str().into(),
        ExprKind::Integer(number) => ConfigValue(Value::Integer(*number)),
        ExprKind::Bool(value) => (*value).into(),
        ExprKind::Word(word) => match word.as_str() {
            word if all_words().any(|known| known == word) => spell_word(word).into(),
            CONFIGURED => return None,
            // A word is checked for typos, a string may be a method of one's own.
            word if key == Key::AllowMethods && is_method(word) => word.into(),
            _ => return None,
        },
        ExprKind::List(elements) => {
            let elements: Option<Vec<ConfigValue>> =
                elements.iter().map(|element| value(key, element)).collect();
            elements?.into()
        }
        ExprKind::Call(name, arguments) => {
            match (Function::from_name(name), arguments.as_slice()) {
                (
                    Some(Function::Regex),
                    [
                        Expr {
                            kind: ExprKind::Text(text, _),
                            ..
                        },
                    ],
                ) => ConfigValue::regex(text.as_str()),
                (Some(Function::DangerouslyAllow), [risk, entry]) => {
                    let ExprKind::Word(risk) = &risk.kind else {
                        return None;
                    };
                    ConfigValue::dangerously_allow(risk.as_str(), value(key, entry)?)
                }
                (
                    None,
                    [
                        Expr {
                            kind: ExprKind::Integer(number),
                            ..
                        },
                    ],
                ) => {
                    let seconds = Unit::from_name(name)?.seconds();
                    ConfigValue(Value::Integer(number.saturating_mul(seconds)))
                }
                _ => return None,
            }
        }
        _ => return None,
    })
}

fn is_method(word: &str) -> bool {
    registered_methods().contains(&word) || word == "TRACK"
}

/// The plan without the literals of regexes, which may be raw in Rust.
fn without_literals(mut plan: Plan) -> Plan {
    for arm in &mut plan.arms {
        if let Strategy::Regex { text, .. } = &mut arm.strategy {
            text.clear();
        }
    }
    for entry in plan.rules.iter_mut().flat_map(|rule| &mut rule.entries) {
        if let EntryKind::Regex { .. } = entry.kind {
            entry.text.clear();
        }
    }
    plan
}

/// The names of the checks of each mistake, sorted.
fn checks(error: &ConfigError) -> Vec<&'static str> {
    let mut checks: Vec<&str> = error.iter().map(InvalidSetting::check).collect();
    checks.sort_unstable();
    checks.dedup();
    checks
}

/// Words of Rust that must not be in a message about a configuration.
pub(super) const RUST: [&str; 14] = [
    "`Any`",
    "MirrorRequest",
    "Configured",
    "rule(",
    "regex(",
    "env(",
    "predicate(",
    "hours(",
    "days(",
    "minutes(",
    "dangerously_allow(",
    "#[",
    "macro",
    "on line",
];

#[test]
fn configuration_is_refused_as_the_macro_refuses() {
    let (mut compared, mut without) = (0, Vec::new());
    for file in ui::files(&["fail", "pass"]) {
        for policy in ui::policies(&file) {
            let declaration = declaration(policy);
            let Some(config) = counterpart(&declaration) else {
                without.push(file.file_name().unwrap().to_string_lossy().into_owned());
                continue;
            };
            compared += 1;
            let tokens = compile_tokens(&declaration);
            let loaded = crate::config::compile(&config);
            match (tokens, loaded) {
                (Ok(tokens), Ok(loaded)) => {
                    let [tokens, loaded] = [tokens, loaded].map(without_literals);
                    assert_eq!(tokens, loaded, "{}", file.display());
                }
                (Err(tokens), Err(loaded)) => {
                    let mut expected: Vec<&str> =
                        tokens.into_iter().map(|it| it.check.name()).collect();
                    expected.sort_unstable();
                    expected.dedup();
                    assert_eq!(checks(&loaded), expected, "{}\n{loaded}", file.display());
                    let text = loaded.to_string();
                    for word in RUST {
                        assert!(!text.contains(word), "{word} {}\n{text}", file.display());
                    }
                    for setting in loaded.iter() {
                        assert_ne!(setting.title(), NO_TITLE, "{loaded}");
                    }
                }
                (tokens, loaded) => panic!("{}: {tokens:?} {loaded:?}", file.display()),
            }
        }
    }
    assert!(
        compared > 100,
        "{compared}, without counterpart: {without:#?}"
    );
}
