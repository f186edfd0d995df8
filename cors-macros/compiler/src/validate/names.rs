//! Names beside a wildcard.

use crate::check::Check;
use crate::diagnostic::{Diagnostic, Diagnostics, quoted, text};
use crate::model::Rule;
use cors_origin::fetch::is_non_wildcard_request_header;

/// `*` covers every request header but `Authorization`.
/// <https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>
pub(super) fn covered_by_wildcard(rule: &Rule, errors: &mut Diagnostics) {
    if rule.headers.any.is_none() {
        return;
    }
    for (name, place) in &rule.headers.listed {
        if !is_non_wildcard_request_header(name.as_bytes()) {
            errors.report(
                *place,
                Diagnostic::new(
                    Check::CoveredHeader,
                    text!["header ", quoted(name), " is already covered by `Any`"],
                )
                .note("`*` covers every request header but `authorization`")
                .help("remove this entry"),
            );
        }
    }
}
