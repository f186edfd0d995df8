//! Requests written down in a line.

use cors_runtime::{CorsRequest, Decision, Policy};

/// Returns the request with this method and these header lines.
pub fn request<'r>(
    method: &'r [u8],
    lines: &'r [(impl AsRef<[u8]>, impl AsRef<[u8]>)],
) -> CorsRequest<'r> {
    let request = CorsRequest::new(method);
    lines.iter().fold(request, |request, (name, value)| {
        request.with_header(name, value)
    })
}

/// Evaluates a policy for a request with these header lines.
pub fn decide<'r>(
    policy: &'r Policy,
    method: &'r str,
    headers: &[(&str, &'r str)],
) -> Decision<'r> {
    let request = headers.iter().fold(
        CorsRequest::new(method.as_bytes()),
        |request, (name, value)| request.with_header(name.as_bytes(), value.as_bytes()),
    );
    policy.evaluate(&request)
}
