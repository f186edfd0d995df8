//! Events of `tracing` for denied requests.
//!
//! Without the feature, there is no code. With the feature but without a subscriber, the cost is
//! one comparison of levels.

use crate::decision::Outcome;
use crate::policy::Policy;
use crate::request::CorsRequest;

/// Emits an event for a denied or refused request, at the level `DEBUG`, with the target `cors_runtime`. Every
/// adapter calls this once for each request, with the outcome. `request` returns the request and
/// its path, without the query, which may contain secrets.
#[cfg(feature = "tracing")]
#[inline]
pub(crate) fn log_if_denied<'r>(
    policy: &Policy,
    outcome: Outcome<'_>,
    request: impl FnOnce() -> (CorsRequest<'r>, &'r str),
) {
    if is_enabled() {
        let (request, path) = request();
        emit_if_denied(policy, outcome, &request, path);
    }
}

/// Does nothing, without the feature `tracing`.
#[cfg(not(feature = "tracing"))]
#[inline]
pub(crate) fn log_if_denied<'r>(
    _: &Policy,
    _: Outcome<'_>,
    _: impl FnOnce() -> (CorsRequest<'r>, &'r str),
) {
}

/// Returns whether somebody may read the events. Never, without the feature `tracing`.
#[cfg(any(feature = "tower", feature = "tracing"))]
#[inline]
pub(crate) fn is_enabled() -> bool {
    #[cfg(feature = "tracing")]
    return tracing::enabled!(target: TARGET, tracing::Level::DEBUG);
    #[cfg(not(feature = "tracing"))]
    return false;
}

#[cfg(feature = "tracing")]
const TARGET: &str = "cors_runtime";

#[cfg(feature = "tracing")]
#[cold]
fn emit_if_denied(policy: &Policy, outcome: Outcome<'_>, request: &CorsRequest<'_>, path: &str) {
    use crate::explain::{Explanation, Shown};
    use crate::request::RequestKind;

    let (kind, method) = match outcome.kind {
        RequestKind::Preflight => ("preflight", request.single_request_method()),
        RequestKind::Actual => ("actual", Some(request.method())),
        RequestKind::NotCors if outcome.refusal.is_some() => ("not-cors", Some(request.method())),
        // Not a CORS request, so nothing is denied.
        RequestKind::NotCors => return,
    };
    let explanation = Explanation::new(policy, outcome, request);
    if explanation.is_allowed() {
        return;
    }
    let origin = request.origin().single();
    tracing::debug!(
        target: TARGET,
        kind,
        method = method.map(|method| tracing::field::display(Shown(method))),
        path = %Shown(path.as_bytes()),
        origin = origin.map(|origin| tracing::field::display(Shown(origin))),
        reason = %explanation,
        "denied by the CORS policy"
    );
}
