//! Languages of origins for comparisons.
//! <https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin>

use std::cell::OnceCell;

use super::determinize::build;
use super::dfa::Dfa;
use super::expression::Expression;
use super::product::{difference, intersection, intersection_within, is_included};
#[cfg(feature = "regex")]
use super::regex::from_untrusted;
use super::regex_error::RegexError;
use cors_origin::origin::is_opaque_host_byte;

/// With these schemes, hosts are domains and addresses.
/// <https://url.spec.whatwg.org/#special-scheme>
const SPECIAL_SCHEMES: [&str; 6] = ["file", "ftp", "http", "https", "ws", "wss"];

/// Maximum number of states of a regex combined with the rules for serialized origins.
pub(crate) const MAX_REGEX_STATES: usize = 1 << 13;

/// Number of states that the automata of several regexes may have in total.
pub(crate) struct RegexBudget {
    left: usize,
    /// Whether a regex needed more than was left.
    is_exceeded: bool,
}

impl RegexBudget {
    /// Number of additional states for each byte of the regexes.
    pub(crate) const STATES_PER_BYTE: usize = 2;

    /// Returns a budget of `states`.
    pub(crate) fn new(states: usize) -> Self {
        Self {
            left: states,
            is_exceeded: false,
        }
    }

    /// Returns the budget of regexes with `bytes` in total. It allows one of the maximum size, or any
    /// number of typical ones, which need one or two states for each byte.
    pub(crate) fn for_bytes(bytes: usize) -> Self {
        Self::new(MAX_REGEX_STATES + Self::STATES_PER_BYTE * bytes)
    }

    fn take(&mut self, states: usize) {
        self.left = self.left.saturating_sub(states);
    }

    /// Exhausts the budget, and returns the error of the regex that needs more.
    fn exceed(&mut self) -> RegexError {
        self.is_exceeded = true;
        match self.left >= MAX_REGEX_STATES {
            true => RegexError::TooLarge,
            false => RegexError::TooLargeTogether,
        }
    }
}

/// All serialized origins: texts with the right syntax and without a default port.
pub(crate) struct SerializedOrigins {
    /// Everything that starts with one of [`SPECIAL_SCHEMES`].
    special: Dfa,
    /// Texts with these schemes and the right syntax.
    of_domains: Dfa,
    /// Texts with any scheme and the right syntax. Few regexes accept other schemes, and this is most of
    /// the work.
    shape: OnceCell<Dfa>,
    default_port: Dfa,
}

impl SerializedOrigins {
    /// Builds the automata of the language.
    pub(crate) fn new() -> Self {
        let special = || Expression::texts(&SPECIAL_SCHEMES);
        Self {
            special: build(&[with_any_rest(special())]),
            of_domains: build(&[origin(special(), host())]),
            shape: OnceCell::new(),
            default_port: default_port(),
        }
    }

    fn shape(&self) -> &Dfa {
        self.shape.get_or_init(|| {
            let all = build(&[origin(scheme(), opaque_host())]);
            difference(&all, &difference(&self.special, &self.of_domains))
        })
    }

    /// Returns an automaton that accepts, of everything that `dfa` accepts, the texts with the right
    /// syntax.
    fn shape_for(&self, dfa: &Dfa) -> &Dfa {
        let mut pairs = MAX_REGEX_STATES;
        match is_included(&mut pairs, dfa, &self.special) {
            Some(true) => &self.of_domains,
            _ => self.shape(),
        }
    }

    /// Returns the automaton of the language.
    #[cfg(all(test, feature = "regex", feature = "tokens"))]
    pub(crate) fn automaton(&self) -> Dfa {
        difference(self.shape(), &self.default_port)
    }

    /// Returns the automaton of the full matches of `regex` that are serialized origins, with the
    /// label 0.
    #[cfg(any(test, feature = "export"))]
    pub(crate) fn regex(&self, regex: &str) -> Result<Dfa, RegexError> {
        self.regex_within(regex, &mut RegexBudget::new(MAX_REGEX_STATES))
    }

