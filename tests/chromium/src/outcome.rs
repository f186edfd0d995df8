//! What comes of a case, in a browser or in the model of one.

use std::collections::BTreeMap;

use http::Request;
use http::header::HOST;
use serde::Deserialize;

use crate::case::Case;

/// The responses that the script read, and the requests that arrived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The response that the script read in each step; `None` if it could not read it.
    pub read: Vec<Option<Read>>,
    /// The requests that arrived at the server, in order.
    pub arrived: Vec<Arrived>,
}

/// The parts of a response that a script read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Read {
    /// The status.
    pub status: u16,
    /// All headers that it was shown; names in lower case.
    #[serde(deserialize_with = "pairs")]
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

/// A request, as far as CORS goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The method.
    pub method: String,
    /// The URL, without the segment of its path that names the flaw.
    pub url: String,
    /// That segment.
    pub flaw: String,
    /// The headers that pages set here, and that browsers add for CORS.
    pub headers: BTreeMap<String, String>,
    /// Whether there was a cookie, which the model knows nothing of.
    pub has_cookie: bool,
    /// Whether the application handled it.
    pub is_handled: bool,
}

impl Arrived {
    /// Of these the model has to know. Browsers add others.
    const WATCHED: [&str; 18] = [
        "accept",
        "access-control-request-headers",
        "access-control-request-method",
        "authorization",
        "content-language",
        "content-type",
        "origin",
        "proxy-one",
        "range",
        "save-data",
        "sec-fetch-dest",
        "sec-fetch-mode",
        "sec-fetch-site",
        "sec-one",
        "x-http-method",
        "x-method-override",
        "x-one",
        "x-two",
    ];

    pub(crate) fn of<B>(scheme: &str, request: &Request<B>) -> Self {
        let host = request.headers().get(HOST);
        let host = host.map_or(String::new(), |host| text(host.as_bytes()));
        let headers = request.headers().iter();
        Self::new(
            request.method().as_str(),
            &format!("{scheme}://{host}{}", request.uri()),
            headers.map(|(name, value)| (name.as_str(), value.as_bytes())),
        )
    }

    pub(crate) fn new<'r>(
        method: &str,
        url: &str,
        headers: impl Iterator<Item = (&'r str, &'r [u8])>,
    ) -> Self {
        let mut all = BTreeMap::<_, String>::new();
        for (name, value) in headers {
            let lines = all.entry(name.to_ascii_lowercase());
            let value = text(value);
            // https://fetch.spec.whatwg.org/#concept-header-list-get
            lines
                .and_modify(|before| *before += &format!(", {value}"))
                .or_insert(value);
        }
        let has_cookie = all.contains_key("cookie");
        all.retain(|name, _| Self::WATCHED.contains(&name.as_str()));
        let mut segments: Vec<_> = url.split('/').collect();
        // After the scheme, the slashes, and the host.
        let flaw = segments.remove(3);
        Self {
            method: method.to_owned(),
            url: segments.join("/"),
            flaw: flaw.to_owned(),
            headers: all,
            has_cookie,
            is_handled: false,
        }
    }
}

impl Outcome {
    /// The status of each step, 0 where nothing was read.
    #[must_use]
    pub fn statuses(&self) -> Vec<u16> {
        let read = self.read.iter();
        read.map(|read| read.as_ref().map_or(0, |read| read.status))
            .collect()
    }

    /// The method of each request.
    #[must_use]
    pub fn methods(&self) -> Vec<&str> {
        self.arrived
            .iter()
            .map(|arrived| &*arrived.method)
            .collect()
    }

    /// Where this differs from what is written by hand.
    #[must_use]
    pub fn contradicts(&self, case: &Case) -> Vec<String> {
        let mut faults = Vec::new();
        let mut hold = |what: &str, is: String, expected: Option<String>| {
            if expected.as_ref().is_some_and(|expected| *expected != is) {
                faults.push(format!(
                    "{what}: {is}, not {}",
                    expected.unwrap_or_default()
                ));
            }
        };
        let statuses = case.reads.as_ref().map(|reads| format!("{reads:?}"));
        hold("reads", format!("{:?}", self.statuses()), statuses);
        let methods = case.arrives.as_ref().map(|arrives| format!("{arrives:?}"));
        hold("arrives", format!("{:?}", self.methods()), methods);
        let arrived = self.arrived.iter();
        let cookies: Vec<_> = arrived.map(|arrived| arrived.has_cookie).collect();
        let wanted = case.cookies.as_ref().map(|cookies| format!("{cookies:?}"));
        hold("cookies", format!("{cookies:?}"), wanted);
        let arrived = self.arrived.iter();
        let handled: Vec<_> = arrived.map(|arrived| arrived.is_handled).collect();
        let wanted = case.handled.as_ref().map(|handled| format!("{handled:?}"));
        hold("handled", format!("{handled:?}"), wanted);
        for read in self.read.iter().flatten() {
            let is_shown = |name: &String| read.headers.contains_key(name);
            let hidden = case.shows.iter().filter(|name| !is_shown(name));
            faults.extend(hidden.map(|name| format!("{name} is hidden")));
            let shown = case.hides.iter().filter(|name| is_shown(name));
            faults.extend(shown.map(|name| format!("{name} is shown")));
        }
        faults
    }

    /// Where this differs from what the model expects.
    #[must_use]
    pub fn faults(&self, expected: &Self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.read != expected.read {
            let (read, expected) = (&self.read, &expected.read);
            faults.push(format!("the script read {read:?}, not {expected:?}"));
        }
        let (arrived, expected) = (self.requests(), expected.requests());
        if arrived != expected {
            faults.push(format!("there arrived {arrived:?}, not {expected:?}"));
        }
        faults
    }

    /// Returns the parts of requests that the model covers.
    fn requests(&self) -> Vec<(&str, &str, &BTreeMap<String, String>, bool)> {
        let arrived = self.arrived.iter();
        let parts = arrived.map(|arrived| {
            let Arrived {
                method,
                url,
                headers,
                is_handled,
                ..
            } = arrived;
            (method.as_str(), url.as_str(), headers, *is_handled)
        });
        parts.collect()
    }
}

/// A byte for a character, as scripts see them.
pub(crate) fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// Names and values as a script lists them, sorted.
fn pairs<'de, D: serde::Deserializer<'de>>(list: D) -> Result<BTreeMap<String, String>, D::Error> {
    let pairs = Vec::<(String, String)>::deserialize(list)?;
    Ok(pairs.into_iter().collect())
}
