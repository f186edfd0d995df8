//! Configurations for everybody. Where they mirrored any origin with credentials, they allow any origin without
//! them, since no cookie of theirs was meant for strangers.

use cors_runtime::cors_policy;

use super::{Ported, open};

pub(super) fn all() -> Vec<Ported> {
    vec![
        // An API that mirrors any origin, without credentials.
        open(
            "m02",
            cors_policy!(
                allow_origins = Any,
                allow_methods = Any,
                allow_headers = ["authorization", "content-type"],
            ),
        ),
        // gRPC-Web with the lists of tonic-web, as an authentication service and as an indexer.
        open("m04", grpc_web()),
        open("m08", grpc_web()),
        // A service and a test server whose function always returns true.
        open(
            "a05",
            cors_policy!(allow_origins = Any, allow_methods = Any),
        ),
        open(
            "o01",
            cors_policy!(allow_origins = Any, allow_methods = Any),
        ),
        // A routing API; its response headers were listed as request headers.
        open(
            "a09",
            cors_policy!(
                allow_origins = Any,
                allow_methods = [GET, POST],
                allow_headers = ["authorization", "content-type"],
                expose_headers = ["content-length"],
            ),
        ),
        // A map of a game: "very permissive".
        open("v01", permissive()),
        // A server that could not start: `*` with credentials.
        open("v05", permissive()),
        // An encoder on the local network, billing by gRPC-Web, and a wallet, each with private network access,
        // which browsers no longer use.
        open("n01", permissive()),
        open("n03", grpc_web()),
        open(
            "n05",
            cors_policy!(allow_origins = Any, allow_methods = [GET, POST]),
        ),
        // The control plane of a load balancer.
        open("w02", permissive()),
        // A social network.
        open(
            "o09",
            cors_policy!(
                allow_origins = Any,
                allow_methods = [GET, POST, PATCH, DELETE],
                allow_headers = ["authorization", "content-type", "idempotency-key"],
                expose_headers = ["link", "x-ratelimit-remaining"],
            ),
        ),
        // A search that agents pay for.
        open(
            "g11",
            cors_policy!(
                allow_origins = Any,
                allow_methods = [GET, POST],
                allow_headers = MirrorRequest,
                expose_headers = ["payment-response", "x-trace-id"],
            ),
        ),
    ]
}

fn permissive() -> cors_runtime::Policy {
    cors_policy!(
        allow_origins = Any,
        allow_methods = Any,
        allow_headers = [Any, "authorization"],
        expose_headers = Any,
    )
}

fn grpc_web() -> cors_runtime::Policy {
    cors_policy!(
        allow_origins = Any,
        allow_headers = MirrorRequest,
        expose_headers = ["grpc-status", "grpc-message", "grpc-status-details-bin"],
        max_age = hours(24),
    )
}
