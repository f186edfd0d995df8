// rule(
//     allow_origins = [
//         #[cfg(debug_assertions)] "http://localhost:*",
//         env("CORS_TEST_UNSET", default = "https://partner.example"),
//         regex("https://(shop|blog)[0-9]\\.example\\.net"),
//         dangerously_allow(null_origin, "null"),
//         dangerously_allow(credentialed_predicate, predicate(tenants::is_known)),
//     ],
//     allow_methods = MirrorRequest,
//     allow_headers = MirrorRequest,
//     allow_credentials = true,
// ),
// rule(allow_origins = Any, allow_headers = [Any, "authorization"], expose_headers = ["etag"]),
// preflight_status = 200,
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::editor! {
        keys::rule, keys::rule, keys::preflight_status, keys::allow_origins,
        origins::Any, keys::allow_headers, keys::expose_headers, request_headers::Any,
        keys::allow_origins, keys::allow_methods, methods::MirrorRequest,
        keys::allow_headers, request_headers::MirrorRequest, keys::allow_credentials,
        origins::env, origins::regex, origins::dangerously_allow, risks::null_origin,
        origins::dangerously_allow, risks::credentialed_predicate, origins::predicate;
        "```text\npages of http://localhost:* if its #[cfg] holds, https://partner.example, regex(\"https://(shop|blog)[0-9]\\\\.example\\\\.net\"), null, predicate(tenants::is_known)\n  may send any method\n  may set any request header\n  may send cookies and other credentials\n  need one preflight for each URL, method and header in 5 seconds, as there is no max_age\npages of any other origin\n  may send GET, HEAD, POST\n  may set any request header\n  may read the response headers etag\n  may not send cookies and other credentials\n  need one preflight for each URL in 5 seconds, as there is no max_age\nresponses vary on Origin, preflights that are mirrored on Access-Control-Request-Method, Access-Control-Request-Headers too\n```"
        POLICY POLICY POLICY
    }
    const _: () = {
        let _ = ::core::option_env!("CORS_TEST_UNSET");
    };
    /// Accepts `regex("https://(shop|blog)[0-9]\\.example\\.net")`. Reads from the last byte to the first.
    static __REGEX: ::cors_runtime::__private::Automaton = ::cors_runtime::__private::Automaton {
        before: "https://",
        after: ".example.net",
        classes: b"..",
        next: b"..",
        width: 2,
        start: 9,
        first_accepting: 81,
    };
    const __RULE: ::cors_runtime::__private::Rule = ::cors_runtime::__private::Rule {
        origins: ::cors_runtime::__private::Origins::Listed(
            &[
                #[cfg(debug_assertions)]
                "http://localhost:*",
                "https://partner.example",
                "regex(\"https://(shop|blog)[0-9]\\\\.example\\\\.net\")",
                "null",
                "predicate(tenants::is_known)",
            ],
        ),
        regexes: &[
            ::cors_runtime::__private::Regex {
                text: "regex(\"https://(shop|blog)[0-9]\\\\.example\\\\.net\")",
                automaton: &__REGEX,
            },
        ],
        allow_credentials: "true",
        mirror_method: true,
        mirror_headers: true,
        ..::cors_runtime::__private::Rule::NOTHING
    };
    const __RULE_2: ::cors_runtime::__private::Rule = ::cors_runtime::__private::Rule {
        origins: ::cors_runtime::__private::Origins::Any,
        allow_origin: "*",
        allow_methods: "GET, HEAD, POST",
        allow_headers: "*, authorization",
        expose_headers: "etag",
        ..::cors_runtime::__private::Rule::NOTHING
    };
    ::cors_runtime::__private::policy(
        |origin| match origin {
            _ if origin == b"https://partner.example" || origin == b"null" => 0,
            _ if __REGEX.matches(origin) => 0,
            #[cfg(debug_assertions)]
            _ if ::cors_runtime::__private::any_port(origin, 80)
                == b"http://localhost" => 0,
            _ if ::cors_runtime::__private::call_predicate(origin, tenants::is_known) => 0,
            _ => 1,
        },
        &[
            ::cors_runtime::__private::prepared!(__RULE),
            ::cors_runtime::__private::prepared!(__RULE_2),
        ],
        200,
        "2 literals, an automaton of a regex, a comparison around a wildcard, a predicate, any origin",
    )
};
