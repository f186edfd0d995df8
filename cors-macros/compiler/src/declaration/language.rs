//! Every word of the language, with one table for each list.

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
            /// All of them, in the order used in messages.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$Word),+];

            /// The words of all of them, in the same order.
            pub(crate) const NAMES: [&'static str; Self::ALL.len()] = [$($name),+];

            /// Returns the word.
            pub fn name(self) -> &'static str {
                Self::NAMES[self as usize]
            }

            /// Returns the variant for a word.
            pub fn from_name(name: &str) -> Option<Self> {
                Some(Self::ALL[index(name, &Self::NAMES)?])
            }
        }
    };
}

/// Returns the index of a word.
fn index(word: &str, words: &[&str]) -> Option<usize> {
    words.iter().position(|known| *known == word)
}

/// The word for rules.
pub const RULE: &str = "rule";
/// The word for `*`.
pub const ANY: &str = "Any";
/// The word for this machine, with every name that browsers know.
pub const LOOPBACK: &str = "Loopback";
/// The word for a list of origins at run time.
pub const CONFIGURED: &str = "Configured";
/// The type of a policy with [`CONFIGURED`].
pub(crate) const TEMPLATE_TYPE: &str =
    "the type of the policy is then `cors_runtime::PolicyTemplate`";
/// How to create a policy from a template.
pub(crate) const CREATE_POLICY: &str = "in `main`, create the policy from a comma-separated text: `API.with_origins(&text.parse::<cors_runtime::Origins>()?)?`";
/// The word for echoing the request of a preflight.
pub const MIRROR_REQUEST: &str = "MirrorRequest";

vocabulary! {
    /// A key, named after the header or property that it sets.
    enum Key {
        /// The origins that may read responses.
        AllowOrigins = "allow_origins",
        /// `Access-Control-Allow-Methods`.
        AllowMethods = "allow_methods",
        /// `Access-Control-Allow-Headers`.
        AllowHeaders = "allow_headers",
        /// `Access-Control-Expose-Headers`.
        ExposeHeaders = "expose_headers",
        /// `Timing-Allow-Origin`.
        ExposeTiming = "expose_timing",
        /// `Access-Control-Allow-Credentials`.
        AllowCredentials = "allow_credentials",
        /// `Access-Control-Max-Age`.
        MaxAge = "max_age",
        /// The status of a successful preflight.
        PreflightStatus = "preflight_status",
        /// The requests that are refused without calling the application.
        OnDenied = "on_denied",
        /// The hosts that requests may have.
        AllowHosts = "allow_hosts",
        /// Origins that must be allowed.
        AssertAllowed = "assert_allowed",
        /// Origins that must be denied.
        AssertDenied = "assert_denied",
    }
}

/// Information about a key.
#[derive(Debug)]
pub struct KeyInfo {
    /// The shapes of its value, for messages.
    pub expected: &'static str,
    /// Whether a rule may contain it. Other keys apply to the whole policy.
    pub allowed_in_rule: bool,
    /// The words that its value may contain, for editors.
    pub completions: Option<CompletionSet>,
}

/// A set of words that can be typed in one place: a module of the runtime crate, for editors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionSet {
    /// Keys, and `rule`.
    Keys,
    /// The beginnings of entries of `allow_origins`.
    Origins,
    /// The risks of `dangerously_allow`.
    Risks,
    /// Methods, and words for all methods.
    Methods,
    /// Words for all request headers.
    RequestHeaders,
    /// Words for all response headers.
    ResponseHeaders,
    /// Units of time.
    Durations,
    /// The words for denied requests.
    Denied,
    /// The word for all hosts.
    Hosts,
}

