use cors_runtime::{Policy, cors_policy};

fn is_known(origin: &cors_runtime::Origin<'_>) -> bool {
    origin.as_str() == "https://tenant.example"
}

static API: Policy = cors_policy!(
    allow_origins = [dangerously_allow(credentialed_predicate, predicate(is_known))],
    allow_credentials = true,
);

fn main() {}
