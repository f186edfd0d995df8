//! What a response must say.

use core::array;
use core::iter::Flatten;

use crate::name::Header;
use crate::request::Kind;
use crate::verdict::Verdict;

/// The answer of a policy to one request, made by [`Policy::evaluate`](crate::Policy::evaluate).
///
/// Set each of [`headers`](Self::headers), replacing what the application set; remove the other
/// CORS headers that it may have set; and add [`vary`](Self::vary) to what `Vary` lists already.
#[derive(Debug, Clone, Copy)]
pub struct Decision<'r> {
    verdict: Verdict,
    /// The value of `Access-Control-Allow-Origin`, for an allowed request.
    allow_origin: &'r [u8],
}

/// The CORS headers of a response: name and value, each name once.
#[derive(Debug, Clone)]
pub struct Headers<'r>(Flatten<array::IntoIter<Option<Line<'r>>, 6>>);

type Line<'r> = (&'static str, &'r [u8]);

impl<'r> Decision<'r> {
    pub(crate) fn new(verdict: Verdict, origin: &'r [u8]) -> Self {
        let allow_origin = if verdict.allows_any_origin() {
            b"*"
        } else {
            origin
        };
        Self {
            verdict,
            allow_origin,
        }
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
        self.verdict.vary
    }

    /// The [CORS headers](https://fetch.spec.whatwg.org/#http-responses) of the response, with
    /// names in lower case. None for a denied request.
    #[must_use]
    pub fn headers(&self) -> Headers<'r> {
        let allow_origin = (Header::AllowOrigin.name(), self.allow_origin);
        let [a, b, c, d, e] = self.verdict.constants().map(|(header, value)| {
            (!value.is_empty()).then_some((header.name(), value.as_bytes()))
        });
        let headers = [self.is_allowed().then_some(allow_origin), a, b, c, d, e];
        Headers(headers.into_iter().flatten())
    }

    #[cfg(feature = "http")]
    pub(crate) fn verdict(&self) -> Verdict {
        self.verdict
    }
}

impl<'r> Iterator for Headers<'r> {
    type Item = Line<'r>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}
