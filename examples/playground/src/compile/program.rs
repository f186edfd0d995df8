//! Entries that need a program: its build, its functions, or lists that it provides. Each of them gets its own
//! message.

use cors_compiler::check::Check;
use cors_compiler::declaration::{CONFIGURED, Declaration, Expr, ExprKind, Function, Position};
use cors_compiler::tokens::{self, Source};

use super::message::Message;
use super::settings;

const FUNCTION: &str = "\
the playground has no functions that `predicate(..)` could call
note: a predicate is a function of your program
help: remove the entry; the other entries work as they do in your program";

const CONDITION: &str = "\
the playground has no build that `#[cfg(..)]` could depend on
note: conditions are about the features and the profile of your program
help: remove the attribute, to see the policy with the entry, or remove the entry, to see it without";

const LIST: &str = "\
the playground has no list of origins for `Configured`
note: your program provides the list when it starts
help: write some of its origins in place of `Configured`";

const VARIABLE: &str = "\
the playground reads no environment variables
note: `env(..)` is for the variables of a build
help: add a default, as in `env(\"PARTNERS\", default = \"https://partner.example\")`
help: write the origins of the variable in place of `env(..)`";

/// Returns a message for each place that needs a program.
pub(super) fn messages(declaration: &Declaration, source: &Source) -> Vec<Message> {
    let mut found = Vec::new();
    for setting in settings(declaration) {
        find(&setting.value, &mut found);
    }
    let messages = found.into_iter();
    messages
        .map(|(position, message)| Message::at(source.spans(position), message))
        .collect()
}

fn find(value: &Expr, found: &mut Vec<(Position, &'static str)>) {
    let attributes = value.attributes.iter();
    let conditions = attributes.filter(|attribute| attribute.name == "cfg");
    found.extend(conditions.map(|condition| (condition.position, CONDITION)));
    match &value.kind {
        ExprKind::Word(word) if word == CONFIGURED => found.push((value.position, LIST)),
        ExprKind::Call(name, _) if Function::from_name(name) == Some(Function::Predicate) => {
            found.push((value.position, FUNCTION));
        }
        ExprKind::List(values) | ExprKind::Call(_, values) | ExprKind::Sequence(values) => {
            values.iter().for_each(|value| find(value, found));
        }
        ExprKind::Named(_, value) => find(value, found),
        _ => {}
    }
}

/// Returns the message for a variable that is not set, in place of the compiler's.
pub(super) fn variable(message: &tokens::Message) -> Option<Message> {
    let is_unset = message.check == Check::EnvMissing;
    is_unset.then(|| Message::at(message.spans, VARIABLE))
}
