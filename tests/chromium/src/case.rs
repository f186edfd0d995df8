//! What is tried out: the tables in `tests/chromium/fetches/`.

use serde::{Deserialize, Serialize};

/// A fetch, or several of the same URL one after the other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The behaviour that it shows.
    pub name: String,
    /// Whether it is tried with every flaw of a server, not only with those that it is to show.
    #[serde(default)]
    pub with_every_flaw: bool,
    /// The origin of the page.
    pub page: String,
    /// How its address is written, if browsers write it in another way.
    pub typed: Option<String>,
    /// The kind of frame in the page, if any; its origin is opaque.
    pub frame: Option<Frame>,
    /// The method, and the URL without the first segment of its path, which names the flaw.
    pub fetch: String,
    /// The headers that the script sets.
    #[serde(default)]
    pub headers: Vec<String>,
    /// Whether the credentials mode is `include`.
    #[serde(default)]
    pub credentials: bool,
    /// Whether it is an `XMLHttpRequest` that listens to its upload.
    #[serde(default)]
    pub upload: bool,
    /// The next steps, if they are different.
    #[serde(default)]
    pub then: Vec<Then>,

    /// By hand: the status that the script reads in each step, 0 if it can read nothing.
    pub reads: Option<Vec<u16>>,
    /// By hand: the methods that arrive at the server.
    pub arrives: Option<Vec<String>>,
    /// By hand: the requests that have cookies.
    pub cookies: Option<Vec<bool>>,
    /// By hand: the requests that reach the application.
    pub handled: Option<Vec<bool>>,
    /// By hand: headers that the script can read in each step.
    #[serde(default)]
    pub shows: Vec<String>,
    /// By hand: headers that it cannot.
    #[serde(default)]
    pub hides: Vec<String>,
    /// A reason why the model does not cover it, so that only the expectation written by hand
    /// counts.
    pub unmodelled: Option<String>,
    /// In what Chromium differs from the standard, and so from the model.
    #[serde(default)]
    pub differs: Vec<Difference>,
}

/// Something in which Chromium differs from the standard.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// The kind of request.
    pub how: String,
    /// The flaws of a server with which that shows; `sound` if it takes none.
    pub with: Vec<String>,
}

/// The kind of frame within a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Frame {
    /// An `iframe` with the attribute `sandbox`.
    Sandboxed,
    /// One with a `data:` URL.
    Data,
}

/// A step after the first, as far as it differs from that.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Then {
    #[serde(default)]
    after: u64,
    page: Option<String>,
    method: Option<String>,
    headers: Option<Vec<String>>,
    credentials: Option<bool>,
}

/// One fetch.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// How many milliseconds are let pass before it.
    pub(crate) after: u64,
    pub(crate) page: String,
    pub(crate) typed: String,
    pub(crate) method: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) credentials: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

/// All of them.
///
/// # Panics
///
/// Panics if one of them does not follow this format.
#[must_use]
pub fn cases() -> Vec<Case> {
    let tables = [
        include_str!("../fetches/origins.toml"),
        include_str!("../fetches/methods.toml"),
        include_str!("../fetches/headers.toml"),
        include_str!("../fetches/safelist.toml"),
        include_str!("../fetches/uploads.toml"),
        include_str!("../fetches/responses.toml"),
        include_str!("../fetches/redirects.toml"),
        include_str!("../fetches/preflight_cache.toml"),
        include_str!("../fetches/http_cache.toml"),
        include_str!("../fetches/cookies.toml"),
        include_str!("../fetches/example.toml"),
    ];
    let tables = tables.map(|table| toml::from_str::<Table>(table).expect("a table"));
    let cases: Vec<Case> = tables.into_iter().flat_map(|table| table.case).collect();
    for case in &cases {
        let is_whole = case.reads.is_some() && case.arrives.is_some();
        let is_enough = is_whole || case.unmodelled.is_none();
        assert!(is_enough, "{}: what is expected?", case.name);
    }
    cases
}

impl Case {
    pub(crate) fn steps(&self) -> Vec<Step> {
        let (method, _) = self.method_and_url();
        let first = Step {
            after: 0,
            page: self.page.clone(),
            typed: self.typed.as_ref().unwrap_or(&self.page).clone(),
            method: method.to_owned(),
            headers: pairs(&self.headers),
            credentials: self.credentials,
        };
        let then = self.then.iter().map(|then| {
            let page = then.page.as_ref();
            Step {
                after: then.after,
                page: page.unwrap_or(&first.page).clone(),
                typed: page.unwrap_or(&first.typed).clone(),
                method: then.method.as_ref().unwrap_or(&first.method).clone(),
                headers: then
                    .headers
                    .as_deref()
                    .map_or_else(|| first.headers.clone(), pairs),
                credentials: then.credentials.unwrap_or(first.credentials),
            }
        });
        let then: Vec<_> = then.collect();
        [first].into_iter().chain(then).collect()
    }

    pub(crate) fn method_and_url(&self) -> (&str, &str) {
        self.fetch.split_once(' ').expect("a method and a URL")
    }

    /// Whether Chromium is known to differ from the standard, with this flaw.
    #[must_use]
    pub fn differs_with(&self, flaw: &str) -> bool {
        let mut flaws = self.differs.iter().flat_map(|difference| &difference.with);
        flaws.any(|with| with == flaw)
    }
}

fn pairs(lines: &[String]) -> Vec<(String, String)> {
    let pair = |line: &String| {
        let (name, value) = line.split_once(": ").expect("a header line");
        (name.to_owned(), value.to_owned())
    };
    lines.iter().map(pair).collect()
}
