//! Single values: origins, variables, methods, header names and numbers.

use super::redundant::duplicate;
use super::{similar, with_source};
use crate::analysis::Analysis;
use crate::check::Check;
use crate::declaration::{
    ANY, CONFIGURED, EnvSource, Expr, ExprKind, Function, Key, MIRROR_REQUEST, NameError, Position,
    Unit, without_typo,
};
use crate::diagnostic::{Diagnostic, Text, WHOLE_LIST, quoted, quoted_code, text};
use crate::model::{MAX_MAX_AGE, Pattern, registered_methods};
use crate::suggest::{self, Place, Replaced};
use cors_origin::fetch::is_forbidden_request_header;
use cors_origin::pattern::{OriginError, Reason};

/// A text that is not an origin.
pub(super) fn origin(
    text: &str,
    error: &OriginError,
    source: Option<&EnvSource>,
    place: Place,
    analysis: &Analysis<'_>,
) -> Diagnostic {
    let reason = error.reason();
    let title = text!["origin ", quoted(text), " ", reason.to_string()];
    let mut diagnostic = Diagnostic::new(origin_check(reason), title);
    if let Some(note) = reason.note() {
        diagnostic = diagnostic.note(note);
    }
    let corrected = |place| match reason {
        Reason::Regex => suggest::regex::entries_for(text.trim(), place, analysis),
        _ => corrected(text, error.corrected(), place, analysis),
    };
    diagnostic = match (corrected(place), source) {
        (Some(corrected), None) => diagnostic.offer(corrected),
        // The author of a variable does not write Rust.
        (Some(corrected), Some(_)) => diagnostic.help(in_variable(&corrected)),
        (None, source) => match (origin_advice(text, reason), source) {
            (Some(advice), _) => diagnostic.help(advice),
            (None, None) => diagnostic.help(text!["write it like ", example_origin()]),
            (None, Some(_)) => diagnostic,
        },
    };
    match source {
        Some(_) => with_source(diagnostic, source),
        None => diagnostic.correct_if(|| {
            let place = place.with_risks();
            let with_scheme = || match reason {
                Reason::MissingScheme => Pattern::parse(&format!("https://{text}")).ok(),
                _ => None,
            };
            corrected(place).or_else(|| self::corrected(text, &[with_scheme()?], place, analysis))
        }),
    }
}

/// Returns what to write in the value of a variable.
fn in_variable(entries: &[Expr]) -> Text {
    let mut texts = Vec::new();
    for entry in entries {
        match &entry.kind {
            ExprKind::Text(text, _) => texts.push(text.as_str()),
            _ => return "a variable lists origins and patterns, with commas between them".into(),
        }
    }
    text!["in the variable, use ", quoted(texts.join(","))]
}

/// Returns the corrected spelling of a text, if it can be suggested; with `https` for `http` where only
/// that can.
fn corrected(
    text: &str,
    corrected: &[Pattern],
    place: Place,
    analysis: &Analysis<'_>,
) -> Option<Vec<Expr>> {
    let replaced = Replaced::origin(suggest::Text::Plain(text), place, analysis);
    let entries = |entry: fn(&Pattern) -> Pattern| {
        let mut entries = Vec::new();
        for pattern in corrected {
            entries.push(Expr::text(entry(pattern).to_string()));
        }
        suggest::offer_entries(entries, &replaced)
    };
    let secure = |pattern: &Pattern| match pattern.is_insecure() {
        true => pattern.to_https(),
        false => pattern.clone(),
    };
    entries(Pattern::clone).or_else(|| entries(secure))
}

