//! Origins that anyone on the network path can forge.
//! <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>

use super::build;
use super::dfa::Dfa;
use super::product::{difference, intersection};

/// Accepts such origins.
pub(crate) struct Insecure(Dfa);

impl Insecure {
    pub(crate) fn new() -> Self {
        // It is asked about serialized origins only, so ports need not be told apart.
        let all = build::of_patterns(&["http://.+".to_owned()]);
        let loopback = build::of_patterns(&[
            r"http://(?:(?:[a-z0-9_-]+\.)*localhost\.?|127(?:\.[0-9]+){3}|\[::1\])(?::[0-9]+)?"
                .to_owned(),
        ]);
        Self(difference(&all, &loopback))
    }

    pub(crate) fn accepts(&self, origin: &str) -> bool {
        !self.0.accepting(origin.as_bytes()).is_empty()
    }

    /// What `dfa` accepts of them.
    pub(crate) fn part(&self, dfa: &Dfa) -> Dfa {
        intersection(dfa, &self.0)
    }
}
