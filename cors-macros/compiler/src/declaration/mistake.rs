//! Mistakes that are found without proofs, as data. The validator writes their texts.

use std::rc::Rc;

use super::expression::{Attribute, Expr, Position};
use super::language::{Function, Key, Risk, Unit};
use cors_origin::pattern::{HostError, OriginError, Pattern};

/// A mistake in the source.
#[derive(Debug)]
pub enum Mistake {
    /// An attribute before a key.
    AttributeBeforeKey,
    /// No key where one is expected.
    NoKey,
    /// A key without `=` or without a value, and a value in parentheses that follows it.
    NoValue(Key, Option<Box<Expr>>),
    /// Another sign in place of `=`.
    OtherSign(Key, String),
    /// A semicolon in place of a comma.
    Semicolon,
    /// No comma before a key.
    NoComma(String),

    /// A key that does not exist.
    UnknownKey {
        /// Its name.
        name: String,
        /// Whether it is in a rule.
        in_rule: bool,
        /// The key of which it is a typo, unless that key is set.
        intended: Option<Key>,
    },
    /// A key for the whole policy, in a rule.
    MisplacedKey(Key),
    /// A key that was set before.
    DuplicateKey(Key, Position),
    /// A default that every rule overrides.
    UnusedDefault(Key),
    /// A rule without origins.
    MissingOrigins,

    /// A value with the wrong shape for its key.
    WrongShape {
        /// The key.
        key: Key,
        /// The value.
        value: Box<Expr>,
        /// Whether credentials are allowed, as far as known.
        has_credentials: bool,
    },
    /// A list without entries.
    EmptyList(Key),
    /// An element that the list does not accept.
    NoEntry {
        /// The key.
        key: Key,
        /// The element.
        element: Box<Expr>,
        /// Whether credentials are allowed, as far as is known.
        has_credentials: bool,
    },
    /// An element for all elements, inside a list.
    Wildcard {
        /// Whether a word replaces the whole list, rather than the element.
        replaces_list: bool,
        /// The key.
        key: Key,
        /// The element.
        element: Box<Expr>,
        /// Whether credentials are allowed, as far as known.
        has_credentials: bool,
    },
    /// An attribute in the wrong place.
    MisplacedAttribute(Attribute),
    /// `#[cfg]` without a condition.
    NoCondition(Attribute),

    /// A call that does not exist.
    UnknownCall(String),
    /// A call with invalid arguments.
    WrongArguments(Function),
    /// An argument of `predicate` that is not a path.
    NoPath,
    /// A risk that does not exist.
    UnknownRisk(String),
    /// A value of `rules` that is not a list of tables, and its kind.
    NoRules(&'static str),
    /// An unknown key in a table of `allow_origins`.
    UnknownEntryKey(String),
    /// A table of `allow_origins` without an origin, or with several.
    NoOriginInEntry,
    /// An opt-out inside another one for the same risk, and its entry.
    AcceptedTwice(Risk, Box<Expr>),
    /// A second `Configured`.
    ConfiguredTwice(Position),
    /// An environment variable without entries, whether or not it is set.
    NoVariable {
        /// Its name.
        name: String,
        /// Whether it is set.
        is_set: bool,
    },
    /// An environment variable whose default has no entries.
    EmptyDefault(String),

    /// A text that is neither an origin nor a pattern.
    Origin {
        /// The text.
        text: String,
        /// The reason.
        error: OriginError,
        /// Whether credentials are allowed, as far as is known.
        has_credentials: bool,
        /// Whether there is room for one entry only: in an opt-out.
        is_for_one: bool,
        /// The variable that contains it.
        source: Option<Rc<EnvSource>>,
    },
    /// A text that is neither a host nor a pattern, and the reason.
    Host(String, HostError),
    /// A pattern in place of an origin.
    PatternInAssertion(Key, Pattern),
    /// A method or a header name that its list does not accept.
    Name(Key, Box<Expr>, NameError),
    /// A method or a header name that is already listed.
    DuplicateName(Key, String, Position),
    /// A word that is none of those for what happens to denied requests.
    UnknownOnDenied(String),
    /// A unit of time that does not exist, and the call.
    UnknownUnit(String, Box<Expr>),
    /// A unit of time without a single number.
    WrongCount(Unit),
    /// More seconds than any browser caches a preflight for.
    MaxAge,
    /// A status that is not from 200 to 299.
    PreflightStatus(u64),
}

/// The reason why a list does not accept a method or a header name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameError {
    /// `*`.
    Wildcard,
    /// It is not a [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2).
    NoToken,
    /// It is a token that looks like a pattern.
    Pattern,
    /// It is written as a word, but is not a registered method; or it is a standard method with a typo.
    UnknownMethod,
    /// It is a standard method that is not in upper case.
    MethodCase,
    /// The Fetch standard forbids it for scripts.
    Forbidden,
    /// It only occurs in responses, and the list is for requests.
    ResponseOnly,
    /// It only occurs in requests, and the list is for responses.
    RequestOnly,
}

/// `env("NAME", default = "..")`.
#[derive(Debug)]
pub struct EnvSource {
    /// The name of the variable.
    pub name: String,
    /// Used if the variable has no entries.
    pub default: Option<String>,
    /// Whether the default is used.
    pub is_default: bool,
}

/// All mistakes, in the order in which they were found.
#[derive(Debug, Default)]
pub struct Mistakes {
    found: Vec<(Position, Mistake)>,
}

impl Mistakes {
    /// Records a mistake and its position.
    pub fn add(&mut self, position: Position, mistake: Mistake) {
        self.found.push((position, mistake));
    }

    /// Returns whether there are no mistakes.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Returns all mistakes.
    pub fn iter(&self) -> impl Iterator<Item = (Position, &Mistake)> {
        let found = self.found.iter();
        found.map(|(position, mistake)| (*position, mistake))
    }
}
