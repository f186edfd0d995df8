//! Requests written down in a line.

use cors_runtime::{CorsRequest, Decision, Policy};

/// Returns the request with this method and these header lines.
pub fn request<'r>(
    method: &'r [u8],
    lines: &'r [(impl AsRef<[u8]>, impl AsRef<[u8]>)],
) -> CorsRequest<'r> {
    let lines = lines.iter().map(|(name, value)| (name, value));
    CorsRequest::new(method).with_headers(lines)
}

/// Evaluates a policy for a request with these header lines.
pub fn decide<'r>(
    policy: &'r Policy,
    method: &'r str,
    headers: &[(&str, &'r str)],
) -> Decision<'r> {
    let request = CorsRequest::new(method).with_headers(headers.iter().copied());
    policy.evaluate(&request)
}
