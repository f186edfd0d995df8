//! What can be wrong before anything is proved, as data. The validator words it.

use super::expression::{Attribute, Expr, Position};
use super::language::{Function, Key, Risk, Unit};
use cors_origin::pattern::{OriginError, Pattern};

/// Something that is wrong with what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// An attribute before a key.
    AttributeBeforeKey,
    /// No key is where one belongs.
    NoKey,
    /// A key without `=` or without a value, and the value that is in parentheses instead.
    NoValue(Key, Option<Box<Expr>>),
    /// Another sign in the place of `=`.
    OtherSign(Key, String),
    /// A semicolon in the place of a comma.
    Semicolon,
    /// No comma before a key.
    NoComma(String),

    /// A key that the language does not have.
    UnknownKey {
        /// As it is written.
        name: String,
        /// Whether it is in a rule.
        in_rule: bool,
    },
    /// A key about the whole policy, in a rule.
    MisplacedKey(Key),
    /// A key that is given already.
    DuplicateKey(Key, Position),
    /// A key outside of the rules that each of them sets.
    UnusedDefault(Key),
    /// A rule without origins.
    MissingOrigins,

    /// A value of another kind than the key takes.
    WrongShape {
        /// The key.
        key: Key,
        /// The value.
        value: Box<Expr>,
        /// Whether credentials are allowed, as far as is known.
        has_credentials: bool,
    },
    /// A list without entries.
    EmptyList(Key),
    /// An element that is none of what the list takes.
    NoEntry(Key, Box<Expr>),
    /// An element that stands for all elements, inside of a list.
    Wildcard {
        /// The key.
        key: Key,
        /// The element.
        element: Box<Expr>,
        /// Whether credentials are allowed, as far as is known.
        has_credentials: bool,
    },
    /// An attribute where none may be.
    MisplacedAttribute(Attribute),
    /// `#[cfg]` without a condition.
    NoCondition(Attribute),

    /// A call that the language does not have.
    UnknownCall(String),
    /// A call whose arguments are not what it takes.
    WrongArguments(Function),
    /// An argument of `predicate` that is no path.
    NoPath,
    /// A risk that the language does not have.
    UnknownRisk(String),
    /// An opt-out within another for the same risk, and the entry in it.
    AcceptedTwice(Risk, Box<Expr>),
    /// `Configured`, which a policy has already.
    ConfiguredTwice(Position),
    /// An environment variable that has no entries, although it may be set.
    NoVariable {
        /// Its name.
        name: String,
        /// Whether it is set.
        is_set: bool,
    },
    /// An environment variable whose default has no entries.
    EmptyDefault(String),

    /// A text that is no origin and no pattern.
    Origin {
        /// The text.
        text: String,
        /// Why it is none.
        error: OriginError,
        /// The variable that it was read from.
        source: Option<EnvSource>,
    },
    /// A pattern where an origin belongs.
    PatternInAssertion(Key, Pattern),
    /// A method or a header name that cannot be in its list.
    Name(Key, String, NameError),
    /// A method or a header name that is listed already.
    DuplicateName(Key, String, Position),
    /// A unit of time that the language does not have, and the call.
    UnknownUnit(String, Box<Expr>),
    /// A unit of time around something else than one number.
    WrongCount(Unit),
    /// More seconds than any browser keeps a preflight.
    MaxAge,
    /// A status that is not from 200 to 299.
    PreflightStatus(u64),
}

/// Why a method or a header name cannot be in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameError {
    /// `*`.
    Wildcard,
    /// It is no [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2).
    NoToken,
    /// It is a token that looks like a pattern.
    Pattern,
    /// It is written as a word, and is no registered method.
    UnknownMethod,
    /// It is a standard method that is not in upper case.
    MethodCase,
    /// The Fetch standard forbids it to scripts.
    Forbidden,
    /// Only responses carry it, and the list is for requests.
    ResponseOnly,
    /// Only requests carry it, and the list is for responses.
    RequestOnly,
}

/// `env("NAME", default = "..")`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvSource {
    /// The name of the variable.
    pub name: String,
    /// What counts where the variable has no entries.
    pub default: Option<String>,
    /// Whether the variable has no entries, so that those of the default count.
    pub is_default: bool,
}

/// Everything that was found wrong, in the order in which it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mistakes {
    found: Vec<(Position, Mistake)>,
}

impl Mistakes {
    /// Notes a mistake and where it is.
    pub fn add(&mut self, position: Position, mistake: Mistake) {
        self.found.push((position, mistake));
    }

    /// Whether nothing is wrong so far.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Returns all of them.
    pub fn iter(&self) -> impl Iterator<Item = (Position, &Mistake)> {
        let found = self.found.iter();
        found.map(|(position, mistake)| (*position, mistake))
    }
}