impl Key {
    /// Returns information about the key.
    pub fn info(self) -> KeyInfo {
        const LIST_OR_ANY: &str = "a list or `Any`";
        const LIST_OR_WORD: &str = "a list, `Any` or `MirrorRequest`";
        let (expected, allowed_in_rule, completions) = match self {
            Self::AllowOrigins => (LIST_OR_ANY, true, Some(CompletionSet::Origins)),
            Self::AllowMethods => (LIST_OR_WORD, true, Some(CompletionSet::Methods)),
            Self::AllowHeaders => (LIST_OR_WORD, true, Some(CompletionSet::RequestHeaders)),
            Self::ExposeHeaders => (LIST_OR_ANY, true, Some(CompletionSet::ResponseHeaders)),
            Self::ExposeTiming | Self::AllowCredentials => ("`true` or `false`", true, None),
            Self::MaxAge => (
                "a number of seconds, or `minutes(..)`, `hours(..)`, `days(..)`",
                true,
                Some(CompletionSet::Durations),
            ),
            Self::PreflightStatus => ("a status from 200 to 299", false, None),
            Self::OnDenied => (
                "`Continue`, `RefuseWrites` or `Refuse`",
                false,
                Some(CompletionSet::Denied),
            ),
            Self::AllowHosts => (LIST_OR_ANY, false, Some(CompletionSet::Hosts)),
            Self::AssertAllowed | Self::AssertDenied => ("a list", false, None),
        };
        KeyInfo {
            expected,
            allowed_in_rule,
            completions,
        }
    }

    /// Returns whether its value is a list, or a word in place of one.
    pub fn takes_list(self) -> bool {
        matches!(self.example().kind, ExprKind::List(_))
    }

    /// Returns a valid value, for messages.
    pub fn example(self) -> Expr {
        let texts = |text: &str| Expr::list([Expr::text(text)]);
        match self {
            Self::AllowOrigins | Self::AssertAllowed => texts("https://example.com"),
            Self::AllowMethods => Expr::list(vec![Expr::word("GET"), Expr::word("PUT")]),
            Self::AllowHeaders => texts("content-type"),
            Self::ExposeHeaders => texts("etag"),
            Self::ExposeTiming | Self::AllowCredentials => Expr::bool(true),
            Self::MaxAge => Expr::call("hours", [Expr::integer(2)]),
            Self::PreflightStatus => Expr::integer(200),
            Self::OnDenied => Expr::word(OnDenied::RefuseWrites.name()),
            Self::AllowHosts => texts("api.example.com"),
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
            Self::Denied => "denied",
            Self::Hosts => "hosts",
        }
    }
}

vocabulary! {
    /// A call in `allow_origins`.
    enum Function {
        /// Entries from the environment at build time.
        Env = "env",
        /// The full matches of a regular expression.
        Regex = "regex",
        /// Origins for which a function returns `true`.
        Predicate = "predicate",
        /// An entry with a risk.
        DangerouslyAllow = "dangerously_allow",
    }
}

impl Function {
    /// Returns a valid call, for messages.
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

    /// Returns a call in source form.
    pub fn call(self, arguments: impl Display) -> String {
        format!("{}({arguments})", self.name())
    }
}

vocabulary! {
    /// A risk, which is an error unless the entry is `dangerously_allow(risk, entry)`.
    enum Risk {
        /// A plain `http` origin together with credentials.
        InsecureOrigin = "insecure_origin",
        /// An entry that accepts origins under an unlimited number of registrable domains.
        UnconfinedOrigin = "unconfined_origin",
        /// `null`, the origin of sandboxed frames and local files of any author.
        NullOrigin = "null_origin",
        /// `file://`, which apps send for local files of any author.
        FileOrigin = "file_origin",
        /// A function decides who may send credentials.
        CredentialedPredicate = "credentialed_predicate",
    }
}

vocabulary! {
    /// The treatment of denied requests.
    enum OnDenied {
        /// The request reaches the application, and its response has no CORS headers.
        Continue = "Continue",
        /// The request is refused if it may change something.
        RefuseWrites = "RefuseWrites",
        /// The request is refused, even if it only reads.
        Refuse = "Refuse",
    }
}

vocabulary! {
    /// A unit of time.
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
    /// Returns the number of seconds.
    pub fn seconds(self) -> u64 {
        match self {
            Self::Seconds => 1,
            Self::Minutes => 60,
            Self::Hours => 60 * 60,
            Self::Days => 24 * 60 * 60,
        }
    }
}
