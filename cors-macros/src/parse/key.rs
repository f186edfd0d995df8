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
}

impl Key {
    pub(crate) const ALL: [Self; 7] = [
        Self::AllowOrigins,
        Self::AllowMethods,
        Self::AllowHeaders,
        Self::ExposeHeaders,
        Self::AllowCredentials,
        Self::MaxAge,
        Self::PreflightStatus,
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
        }
    }

    /// A value of the right shape, for messages.
    pub(crate) fn example(self) -> &'static str {
        match self {
            Self::AllowOrigins => "[\"https://example.com\"]",
            Self::AllowMethods => "[GET, PUT]",
            Self::AllowHeaders => "[\"content-type\"]",
            Self::ExposeHeaders => "[\"etag\"]",
            Self::AllowCredentials => "true",
            Self::MaxAge => "hours(2)",
            Self::PreflightStatus => "200",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }
}
