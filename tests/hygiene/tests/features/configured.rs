use renamed::{Policy, cors_policy};

// The list is known at run time only.
static API: Policy = cors_policy!(
    allow_origins = ["https://app.example.com", Configured],
    allow_credentials = true,
);

// There are other mistakes.
static OTHER: Policy = cors_policy!(allow_origins = ["https://a.example/", Configured]);

// The list has no brackets.
static WORD: Policy = cors_policy!(allow_origins = Configured);

fn main() {}
