// allow_origins = ["https://*.*.example.com", "https://a-*-b-*.example.org:*"]
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::editor! {
        keys::allow_origins;
        "```text\npages of https://*.*.example.com, https://a-*-b-*.example.org:*\n  may send GET, HEAD, POST\n  may not send cookies and other credentials\n  need one preflight for each URL in 5 seconds, as there is no max_age\npages of any other origin\n  may read nothing\nresponses vary on Origin\n```"
        POLICY POLICY
    }
    /// Accepts `https://*.*.example.com`, `https://a-*-b-*.example.org:*`. Reads from the last byte to the first.
    static __PATTERNS: ::cors_runtime::__private::Automaton = ::cors_runtime::__private::Automaton {
        before: "https://",
        after: "",
        classes: b"..",
        next: b"..",
        width: 2,
        start: 23,
        first_accepting: 1380,
    };
    const __RULE: ::cors_runtime::__private::Rule = ::cors_runtime::__private::Rule {
        origins: ::cors_runtime::__private::Origins::Listed(
            &["https://*.*.example.com", "https://a-*-b-*.example.org:*"],
        ),
        allow_methods: "GET, HEAD, POST",
        ..::cors_runtime::__private::Rule::NOTHING
    };
    ::cors_runtime::__private::policy(
        |origin| match origin {
            _ if __PATTERNS.matches(origin) => 0,
            _ => 1,
        },
        &[::cors_runtime::__private::prepared!(__RULE)],
        204,
        "an automaton of 2 patterns",
    )
};
