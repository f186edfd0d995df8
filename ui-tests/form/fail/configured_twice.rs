use cors_runtime::{PolicyTemplate, cors_policy};

static API: PolicyTemplate = cors_policy!(
    rule(
        allow_origins = ["https://app.example.com", Configured],
        allow_credentials = true,
    ),
    rule(allow_origins = [Configured]),
);

fn main() {}
