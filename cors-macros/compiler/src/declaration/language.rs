//! Every word of the language, each list in one table.

use core::fmt::Display;

use super::expression::{Expr, ExprKind};

/// Declares an enum from one list of words: variant and name.
macro_rules! vocabulary {
    ($(#[$outer:meta])* enum $List:ident { $($(#[$inner:meta])* $Word:ident = $name:literal,)+ }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $List {
            $($(#[$inner])* $Word,)+
        }

        impl $List {
            /// All of them, in the order in which messages list them.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$Word),+];

            /// Returns how it is written.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$Word => $name,)+
                }
            }

            /// Returns the one that is written like this.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$Word),)+
                    _ => None,
                }
            }
        }
    };
}

/// The word for a rule.
pub const RULE: &str = "rule";
/// The word for `*`.
pub const ANY: &str = "Any";
/// The word for a list of origins that the program gets when it runs.
pub const CONFIGURED: &str = "Configured";
/// The word for what the preflight asks for.
pub const MIRROR_REQUEST: &str = "MirrorRequest";

vocabulary! {
    /// A key, named after the header or the property that it decides.
    enum Key {
        /// Who may read responses.
        AllowOrigins = "allow_origins",
        /// `Access-Control-Allow-Methods`.
        AllowMethods = "allow_methods",
        /// `Access-Control-Allow-Headers`.
        AllowHeaders = "allow_headers",
        /// `Access-Control-Expose-Headers`.
        ExposeHeaders = "expose_headers",
        /// `Access-Control-Allow-Credentials`.
        AllowCredentials = "allow_credentials",
        /// `Access-Control-Max-Age`.
        MaxAge = "max_age",
        /// The status of a successful preflight.
        PreflightStatus = "preflight_status",
        /// Origins that the policy has to allow.
        AssertAllowed = "assert_allowed",
        /// Origins that the policy has to deny.
        AssertDenied = "assert_denied",
    }
}

/// What there is to know about a key.
#[derive(Debug)]
pub struct KeyInfo {
    /// The shapes of its value, for messages.
    pub expected: &'static str,
    /// Whether it may be in a rule. The others are about the policy as a whole.
    pub allowed_in_rule: bool,
    /// What its value is made of, for editors.
    pub completions: Option<CompletionSet>,
}

/// The words that can be typed in a place: a module of the runtime crate, for editors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionSet {
    /// Keys, and `rule`.
    Keys,
    /// What an entry of `allow_origins` starts with.
    Origins,
    /// The risks of `dangerously_allow`.
    Risks,
    /// Methods, and the words for all of them.
    Methods,
    /// The words for all request headers.
    RequestHeaders,
    /// The word for all response headers.
    ResponseHeaders,
    /// Units of time.
    Durations,
}

impl Key {
    /// Returns what there is to know about it.
    pub fn info(self) -> KeyInfo {
        const LIST_OR_ANY: &str = "a list or `Any`";
        const LIST_OR_WORD: &str = "a list, `Any` or `MirrorRequest`";
        let (expected, allowed_in_rule, completions) = match self {
            Self::AllowOrigins => (LIST_OR_ANY, true, Some(CompletionSet::Origins)),
            Self::AllowMethods => (LIST_OR_WORD, true, Some(CompletionSet::Methods)),
            Self::AllowHeaders => (LIST_OR_WORD, true, Some(CompletionSet::RequestHeaders)),
            Self::ExposeHeaders => (LIST_OR_ANY, true, Some(CompletionSet::ResponseHeaders)),
            Self::AllowCredentials => ("`true` or `false`", true, None),
            Self::MaxAge => (
                "a number of seconds, or `minutes(..)`, `hours(..)`, `days(..)`",
                true,
                Some(CompletionSet::Durations),
            ),
            Self::PreflightStatus => ("a status from 200 to 299", false, None),
            Self::AssertAllowed | Self::AssertDenied => ("a list", false, None),
        };
        KeyInfo {
            expected,
            allowed_in_rule,
            completions,
        }
    }

    /// Whether its value is a list, or a word in the place of one.
    pub fn takes_list(self) -> bool {
        matches!(self.example().kind, ExprKind::List(_))
    }

    /// Returns a value of the right shape, for messages.
    pub fn example(self) -> Expr {
        let texts = |text: &str| Expr::list([Expr::text(text)]);
        match self {
            Self::AllowOrigins | Self::AssertAllowed => texts("https://example.com"),
            Self::AllowMethods => Expr::list(["GET", "PUT"].map(Expr::word)),
            Self::AllowHeaders => texts("content-type"),
            Self::ExposeHeaders => texts("etag"),
            Self::AllowCredentials => Expr::bool(true),
            Self::MaxAge => Expr::call("hours", [Expr::integer(2)]),
            Self::PreflightStatus => Expr::integer(200),
            Self::AssertDenied => texts("https://example.com.evil.net"),
        }
    }
}

impl CompletionSet {
    /// Returns the name of the module.
    pub fn name(self) -> &'static str {
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

vocabulary! {
    /// What is called in `allow_origins`.
    enum Function {
        /// Entries from the environment of the build.
        Env = "env",
        /// The full matches of a regular expression.
        Regex = "regex",
        /// What a function of the user's own answers.
        Predicate = "predicate",
        /// An entry together with a risk that it takes.
        DangerouslyAllow = "dangerously_allow",
    }
}

impl Function {
    /// Returns a call of the right shape, for messages.
    pub fn example(self) -> Expr {
        let arguments = match self {
            Self::Env => vec![
                Expr::text("PARTNER_ORIGINS"),
                Expr::named("default", Expr::text("https://partner.example")),
            ],
            Self::Regex => vec![Expr::text(r"https://(shop|blog)\.example\.com")],
            Self::Predicate => vec![Expr::word("tenants::is_known")],
            Self::DangerouslyAllow => vec![
                Expr::word(Risk::InsecureOrigin.name()),
                Expr::text("http://legacy.example.com"),
            ],
        };
        Expr::call(self.name(), arguments)
    }

    /// Returns a call as it is written in a policy.
    pub fn call(self, arguments: impl Display) -> String {
        format!("{}({arguments})", self.name())
    }
}

vocabulary! {
    /// What is refused unless the entry says that it is meant, with `dangerously_allow(risk, entry)`.
    enum Risk {
        /// A plain `http` origin together with credentials.
        InsecureOrigin = "insecure_origin",
        /// An entry that accepts origins of registrable domains without number.
        UnconfinedOrigin = "unconfined_origin",
        /// `null`, which anybody's sandboxed frame has.
        NullOrigin = "null_origin",
        /// A function decides who may send credentials.
        CredentialedPredicate = "credentialed_predicate",
    }
}

vocabulary! {
    /// A unit of time, as it is written around a number.
    enum Unit {
        /// One second.
        Seconds = "seconds",
        /// 60 seconds.
        Minutes = "minutes",
        /// 60 minutes.
        Hours = "hours",
        /// 24 hours.
        Days = "days",
    }
}

impl Unit {
    /// Returns how many seconds it has.
    pub fn seconds(self) -> u64 {
        match self {
            Self::Seconds => 1,
            Self::Minutes => 60,
            Self::Hours => 60 * 60,
            Self::Days => 24 * 60 * 60,
        }
    }
}
