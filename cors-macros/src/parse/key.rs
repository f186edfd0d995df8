//! The keys of the language: one table.

/// A key, named after the header or the property that it decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    AllowOrigins,
    AllowMethods,
    AllowHeaders,
    ExposeHeaders,
    AllowCredentials,
    MaxAge,
    PreflightStatus,
    AssertAllowed,
    AssertDenied,
}

impl Key {
    pub(crate) const ALL: [Self; 9] = [
        Self::AllowOrigins,
        Self::AllowMethods,
        Self::AllowHeaders,
        Self::ExposeHeaders,
        Self::AllowCredentials,
        Self::MaxAge,
        Self::PreflightStatus,
        Self::AssertAllowed,
        Self::AssertDenied,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::AllowOrigins => "allow_origins",
            Self::AllowMethods => "allow_methods",
            Self::AllowHeaders => "allow_headers",
            Self::ExposeHeaders => "expose_headers",
            Self::AllowCredentials => "allow_credentials",
            Self::MaxAge => "max_age",
            Self::PreflightStatus => "preflight_status",
            Self::AssertAllowed => "assert_allowed",
            Self::AssertDenied => "assert_denied",
        }
    }

    /// A value of the right shape, for messages.
    pub(crate) fn example(self) -> &'static str {
        match self {
            Self::AllowOrigins | Self::AssertAllowed => "[\"https://example.com\"]",
            Self::AllowMethods => "[GET, PUT]",
            Self::AllowHeaders => "[\"content-type\"]",
            Self::ExposeHeaders => "[\"etag\"]",
            Self::AllowCredentials => "true",
            Self::MaxAge => "hours(2)",
            Self::PreflightStatus => "200",
            Self::AssertDenied => "[\"https://example.com.evil.net\"]",
        }
    }

    /// Whether the key is about the policy as a whole, so that it has no place in a rule.
    pub(crate) fn is_for_the_whole_policy(self) -> bool {
        match self {
            Self::PreflightStatus | Self::AssertAllowed | Self::AssertDenied => true,
            Self::AllowOrigins
            | Self::AllowMethods
            | Self::AllowHeaders
            | Self::ExposeHeaders
            | Self::AllowCredentials
            | Self::MaxAge => false,
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }
}
