//! The output of front ends: keys and values, with positions.
//!
//! In a [`Declaration`], every key exists, is in a valid place, is set once, and is used by a rule.
//! A value may have the wrong shape for its key.

mod by_position;
mod expression;
mod language;
mod mistake;
mod nearest;

pub(crate) use by_position::ByPosition;
pub use expression::{
    Attribute, Expr, ExprKind, Foreign, Fragment, LiteralStyle, MAX_SUGGESTION_LEN, Path, Position,
};
pub use language::{
    ANY, CONFIGURED, CompletionSet, Function, Key, KeyInfo, LOOPBACK, MIRROR_REQUEST, OnDenied,
    RULE, Risk, Unit,
};
pub(crate) use language::{CREATE_POLICY, TEMPLATE_TYPE};
pub use mistake::{EnvSource, Mistake, Mistakes, NameError};
pub(crate) use nearest::{nearest, without_typo};

/// A policy as it was written.
#[derive(Debug)]
pub struct Declaration {
    /// The whole policy.
    pub position: Position,
    /// Whether every setting could be parsed, so that a missing key is really missing.
    pub is_complete: bool,
    /// The settings outside rules.
    pub defaults: Section,
    /// The settings of each rule.
    pub rules: Vec<Section>,
    /// Mistakes in the form of the policy.
    pub mistakes: Mistakes,
}

/// Keys with their values.
#[derive(Debug, Default)]
pub struct Section {
    /// Position of the rule.
    pub position: Position,
    settings: Vec<Setting>,
    /// The keys without a typo.
    named: Vec<Key>,
}

/// `key = value`.
#[derive(Debug)]
pub struct Setting {
    /// The key.
    pub key: Key,
    /// Position of the key.
    pub position: Position,
    /// The value.
    pub value: Expr,
}

impl Section {
    /// Returns an empty section, in which `names` will be set.
    pub fn new<'n>(position: Position, names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut named = Vec::new();
        for name in names {
            if let Some(key) = Key::from_name(name) {
                named.push(key);
            }
        }
        Self {
            position,
            settings: Vec::new(),
            named,
        }
    }

    /// Returns the setting of `key`.
    pub fn get(&self, key: Key) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.key == key)
    }

    /// Returns the key with this name, if it exists and is allowed here. If the name is a typo of a key
    /// that is not set, returns that key, so that mistakes in its value are found too.
    pub fn read_key(
        &self,
        name: &str,
        in_rule: bool,
        position: Position,
        mistakes: &mut Mistakes,
    ) -> Option<Key> {
        let is_allowed = |key: &Key| !in_rule || key.info().allowed_in_rule;
        let (key, mistake) = match Key::from_name(name) {
            Some(key) if is_allowed(&key) => return Some(key),
            Some(key) => (None, Mistake::MisplacedKey(key)),
            None => {
                let is_unset = |key: Key| !self.named.contains(&key) && self.get(key).is_none();
                let mut candidates = Vec::new();
                for key in Key::ALL {
                    if is_allowed(&key) && is_unset(key) {
                        candidates.push(key.name());
                    }
                }
                let intended = without_typo(name, &candidates).and_then(Key::from_name);
                let name = name.to_owned();
                let mistake = Mistake::UnknownKey {
                    name,
                    in_rule,
                    intended,
                };
                (intended, mistake)
            }
        };
        mistakes.add(position, mistake);
        key
    }

    /// Returns the position of `Configured`, if there is one.
    fn configured(&self) -> Option<Position> {
        let value = &self.get(Key::AllowOrigins)?.value;
        let entries = match &value.kind {
            ExprKind::List(entries) => entries.as_slice(),
            // Without its list, it is a mistake, but the type is already that of a template.
            _ => core::slice::from_ref(value),
        };
        for entry in entries {
            let words = match &entry.kind {
                ExprKind::Call(_, arguments) => arguments.as_slice(),
                _ => core::slice::from_ref(entry),
            };
            let mut words = words.iter();
            if let Some(word) = words.find(|word| word.is_word(CONFIGURED)) {
                return Some(word.position);
            }
        }
        None
    }

    /// Returns the section with other code at some positions.
    fn with_replaced(&self, code: &ByPosition<Vec<Expr>>) -> Self {
        let mut settings = Vec::new();
        for setting in &self.settings {
            settings.push(Setting {
                value: setting.value.with_replaced(code),
                ..*setting
            });
        }
        Self {
            position: self.position,
            settings,
            named: self.named.clone(),
        }
    }

    /// Adds a setting, unless its key is already set.
    pub fn add(&mut self, setting: Setting, mistakes: &mut Mistakes) {
        match self.get(setting.key) {
            None => self.settings.push(setting),
            Some(earlier) => mistakes.add(
                setting.position,
                Mistake::DuplicateKey(setting.key, earlier.position),
            ),
        }
    }
}

impl Declaration {
    /// Returns the position of `Configured`, if there is one: then the result is a template.
    pub fn configured(&self) -> Option<Position> {
        let own = self.defaults.configured();
        own.or_else(|| self.rules.iter().find_map(Section::configured))
    }

    /// Returns the declaration with other code at some positions. It has no mistakes in its form.
    pub(crate) fn with_replaced(&self, code: &ByPosition<Vec<Expr>>) -> Self {
        let mut rules = Vec::new();
        for rule in &self.rules {
            rules.push(rule.with_replaced(code));
        }
        Self {
            defaults: self.defaults.with_replaced(code),
            rules,
            mistakes: Mistakes::default(),
            ..*self
        }
    }

    /// Creates a declaration.
    pub fn new(
        position: Position,
        defaults: Section,
        rules: Vec<Section>,
        is_complete: bool,
        mut mistakes: Mistakes,
    ) -> Self {
        // Rules do not contain keys for the whole policy.
        for Setting { key, position, .. } in &defaults.settings {
            if !rules.is_empty() && rules.iter().all(|rule| rule.get(*key).is_some()) {
                mistakes.add(*position, Mistake::UnusedDefault(*key));
            }
        }
        Self {
            position,
            is_complete,
            defaults,
            rules,
            mistakes,
        }
    }
}
