//! What the author of a regex may have meant.

use crate::automaton::dfa::Dfa;
use crate::automaton::regex;
use crate::automaton::serialized::Serialized;

/// What the expression accepts if every dot that stands for any byte is read as a dot: what its
/// author may have meant. Nothing if there is no such dot.
pub(crate) fn literal_reading(expression: &str, serialized: &Serialized) -> Option<Dfa> {
    let mut literal = String::new();
    let mut has_loose_dot = false;
    let mut in_class = false;
    let mut characters = expression.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                literal.push(character);
                literal.extend(characters.next());
                continue;
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '.' if !in_class => {
                has_loose_dot = true;
                literal.push('\\');
            }
            _ => {}
        }
        literal.push(character);
    }
    if !has_loose_dot {
        return None;
    }
    // Without a literal reading the dot is to blame all the same.
    regex::of(&literal, serialized)
        .ok()
        .or_else(|| Some(Dfa::nothing()))
}
