//! What was decided about a request, apart from the bytes of its origin.

use crate::name::Header;
use crate::request::Kind;
use crate::rule::Rule;

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

    /// The headers besides `Access-Control-Allow-Origin`, with empty values for those that are not
    /// sent: [some](https://fetch.spec.whatwg.org/#http-responses) are for preflights only, one is
    /// for all other responses only.
    pub(crate) fn constants(&self) -> [(Header, &'static str); 5] {
        let on = |condition: bool, value: fn(&'static Rule) -> &'static str| match self.rule {
            Some(rule) if condition => value(rule),
            _ => "",
        };
        let preflight = self.kind == Kind::Preflight;
        [
            (
                Header::AllowCredentials,
                on(
                    true,
                    |rule| if rule.allow_credentials { "true" } else { "" },
                ),
            ),
            (
                Header::ExposeHeaders,
                on(!preflight, |rule| rule.expose_headers),
            ),
            (
                Header::AllowMethods,
                on(preflight, |rule| rule.allow_methods),
            ),
            (
                Header::AllowHeaders,
                on(preflight, |rule| rule.allow_headers),
            ),
            (Header::MaxAge, on(preflight, |rule| rule.max_age)),
        ]
    }
}