/// Returns advice about an entry without a suggestion.
fn origin_advice(text: &str, reason: &Reason) -> Option<Text> {
    Some(match reason {
        Reason::Placeholder => return variable_advice(text),
        Reason::InvalidPort(_) => {
            "change the port, or leave it out for the default one of the scheme".into()
        }
        Reason::Empty | Reason::MissingHost => text!["write it like ", example_origin()],
        Reason::Any => any_in_place_of_the_list(),
        Reason::Null => text!["list the origins that you trust, as in ", example_origin()],
        Reason::List => "write each origin as a separate entry".into(),
        Reason::Regex => text![
            "write a regular expression that only matches your origins, as in ",
            Function::Regex.example()
        ],
        Reason::OpaqueScheme(_) => text![
            "serve the page over HTTP, for example from ",
            Expr::text("http://localhost:8080")
        ],
        Reason::InvalidIpv6 | Reason::Colons => {
            text!["write the host as in ", Expr::text("http://[::1]:8080")]
        }
        Reason::WildcardIp | Reason::IpRange => "list the addresses one by one".into(),
        Reason::UnmappedUnicode => {
            "in the console of a browser, evaluate `new URL(\"https://…\").origin`, and write the result"
                .into()
        }
        _ => return None,
    })
}

/// Advises how to read the variable that a placeholder names: `${FRONTEND_URL}`.
fn variable_advice(text: &str) -> Option<Text> {
    let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let name = text.trim_matches(['$', '{', '}', '%', '<', '>', '[', ']']);
    let is_variable = !name.is_empty() && name.chars().all(is_name) && name != text;
    is_variable.then(|| {
        text![
            "to read the variable while this crate is compiled, use ",
            Expr::call(Function::Env.name(), [Expr::text(name)]),
            "; for origins that the program loads when it starts, write ",
            Expr::word(CONFIGURED),
            ", which makes the policy a `cors_runtime::PolicyTemplate`"
        ]
    })
}

fn example_origin() -> Expr {
    Expr::text("https://example.com")
}

/// Returns the check for a reason.
fn origin_check(reason: &Reason) -> Check {
    match reason {
        Reason::Empty | Reason::MissingHost => Check::OriginMissingHost,
        Reason::Any => Check::OriginAny,
        Reason::Null => Check::OriginNull,
        Reason::List => Check::OriginList,
        Reason::Regex => Check::OriginRegex,
        Reason::Whitespace | Reason::SurroundingWhitespace => Check::OriginWhitespace,
        Reason::TooLong | Reason::LongScheme | Reason::LongLabel | Reason::LongHost => {
            Check::OriginTooLong
        }
        Reason::MissingScheme | Reason::MissingSlashes => Check::OriginMissingScheme,
        Reason::InvalidScheme(_) | Reason::WildcardScheme | Reason::MistypedScheme { .. } => {
            Check::OriginScheme
        }
        Reason::OpaqueScheme(_) | Reason::BlobScheme | Reason::PagelessScheme(_) => {
            Check::OriginOpaqueScheme
        }
        Reason::UppercaseScheme | Reason::UppercaseHost => Check::OriginUppercase,
        Reason::UserInfo => Check::OriginUserInfo,
        Reason::TrailingSlash => Check::OriginTrailingSlash,
        Reason::Path | Reason::Query | Reason::Fragment => Check::OriginPath,
        Reason::Placeholder | Reason::ForbiddenCharacter(_) | Reason::Quoted => Check::OriginHost,
        Reason::Unicode | Reason::NotEncoded | Reason::UnmappedUnicode => Check::OriginUnicode,
        Reason::InvalidPunycode(_) => Check::OriginPunycode,
        Reason::EmptyLabel => Check::OriginEmptyLabel,
        Reason::InvalidIpv4 | Reason::Ipv4Spelling => Check::OriginIpv4,
        Reason::InvalidIpv6
        | Reason::Ipv6Spelling
        | Reason::Ipv6Zone
        | Reason::Ipv6Brackets
        | Reason::Colons => Check::OriginIpv6,
        Reason::EmptyPort | Reason::InvalidPort(_) | Reason::LeadingZeros => Check::OriginPort,
        Reason::DefaultPort(_) => Check::OriginDefaultPort,
        Reason::WildcardIp | Reason::IpRange => Check::WildcardIp,
        Reason::WildcardPort => Check::WildcardPort,
        Reason::WildcardDeep => Check::WildcardDeep,
    }
}

