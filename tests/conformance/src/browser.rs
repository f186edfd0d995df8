//! What a browser does with a response: according to the corpus, and as found.

use std::fmt;

use serde::Deserialize;

/// The consequence for the script of a page whose request got a response. For each page there are
/// two requests that look the same to a server: with and without credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It reads the response to its request.
    Reads,
    /// It reads that, but nothing if it sent credentials.
    ReadsWithoutCredentials,
    /// The browser goes where the response redirects it.
    Follows,
    /// It gets an error, and nothing of the response.
    Blocked,
    /// The response to the preflight lets the browser send the request.
    Permits,
    /// It does, but not if there are to be credentials.
    PermitsWithoutCredentials,
    /// It does not: the request is never sent.
    Refuses,
}

impl Outcome {
    /// Whether a page without credentials gets on, as far as the policy decides it.
    #[must_use]
    pub fn is_allowed(self) -> bool {
        !matches!(self, Self::Blocked | Self::Refuses)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reads => "lets the script read the response",
            Self::ReadsWithoutCredentials => {
                "lets the script read the response, unless it sends credentials"
            }
            Self::Follows => "follows the redirect",
            Self::Blocked => "keeps the response from the script",
            Self::Permits => "sends the request",
            Self::PermitsWithoutCredentials => "sends the request, unless with credentials",
            Self::Refuses => "does not send the request",
        })
    }
}

/// An outcome, with the headers that come to the script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct View {
    pub(crate) outcome: Outcome,
    /// The names of the headers that it reads because they are exposed, sorted.
    pub(crate) exposed: Vec<String>,
}

impl From<Outcome> for View {
    /// Without exposed headers.
    fn from(outcome: Outcome) -> Self {
        Self {
            outcome,
            exposed: Vec::new(),
        }
    }
}
