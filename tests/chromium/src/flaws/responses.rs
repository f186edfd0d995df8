//! Which responses can be read, what of them, and what caches are told.

use http::StatusCode;
use http::header::{ACCESS_CONTROL_EXPOSE_HEADERS as EXPOSE_HEADERS, VARY};

use super::change::{is_preflight, remove, replace, without_cors};
use super::{Flaw, answers};

pub(super) const FLAWS: &[Flaw] = &[
    answers(
        "headers-on-preflights-only",
        "a method that needs permission",
        |asked, answer| {
            if !is_preflight(asked) {
                without_cors(answer);
            }
        },
    ),
    answers("no-headers-on-errors", "an error", |_, answer| {
        if answer.status().is_client_error() {
            without_cors(answer);
        }
    }),
    answers(
        "no-headers-on-errors-of-the-server",
        "an error of the server, with credentials",
        |_, answer| {
            if answer.status().is_server_error() {
                without_cors(answer);
            }
        },
    ),
    answers(
        "no-headers-on-redirects",
        "a redirect to the same origin",
        |_, answer| {
            if answer.status().is_redirection() {
                without_cors(answer);
            }
        },
    ),
    answers(
        "no-headers-on-304",
        "what another page validates again",
        |_, answer| {
            if answer.status() == StatusCode::NOT_MODIFIED {
                without_cors(answer);
            }
        },
    ),
    answers("exposes-nothing", "a simple request", |_, answer| {
        remove(answer, &EXPOSE_HEADERS);
    }),
    answers("exposes-everything", "a simple request", |_, answer| {
        replace(answer, &EXPOSE_HEADERS, &["*"]);
    }),
    answers(
        "exposes-any-with-credentials",
        "with credentials",
        |_, answer| replace(answer, &EXPOSE_HEADERS, &["*"]),
    ),
    answers("exposes-more", "with credentials", |_, answer| {
        replace(answer, &EXPOSE_HEADERS, &["etag,x-total,x-secret"]);
    }),
    answers(
        "no-vary",
        "what another page has in the cache",
        |_, answer| remove(answer, &VARY),
    ),
];
