//! What was decided about a request, apart from the bytes of its origin.

use crate::name::Header;
use crate::request::Kind;
use crate::rule::Rule;
use crate::value::Value;

/// Everything constant about a decision.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict {
    pub(crate) kind: Kind,
    /// The rule that allows the request.
    pub(crate) rule: Option<&'static Rule>,
    /// What to add to `Vary`.
    pub(crate) vary: Option<&'static str>,
    /// The status of the response to a preflight.
    pub(crate) preflight_status: Option<u16>,
}

impl Verdict {
    /// Whether `Access-Control-Allow-Origin` is `*`, if it is sent.
    pub(crate) fn allows_any_origin(&self) -> bool {
        self.rule.is_some_and(Rule::is_for_any_origin)
    }

    /// The constant headers, but those about the origin and credentials, that the response gets:
    /// [some](https://fetch.spec.whatwg.org/#http-responses) are for preflights only, one is for
    /// all other responses only.
    pub(crate) fn constants(&self, mut each: impl FnMut(Header, &'static Value)) {
        let Some(rule) = self.rule else {
            return;
        };
        let mut send = |header, value: &'static Value| {
            if value.is_sent() {
                each(header, value);
            }
        };
        if self.kind == Kind::Preflight {
            send(Header::AllowMethods, &rule.allow_methods);
            send(Header::AllowHeaders, &rule.allow_headers);
            send(Header::MaxAge, &rule.max_age);
        } else {
            send(Header::ExposeHeaders, &rule.expose_headers);
        }
    }

    /// Whether the method, and whether the headers that a preflight asks for are sent back.
    pub(crate) fn mirrors(&self) -> (bool, bool) {
        match self.rule {
            Some(rule) if self.kind == Kind::Preflight => (rule.mirror_method, rule.mirror_headers),
            _ => (false, false),
        }
    }

    pub(crate) fn allows_credentials(&self) -> bool {
        self.rule.is_some_and(|rule| rule.allow_credentials)
    }
}
