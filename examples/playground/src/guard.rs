//! The policy of the page's own server. Other pages in the same browser can send requests to a server on
//! this machine. They can neither replace the policy nor read anything.

use axum::Router;
use cors_runtime::tower::CorsLayer;
use cors_runtime::{Origins, OriginsError, PolicyTemplate, cors_policy};

static OWN_PAGE: PolicyTemplate = cors_policy!(
    // The port is known when the server runs.
    allow_origins = [Configured],
    on_denied = Refuse,
    // A page that rebinds its own name to this machine is for another host.
    allow_hosts = ["127.0.0.1:*", "localhost:*"],
);

/// Refuses the requests of all pages except those of `origin`.
pub(crate) fn protect(app: Router, origin: &str) -> Result<Router, OriginsError> {
    let own = Origins::new([origin])?;
    Ok(app.layer(CorsLayer::new(OWN_PAGE.with_origins(&own)?)))
}
