//! `allow_origins`.

use std::rc::Rc;

use super::shape::{Reader, is_for_all};
use super::{Condition, Entry, EntryKind, EnvValue, OptOut, Origins, Pattern, Regex};
use crate::declaration::{
    ANY, CONFIGURED, EnvSource, Expr, ExprKind, Function, Key, LOOPBACK, Mistake, Position, Risk,
};
use cors_origin::origin::FILE_ORIGIN;

/// The context of an entry.
#[derive(Clone, Default)]
struct Context {
    condition: Option<Condition>,
    opt_outs: Vec<OptOut>,
}

impl Reader<'_> {
    pub(super) fn origins(&mut self, value: &Expr) -> Origins {
        if value.is_word(ANY) {
            self.no_attributes(value);
            return Origins::Any(value.position);
        }
        let mut entries = Vec::new();
        for element in self.elements(Key::AllowOrigins, value) {
            if is_for_all(element) {
                self.wildcard(Key::AllowOrigins, element, value.position);
                continue;
            }
            let context = Context {
                condition: self.condition(element),
                opt_outs: Vec::new(),
            };
            self.entry(element, context, &mut entries);
        }
        Origins::Listed(entries)
    }

    /// Adds the entries of an element: one, or several from the environment.
    fn entry(&mut self, element: &Expr, mut context: Context, entries: &mut Vec<Entry>) {
        let position = element.position;
        let kind = match &element.kind {
            ExprKind::Text(text, _) => {
                let is_for_one = !context.opt_outs.is_empty();
                self.text(position, text, is_for_one, None)
            }
            ExprKind::Call(name, arguments) => match Function::from_name(name) {
                Some(Function::Regex) => self.regex(arguments, position),
                Some(Function::Predicate) => self.predicate(arguments, position),
                Some(Function::Env) => {
                    self.variable(arguments, position, &context, entries);
                    return;
                }
                Some(Function::DangerouslyAllow) => {
                    let Some((accepted, inner)) = self.accepted_risk(arguments, position) else {
                        return;
                    };
                    // Each risk once, so that an entry never has more opt-outs than there are
                    // risks.
                    if context.accepts(accepted.risk) {
                        let inner = Box::new(inner.clone());
                        let mistake = Mistake::AcceptedTwice(accepted.risk, inner);
                        self.mistakes.add(position, mistake);
                        return;
                    }
                    context.opt_outs.push(accepted);
                    self.entry(inner, context, entries);
                    return;
                }
                None => {
                    let mistake = Mistake::UnknownCall(name.clone());
                    self.mistakes.add(position, mistake);
                    None
                }
            },
            ExprKind::Word(word) if word == LOOPBACK => {
                for pattern in loopback_patterns() {
                    entries.push(Entry {
                        is_loopback: true,
                        ..context.clone().entry(position, EntryKind::Pattern(pattern))
                    });
                }
                return;
            }
            ExprKind::Word(word) if word == CONFIGURED => self.configured(position),
            ExprKind::Malformed => None,
            _ => {
                self.no_entry(Key::AllowOrigins, element);
                None
            }
        };
        if let Some(kind) = kind {
            entries.push(context.entry(position, kind));
        }
    }

    /// Adds an entry that is written as a string, in the source or in a variable.
    pub(super) fn text(
        &mut self,
        position: Position,
        text: &str,
        is_for_one: bool,
        source: Option<&Rc<EnvSource>>,
    ) -> Option<EntryKind> {
        // https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque
        if text == "null" {
            return Some(EntryKind::Null);
        }
        if text == FILE_ORIGIN {
            return Some(EntryKind::File);
        }
        match Pattern::parse(text) {
            Ok(pattern) => Some(EntryKind::Pattern(pattern)),
            Err(error) => {
                let mistake = Mistake::Origin {
                    text: text.to_owned(),
                    error,
                    has_credentials: self.has_credentials,
                    is_for_one,
                    source: source.cloned(),
                };
                self.mistakes.add(position, mistake);
                None
            }
        }
    }

    /// A policy has one list, which is provided in one call.
    fn configured(&mut self, position: Position) -> Option<EntryKind> {
        match self.configured {
            Some(earlier) => {
                let mistake = Mistake::ConfiguredTwice(earlier);
                self.mistakes.add(position, mistake);
                None
            }
            None => {
                self.configured = Some(position);
                Some(EntryKind::Configured)
            }
        }
    }

    fn regex(&mut self, arguments: &[Expr], position: Position) -> Option<EntryKind> {
        let kind = match self.arguments(arguments) {
            [only] => Some(&only.kind),
            _ => None,
        };
        match kind {
            Some(ExprKind::Text(expression, style)) => Some(EntryKind::Regex(Regex {
                expression: expression.clone(),
                style: *style,
            })),
            Some(ExprKind::Malformed) => None,
            _ => {
                self.wrong_arguments(Function::Regex, position);
                None
            }
        }
    }

    fn wrong_arguments(&mut self, function: Function, position: Position) {
        let mistake = Mistake::WrongArguments(function);
        self.mistakes.add(position, mistake);
    }

    fn predicate(&mut self, arguments: &[Expr], position: Position) -> Option<EntryKind> {
        match arguments {
            [
                Expr {
                    kind: ExprKind::Path(path),
                    ..
                },
            ] => Some(EntryKind::Predicate(path.clone())),
            _ => {
                self.mistakes.add(position, Mistake::NoPath);
                None
            }
        }
    }

    /// Returns the risk, the position of the opt-out, and its entry.
    fn accepted_risk<'v>(
        &mut self,
        arguments: &'v [Expr],
        position: Position,
    ) -> Option<(OptOut, &'v Expr)> {
        let [word, inner] = self.arguments(arguments) else {
            self.wrong_arguments(Function::DangerouslyAllow, position);
            return None;
        };
        let ExprKind::Word(name) = &word.kind else {
            self.wrong_arguments(Function::DangerouslyAllow, position);
            return None;
        };
        let Some(risk) = Risk::from_name(name) else {
            let mistake = Mistake::UnknownRisk(name.clone());
            self.mistakes.add(word.position, mistake);
            return None;
        };
        let accepted = OptOut { risk, position };
        Some((accepted, inner))
    }

    /// Returns the `#[cfg(..)]` of an element.
    pub(super) fn condition(&mut self, element: &Expr) -> Option<Condition> {
        let mut texts = Vec::new();
        let mut fragments = Vec::new();
        for attribute in &element.attributes {
            if attribute.name != "cfg" {
                let mistake = Mistake::MisplacedAttribute(attribute.clone());
                self.mistakes.add(attribute.position, mistake);
                continue;
            }
            if !attribute.has_arguments {
                let mistake = Mistake::NoCondition(attribute.clone());
                self.mistakes.add(attribute.position, mistake);
            }
            texts.push(attribute.text.as_str());
            if let Some(fragment) = attribute.fragment {
                fragments.push(fragment);
            }
        }
        if texts.is_empty() {
            return None;
        }
        let text = texts.join(" ");
        Some(Condition { fragments, text })
    }

    /// `env("NAME", default = "..")`: adds the entries of the variable, which are separated by
    /// commas.
    fn variable(
        &mut self,
        arguments: &[Expr],
        position: Position,
        context: &Context,
        entries: &mut Vec<Entry>,
    ) {
        let Some((name, default)) = self.name_and_default(arguments) else {
            self.wrong_arguments(Function::Env, position);
            return;
        };
        if !self.variables.contains(&name) {
            self.variables.push(name.clone());
        }
        let has_entries = |value: &String| value.split(',').any(|text| !text.trim().is_empty());
        if default
            .as_ref()
            .is_some_and(|default| !has_entries(default))
        {
            let mistake = Mistake::EmptyDefault(name);
            self.mistakes.add(position, mistake);
            return;
        }
        let (set, is_set) = match self.environment.variable(&name) {
            EnvValue::Unicode(value) => (Some(value).filter(has_entries), true),
            EnvValue::NotUnicode => (None, true),
            EnvValue::Unset => (None, false),
        };
        let is_default = set.is_none();
        let Some(value) = set.or_else(|| default.clone()) else {
            let mistake = Mistake::NoVariable { name, is_set };
            self.mistakes.add(position, mistake);
            return;
        };
        let source = Rc::new(EnvSource {
            name,
            default,
            is_default,
        });
        for text in value.split(',') {
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            if let Some(kind) = self.text(position, text, false, Some(&source)) {
                entries.push(Entry {
                    source: Some(Rc::clone(&source)),
                    ..context.clone().entry(position, kind)
                });
            }
        }
    }

    /// Returns the arguments of `env`.
    fn name_and_default(&mut self, arguments: &[Expr]) -> Option<(String, Option<String>)> {
        let (name, default) = match self.arguments(arguments) {
            [name] => (name, None),
            [name, default] => (name, Some(default)),
            _ => return None,
        };
        let ExprKind::Text(name, _) = &name.kind else {
            return None;
        };
        // Variables cannot have such names.
        if name.is_empty() || name.contains(['=', '\0']) {
            return None;
        }
        let default = match default.map(|default| &default.kind) {
            None => None,
            Some(ExprKind::Named(word, default)) if word == "default" => {
                self.no_attributes(default);
                match &default.kind {
                    ExprKind::Text(default, _) => Some(default.clone()),
                    _ => return None,
                }
            }
            Some(_) => return None,
        };
        Some((name.clone(), default))
    }
}

impl Context {
    fn accepts(&self, risk: Risk) -> bool {
        self.opt_outs.iter().any(|accepted| accepted.risk == risk)
    }

    fn entry(self, position: Position, kind: EntryKind) -> Entry {
        Entry {
            position,
            kind,
            source: None,
            is_loopback: false,
            condition: self.condition,
            opt_outs: self.opt_outs,
        }
    }
}

/// The hosts that `Loopback` accepts.
pub(super) const LOOPBACK_HOSTS: [&str; 4] = ["localhost", "**.localhost", "127.0.0.1", "[::1]"];

/// Returns the patterns that `Loopback` replaces: origins of pages that never leave the machine.
/// <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>
fn loopback_patterns() -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for scheme in ["http", "https"] {
        for host in LOOPBACK_HOSTS {
            let pattern = Pattern::parse(&format!("{scheme}://{host}:*"));
            patterns.push(pattern.expect("it is spelled as browsers spell it"));
        }
    }
    patterns
}