/// An element for all elements, inside a list that it should replace.
pub(super) fn wildcard(
    key: Key,
    element: &Expr,
    replaces_list: bool,
    has_credentials: bool,
    analysis: &Analysis<'_>,
) -> Option<Diagnostic> {
    let diagnostic = match (&element.kind, key) {
        (ExprKind::Text(text, _), Key::AllowOrigins) => origin(
            text,
            &Pattern::parse(text).err()?,
            None,
            Place::in_list(has_credentials),
            analysis,
        ),
        (ExprKind::Text(..), _) => name(key, element, NameError::Wildcard),
        _ => super::form::no_entry(key, element, has_credentials, analysis),
    };
    let takes_mirror = matches!(key, Key::AllowMethods | Key::AllowHeaders);
    let word = match element.is_word(MIRROR_REQUEST) && takes_mirror {
        true => Some(MIRROR_REQUEST),
        false => suggest::any(key, has_credentials),
    };
    Some(match word {
        Some(word) if !replaces_list => diagnostic.suggest(Expr::word(word)),
        Some(word) => {
            let advice = text!["write ", Expr::word(word), WHOLE_LIST];
            let code = || Some(vec![Expr::word(word)]);
            diagnostic.replace_help(advice).correct_if(code)
        }
        None if key == Key::AllowOrigins => diagnostic.replace_help(text![
            "with credentials, list the origins that you trust, as in ",
            Expr::list([
                Expr::text("https://example.com"),
                Expr::text("https://*.example.com")
            ])
        ]),
        None => diagnostic.replace_help(text![
            "with credentials, list each by its name, as in ",
            key.example()
        ]),
    })
}

pub(super) fn pattern_in_assertion(key: Key, pattern: &Pattern) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Check::WrongShape,
        text![
            format!("`{}` has the pattern ", key.name()),
            quoted(pattern.to_string())
        ],
    );
    diagnostic
        .note("an assertion is about one origin")
        .help(text![
            "write an origin that it matches, as in ",
            Expr::text(pattern.example())
        ])
}

pub(super) fn no_variable(name: &str, is_set: bool) -> Diagnostic {
    let state = match is_set {
        true => " is empty or not Unicode",
        false => " is not set",
    };
    Diagnostic::new(
        Check::EnvMissing,
        text!["environment variable ", quoted(name), state],
    )
    .note("it is read at build time")
    .help(format!(
        "set it, as in `{name}=https://partner.example cargo build`"
    ))
    .help(text!["or write ", with_default(name)])
}

/// A default without entries.
pub(super) fn empty_default(name: &str) -> Diagnostic {
    let variable = || Expr::call(Function::Env.name(), [Expr::text(name)]);
    Diagnostic::new(
        Check::EmptyList,
        text!["the default of ", quoted_code(variable()), " has no entry"],
    )
    .note("without the variable, no cross-origin page could read a response, as if there were no policy")
    .help(text!["write ", with_default(name)])
    .help(text![
        "or write ",
        variable(),
        " to get an error if the variable is not set"
    ])
}

fn with_default(name: &str) -> Expr {
    let default = Expr::named("default", Expr::text("https://partner.example"));
    Expr::call(Function::Env.name(), [Expr::text(name), default])
}

/// A method or a header name that its list does not accept.
pub(super) fn name(key: Key, written: &Expr, error: NameError) -> Diagnostic {
    let (text, is_text) = match &written.kind {
        ExprKind::Text(text, _) => (text.as_str(), true),
        ExprKind::Word(word) => (word.as_str(), false),
        _ => ("", false),
    };
    let diagnostic = match key {
        Key::AllowMethods => method(text, error),
        _ => header(key, text, error),
    };
    let (Some(code), true) = (&diagnostic.correction, is_text) else {
        return diagnostic;
    };
    // In the form that was written.
    let mut written = Vec::new();
    for entry in code {
        written.push(match &entry.kind {
            ExprKind::Word(word) => Expr::text(word),
            _ => entry.clone(),
        });
    }
    diagnostic.suggest(written)
}

