//! Common code for the values of all keys: lists, arguments, and recording mistakes.

use super::Environment;
use crate::declaration::{ANY, Expr, ExprKind, Key, MIRROR_REQUEST, Mistake, Mistakes, Position};

/// Checks the values of a policy.
pub(super) struct Reader<'e> {
    pub(super) environment: &'e dyn Environment,
    pub(super) mistakes: Mistakes,
    /// Environment variables that were read, without duplicates.
    pub(super) variables: Vec<String>,
    /// Position of `Configured`, if there is one.
    pub(super) configured: Option<Position>,
    /// Whether the current rule allows credentials, as far as known.
    pub(super) has_credentials: bool,
}

impl<'e> Reader<'e> {
    pub(super) fn new(environment: &'e dyn Environment) -> Self {
        Self {
            environment,
            mistakes: Mistakes::default(),
            variables: Vec::new(),
            configured: None,
            has_credentials: false,
        }
    }

    /// Returns the elements of a list. Records a mistake for any other value.
    pub(super) fn elements<'v>(&mut self, key: Key, value: &'v Expr) -> &'v [Expr] {
        self.no_attributes(value);
        match &value.kind {
            ExprKind::List(elements) => {
                if elements.is_empty() {
                    self.mistakes.add(value.position, Mistake::EmptyList(key));
                }
                elements
            }
            _ => {
                self.wrong_shape(key, value);
                &[]
            }
        }
    }

    /// Rejects attributes on the arguments of a call.
    pub(super) fn arguments<'v>(&mut self, arguments: &'v [Expr]) -> &'v [Expr] {
        for argument in arguments {
            self.no_attributes(argument);
        }
        arguments
    }

    pub(super) fn wrong_shape(&mut self, key: Key, value: &Expr) {
        let mistake = Mistake::WrongShape {
            key,
            value: Box::new(value.clone()),
            has_credentials: self.has_credentials,
        };
        self.mistakes.add(value.position, mistake);
    }

    pub(super) fn no_entry(&mut self, key: Key, element: &Expr) {
        let mistake = Mistake::NoEntry {
            key,
            element: Box::new(element.clone()),
            has_credentials: self.has_credentials,
        };
        self.mistakes.add(element.position, mistake);
    }

    /// Records an element for all elements, such as `"*"`. A word should replace the code at the position: the
    /// list, or the element.
    pub(super) fn wildcard(&mut self, key: Key, element: &Expr, position: Position) {
        let mistake = Mistake::Wildcard {
            replaces_list: position != element.position,
            key,
            element: Box::new(element.clone()),
            has_credentials: self.has_credentials,
        };
        self.mistakes.add(position, mistake);
    }

    /// Records attributes in the wrong place.
    pub(super) fn no_attributes(&mut self, value: &Expr) {
        for attribute in &value.attributes {
            let mistake = Mistake::MisplacedAttribute(attribute.clone());
            self.mistakes.add(attribute.position, mistake);
        }
    }
}

/// Returns whether an element of a list means all elements.
pub(super) fn is_for_all(element: &Expr) -> bool {
    match &element.kind {
        ExprKind::Text(text, _) => text == "*",
        _ => element.is_word(ANY) || element.is_word(MIRROR_REQUEST),
    }
}
