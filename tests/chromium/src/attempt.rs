//! A case, and what the server does wrong this time.

use crate::case::Case;
use crate::outcome::Arrived;

/// A case that is tried with a server that has a flaw, or none.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'c> {
    /// The case.
    pub case: &'c Case,
    /// The flaw.
    pub flaw: &'static str,
    /// The number that distinguishes it from other attempts with this flaw.
    number: usize,
}

impl<'c> Attempt<'c> {
    /// One for each case.
    pub fn all(flaw: &'static str, cases: &'c [Case]) -> impl Iterator<Item = Self> {
        let cases = cases.iter().enumerate();
        cases.map(move |(number, case)| Self { case, flaw, number })
    }

    /// Returns the attempt with a server without flaws.
    #[must_use]
    pub fn without_flaw(self) -> Self {
        Self {
            flaw: "sound",
            ..self
        }
    }

    /// The URL, which no other attempt has, so that caches do not mix them up.
    pub(crate) fn url(&self) -> String {
        let (_, url) = self.case.method_and_url();
        let (scheme, rest) = url.split_once("://").expect("a URL");
        let (host, path) = rest.split_once('/').expect("a path");
        format!("{scheme}://{host}/{}/{path}?{}", self.flaw, self.number)
    }

    /// Whether a request is of this attempt, wherever redirects have led it.
    pub(crate) fn has_sent(&self, arrived: &Arrived) -> bool {
        arrived.flaw == self.flaw && arrived.url.ends_with(&format!("?{}", self.number))
    }
}
