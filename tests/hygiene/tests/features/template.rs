use renamed::{PolicyTemplate, cors_policy};

static API: PolicyTemplate = cors_policy!(allow_origins = [Configured]);

fn main() {}
