use cors_runtime::{Policy, cors_policy};

static BY_TEXT: Policy = cors_policy!(allow_origins = [predicate(is_known)]);

static BY_OPTION: Policy = cors_policy!(allow_origins = [predicate(find)]);

static BY_SCOPE: Policy = cors_policy!(allow_origins = [predicate(tenants::is_missing)]);

fn is_known(origin: &str) -> bool {
    origin == "https://example.com"
}

fn find(origin: &cors_runtime::Origin<'_>) -> Option<()> {
    (origin.port() == None).then_some(())
}

mod tenants {}

fn main() {}
