//! Policies for the types of the `http` crate, 1.x: [`Policy::answer`].
//!
//! For services that are built on tower, [`tower`](crate::tower) has a layer that does all of this.
//!
//! ```
//! use cors_runtime::{Policy, cors_policy};
//! use http::{Request, Response};
//!
//! static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
//!
//! fn serve(request: Request<()>) -> Response<String> {
//!     let cors = API.answer(&request);
//!     if let Some(response) = cors.preflight_response() {
//!         return response;
//!     }
//!     let mut response = Response::new("what the application says".to_owned());
//!     cors.apply_to(response.headers_mut());
//!     response
//! }
//!
//! let request = Request::get("/").header("origin", "https://example.com").body(()).unwrap();
//! let response = serve(request);
//! assert_eq!(response.headers()["access-control-allow-origin"], "https://example.com");
//! assert_eq!(response.headers()["vary"], "Origin");
//! ```

use alloc::vec::Vec;

use ::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use ::http::{Response, StatusCode};

use crate::mirror::Mirror;
use crate::name::Header;
use crate::policy::Policy;
use crate::request::Request;
use crate::verdict::Verdict;

/// What a policy says about one request, independent of the request.
#[derive(Debug, Clone)]
pub struct Answer {
    verdict: Verdict,
    /// The value of `Access-Control-Allow-Origin`, for an allowed request.
    allow_origin: Option<HeaderValue>,
    /// What is mirrored to a preflight.
    mirrored: Vec<(HeaderName, HeaderValue)>,
}

impl Policy {
    /// Decides about a request, as [`evaluate`](Self::evaluate) does.
    #[must_use]
    pub fn answer<B>(&'static self, request: &::http::Request<B>) -> Answer {
        let decision = self.evaluate(&Request::from(request));
        let verdict = decision.verdict();
        let allow_origin = match verdict.rule {
            Some(_) if verdict.allows_any_origin() => Some(HeaderValue::from_static("*")),
            Some(_) => request.headers().get(header::ORIGIN).cloned(),
            None => None,
        };
        Answer {
            verdict,
            allow_origin,
            mirrored: mirrored(&decision.mirror()),
        }
    }
}

impl Answer {
    /// The whole response to a preflight; the application must not be asked. `None` for all other
    /// requests.
    #[must_use]
    pub fn preflight_response<B: Default>(&self) -> Option<Response<B>> {
        let status = StatusCode::from_u16(self.verdict.preflight_status?).ok()?;
        let mut response = Response::new(B::default());
        *response.status_mut() = status;
        self.apply_to(response.headers_mut());
        Some(response)
    }

    /// Sets the CORS headers in the headers of a response, and removes those that an application
    /// has set itself: the policy alone decides. Adds to `Vary` what it does not list yet.
    pub fn apply_to(&self, headers: &mut HeaderMap) {
        match &self.allow_origin {
            Some(origin) => headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone()),
            None => headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN),
        };
        for (header, value) in self.verdict.constants() {
            match value {
                "" => headers.remove(name_of(header)),
                _ => headers.insert(name_of(header), HeaderValue::from_static(value)),
            };
        }
        for (name, value) in &self.mirrored {
            headers.append(name.clone(), value.clone());
        }
        if let Some(vary) = self.verdict.vary {
            add_vary(headers, vary);
        }
    }
}

fn mirrored(mirror: &Mirror<'_>) -> Vec<(HeaderName, HeaderValue)> {
    let method = mirror.method.map(|method| (Header::AllowMethods, method));
    let headers = mirror
        .headers
        .get()
        .iter()
        .map(|line| (Header::AllowHeaders, *line));
    method
        .into_iter()
        .chain(headers)
        // Tokens are valid values, so none is left out.
        .filter_map(|(header, value)| Some((name_of(header), HeaderValue::from_bytes(value).ok()?)))
        .collect()
}

fn name_of(header: Header) -> HeaderName {
    match header {
        Header::AllowOrigin => header::ACCESS_CONTROL_ALLOW_ORIGIN,
        Header::AllowCredentials => header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        Header::AllowMethods => header::ACCESS_CONTROL_ALLOW_METHODS,
        Header::AllowHeaders => header::ACCESS_CONTROL_ALLOW_HEADERS,
        Header::ExposeHeaders => header::ACCESS_CONTROL_EXPOSE_HEADERS,
        Header::MaxAge => header::ACCESS_CONTROL_MAX_AGE,
    }
}

/// Adds a line to [`Vary`](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5), unless its
/// lines list all of `names` already, or `*`.
fn add_vary(headers: &mut HeaderMap, names: &'static str) {
    let lists = |name: &str| {
        headers.get_all(header::VARY).iter().any(|line| {
            line.as_bytes()
                .split(|byte| *byte == b',')
                .map(<[u8]>::trim_ascii)
                .any(|listed| listed == b"*" || listed.eq_ignore_ascii_case(name.as_bytes()))
        })
    };
    if !names.split(", ").all(lists) {
        headers.append(header::VARY, HeaderValue::from_static(names));
    }
}

impl<'r, B> From<&'r ::http::Request<B>> for Request<'r> {
    fn from(request: &'r ::http::Request<B>) -> Self {
        Self::from_parts(request.method(), request.headers())
    }
}

impl<'r> From<&'r ::http::request::Parts> for Request<'r> {
    fn from(parts: &'r ::http::request::Parts) -> Self {
        Self::from_parts(&parts.method, &parts.headers)
    }
}

impl<'r> Request<'r> {
    fn from_parts(method: &'r ::http::Method, headers: &'r HeaderMap) -> Self {
        [
            header::ORIGIN,
            header::ACCESS_CONTROL_REQUEST_METHOD,
            header::ACCESS_CONTROL_REQUEST_HEADERS,
        ]
        .iter()
        .flat_map(|name| headers.get_all(name).iter().map(move |value| (name, value)))
        .fold(
            Self::new(method.as_str().as_bytes()),
            |request, (name, value)| request.header(name.as_str().as_bytes(), value.as_bytes()),
        )
    }
}
