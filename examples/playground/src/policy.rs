use cors_runtime::{Policy, cors_policy};

/// The policy of the API.
pub(crate) static API: Policy = cors_policy!(
    expose_headers = ["x-request-id"],
    max_age = hours(2),
    // Our own pages.
    rule(
        allow_origins = [
            "https://app.example.com",
            "https://pr-*.preview.example.com", // one for each pull request
            "http://localhost:*",               // development, on any port
            regex("https://(shop|blog)[0-9]?\\.example\\.net"),
        ],
        allow_methods = [GET, PUT, DELETE],
        allow_headers = ["authorization", "content-type"],
        allow_credentials = true,
    ),
    // Those of partners, at any depth below their domain.
    rule(
        allow_origins = ["https://**.example.org"],
        allow_methods = [GET, PATCH],
        allow_headers = Any,
    ),
    assert_allowed = ["https://shop7.example.net"],
    assert_denied = ["https://app.example.com.evil.net", "null"],
);
