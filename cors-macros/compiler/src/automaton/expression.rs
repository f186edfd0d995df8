//! A pattern as a regular expression over the bytes of serialized origins.

use crate::model::{Host, Label, Origin, Piece, Port};

/// What `*` stands for: the bytes of a label, one or more.
const WILDCARD: &str = "[a-z0-9_-]+";
/// What `**` stands for: one label or more.
const DEEP_WILDCARD: &str = r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*";

/// The expression whose full matches are the origins that `origin` means.
pub(crate) fn of(origin: &Origin) -> String {
    let mut expression = String::new();
    text(&origin.scheme, &mut expression);
    expression += "://";
    match &origin.host {
        Host::Ip(address) => text(address, &mut expression),
        Host::Domain(labels) => domain(labels, &mut expression),
    }
    match origin.port {
        Port::Implicit => {}
        Port::Number(number) => expression += &format!(":{number}"),
        Port::Any => expression += &any_port(origin.default_port()),
    }
    expression
}

fn domain(labels: &[Label], expression: &mut String) {
    for (index, label) in labels.iter().enumerate() {
        if index > 0 {
            text(".", expression);
        }
        for piece in &label.pieces {
            match piece {
                Piece::Text(bytes) => text(bytes, expression),
                Piece::Wildcard => *expression += WILDCARD,
                Piece::DeepWildcard => *expression += DEEP_WILDCARD,
            }
        }
    }
}

/// `bytes`, none of them special.
fn text(bytes: &str, expression: &mut String) {
    for character in bytes.chars() {
        if !character.is_ascii_alphanumeric() {
            expression.push('\\');
        }
        expression.push(character);
    }
}

/// An optional port from 1 to 65535 but `default`, without leading zeros.
///
/// Browsers leave the default port out, so with it the text would be no
/// [serialized origin](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin).
pub(crate) fn any_port(default: Option<u16>) -> String {
    let mut ports: Vec<String> = (1..=4)
        .map(|digits| starting_with("[1-9]", digits))
        .collect();
    ports.push("[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]".into());
    if let Some(default) = default.map(|port| port.to_string()) {
        // All ports of the default's length but the default: those that first differ in each digit.
        ports[default.len() - 1] = (0..default.len())
            .map(|index| {
                let (same, digit) = (&default[..index], default.as_bytes()[index]);
                let others: String = ('0'..='9')
                    .filter(|other| u32::from(*other) != u32::from(digit))
                    .filter(|other| index > 0 || *other != '0')
                    .collect();
                same.to_owned() + &starting_with(&format!("[{others}]"), default.len() - index)
            })
            .collect::<Vec<_>>()
            .join("|");
    }
    format!("(?::(?:{}))?", ports.join("|"))
}

fn starting_with(class: &str, digits: usize) -> String {
    class.to_owned() + &"[0-9]".repeat(digits - 1)
}
