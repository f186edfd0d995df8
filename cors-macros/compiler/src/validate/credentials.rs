//! What must not be combined with credentials.
//! <https://fetch.spec.whatwg.org/#cors-protocol-and-credentials>

use crate::check::Check;
use crate::diagnostic::{Diagnostic, Diagnostics, Position, text};
use crate::model::{Names, Rule};

/// Where credentials are allowed, each list must be explicit: browsers take `*` in an answer to a
/// credentialed request for a literal name, and refuse it for an origin.
pub(super) fn no_wildcard(rule: &Rule, errors: &mut Diagnostics) {
    let Some(credentials) = rule.credentials else {
        return;
    };
    if let Some(place) = rule.origins.any() {
        errors.report(
            place,
            Diagnostic::new(
                Check::CredentialsAnyOrigin,
                "wildcard origin cannot be combined with credentials",
            )
            .note(text![
                "`allow_credentials` is set ",
                credentials,
                "; browsers reject `*` on a credentialed response"
            ])
            .help("name who may send credentials, as in `[\"https://app.example.com\"]`")
            .help("for public data, remove `allow_credentials = true`"),
        );
    }
    let mirror = Some("to allow whatever is asked for, write `MirrorRequest`");
    let lists: [(&Names, Check, &str, &str, Option<&str>); 3] = [
        (
            &rule.methods,
            Check::CredentialsAnyMethod,
            "method",
            "list the methods, as in `[GET, PUT, DELETE]`",
            mirror,
        ),
        (
            &rule.headers,
            Check::CredentialsAnyHeader,
            "request header",
            "list the headers, as in `[\"content-type\", \"authorization\"]`",
            mirror,
        ),
        (
            &rule.exposed_headers,
            Check::CredentialsAnyExposedHeader,
            "exposed header",
            "list the headers, as in `[\"etag\", \"x-request-id\"]`",
            None,
        ),
    ];
    for (names, check, noun, help, mirror) in lists {
        if let Some(place) = names.any {
            let problem = literal_asterisk(check, noun, credentials).help(help);
            errors.report(place, mirror.into_iter().fold(problem, Diagnostic::help));
        }
    }
}

fn literal_asterisk(check: Check, noun: &str, credentials: Position) -> Diagnostic {
    Diagnostic::new(
        check,
        format!("wildcard {noun} cannot be combined with credentials"),
    )
    .note(text![
        "`allow_credentials` is set ",
        credentials,
        "; browsers then take `*` for a name, not for all names"
    ])
}
