//! Keys of other libraries, and their equivalents in this language.

use crate::check::Check;
use crate::declaration::{ANY, Expr, Function, Key};
use crate::diagnostic::{Diagnostic, Text, quoted, text};

/// The equivalent of a key.
enum Answer {
    /// This key.
    Key(Key),
    /// A key with the word for everything.
    Any(Key),
    /// An entry of `allow_origins`.
    Entry(Function),
    /// None, for this reason.
    Nowhere(&'static str),
}

const PRIVATE_NETWORK: &str = "some browsers prompt the user before a page can access a local network; they ignore response headers";
const VARY: &str = "the policy sends `Vary` itself, with all headers that the response depends on";
const PREFLIGHT: &str =
    "the policy responds to every preflight itself, and passes on other `OPTIONS` requests";
const WILDCARD: &str =
    "the policy sends `*` for `Any` without credentials, and otherwise the origin of the request";
const PATHS: &str = "a policy has no paths: add the layer to the routes that need it";
const ALWAYS: &str = "the policy only sends its headers to allowed origins";

/// The keys of tower-http, actix-cors, rocket_cors, warp, poem, salvo, and of well-known libraries in other languages, in
/// snake case.
const ANSWERS: &[(&[&str], Answer)] = &[
    (
        &[
            "allow_origin",
            "allowed_origin",
            "allowed_origins",
            "cors_allowed_origins",
            "origin",
            "origins",
        ],
        Answer::Key(Key::AllowOrigins),
    ),
    (
        &["allow_any_origin", "allow_all_origins", "any_origin"],
        Answer::Any(Key::AllowOrigins),
    ),
    (
        &[
            "allow_origin_regex",
            "allowed_origin_patterns",
            "allowed_origin_regexes",
            "origin_regex",
        ],
        Answer::Entry(Function::Regex),
    ),
    (
        &[
            "allow_origin_fn",
            "allow_origin_func",
            "allow_origin_predicate",
            "allowed_origin_fn",
            "origin_fn",
        ],
        Answer::Entry(Function::Predicate),
    ),
    (
        &["allow_method", "allowed_methods", "cors_methods", "methods"],
        Answer::Key(Key::AllowMethods),
    ),
    (
        &["allow_any_method", "allow_all_methods"],
        Answer::Any(Key::AllowMethods),
    ),
    (
        &[
            "allow_header",
            "allowed_header",
            "allowed_headers",
            "headers",
        ],
        Answer::Key(Key::AllowHeaders),
    ),
    (
        &["allow_any_header", "allow_all_headers"],
        Answer::Any(Key::AllowHeaders),
    ),
    (
        &["expose_header", "exposed_headers", "exposes"],
        Answer::Key(Key::ExposeHeaders),
    ),
    (
        &["expose_any_header", "expose_all_headers"],
        Answer::Any(Key::ExposeHeaders),
    ),
    (
        &[
            "allows_credentials",
            "credentials",
            "send_credentials",
            "support_credentials",
            "supports_credentials",
            "with_credentials",
        ],
        Answer::Key(Key::AllowCredentials),
    ),
    (
        &[
            "cache_max_age",
            "max_age_secs",
            "max_age_seconds",
            "preflight_max_age",
        ],
        Answer::Key(Key::MaxAge),
    ),
    (
        &[
            "options_status",
            "options_success_status",
            "preflight_success_status",
        ],
        Answer::Key(Key::PreflightStatus),
    ),
    (
        &[
            "allow_local_network",
            "allow_private_network",
            "allow_private_network_access",
            "private_network",
        ],
        Answer::Nowhere(PRIVATE_NETWORK),
    ),
    (
        &["disable_vary_header", "vary", "vary_header"],
        Answer::Nowhere(VARY),
    ),
    (
        &[
            "disable_preflight",
            "options_passthrough",
            "preflight",
            "preflight_continue",
        ],
        Answer::Nowhere(PREFLIGHT),
    ),
    (&["send_wildcard", "wildcard"], Answer::Nowhere(WILDCARD)),
    (&["always_send"], Answer::Nowhere(ALWAYS)),
    (
        &["block_on_origin_mismatch", "csrf"],
        Answer::Key(Key::OnDenied),
    ),
    (
        &["allowed_hosts", "hosts", "trusted_hosts"],
        Answer::Key(Key::AllowHosts),
    ),
    (
        &["timing_allow_origin", "timing"],
        Answer::Key(Key::ExposeTiming),
    ),
    (
        &["path", "paths", "path_prefix", "resources"],
        Answer::Nowhere(PATHS),
    ),
];

/// Returns the diagnostic for a key of another library. `intended` is the key that its value was read for.
pub(super) fn unknown_key(name: &str, intended: Option<Key>) -> Option<Diagnostic> {
    let (_, answer) = ANSWERS.iter().find(|(names, _)| names.contains(&name))?;
    let diagnostic = Diagnostic::new(Check::UnknownKey, text!["unknown key ", quoted(name)]);
    let setting = |key: Key, value| Text::from(Expr::named(key.name(), value));
    Some(match answer {
        Answer::Key(key) if intended == Some(*key) => {
            diagnostic.help(format!("write `{}`", key.name()))
        }
        Answer::Key(key) => diagnostic.help(text!["write it like ", setting(*key, key.example())]),
        Answer::Any(key) => diagnostic.help(text!["write it as ", setting(*key, Expr::word(ANY))]),
        Answer::Entry(function) => {
            let entry = Expr::list([function.example()]);
            let setting = setting(Key::AllowOrigins, entry);
            diagnostic.help(text!["write it as an entry, as in ", setting])
        }
        Answer::Nowhere(reason) => diagnostic.note(*reason).help("remove this key"),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_key_of_another_library_has_one_answer() {
        let mut seen = HashSet::new();
        for name in ANSWERS.iter().flat_map(|(names, _)| *names) {
            assert!(seen.insert(name), "{name} is there twice");
            assert_eq!(
                Key::from_name(name),
                None,
                "{name} is a key of the language"
            );
            let answer = unknown_key(name, None).unwrap();
            assert_eq!(answer.helps.len(), 1, "{answer:?}");
        }
        assert_eq!(unknown_key("allow_origns", None), None);
    }
}
