// allow_origins = ["https://example.com", "https://app.example.com"],
// allow_methods = [GET, PUT, DELETE],
// allow_headers = ["content-type", "authorization"],
// allow_credentials = true,
// max_age = hours(2),
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::editor! {
        keys::allow_origins, keys::allow_methods, keys::allow_headers,
        keys::allow_credentials, keys::max_age, durations::hours, methods::GET,
        methods::PUT, methods::DELETE;
        "```text\npages of https://example.com, https://app.example.com\n  may send GET, HEAD, POST, PUT, DELETE\n  may set the request headers content-type, authorization\n  may send cookies and other credentials\n  need one preflight for each URL in 7200 seconds, if browsers keep it as long\npages of any other origin\n  may read nothing\nresponses vary on Origin\n```"
        POLICY POLICY
    }
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
