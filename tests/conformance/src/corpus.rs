//! The corpus: requests, and what is expected of the responses.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::browser::{Outcome, View};
use crate::expected::{Expected, ExpectedResponse};
use crate::request::Request;

/// All of `tests/corpus/exchanges.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corpus {
    /// Responses that cases share, by name.
    answer: BTreeMap<String, Answer>,
    /// The cases.
    #[serde(rename = "case")]
    pub(crate) cases: Vec<Case>,
    /// Where a framework does otherwise.
    #[serde(rename = "exception", default)]
    exceptions: Vec<Exception>,
}

/// The headers of a response that a policy decides about.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    cors: Vec<String>,
    vary: Vec<String>,
}

/// A request, and the response it must get.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The behaviour that it shows.
    pub(crate) name: String,
    /// A method, a path, and header lines, as [`Request`] reads them.
    request: String,
    /// Whether it needs a server: what happens is not for a policy to decide.
    #[serde(default)]
    pub(crate) server_only: bool,
    status: Option<Status>,
    #[serde(default)]
    closed: bool,
    answer: Option<String>,
    vary: Option<Vec<String>>,
    cors: Option<Vec<String>>,
    #[serde(default)]
    headers: Vec<String>,
    body: Option<String>,
    /// The consequence in a browser, for requests that browsers send.
    browser: Option<Outcome>,
    /// The names of the headers that a script reads because they are exposed.
    #[serde(default)]
    exposed: Vec<String>,
}

/// The deviation of a framework, and its reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    /// The names of frameworks, as tests give them.
    frameworks: Vec<String>,
    /// The name of a case.
    case: String,
    /// Why it is so.
    #[serde(rename = "because")]
    _because: String,
    status: Option<Status>,
    #[serde(default)]
    closed: bool,
    answer: Option<String>,
    vary: Option<Vec<String>>,
    cors: Option<Vec<String>>,
    browser: Option<Outcome>,
}

/// One status, or several that differ between routers.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Status {
    One(u16),
    OneOf(Vec<u16>),
}

impl Corpus {
    /// Returns the cases without requests that HTTP/2 does not support:
    /// [`Upgrade`](https://www.rfc-editor.org/rfc/rfc9113#section-8.2.2).
    #[must_use]
    pub fn without_upgrades(mut self) -> Self {
        let upgrades = |case: &Case| case.request().lines("upgrade").next().is_some();
        self.cases.retain(|case| !upgrades(case));
        self
    }

    /// Reads `tests/corpus/exchanges.toml`.
    ///
    /// # Panics
    ///
    /// If it is not as described here, or has two cases of one name.
    #[must_use]
    pub fn read() -> Self {
        Self::parse(&Self::text())
    }

    /// `tests/corpus/exchanges.toml`, as it is.
    ///
    /// # Panics
    ///
    /// If it is not there.
    #[must_use]
    pub fn text() -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/exchanges.toml");
        fs::read_to_string(path).expect("the corpus is there")
    }

    /// Reads a corpus.
    ///
    /// # Panics
    ///
    /// As [`read`](Self::read).
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let corpus: Self = toml::from_str(text).unwrap_or_else(|error| panic!("{error}"));
        let mut names: Vec<_> = corpus.cases.iter().map(|case| &case.name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), corpus.cases.len(), "two cases have one name");
        for exception in &corpus.exceptions {
            assert!(names.contains(&&exception.case), "{exception:?}");
            for name in &exception.frameworks {
                let example = Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("../../examples")
                    .join(name);
                assert!(example.is_dir(), "{exception:?}");
            }
        }
        corpus
    }

    /// All cases, in order.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter()
    }

    /// Returns the expected response of every server.
    #[must_use]
    pub(crate) fn expected(&self, case: &Case) -> Expected {
        let (cors, vary) = (case.cors.as_ref(), case.vary.as_ref());
        let mut response = self.response(case.closed, &case.status, &case.answer, cors, vary);
        if let Some(response) = &mut response {
            response.headers.clone_from(&case.headers);
            response.body.clone_from(&case.body);
        }
        let view = case.view(case.browser);
        Expected { response, view }
    }

    /// Returns the expected response of `framework`, if it deviates.
    #[must_use]
    pub(crate) fn excepted(&self, framework: &str, case: &Case) -> Option<Expected> {
        let is_meant = |exception: &&Exception| {
            exception.case == case.name && exception.frameworks.iter().any(|name| name == framework)
        };
        let exception = self.exceptions.iter().find(is_meant)?;
        let (cors, vary) = (exception.cors.as_ref(), exception.vary.as_ref());
        let (status, answer) = (&exception.status, &exception.answer);
        Some(Expected {
            response: self.response(exception.closed, status, answer, cors, vary),
            view: case.view(exception.browser.or(case.browser)),
        })
    }

    fn response(
        &self,
        closed: bool,
        status: &Option<Status>,
        answer: &Option<String>,
        cors: Option<&Vec<String>>,
        vary: Option<&Vec<String>>,
    ) -> Option<ExpectedResponse> {
        let answer = match answer {
            Some(name) => self
                .answer
                .get(name)
                .unwrap_or_else(|| panic!("no answer {name}")),
            None => &Answer::default(),
        };
        let mut cors = cors.unwrap_or(&answer.cors).clone();
        cors.sort();
        let mut vary = vary.unwrap_or(&answer.vary).clone();
        vary.iter_mut().for_each(|name| name.make_ascii_lowercase());
        vary.sort();
        match status {
            _ if closed => None,
            None => panic!("no status is expected"),
            Some(status) => Some(ExpectedResponse {
                status: match status {
                    Status::One(status) => vec![*status],
                    Status::OneOf(several) => several.clone(),
                },
                cors,
                vary,
                headers: Vec::new(),
                body: None,
            }),
        }
    }
}

impl Case {
    /// The request to send.
    ///
    /// # Panics
    ///
    /// Panics if it does not follow the format of [`Request`].
    #[must_use]
    pub fn request(&self) -> Request {
        Request::parse(&self.request)
    }

    /// Returns the consequence in a browser for the expected response of every server. Returns
    /// `None` if no browser sends the request.
    #[must_use]
    pub fn browser(&self) -> Option<Outcome> {
        self.browser
    }

    /// Whether it needs a server: what happens is not for a policy to decide.
    #[must_use]
    pub fn is_for_servers(&self) -> bool {
        self.server_only
    }

    fn view(&self, outcome: Option<Outcome>) -> Option<View> {
        let exposed = self.exposed.clone();
        outcome.map(|outcome| View { outcome, exposed })
    }
}
