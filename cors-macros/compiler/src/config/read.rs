//! A configuration in, a [`Declaration`] out: what was written, with nothing decided about it.

use super::spelling::{self, RULES, spell_word, words};
use super::value::{ConfigValue, PolicyConfig, Value};
use crate::declaration::{
    Declaration, Expr, ExprKind, Foreign, Function, Key, Mistake, Mistakes, Position, RULE,
    Section, Setting,
};
use crate::diagnostic::printable;

/// Maximum depth of lists that are read. No policy needs more.
const MAX_DEPTH: usize = 8;

/// The paths that positions mean, such as `allow_origins[1]`.
pub(super) struct Paths {
    name: String,
    paths: Vec<String>,
}

impl Paths {
    fn add(&mut self, path: &str) -> Position {
        self.paths.push(path.to_owned());
        Position::new(self.paths.len() - 1)
    }

    /// Returns the path of a position. That of the policy as a whole is the name that it was given.
    pub(super) fn get(&self, position: Position) -> String {
        let path = position.index().map_or("", |index| &self.paths[index]);
        match (self.name.as_str(), path) {
            ("", path) => path.to_owned(),
            (name, "") => name.to_owned(),
            (name, path) => format!("{name}.{path}"),
        }
    }
}

/// Reads a policy: keys with their values, and `rules`.
pub(super) fn read(config: &PolicyConfig) -> (Declaration, Paths) {
    let mut reader = Reader {
        paths: Paths {
            name: printable(&config.name),
            paths: Vec::new(),
        },
        mistakes: Mistakes::default(),
        is_complete: true,
    };
    let position = reader.paths.add("");
    let names = config.settings.iter().map(|(name, _)| name.as_str());
    let mut defaults = Section::new(position, names);
    let mut rules = Vec::new();
    for (key, value) in &config.settings {
        match key.as_str() {
            RULES => reader.rules(value, &mut rules),
            _ => reader.setting("", key, value, false, &mut defaults),
        }
    }
    let Reader {
        paths,
        mistakes,
        is_complete,
    } = reader;
    let declaration = Declaration::new(position, defaults, rules, is_complete, mistakes);
    (declaration, paths)
}

struct Reader {
    paths: Paths,
    mistakes: Mistakes,
    is_complete: bool,
}

impl Reader {
    fn rules(&mut self, value: &ConfigValue, rules: &mut Vec<Section>) {
        let elements = match &value.0 {
            Value::List(elements) if !elements.is_empty() => elements.as_slice(),
            _ => return self.no_rule(RULES, value),
        };
        for (index, element) in elements.iter().enumerate() {
            let path = format!("{RULES}[{index}]");
            let Value::Table(settings) = &element.0 else {
                self.no_rule(&path, element);
                continue;
            };
            let names = settings.iter().map(|(name, _)| name.as_str());
            let mut rule = Section::new(self.paths.add(&path), names);
            for (key, value) in settings {
                self.setting(&format!("{path}."), key, value, true, &mut rule);
            }
            rules.push(rule);
        }
    }

    fn no_rule(&mut self, path: &str, value: &ConfigValue) {
        self.is_complete = false;
        let position = self.paths.add(path);
        let found = self.value(None, path, value, 0).kind.describe();
        self.mistakes.add(position, Mistake::NoRules(found));
    }

    /// Reads a key into a section. `parent` is the path of the section, with a dot.
    fn setting(
        &mut self,
        parent: &str,
        name: &str,
        value: &ConfigValue,
        in_rule: bool,
        section: &mut Section,
    ) {
        let path = format!("{parent}{}", spelling::key(name));
        let position = self.paths.add(&path);
        let word = if name == RULES { RULE } else { name };
        match section.read_key(word, in_rule, position, &mut self.mistakes) {
            Some(key) => {
                let value = self.value(Some(key), &path, value, 0);
                let setting = Setting {
                    key,
                    position,
                    value,
                };
                section.add(setting, &mut self.mistakes);
            }
            None => self.is_complete = false,
        }
    }

    fn value(&mut self, key: Option<Key>, path: &str, value: &ConfigValue, depth: usize) -> Expr {
        let position = self.paths.add(path);
        let kind = match &value.0 {
            Value::Text(text) => {
                let mut words = key.map_or_else(Vec::new, words).into_iter();
                match words.find(|word| *text == spell_word(word) || text == word) {
                    Some(word) => ExprKind::Word(word.to_owned()),
                    None => Expr::text(text).kind,
                }
            }
            Value::Integer(number) => ExprKind::Integer(*number),
            Value::Bool(value) => ExprKind::Bool(*value),
            Value::List(elements) if depth < MAX_DEPTH => ExprKind::List(
                elements
                    .iter()
                    .enumerate()
                    .map(|(index, element)| {
                        self.value(key, &format!("{path}[{index}]"), element, depth + 1)
                    })
                    .collect(),
            ),
            Value::Table(table) if key == Some(Key::AllowOrigins) && depth == 1 => {
                self.entry(path, position, table)
            }
            Value::List(_) => other("a list", None),
            Value::Table(_) => other("a table", None),
            Value::Other(noun, source) => other(noun, Some(source)),
        };
        Expr {
            position,
            attributes: Vec::new(),
            kind,
        }
    }

    /// Reads a table in `allow_origins`: `origin` or `regex`, and perhaps `dangerously_allow`.
    fn entry(
        &mut self,
        path: &str,
        position: Position,
        table: &[(String, ConfigValue)],
    ) -> ExprKind {
        let mut entry = None;
        let mut risks = Vec::new();
        let mut is_known = true;
        let mut is_single = true;
        for (key, value) in table {
            let path = format!("{path}.{}", spelling::key(key));
            match key.as_str() {
                "origin" | "regex" => {
                    is_single &= entry.is_none();
                    let value = self.value(None, &path, value, 1);
                    entry = Some(match key.as_str() {
                        "regex" => Expr {
                            position,
                            ..Expr::call(Function::Regex.name(), [value])
                        },
                        _ => value,
                    });
                }
                "dangerously_allow" => match &value.0 {
                    Value::List(elements) => {
                        for (index, element) in elements.iter().enumerate() {
                            risks.push(self.risk(&format!("{path}[{index}]"), element));
                        }
                    }
                    _ => risks.push(self.risk(&path, value)),
                },
                _ => {
                    is_known = false;
                    let position = self.paths.add(&path);
                    let mistake = Mistake::UnknownEntryKey(key.clone());
                    self.mistakes.add(position, mistake);
                }
            }
        }
        match entry {
            Some(entry) if is_single && is_known => {
                // Each has its own position, because one can be needed without the other.
                let opt_out = |entry, risk| Expr {
                    position: self.paths.add(path),
                    ..Expr::call(Function::DangerouslyAllow.name(), [risk, entry])
                };
                risks.into_iter().rev().fold(entry, opt_out).kind
            }
            _ => {
                if is_known {
                    self.mistakes.add(position, Mistake::NoOriginInEntry);
                }
                // Reported already.
                ExprKind::Malformed
            }
        }
    }

    fn risk(&mut self, path: &str, value: &ConfigValue) -> Expr {
        let risk = self.value(None, path, value, 0);
        match risk.kind {
            ExprKind::Text(name, _) => Expr {
                kind: ExprKind::Word(name),
                ..risk
            },
            _ => risk,
        }
    }
}

fn other(noun: &'static str, source: Option<&String>) -> ExprKind {
    ExprKind::Other(Foreign {
        noun: Some(noun),
        source: source.cloned(),
        ..Foreign::default()
    })
}
