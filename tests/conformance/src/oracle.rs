//! The model of a browser, `cors_runtime::testing`, as an oracle: which page has a request of the
//! corpus sent, and what becomes of its script.

use std::fmt::Write;

use cors_runtime::Origin;
use cors_runtime::testing::{self, Fetch, NetworkError, Page};

use crate::browser::{Outcome, View};
use crate::request::Request;
use crate::response::{Response, text};

/// The origin of the server to pages, whatever address it has in a test.
pub const SERVER: &str = "https://api.example.com";

/// The headers that a browser sends for CORS, without `Accept` and the like.
const SENT: [&str; 3] = [
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
];

const EXPOSE: &str = "access-control-expose-headers";

/// A request that a page has a browser send.
#[derive(Debug)]
pub(crate) struct Sent {
    /// The origin of the page.
    origin: String,
    fetch: Fetch,
    is_preflight: bool,
}

impl Sent {
    /// Returns the actions of a page that make a browser send exactly this request. Returns `None`
    /// if there are none, or without `Origin`, which identifies the page.
    pub(crate) fn of(request: &Request) -> Option<Self> {
        let origin = text(request.lines("origin").next()?);
        let (page, url) = (page(&origin)?, format!("{SERVER}{}", request.path));
        let fetch = match page.is_origin_of(&url) {
            true => page.fetch_same_origin(&url),
            false => page.fetch(&url),
        };
        let asked = request.lines("access-control-request-method").next();
        let (fetch, is_preflight) = match asked {
            Some(method) if request.method == "OPTIONS" => (asking(fetch, method, request)?, true),
            _ => (setting(fetch.method(&request.method), request), false),
        };
        // A listener to the upload has a preflight sent where none is needed else.
        let listening = fetch.clone().with_upload_listener();
        let mut fetches = [fetch, listening].into_iter();
        let fetch = fetches.find(|fetch| sends(fetch, is_preflight, request))?;
        Some(Self {
            origin,
            fetch,
            is_preflight,
        })
    }

    /// Returns a wrong action of a browser, caused by the response.
    pub(crate) fn fault(&self, response: Option<&Response>, expected: &View) -> Option<String> {
        let (view, error) = self.view(response);
        if view == *expected {
            return None;
        }
        let mut fault = format!("a page of {}: the browser {}", self.origin, view.outcome);
        if let Some(error) = error {
            write!(fault, " ({error})").expect("a string");
        }
        if view.outcome == expected.outcome {
            let (exposed, expected) = (&view.exposed, &expected.exposed);
            write!(fault, " with {exposed:?}, not {expected:?}").expect("a string");
        } else {
            let expected = expected.outcome;
            write!(fault, "; expected is that it {expected}").expect("a string");
        }
        Some(fault)
    }

    /// Returns the consequence for the script, and the check that fails, if any. A connection that
    /// is closed without a response is an error too.
    fn view(&self, response: Option<&Response>) -> (View, Option<NetworkError>) {
        let Some(response) = response else {
            let outcome = match self.is_preflight {
                true => Outcome::Refuses,
                false => Outcome::Blocked,
            };
            return (outcome.into(), None);
        };
        let judge = |fetch: &Fetch| match self.is_preflight {
            true => fetch.check_preflight(&modelled(response, "")).map(|_| ()),
            false => fetch.check_response(&modelled(response, "")).map(|_| ()),
        };
        let (without, with) = (
            judge(&self.fetch),
            judge(&self.fetch.clone().with_credentials()),
        );
        let outcome = match (self.is_preflight, &without, &with) {
            (true, Ok(()), Ok(())) => Outcome::Permits,
            (true, Ok(()), Err(_)) => Outcome::PermitsWithoutCredentials,
            (true, Err(_), _) => Outcome::Refuses,
            (false, Ok(()), Ok(())) => Outcome::Reads,
            (false, Ok(()), Err(_)) => Outcome::ReadsWithoutCredentials,
            (false, Err(NetworkError::Redirect(_)), Err(NetworkError::Redirect(_))) => {
                Outcome::Follows
            }
            (false, Err(_), _) => Outcome::Blocked,
        };
        let view = View {
            outcome,
            exposed: self.exposed(response),
        };
        (view, without.err().or(with.err()))
    }

    /// Returns the headers that the script reads because of `Access-Control-Expose-Headers`.
    fn exposed(&self, response: &Response) -> Vec<String> {
        let names = |without| match self.fetch.check_response(&modelled(response, without)) {
            Ok(readable) if !self.is_preflight => {
                let headers = readable.headers().iter();
                headers.map(|(name, _)| name.to_owned()).collect()
            }
            _ => Vec::new(),
        };
        let unexposed = names(EXPOSE);
        let mut exposed = names("");
        exposed.retain(|name| !unexposed.contains(name));
        exposed.sort();
        exposed
    }
}

/// The page that has this origin, serialized.
fn page(origin: &str) -> Option<Page> {
    match origin {
        "null" => Some(Page::opaque()),
        _ => Origin::parse(origin)
            .ok()
            .map(|origin| Page::new(origin.as_str())),
    }
}

/// Whether a browser sends this request for the fetch.
fn sends(fetch: &Fetch, is_preflight: bool, request: &Request) -> bool {
    let Ok(plan) = fetch.requests() else {
        return false;
    };
    let sent = match is_preflight {
        true => plan.preflight,
        false => Some(plan.request),
    };
    sent.is_some_and(|sent| {
        let lines = |name| {
            let headers = sent.headers().iter();
            headers.filter_map(move |(sent, value)| (sent == name).then_some(value))
        };
        sent.method() == request.method
            && SENT.iter().all(|name| lines(*name).eq(request.lines(name)))
    })
}

/// Adds what a preflight requests.
fn asking(fetch: Fetch, method: &[u8], request: &Request) -> Option<Fetch> {
    // So long a value needs permission, whatever the name is.
    // https://fetch.spec.whatwg.org/#cors-safelisted-request-header
    const VALUE: [u8; 129] = [b'1'; 129];
    let fetch = fetch.method(str::from_utf8(method).ok()?);
    let Some(list) = request.lines("access-control-request-headers").next() else {
        return Some(fetch);
    };
    let names = str::from_utf8(list).ok()?.split(',');
    Some(names.fold(fetch, |fetch, name| fetch.header(name, VALUE)))
}

/// With the headers of a request, as far as pages may set them.
fn setting(fetch: Fetch, request: &Request) -> Fetch {
    let headers = request.headers.iter();
    headers.fold(fetch, |fetch, (name, value)| fetch.header(name, value))
}

/// The response for the model, but for one header.
fn modelled(response: &Response, without: &str) -> testing::Response {
    let headers = response.headers.iter();
    headers.filter(|(name, _)| name != without).fold(
        testing::Response::new(response.status),
        |modelled, (name, value)| modelled.header(name, value),
    )
}