    /// Returns the automaton, and takes its states from `budget`.
    pub(crate) fn regex_within(
        &self,
        regex: &str,
        budget: &mut RegexBudget,
    ) -> Result<Dfa, RegexError> {
        if budget.is_exceeded {
            return Err(RegexError::Unread);
        }
        let most = budget.left.min(MAX_REGEX_STATES);
        let dfa = from_untrusted(regex).inspect_err(|error| {
            if matches!(error, RegexError::TooLarge) {
                budget.exceed();
            }
        })?;
        let Some(shaped) = intersection_within(most, &dfa, self.shape_for(&dfa)) else {
            return Err(budget.exceed());
        };
        budget.take(dfa.states().len().max(shaped.states().len()));
        let dfa = difference(&shaped, &self.default_port);
        match dfa.is_empty() {
            true => Err(RegexError::Empty),
            false => Ok(dfa),
        }
    }
}

/// Origins that anyone on the network path can forge: plain `http` to another machine.
/// <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>
pub(crate) struct InsecureOrigins(Dfa);

impl InsecureOrigins {
    /// Builds the automaton of the language.
    pub(crate) fn new() -> Self {
        let http = || Expression::text("http");
        let all = build(&[with_any_rest(http())]);
        // Only used with serialized origins, so any port syntax is acceptable.
        let port = Expression::Sequence(vec![Expression::text(":"), number()]).optional();
        let loopback = Expression::Alternatives(vec![
            localhost(),
            loopback_address(),
            Expression::text("[::1]"),
        ]);
        let loopback = Expression::Sequence(vec![http(), Expression::text("://"), loopback, port]);
        Self(difference(&all, &build(&[loopback])))
    }

    /// Returns the part of `dfa` that is in the language.
    pub(crate) fn intersection(&self, dfa: &Dfa) -> Dfa {
        intersection(dfa, &self.0)
    }
}

/// Returns the part of `dfa` with a scheme, if there is one.
pub(crate) fn with_scheme(scheme: &str, dfa: &Dfa) -> Option<Dfa> {
    let all = build(&[with_any_rest(Expression::text(scheme))]);
    let part = intersection(dfa, &all);
    (!part.is_empty()).then_some(part)
}

#[cfg(not(feature = "regex"))]
fn from_untrusted(_: &str) -> Result<Dfa, RegexError> {
    Err(RegexError::Disabled)
}

/// Returns an expression for a scheme, a host and any port.
fn origin(scheme: Expression, host: Expression) -> Expression {
    let port = Expression::any_port(None);
    Expression::Sequence(vec![scheme, Expression::text("://"), host, port])
}

/// Returns an expression for a scheme and any text on one line.
fn with_any_rest(scheme: Expression) -> Expression {
    let rest = Expression::bytes(|byte| byte != b'\n');
    Expression::Sequence(vec![scheme, Expression::text("://"), rest])
}

fn scheme() -> Expression {
    let is_first = |byte: u8| byte.is_ascii_lowercase();
    let is_other =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+.-".contains(&byte);
    Expression::Sequence(vec![
        Expression::Class(is_first),
        Expression::bytes(is_other).optional(),
    ])
}

fn host() -> Expression {
    let domain = Expression::Sequence(vec![
        Expression::label(),
        Expression::more_labels(),
        Expression::text(".").optional(),
    ]);
    Expression::Alternatives(vec![domain, ipv6_address()])
}

/// Returns an expression for a host with the scheme of an app.
fn opaque_host() -> Expression {
    Expression::Alternatives(vec![Expression::bytes(is_opaque_host_byte), ipv6_address()])
}

fn ipv6_address() -> Expression {
    let is_part = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b':');
    Expression::Sequence(vec![
        Expression::text("["),
        Expression::bytes(is_part),
        Expression::text("]"),
    ])
}

/// Returns the texts with a default port, which browsers omit.
fn default_port() -> Dfa {
    let host = || Expression::bytes(|byte| byte != b'/');
    let with_port = |scheme: &str, port: &str| {
        Expression::Sequence(vec![
            Expression::text(scheme),
            host(),
            Expression::text(port),
        ])
    };
    build(&[with_port("http://", ":80"), with_port("https://", ":443")])
}

/// Returns an expression for `localhost` and the names below it.
fn localhost() -> Expression {
    let below = Expression::Sequence(vec![Expression::label(), Expression::text(".")]);
    Expression::Sequence(vec![
        below.repeated().optional(),
        Expression::text("localhost"),
        Expression::text(".").optional(),
    ])
}

/// Returns an expression for the addresses of this machine: `127.`, and three more numbers.
fn loopback_address() -> Expression {
    let part = || Expression::Sequence(vec![Expression::text("."), number()]);
    Expression::Sequence(vec![Expression::text("127"), part(), part(), part()])
}

fn number() -> Expression {
    Expression::bytes(|byte| byte.is_ascii_digit())
}