fn method(text: &str, error: NameError) -> Diagnostic {
    let diagnostic = |check, before, after| named(check, before, text, after);
    match error {
        NameError::Wildcard => Diagnostic::new(Check::MethodInvalid, "`*` is not a valid method")
            .help(any_in_place_of_the_list()),
        NameError::UnknownMethod => {
            let diagnostic = diagnostic(Check::MethodUnknown, "unknown method ", "");
            let upper = text.to_ascii_uppercase();
            let diagnostic = match without_typo(&upper, &registered_methods()) {
                Some(method) => diagnostic.suggest(Expr::word(method)),
                None => diagnostic,
            };
            diagnostic.help(text!["for a custom method, write ", Expr::text(upper)])
        }
        NameError::MethodCase => diagnostic(Check::MethodCase, "method ", " is not in upper case")
            .note("methods are case-sensitive, and the standard ones are in upper case")
            .suggest(Expr::word(text.to_ascii_uppercase())),
        NameError::Forbidden => diagnostic(Check::MethodForbidden, "method ", FORBIDDEN)
            .note("scripts cannot send it, so no preflight ever requests it")
            .help(REMOVE),
        NameError::Pattern => {
            let diagnostic = diagnostic(Check::MethodInvalid, "method ", " looks like a pattern")
                .note(NO_PATTERNS);
            let example = [Expr::word("GET"), Expr::word("PUT")];
            separate(diagnostic, suggest::methods(text), "method", example, true)
        }
        NameError::NoToken | NameError::ResponseOnly | NameError::RequestOnly => {
            let diagnostic = diagnostic(Check::MethodInvalid, "invalid method ", "")
                .note("a method is a token: letters, digits and some symbols, without spaces");
            let example = [Expr::word("GET"), Expr::text("PURGE")];
            separate(diagnostic, suggest::methods(text), "method", example, false)
        }
    }
}

fn header(key: Key, text: &str, error: NameError) -> Diagnostic {
    const COOKIES: &str = "remove this entry; browsers store cookies by themselves";
    let diagnostic = |check, before, after| named(check, before, text, after);
    let name = text.to_ascii_lowercase();
    // The other list, with this name.
    let listed = |key: Key| Expr::named(key.name(), Expr::list([Expr::text(name.as_str())]));
    let is_request = key == Key::AllowHeaders;
    match error {
        NameError::Wildcard => {
            Diagnostic::new(Check::HeaderInvalid, "`*` is not a valid header name")
                .help(any_in_place_of_the_list())
        }
        NameError::Forbidden if is_request => {
            diagnostic(Check::RequestHeaderForbidden, "request header ", FORBIDDEN)
                .note("scripts cannot set it, so no preflight ever requests it")
                .help(match name.as_str() {
                    "cookie" | "cookie2" => text![
                        "to let browsers send cookies, set ",
                        Expr::named(Key::AllowCredentials.name(), Expr::bool(true))
                    ],
                    "set-cookie" => COOKIES.into(),
                    _ => REMOVE.into(),
                })
        }
        NameError::Forbidden => {
            diagnostic(Check::ExposedHeaderForbidden, "response header ", FORBIDDEN)
                .note("scripts cannot read it, whatever a server exposes")
                .help(COOKIES)
        }
        NameError::ResponseOnly => diagnostic(
            Check::RequestHeaderResponseOnly,
            "",
            " is a response header",
        )
        .note("`allow_headers` lists what scripts may send")
        .help(match name.as_str() {
            "set-cookie2" => COOKIES.into(),
            name if name.starts_with("access-control-") => {
                "remove this entry; the policy sends the CORS headers itself".into()
            }
            _ => text!["to let scripts read it, write ", listed(Key::ExposeHeaders)],
        }),
        NameError::RequestOnly => {
            diagnostic(Check::ExposedHeaderRequestOnly, "", " is a request header")
                .note("`expose_headers` lists what scripts may read from a response")
                .help(match is_forbidden_request_header(name.as_bytes()) {
                    true => REMOVE.into(),
                    false => text!["to let scripts send it, write ", listed(Key::AllowHeaders)],
                })
        }
        NameError::Pattern
        | NameError::NoToken
        | NameError::UnknownMethod
        | NameError::MethodCase => {
            let is_pattern = error == NameError::Pattern;
            let diagnostic = match is_pattern {
                true => diagnostic(
                    Check::HeaderInvalid,
                    "header name ",
                    " looks like a pattern",
                )
                .note(NO_PATTERNS),
                false => diagnostic(Check::HeaderInvalid, "invalid header name ", "").note(
                    "a name is a token: letters, digits and some symbols, without spaces or colons",
                ),
            };
            let example = [Expr::text("x-one"), Expr::text("x-two")];
            let mirrors = is_pattern && is_request;
            separate(
                diagnostic,
                suggest::headers(key, text),
                "name",
                example,
                mirrors,
            )
        }
    }
}

