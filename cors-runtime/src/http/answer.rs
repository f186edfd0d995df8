//! What a policy says about a request.

use alloc::boxed::Box;

use ::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use ::http::{Method, StatusCode};

use crate::mirror::Mirror;
use crate::policy::Policy;
use crate::request::{Field, Kind, Request};
use crate::verdict::Verdict;

/// What a policy says about one request; it borrows nothing of the request.
#[derive(Debug, Clone)]
pub struct Answer {
    pub(super) verdict: Verdict,
    pub(super) sent_back: SentBack,
}

/// What a response takes from the request. Most take nothing, or the origin alone: small, since
/// answers are moved along with responses that are waited for.
#[derive(Debug, Clone)]
pub(super) enum SentBack {
    Nothing,
    Origin(HeaderValue),
    /// Under `MirrorRequest`.
    Lines(Lines),
}

pub(super) type Lines = Box<[(HeaderName, HeaderValue)]>;

impl Policy {
    /// Decides about a request, as [`evaluate`](Self::evaluate) does.
    #[must_use]
    pub fn answer<B>(&self, request: &::http::Request<B>) -> Answer {
        self.answer_parts(request.method(), request.headers())
    }

    /// The same for frameworks that have request types of their own around those of the `http`
    /// crate.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
    /// use http::{HeaderMap, HeaderValue, Method};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("origin", HeaderValue::from_static("https://example.com"));
    /// assert!(API.answer_parts(&Method::GET, &headers).preflight_status().is_none());
    /// ```
    #[must_use]
    #[inline]
    pub fn answer_parts(&self, method: &Method, headers: &HeaderMap) -> Answer {
        let line = headers.get(header::ORIGIN);
        let origin = match line {
            None => Field::Absent,
            Some(_) if is_repeated(headers) => Field::Repeated,
            Some(line) => Field::One(line.as_bytes()),
        };
        let kind = Kind::of(origin, || {
            *method == Method::OPTIONS
                && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
        });
        let verdict = self.judge(kind, origin);
        let sent_back = match (verdict.rule, line) {
            _ if verdict.mirrors() != (false, false) => {
                SentBack::Lines(lines_of(&verdict, method, headers))
            }
            (Some(rule), Some(origin)) if rule.allow_origin.is_empty() => {
                SentBack::Origin(origin.clone())
            }
            _ => SentBack::Nothing,
        };
        Answer { verdict, sent_back }
    }
}

impl Answer {
    /// What kind of request was decided about.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.verdict.kind
    }

    /// Whether the page that made the request may read the response, as far as its origin goes: as
    /// [`Decision::is_allowed`](crate::Decision::is_allowed) says.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.verdict.rule.is_some()
    }

    /// The status of the response to a preflight; the application must not be asked. `None` for all
    /// other requests.
    #[must_use]
    #[inline]
    pub fn preflight_status(&self) -> Option<StatusCode> {
        StatusCode::from_u16(self.verdict.preflight_status?).ok()
    }
}

/// Whether `Origin` stands on several lines. Most often no header does, and then nothing has to be
/// looked up.
#[inline]
fn is_repeated(headers: &HeaderMap) -> bool {
    headers.len() != headers.keys_len() && has_several_origins(headers)
}

#[cold]
fn has_several_origins(headers: &HeaderMap) -> bool {
    headers.get_all(header::ORIGIN).iter().nth(1).is_some()
}

/// The header lines of a response that come from a preflight under `MirrorRequest`.
#[cold]
fn lines_of(verdict: &Verdict, method: &Method, headers: &HeaderMap) -> Lines {
    let mirror = Mirror::of(&Request::from_parts(method, headers), verdict);
    let origin = verdict
        .rule
        .filter(|rule| rule.allow_origin.is_empty())
        .and_then(|_| headers.get(header::ORIGIN))
        .map(|origin| (header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone()));
    let mirrored = mirror
        .method
        .map(|method| (header::ACCESS_CONTROL_ALLOW_METHODS, method))
        .into_iter()
        .chain(
            mirror
                .headers
                .get()
                .iter()
                .map(|line| (header::ACCESS_CONTROL_ALLOW_HEADERS, *line)),
        )
        // Tokens are valid values, so none is left out.
        .filter_map(|(name, value)| Some((name, HeaderValue::from_bytes(value).ok()?)));
    origin.into_iter().chain(mirrored).collect()
}
