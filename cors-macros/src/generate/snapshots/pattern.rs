// allow_origins = ["https://example.com", "https://*.example.com"]
static API: ::cors_runtime::Policy = {
    const __RULE: ::cors_runtime::__private::Rule = ::cors_runtime::__private::Rule {
        origins: ::cors_runtime::__private::Origins::Listed(
            &["https://example.com", "https://*.example.com"],
        ),
        allow_methods: "GET, HEAD, POST",
        ..::cors_runtime::__private::Rule::NOTHING
    };
    ::cors_runtime::__private::policy(
        |origin| match origin {
            _ if origin == b"https://example.com" => 0,
            _ if ::cors_runtime::__private::label(origin, "https://", ".example.com") => {
                0
            }
            _ => 1,
        },
        &[::cors_runtime::__private::prepared!(__RULE)],
        204,
        "a literal, a comparison around a wildcard",
    )
};
