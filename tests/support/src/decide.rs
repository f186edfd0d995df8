//! Requests written down in a line.

use cors_runtime::{Decision, Policy};

/// Evaluates a policy for a request with these header lines.
pub fn decide<'r>(
    policy: &'r Policy,
    method: &'r str,
    headers: &[(&str, &'r str)],
) -> Decision<'r> {
    let request = headers.iter().fold(
        cors_runtime::CorsRequest::new(method.as_bytes()),
        |request, (name, value)| request.with_header(name.as_bytes(), value.as_bytes()),
    );
    policy.evaluate(&request)
}
