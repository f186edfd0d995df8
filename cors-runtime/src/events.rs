//! What is told to `tracing` about requests that a browser fails.
//!
//! Without the feature this is nothing at all; with it, and where nobody listens, a look at the
//! level that `tracing` keeps.

use crate::policy::Policy;
use crate::request::Request;

/// Tells of a request that is denied: one event at the level `DEBUG`, for the target
/// `cors_runtime`. Every adapter calls this once for each request.
#[cfg(feature = "tracing")]
#[inline]
pub(crate) fn denied<'r>(policy: &Policy, request: impl FnOnce() -> Request<'r>) {
    if tracing::enabled!(target: TARGET, tracing::Level::DEBUG) {
        tell(policy, &request());
    }
}

/// Nothing, without the feature `tracing`.
#[cfg(not(feature = "tracing"))]
#[inline]
pub(crate) fn denied<'r>(_: &Policy, _: impl FnOnce() -> Request<'r>) {}

#[cfg(feature = "tracing")]
const TARGET: &str = "cors_runtime";

#[cfg(feature = "tracing")]
#[cold]
fn tell(policy: &Policy, request: &Request<'_>) {
    use crate::explain::Shown;
    use crate::request::Kind;

    let explanation = policy.explain(request);
    let (kind, method) = match explanation.kind() {
        Kind::Preflight => ("preflight", request.single_request_method()),
        Kind::Actual => ("actual", Some(request.method())),
        // Nobody asked for anything.
        Kind::NotCors => return,
    };
    if explanation.is_allowed() {
        return;
    }
    let origin = request.origin().single();
    tracing::debug!(
        target: TARGET,
        kind,
        method = method.map(|method| tracing::field::display(Shown(method))),
        origin = origin.map(|origin| tracing::field::display(Shown(origin))),
        reason = %explanation,
        "denied by the CORS policy"
    );
}
