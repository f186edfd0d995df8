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
    ::cors_runtime::__private::ide!(
        keys::rule, keys::rule, keys::preflight_status, keys::allow_origins,
        origins::Any, keys::allow_headers, keys::expose_headers, request_headers::Any,
        keys::allow_origins, keys::allow_methods, methods::MirrorRequest,
        keys::allow_headers, request_headers::MirrorRequest, keys::allow_credentials,
        origins::env, origins::regex, origins::dangerously_allow, risks::null_origin,
        origins::dangerously_allow, risks::credentialed_predicate, origins::predicate,
        __SUMMARY, __SUMMARY, __SUMMARY
    );
    /// ```text
    /// pages of http://localhost:* if its #[cfg] holds, https://partner.example, regex("https://(shop|blog)[0-9]\\.example\\.net"), null, predicate(tenants::is_known)
    ///   may send any method
    ///   may set any request header
    ///   may send cookies or other credentials
    ///   need one preflight per URL, method and header, cached for 5 seconds (no max_age)
    /// pages of any other origin
    ///   may send GET, HEAD, POST
    ///   may set any request header
    ///   may read the response headers etag
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, cached for 5 seconds (no max_age)
    /// responses vary on Origin; preflight responses also vary on Access-Control-Request-Method, Access-Control-Request-Headers
    /// ```
    const __SUMMARY: () = ();
    const _: () = {
        let _ = ::core::option_env!("CORS_TEST_UNSET");
    };
    /// Accepts `regex("https://(shop|blog)[0-9]\\.example\\.net")`. Reads from the last byte to the first.
    static __REGEX: ::cors_runtime::__private::DfaTable<'static> = ::cors_runtime::__private::DfaTable {
        before: "https://",
        after: ".example.net",
        classes: b"..",
        next: b"..",
        width: 2,
        start: 9,
        first_accepting: 81,
    };
    #[allow(dead_code)]
    fn __predicate() {}
    #[allow(dead_code)]
    fn __origin() {}
    use ::cors_runtime::__private::OriginEntry as __Entry;
    struct __Rule;
    impl ::cors_runtime::__private::RuleSpec for __Rule {
        const ENTRIES: &'static [__Entry<'static>] = &[
            #[cfg(debug_assertions)]
            __Entry::Pattern("http://localhost:*"),
            __Entry::Origin("https://partner.example"),
            __Entry::Regex {
                text: "regex(\"https://(shop|blog)[0-9]\\\\.example\\\\.net\")",
                expression: "https://(shop|blog)[0-9]\\.example\\.net",
                automaton: ::cors_runtime::__private::Automaton::Table(&__REGEX),
            },
            __Entry::Null,
            __Entry::Predicate {
                text: "predicate(tenants::is_known)",
                path: "tenants::is_known",
            },
        ];
        const ALLOW_CREDENTIALS: ::core::primitive::bool = true;
        const MIRROR_METHOD: ::core::primitive::bool = true;
        const MIRROR_HEADERS: ::core::primitive::bool = true;
    }
    struct __Rule2;
    impl ::cors_runtime::__private::RuleSpec for __Rule2 {
        const ENTRIES: &'static [__Entry<'static>] = &[__Entry::Any];
        const ALLOW_ORIGIN: &'static ::core::primitive::str = "*";
        const ALLOW_HEADERS: &'static ::core::primitive::str = "*, authorization";
        const EXPOSE_HEADERS: &'static ::core::primitive::str = "etag";
    }
    static __RULES: [::cors_runtime::__private::Rule; 2] = [
        ::cors_runtime::__private::Rule::new::<__Rule>(),
        ::cors_runtime::__private::Rule::new::<__Rule2>(),
    ];
    ::cors_runtime::Policy::from_static(const {
        &::cors_runtime::__private::Compiled::new(
                &__RULES,
                |__origin, _| match __origin {
                    _ if __origin == b"https://partner.example"
                        || __origin == b"null" => {
                        ::core::option::Option::Some(&__RULES[0])
                    }
                    _ if __REGEX.matches(__origin) => {
                        ::core::option::Option::Some(&__RULES[0])
                    }
                    #[cfg(debug_assertions)]
                    _ if ::cors_runtime::__private::strip_port(__origin, 80)
                        == b"http://localhost" => {
                        ::core::option::Option::Some(&__RULES[0])
                    }
                    _ if {
                        let __predicate: ::cors_runtime::__private::Predicate = tenants::is_known;
                        ::cors_runtime::__private::call_predicate(__origin, __predicate)
                    } => ::core::option::Option::Some(&__RULES[0]),
                    _ => ::core::option::Option::Some(&__RULES[1]),
                },
                "2 literals, an automaton of a regex, a comparison around a wildcard, a predicate, any origin",
            )
            .with_preflight_status(200)
    })
};
