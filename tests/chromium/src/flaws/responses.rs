//! Flaws in what can be read of responses, and in what caches are allowed to keep.

use http::StatusCode;
use http::header::{ACCESS_CONTROL_EXPOSE_HEADERS as EXPOSE_HEADERS, VARY};

use super::change::{is_preflight, without_cors};
use super::{Flaw, answers, says};

pub(super) static FLAWS: [Flaw; 10] = [
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
    says("exposes-nothing", "a simple request", EXPOSE_HEADERS, &[]),
    says(
        "exposes-everything",
        "a simple request",
        EXPOSE_HEADERS,
        &["*"],
    ),
    says(
        "exposes-any-with-credentials",
        "with credentials",
        EXPOSE_HEADERS,
        &["*"],
    ),
    says(
        "exposes-more",
        "with credentials",
        EXPOSE_HEADERS,
        &["etag,x-total,x-secret"],
    ),
    says("no-vary", "what another page has in the cache", VARY, &[]),
];
