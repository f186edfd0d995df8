//! The calls that stand for origins.

use core::fmt::Display;

use super::vocabulary::vocabulary;

vocabulary! {
    /// What is called in `allow_origins`.
    enum Function {
        /// Entries from the environment of the build.
        Env = "env",
        /// The full matches of a regular expression.
        Regex = "regex",
        /// What a function of the user's own says.
        Predicate = "predicate",
        /// An entry together with a risk that it takes.
        DangerouslyAllow = "dangerously_allow",
    }
}

impl Function {
    /// A call of the right shape, for messages.
    pub(crate) fn example(self) -> &'static str {
        match self {
            Self::Env => "env(\"PARTNER_ORIGINS\", default = \"https://partner.example\")",
            Self::Regex => "regex(\"https://(shop|blog)\\\\.example\\\\.com\")",
            Self::Predicate => "predicate(tenants::is_known)",
            Self::DangerouslyAllow => {
                "dangerously_allow(insecure_origin, \"http://legacy.example.com\")"
            }
        }
    }

    /// A call as it is written in a policy.
    pub(crate) fn call(self, arguments: impl Display) -> String {
        format!("{}({arguments})", self.name())
    }
}
