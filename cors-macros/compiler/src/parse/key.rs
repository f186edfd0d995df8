//! The keys of the language: one table.

use super::vocabulary::vocabulary;

vocabulary! {
    /// A key, named after the header or the property that it decides.
    enum Key {
        AllowOrigins = "allow_origins",
        AllowMethods = "allow_methods",
        AllowHeaders = "allow_headers",
        ExposeHeaders = "expose_headers",
        AllowCredentials = "allow_credentials",
        MaxAge = "max_age",
        PreflightStatus = "preflight_status",
        AssertAllowed = "assert_allowed",
        AssertDenied = "assert_denied",
    }
}

/// What there is to know about a key.
pub(crate) struct Facts {
    /// The shapes of its value, for messages.
    pub(crate) takes: &'static str,
    /// A value of the right shape, for messages.
    pub(crate) example: &'static str,
    /// Whether it has a place in a rule. What has none is about the policy as a whole.
    pub(crate) is_for_rules: bool,
    /// What its value is made of, for editors.
    pub(crate) words: Option<List>,
}

/// The words that can stand in a place: a module of `cors-runtime/src/__private/ide.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Keys,
    Origins,
    Risks,
    Methods,
    RequestHeaders,
    ResponseHeaders,
    Durations,
}

impl Key {
    pub(crate) fn facts(self) -> Facts {
        match self {
            Self::AllowOrigins => Facts {
                takes: "a list or `Any`",
                example: "[\"https://example.com\"]",
                is_for_rules: true,
                words: Some(List::Origins),
            },
            Self::AllowMethods => Facts {
                takes: "a list, `Any` or `MirrorRequest`",
                example: "[GET, PUT]",
                is_for_rules: true,
                words: Some(List::Methods),
            },
            Self::AllowHeaders => Facts {
                takes: "a list, `Any` or `MirrorRequest`",
                example: "[\"content-type\"]",
                is_for_rules: true,
                words: Some(List::RequestHeaders),
            },
            Self::ExposeHeaders => Facts {
                takes: "a list or `Any`",
                example: "[\"etag\"]",
                is_for_rules: true,
                words: Some(List::ResponseHeaders),
            },
            Self::AllowCredentials => Facts {
                takes: "`true` or `false`",
                example: "true",
                is_for_rules: true,
                words: None,
            },
            Self::MaxAge => Facts {
                takes: "a number of seconds, or `minutes(..)`, `hours(..)`, `days(..)`",
                example: "hours(2)",
                is_for_rules: true,
                words: Some(List::Durations),
            },
            Self::PreflightStatus => Facts {
                takes: "a status from 200 to 299",
                example: "200",
                is_for_rules: false,
                words: None,
            },
            Self::AssertAllowed => Facts {
                takes: "a list",
                example: "[\"https://example.com\"]",
                is_for_rules: false,
                words: None,
            },
            Self::AssertDenied => Facts {
                takes: "a list",
                example: "[\"https://example.com.evil.net\"]",
                is_for_rules: false,
                words: None,
            },
        }
    }
}

impl List {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::Origins => "origins",
            Self::Risks => "risks",
            Self::Methods => "methods",
            Self::RequestHeaders => "request_headers",
            Self::ResponseHeaders => "response_headers",
            Self::Durations => "durations",
        }
    }
}
