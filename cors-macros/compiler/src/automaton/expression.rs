//! Regular expressions as values: those of patterns, and of the languages that they are compared
//! with. Nothing parses them.

use cors_origin::origin::is_label_byte;

/// The inputs, or parts of inputs, that are accepted.
#[derive(Debug)]
pub(crate) enum Expression {
    /// These bytes.
    Text(String),
    /// One byte for which the function holds.
    Class(fn(u8) -> bool),
    /// All of these, one after the other.
    Sequence(Vec<Self>),
    /// One of these.
    Alternatives(Vec<Self>),
    /// This, once or more.
    Repeated(Box<Self>),
    /// This, or nothing.
    Optional(Box<Self>),
}

impl Expression {
    /// Creates an expression for a text.
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// Creates an expression for some texts.
    pub(crate) fn texts(texts: &[&str]) -> Self {
        let mut alternatives = Vec::new();
        for text in texts {
            alternatives.push(Self::text(text));
        }
        Self::Alternatives(alternatives)
    }

    /// Creates an expression for one or more bytes of a class.
    pub(crate) fn bytes(class: fn(u8) -> bool) -> Self {
        Self::Class(class).repeated()
    }

    /// Creates an expression for one or more bytes of a label, which `*` accepts.
    pub(crate) fn label() -> Self {
        Self::bytes(is_label_byte)
    }

    /// Creates an expression for any number of labels, each after a dot.
    pub(crate) fn more_labels() -> Self {
        let label = Self::Sequence(vec![Self::text("."), Self::label()]);
        label.repeated().optional()
    }

    /// Creates an expression for an optional port from 1 to 65535 except `default`, without leading
    /// zeros.
    ///
    /// Browsers omit the default port, so with it the text would not be a [serialized
    /// origin](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin).
    pub(crate) fn any_port(default: Option<u16>) -> Self {
        let default = default.map(|port| port.to_string()).unwrap_or_default();
        let mut ports = Vec::new();
        for count in 1..=4 {
            match count == default.len() {
                true => ports.extend(numbers_except(&default)),
                false => ports.push(numbers(Self::Class(is_first_digit), count)),
            }
        }
        // From 10000 to 65535, by the first digit that is less than that of the greatest port.
        let greatest = "65535";
        for (index, digit) in greatest.char_indices() {
            let first = if index == 0 { '1' } else { '0' };
            let is_last = index + 1 == greatest.len();
            let less =
                digits(&|other| first <= other && (other < digit || is_last && other == digit));
            let rest = numbers(less, greatest.len() - index);
            ports.push(Self::Sequence(vec![Self::text(&greatest[..index]), rest]));
        }
        Self::Sequence(vec![Self::text(":"), Self::Alternatives(ports)]).optional()
    }

    pub(crate) fn repeated(self) -> Self {
        Self::Repeated(Box::new(self))
    }

    pub(crate) fn optional(self) -> Self {
        Self::Optional(Box::new(self))
    }
}

/// Returns the numbers with as many digits as `number`, except that: by the first digit that
/// differs.
fn numbers_except(number: &str) -> Vec<Expression> {
    let mut differing = Vec::new();
    for (index, digit) in number.char_indices() {
        let others = digits(&|other| other != digit && (index > 0 || other != '0'));
        let rest = numbers(others, number.len() - index);
        let start = Expression::text(&number[..index]);
        differing.push(Expression::Sequence(vec![start, rest]));
    }
    differing
}

/// Returns the numbers of `count` digits that start with `first`.
fn numbers(first: Expression, count: usize) -> Expression {
    let mut digits = vec![first];
    while digits.len() < count {
        digits.push(Expression::Class(|byte| byte.is_ascii_digit()));
    }
    Expression::Sequence(digits)
}

fn is_first_digit(byte: u8) -> bool {
    matches!(byte, b'1'..=b'9')
}

/// Returns some digits.
fn digits(is_one: &dyn Fn(char) -> bool) -> Expression {
    let mut digits = Vec::new();
    for digit in '0'..='9' {
        if is_one(digit) {
            digits.push(Expression::Text(digit.into()));
        }
    }
    Expression::Alternatives(digits)
}