const FORBIDDEN: &str = " is forbidden by the Fetch standard";
const REMOVE: &str = "remove this entry";

/// Creates a diagnostic about a method or a header.
fn named(check: Check, before: &'static str, name: &str, after: &'static str) -> Diagnostic {
    Diagnostic::new(check, text![before, quoted(name), after])
}

/// Suggests the entries that a text probably contains, or else advises how to write several. `mirrors` is whether
/// to advise what allows everything, too.
fn separate(
    diagnostic: Diagnostic,
    entries: Option<Vec<Expr>>,
    noun: &str,
    example: [Expr; 2],
    mirrors: bool,
) -> Diagnostic {
    let diagnostic = match entries {
        Some(entries) => return diagnostic.suggest(entries),
        None => diagnostic.help(text![
            format!("write each {noun} as a separate entry, as in "),
            Vec::from(example)
        ]),
    };
    match mirrors {
        true => diagnostic.help(mirror_in_place_of_the_list()),
        false => diagnostic,
    }
}

/// Why a pattern has no effect among names.
const NO_PATTERNS: &str = "browsers compare names as a whole, so this entry never matches";

fn mirror_in_place_of_the_list() -> Text {
    text![
        "to allow everything that is requested, write ",
        Expr::word(MIRROR_REQUEST),
        " in place of the list"
    ]
}

fn any_in_place_of_the_list() -> Text {
    text!["write ", Expr::word(ANY), " in place of the list"]
}

pub(super) fn duplicate_name(key: Key, name: &str, earlier: Position) -> Diagnostic {
    let noun = match key {
        Key::AllowMethods => "method",
        _ => "header",
    };
    duplicate(noun, quoted(name), Expr::text(name), earlier, true)
}

pub(super) fn unknown_unit(word: &str, call: &Expr) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Check::UnknownWord,
        text!["unknown unit of time ", quoted(word)],
    );
    match suggest::duration(call) {
        Some(meant) => diagnostic.suggest(meant),
        None => similar(diagnostic, "unit", word, &Unit::NAMES),
    }
}

pub(super) fn wrong_count(unit: Unit) -> Diagnostic {
    let name = unit.name();
    Diagnostic::new(
        Check::WrongShape,
        format!("`{name}` takes one whole number"),
    )
    .help(text![
        "write it like ",
        Expr::call(name, [Expr::integer(1)]),
        "; for a fraction, use a smaller unit"
    ])
}

pub(super) fn max_age() -> Diagnostic {
    Diagnostic::new(
        Check::MaxAgeTooLong,
        format!("`max_age` is longer than {MAX_MAX_AGE} seconds"),
    )
    .note("no browser keeps a preflight longer: WebKit 600 seconds, Chromium 7200, Firefox 86400")
    .help(text![
        "write ",
        Expr::call(Unit::Days.name(), [Expr::integer(1)]),
        " or less"
    ])
}

pub(super) fn preflight_status(number: u64) -> Diagnostic {
    Diagnostic::new(
        Check::PreflightStatus,
        format!("preflight status {number} is not from 200 to 299"),
    )
    .note("browsers treat any other status as a failure, so no preflight would succeed")
    .help(text![
        "write ",
        Expr::integer(200),
        ", or leave the key out for 204"
    ])
}
