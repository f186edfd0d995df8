//! Wildcards: forbidden combinations, and names that they cover.

use crate::check::Check;
use crate::declaration::{ANY, Expr, Key, MIRROR_REQUEST, Position};
use crate::diagnostic::{Diagnostic, Diagnostics, Redundancy, Text, quoted, text};
use crate::model::Rule;
use cors_origin::fetch::is_non_wildcard_request_header;

/// With credentials, each list must be explicit
/// ([protocol](https://fetch.spec.whatwg.org/#cors-protocol-and-credentials)): browsers take `*` as
/// a literal name in responses with credentials, and reject it as an origin.
pub(super) fn check_wildcards(rule: &Rule, errors: &mut Diagnostics) {
    let Some(credentials) = rule.credentials else {
        return;
    };
    if let Some(position) = rule.origins.any() {
        let credentials_are = |are| Expr::named(Key::AllowCredentials.name(), Expr::bool(are));
        errors.report(
            position,
            Diagnostic::new(
                Check::CredentialsAnyOrigin,
                "wildcard origin cannot be combined with credentials",
            )
            .note(text![
                "`allow_credentials` is set ",
                credentials,
                "; browsers reject `*` on a credentialed response"
            ])
            .help(text![
                "list the origins that may send credentials, as in ",
                Expr::list([Expr::text("https://app.example.com")])
            ])
            .help(match rule.inherits_credentials {
                true => text![
                    "for public data, set ",
                    credentials_are(false),
                    " in this rule"
                ],
                false => text!["for public data, remove ", credentials_are(true)],
            }),
        );
    }
    let literal_asterisk = |check, key, advice: &'static str, example: Vec<Expr>| {
        literal_asterisk(check, key, credentials).help(text![advice, Expr::list(example)])
    };
    if let Some(position) = rule.methods.wildcard {
        let problem = literal_asterisk(
            Check::CredentialsAnyMethod,
            Key::AllowMethods,
            "list the methods, as in ",
            vec![Expr::word("GET"), Expr::word("PUT"), Expr::word("DELETE")],
        );
        errors.report(position, problem.help(mirror_instead()));
    }
    if let Some(position) = rule.headers.wildcard {
        let problem = literal_asterisk(
            Check::CredentialsAnyHeader,
            Key::AllowHeaders,
            "list the headers, as in ",
            vec![Expr::text("content-type"), Expr::text("authorization")],
        );
        errors.report(position, problem.help(mirror_instead()));
    }
    if let Some(position) = rule.exposed_headers.wildcard {
        let problem = literal_asterisk(
            Check::CredentialsAnyExposedHeader,
            Key::ExposeHeaders,
            "list the headers, as in ",
            vec![Expr::text("etag"), Expr::text("x-request-id")],
        );
        errors.report(position, problem);
    }
}

fn mirror_instead() -> Text {
    text![
        "to allow everything that is requested, write ",
        Expr::word(MIRROR_REQUEST)
    ]
}

fn literal_asterisk(check: Check, key: Key, credentials: Position) -> Diagnostic {
    Diagnostic::new(
        check,
        format!(
            "`{ANY}` in `{}` cannot be combined with credentials",
            key.name()
        ),
    )
    .note(text![
        "`allow_credentials` is set ",
        credentials,
        "; browsers then treat `*` as a literal name"
    ])
}

/// `*` covers every request header except `Authorization`.
/// <https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>
pub(super) fn check_covered_names(rule: &Rule, errors: &mut Diagnostics) {
    let Some(wildcard) = rule.headers.wildcard else {
        return;
    };
    for (name, position) in &rule.headers.names {
        if !is_non_wildcard_request_header(name.as_bytes()) {
            let title = text!["header ", quoted(name), " is already covered by `Any`"];
            errors.report(
                *position,
                Diagnostic::new(Check::CoveredHeader, title.clone())
                    .note("`*` covers every request header except `authorization`")
                    .help("remove this entry")
                    .redundant(Redundancy {
                        code: Expr::text(name),
                        reason: title,
                        by: wildcard,
                        is_mutual: false,
                    }),
            );
        }
    }
}
