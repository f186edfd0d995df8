// allow_origins = ["https://example.com", "https://app.example.com"],
// allow_methods = [GET, PUT, DELETE],
// allow_headers = ["content-type", "authorization"],
// allow_credentials = true,
// max_age = hours(2),
static API: ::cors_runtime::Policy = {
    const __RULE: ::cors_runtime::__private::Rule = ::cors_runtime::__private::Rule {
        origins: ::cors_runtime::__private::Origins::Listed(
            &["https://example.com", "https://app.example.com"],
        ),
        allow_credentials: "true",
        allow_methods: "GET, PUT, DELETE",
        allow_headers: "content-type, authorization",
        max_age: "7200",
        ..::cors_runtime::__private::Rule::NOTHING
    };
    ::cors_runtime::__private::policy(
        |origin| match origin {
            _ if origin == b"https://app.example.com"
                || origin == b"https://example.com" => 0,
            _ => 1,
        },
        &[::cors_runtime::__private::prepared!(__RULE)],
        204,
        "2 literals",
    )
};
