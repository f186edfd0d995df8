use renamed::{Policy, cors_policy};

// The list is known at run time only.
static API: Policy = cors_policy!(
    allow_origins = ["https://app.example.com", Configured],
    allow_credentials = true,
);

// There are other mistakes.
static OTHER: Policy = cors_policy!(allow_origins = ["https://a.example/", Configured]);

fn main() {}
