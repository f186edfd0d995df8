//! What was decided about a request, apart from the bytes of its origin.

use crate::request::Kind;
use crate::rule::Rule;
use cors_origin::header::Header;

/// Everything constant about a decision.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict {
    pub(crate) kind: Kind,
    /// The rule that allows the request.
    pub(crate) rule: Option<&'static Rule<'static>>,
    /// Whether everybody is answered alike, whatever the `Origin`.
    pub(crate) is_public: bool,
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
    pub(crate) fn constants(&self, mut each: impl FnMut(Header, &'static str)) {
        let Some(rule) = self.rule else {
            return;
        };
        let mut send = |header, value: &'static str| {
            if !value.is_empty() {
                each(header, value);
            }
        };
        if self.kind == Kind::Preflight {
            send(Header::AllowMethods, rule.allow_methods);
            send(Header::AllowHeaders, rule.allow_headers);
            send(Header::MaxAge, rule.max_age);
        } else {
            send(Header::ExposeHeaders, rule.expose_headers);
        }
    }

    /// What the response depends on, for `Vary`: the origin, unless everybody is answered alike, and
    /// what is mirrored. <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
    pub(crate) fn vary(&self) -> Option<&'static str> {
        match (self.is_public, self.mirrors()) {
            (false, (false, false)) => Some("Origin"),
            (false, (true, false)) => Some("Origin, Access-Control-Request-Method"),
            (false, (false, true)) => Some("Origin, Access-Control-Request-Headers"),
            (false, (true, true)) => {
                Some("Origin, Access-Control-Request-Method, Access-Control-Request-Headers")
            }
            (true, (false, false)) => None,
            (true, (true, false)) => Some("Access-Control-Request-Method"),
            (true, (false, true)) => Some("Access-Control-Request-Headers"),
            (true, (true, true)) => {
                Some("Access-Control-Request-Method, Access-Control-Request-Headers")
            }
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
        self.rule.is_some_and(Rule::allows_credentials)
    }
}
