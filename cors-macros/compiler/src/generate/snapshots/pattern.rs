// allow_origins = ["https://example.com", "https://*.example.com"]
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::editor! {
        keys::allow_origins;
        "```text\npages of https://example.com, https://*.example.com\n  may send GET, HEAD, POST\n  may not send cookies and other credentials\n  need one preflight for each URL in 5 seconds, as there is no max_age\npages of any other origin\n  may read nothing\nresponses vary on Origin\n```"
        POLICY POLICY
    }
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
