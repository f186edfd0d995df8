//! How an answer gets into a response.

use ::http::Response;
use ::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::answer::{Answer, Lines, SentBack};
use crate::request::Kind;
use crate::rule::{AppendConst, ConstHeader};
use crate::vary;
use cors_origin::header::Header;

impl Answer {
    /// The whole response to a preflight. `None` for all other requests.
    #[must_use]
    pub fn preflight_response<B: Default>(&self) -> Option<Response<B>> {
        let status = self.preflight_status()?;
        let mut response = Response::new(B::default());
        *response.status_mut() = status;
        self.apply_to(response.headers_mut());
        Some(response)
    }

    /// Sets the CORS headers in the headers of a response, and removes those that an application
    /// has set itself: the policy alone decides. Adds to `Vary` what it does not list yet.
    pub fn apply_to(&self, headers: &mut HeaderMap) {
        self.clone().move_into(headers);
    }

    /// [`apply_to`](Self::apply_to) of an answer that is not needed any more.
    pub(crate) fn move_into(&mut self, headers: &mut HeaderMap) {
        // One look at the names spares a look-up for each header that is not there, and lets all
        // others be appended, which costs less than to insert.
        let (mut has_cors, mut has_vary) = (false, false);
        for name in headers.keys() {
            has_cors |= OWNED.contains(name);
            has_vary |= *name == header::VARY;
        }
        if has_cors {
            remove_owned(headers);
        }
        if let Some(rule) = self.verdict.rule {
            match core::mem::replace(&mut self.sent_back, SentBack::Nothing) {
                SentBack::Nothing => {}
                SentBack::Origin(origin) => {
                    headers.append(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
                }
                SentBack::Lines(lines) => append(lines, headers),
            }
            match self.verdict.kind {
                Kind::Preflight => (rule.http.preflight)(headers),
                Kind::Actual | Kind::NotCors => (rule.http.actual)(headers),
            }
        }
        match self.verdict.vary() {
            Some("Origin") if !has_vary => {
                headers.append(header::VARY, const { HeaderValue::from_static("Origin") });
            }
            Some(names) => add_vary(headers, names),
            None => {}
        }
    }
}

impl AppendConst for HeaderMap {
    #[inline]
    fn append_const<H: ConstHeader>(&mut self) {
        self.append(
            const { http_name(H::NAME) },
            const { HeaderValue::from_static(H::VALUE) },
        );
    }
}

/// The name of a header in the types of the `http` crate.
const fn http_name(header: Header) -> HeaderName {
    match header {
        Header::AllowOrigin => header::ACCESS_CONTROL_ALLOW_ORIGIN,
        Header::AllowCredentials => header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        Header::AllowMethods => header::ACCESS_CONTROL_ALLOW_METHODS,
        Header::AllowHeaders => header::ACCESS_CONTROL_ALLOW_HEADERS,
        Header::ExposeHeaders => header::ACCESS_CONTROL_EXPOSE_HEADERS,
        Header::MaxAge => header::ACCESS_CONTROL_MAX_AGE,
    }
}

/// The headers that the policy alone decides about.
const OWNED: [HeaderName; 6] = [
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_ALLOW_METHODS,
    header::ACCESS_CONTROL_ALLOW_HEADERS,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
    header::ACCESS_CONTROL_MAX_AGE,
];

#[cold]
fn remove_owned(headers: &mut HeaderMap) {
    for name in OWNED {
        headers.remove(name);
    }
}

#[cold]
fn append(lines: Lines, headers: &mut HeaderMap) {
    for (name, value) in lines {
        headers.append(name, value);
    }
}

/// Adds to `Vary` those of `names` that its lines do not list already.
#[cold]
fn add_vary(headers: &mut HeaderMap, names: &'static str) {
    if !headers.contains_key(header::VARY) {
        headers.append(header::VARY, HeaderValue::from_static(names));
        return;
    }
    let lines = headers.get_all(header::VARY);
    let grown = vary::first_line(|| lines.iter().map(HeaderValue::as_bytes), names);
    // A value and names make a value.
    let grown = grown.and_then(|line| HeaderValue::try_from(line).ok());
    if let (Some(first), Some(grown)) = (headers.get_mut(header::VARY), grown) {
        *first = grown;
    }
}
