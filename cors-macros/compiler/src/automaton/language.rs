//! Languages of origins for comparisons.
//! <https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin>

use super::build::{self, BuildError, any_port, from_trusted};
use super::dfa::Dfa;
use super::product::{difference, intersection, intersection_within};

const HOST: &str = r"(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:]+\])";

/// A host with the scheme of an app, as in `cors_origin::origin::is_opaque_host_byte`.
const OPAQUE_HOST: &str = r"(?:[!$-.0-9;=A-Z_a-z~]+|\[[0-9a-f:]+\])";
const SCHEME: &str = "[a-z][a-z0-9+.-]*";
/// With these schemes, hosts are domains and addresses.
/// <https://url.spec.whatwg.org/#special-scheme>
const SPECIAL_SCHEMES: &str = "(?:file|ftp|https?|wss?)";

/// Maximum number of states of a regex combined with the rules for serialized origins.
pub(crate) const MAX_REGEX_STATES: usize = 1 << 13;

/// The reason why a regex has no automaton.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RegexError {
    /// It is not a regular expression. Contains the reason.
    Invalid(String),
    /// It exceeds one of the limits.
    TooLarge,
    /// It exceeds the remaining limit of the policy.
    TooLargeTogether,
    /// It was not processed, because an earlier one exceeded a limit.
    Unread,
    /// It accepts no origin.
    Empty,
}

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
    shape: Dfa,
    default_port: Dfa,
}

impl SerializedOrigins {
    /// Builds the automata of the language.
    pub(crate) fn new() -> Self {
        let port = any_port(None);
        let all = from_trusted(&[format!("{SCHEME}://{OPAQUE_HOST}{port}")]);
        let special = from_trusted(&[format!("{SPECIAL_SCHEMES}://.+")]);
        let of_domains = from_trusted(&[format!("{SPECIAL_SCHEMES}://{HOST}{port}")]);
        Self {
            shape: difference(&all, &difference(&special, &of_domains)),
            // Excludes the default ports.
            default_port: from_trusted(&["http://[^/]+:80|https://[^/]+:443"]),
        }
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
        let dfa = build::from_untrusted(regex).map_err(|error| match error {
            BuildError::Invalid(reason) => RegexError::Invalid(reason),
            BuildError::TooLarge => {
                budget.exceed();
                RegexError::TooLarge
            }
        })?;
        let Some(shaped) = intersection_within(most, &dfa, &self.shape) else {
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
        // Only used with serialized origins, so any port syntax is acceptable.
        let all = from_trusted(&["http://.+"]);
        let loopback = from_trusted(&[
            r"http://(?:(?:[a-z0-9_-]+\.)*localhost\.?|127(?:\.[0-9]+){3}|\[::1\])(?::[0-9]+)?",
        ]);
        Self(difference(&all, &loopback))
    }

    /// Returns the part of `dfa` that is in the language.
    pub(crate) fn intersection(&self, dfa: &Dfa) -> Dfa {
        intersection(dfa, &self.0)
    }
}

/// Returns the part of `dfa` with a scheme, if there is one.
pub(crate) fn with_scheme(scheme: &str, dfa: &Dfa) -> Option<Dfa> {
    let all = from_trusted(&[format!("{scheme}://.+")]);
    let part = intersection(dfa, &all);
    (!part.is_empty()).then_some(part)
}
