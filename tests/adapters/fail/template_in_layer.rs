use cors_runtime::tower::CorsLayer;
use cors_runtime::{PolicyTemplate, cors_policy};

static API: PolicyTemplate = cors_policy!(allow_origins = [Configured]);

fn main() {
    let _ = CorsLayer::new(&API);
}
