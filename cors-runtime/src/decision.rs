//! What a response must say.

use core::array;
use core::iter::FusedIterator;

use crate::mirror::Mirror;
use crate::request::{Kind, MOST_LINES};
use crate::verdict::Verdict;
use cors_origin::header::Header;

/// The answer of a policy to one request, made by [`Policy::evaluate`](crate::Policy::evaluate).
///
/// Set each of [`headers`](Self::headers), replacing what the application set; remove the other
/// CORS headers that it may have set; and add [`vary`](Self::vary) to what `Vary` lists already.
#[derive(Debug, Clone, Copy)]
pub struct Decision<'r> {
    verdict: Verdict,
    /// The value of `Access-Control-Allow-Origin`, for an allowed request.
    allow_origin: &'r [u8],
    mirror: Mirror<'r>,
}

/// The CORS headers of a response, name and value. A name comes once, but for
/// `access-control-allow-headers` in answer to a preflight that has several lines of
/// `Access-Control-Request-Headers`, under `MirrorRequest`.
#[derive(Debug, Clone)]
pub struct Headers<'r>(array::IntoIter<Option<Line<'r>>, MOST>);

type Line<'r> = (&'static str, &'r [u8]);

/// Allowed origin, credentials, four constants, a mirrored method, mirrored lines of header names.
const MOST: usize = 7 + MOST_LINES;

impl<'r> Decision<'r> {
    pub(crate) fn new(verdict: Verdict, origin: &'r [u8], mirror: Mirror<'r>) -> Self {
        Self {
            verdict,
            allow_origin: if verdict.allows_any_origin() {
                b"*"
            } else {
                origin
            },
            mirror,
        }
    }

    /// Everything about the decision but the bytes of the request, for what outlives that.
    #[cfg(any(feature = "actix-web", feature = "rocket"))]
    pub(crate) fn verdict(&self) -> Verdict {
        self.verdict
    }

    #[cfg(any(feature = "actix-web", feature = "rocket"))]
    pub(crate) fn mirror(&self) -> Mirror<'r> {
        self.mirror
    }

    /// What kind of request was decided about.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.verdict.kind
    }

    /// Whether the page that made the request may read the response, as far as its origin goes.
    /// `false` for a request that is not CORS, unless the policy is for any origin.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.verdict.rule.is_some()
    }

    /// The status of the response to a preflight: answer with it, and without a body, instead of
    /// asking the application. `None` for all other requests.
    #[must_use]
    pub fn preflight_status(&self) -> Option<u16> {
        self.verdict.preflight_status
    }

    /// What to add to `Vary`, so that caches keep responses to different origins apart.
    #[must_use]
    pub fn vary(&self) -> Option<&'static str> {
        self.verdict.vary()
    }

    /// The [CORS headers](https://fetch.spec.whatwg.org/#http-responses) of the response, with
    /// names in lower case. None for a denied request.
    #[must_use]
    pub fn headers(&self) -> Headers<'r> {
        let mut headers = [None; MOST];
        if self.is_allowed() {
            headers[0] = Some((Header::AllowOrigin.name(), self.allow_origin));
        }
        if self.verdict.allows_credentials() {
            headers[1] = Some((Header::AllowCredentials.name(), b"true"));
        }
        let mut slots = headers[2..6].iter_mut();
        self.verdict.constants(|header, value| {
            if let Some(slot) = slots.next() {
                *slot = Some((header.name(), value.as_bytes()));
            }
        });
        headers[6] = self
            .mirror
            .method
            .map(|method| (Header::AllowMethods.name(), method));
        for (header, line) in headers[7..].iter_mut().zip(self.mirror.headers.get()) {
            *header = Some((Header::AllowHeaders.name(), line));
        }
        Headers(headers.into_iter())
    }
}

impl<'r> Iterator for Headers<'r> {
    type Item = Line<'r>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.find_map(|line| line)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.0.as_slice().iter().flatten().count();
        (left, Some(left))
    }
}

impl ExactSizeIterator for Headers<'_> {}

impl FusedIterator for Headers<'_> {}
