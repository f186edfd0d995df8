// preflight_status = 200,
// rule(allow_origins = ["https://a1.example.com", "https://a2.example.com", "https://a3.example.com", "https://a4.example.com", "https://a5.example.com", "https://a6.example.com", "https://a7.example.com", "https://a8.example.com", "https://a9.example.com"], allow_methods = MirrorRequest, allow_headers = MirrorRequest),
// rule(
//     allow_origins = [
//         "https://a1.example.org", "https://a2.example.org", "https://a3.example.org", "https://a4.example.org", "https://a5.example.org", "https://a6.example.org", "https://a7.example.org", "https://a8.example.org", "https://a9.example.org",
//         #[cfg(unix)] "https://*.a.example",
//         #[cfg(unix)] predicate(tenants::is_known),
//         env("CORS_TEST_UNSET", default = "https://*.b.example"),
//     ],
//     allow_headers = [Any, "authorization"],
//     expose_headers = ["etag"],
//     max_age = 60,
// ),
// rule(allow_origins = ["https://only.example"]),
// rule(allow_origins = ["https://**.c1.example", "https://**.c2.example", "https://**.c3.example", "https://**.c4.example", "https://**.c5.example"]),
// rule(allow_origins = ["http://c1.example:*", "http://c2.example:*", "http://c3.example:*", "http://c4.example:*", "http://c5.example:*"]),
// rule(allow_origins = [#[cfg(unix)] "https://*.b.example:8443", regex("https://[ab]\\.d\\.example")]),
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::ide!(
        keys::preflight_status, keys::rule, keys::rule, keys::rule, keys::rule,
        keys::rule, keys::rule, keys::allow_origins, origins::regex, keys::allow_origins,
        keys::allow_origins, keys::allow_origins, keys::allow_origins,
        keys::allow_headers, keys::expose_headers, keys::max_age, request_headers::Any,
        origins::predicate, origins::env, keys::allow_origins, keys::allow_methods,
        methods::MirrorRequest, keys::allow_headers, request_headers::MirrorRequest,
        __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY,
        __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY,
        __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY,
        __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY,
        __SUMMARY, __SUMMARY, __SUMMARY
    );
    /// ```text
    /// pages of https://a1.example.com, https://a2.example.com, https://a3.example.com, https://a4.example.com, https://a5.example.com, https://a6.example.com, https://a7.example.com, https://a8.example.com, https://a9.example.com
    ///   may send any method
    ///   may set any request header
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, method and header, cached for 5 seconds (no max_age)
    /// pages of https://a1.example.org, https://a2.example.org, https://a3.example.org, https://a4.example.org, https://a5.example.org, https://a6.example.org, https://a7.example.org, https://a8.example.org, https://a9.example.org, https://*.a.example if its #[cfg] holds, predicate(tenants::is_known) if its #[cfg] holds, https://*.b.example
    ///   may send GET, HEAD, POST
    ///   may set any request header
    ///   may read the response headers etag
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, cached for up to 60 seconds
    /// pages of https://only.example
    ///   may send GET, HEAD, POST
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, cached for 5 seconds (no max_age)
    /// pages of https://**.c1.example, https://**.c2.example, https://**.c3.example, https://**.c4.example, https://**.c5.example
    ///   may send GET, HEAD, POST
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, cached for 5 seconds (no max_age)
    /// pages of http://c1.example:*, http://c2.example:*, http://c3.example:*, http://c4.example:*, http://c5.example:*
    ///   may send GET, HEAD, POST
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, cached for 5 seconds (no max_age)
    /// pages of https://*.b.example:8443 if its #[cfg] holds, regex("https://[ab]\\.d\\.example")
    ///   may send GET, HEAD, POST
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, cached for 5 seconds (no max_age)
    /// pages of any other origin
    ///   may read nothing
    /// responses vary on Origin; preflight responses also vary on Access-Control-Request-Method, Access-Control-Request-Headers
    /// ```
    const __SUMMARY: () = ();
    const _: () = {
        let _ = ::core::option_env!("CORS_TEST_UNSET");
    };
    /// Has `https://a1.example.com`, `https://a2.example.com`, `https://a3.example.com`, `https://a4.example.com`, 5 more.
    static __ORIGINS: ::cors_runtime::__private::HashTable<'static> = ::cors_runtime::__private::HashTable {
        texts: b"..",
        starts: b"..",
        stride: 0,
        displacements: b"\0\0\x12\0\x02\0",
        offsets: b"\t",
        seed: 0,
        max_len: 22,
    };
    /// Has `https://a1.example.org`, `https://a2.example.org`, `https://a3.example.org`, `https://a4.example.org`, 5 more.
    static __ORIGINS_2: ::cors_runtime::__private::HashTable<'static> = ::cors_runtime::__private::HashTable {
        texts: b"..",
        starts: b"..",
        stride: 0,
        displacements: b"\0\0\x12\0\x02\0",
        offsets: b"\t",
        seed: 0,
        max_len: 22,
    };
    /// Accepts `https://**.c1.example`, `https://**.c2.example`, `https://**.c3.example`, `https://**.c4.example`, 1 more.
    static __ENDINGS_3: ::cors_runtime::__private::SuffixTable<'static> = ::cors_runtime::__private::SuffixTable {
        before: "https://",
        dots: ::core::option::Option::Some((2, 2)),
        between: "",
        after: ::cors_runtime::__private::HashTable {
            texts: b"..",
            starts: b"..",
            stride: 0,
            displacements: b"\0\0\0\0",
            offsets: b"\x02",
            seed: 0,
            max_len: 11,
        },
    };
    /// Accepts `http://c1.example:*`, `http://c2.example:*`, `http://c3.example:*`, `http://c4.example:*`, 1 more.
    static __ENDINGS_4: ::cors_runtime::__private::HashTable<'static> = ::cors_runtime::__private::HashTable {
        texts: b"..",
        starts: b"..",
        stride: 0,
        displacements: b"\0\0\x02\0",
        offsets: b"\x08",
        seed: 0,
        max_len: 17,
    };
    /// Accepts `regex("https://[ab]\\.d\\.example")`. Reads from the last byte to the first.
    static __REGEX_5: ::cors_runtime::__private::DfaTable<'static> = ::cors_runtime::__private::DfaTable {
        before: "https://",
        after: ".d.example",
        classes: b"..",
        next: b"\0\0\0\0\0\0\x04\0\0\0\0\0",
        width: 2,
        start: 2,
        first_accepting: 4,
    };
    #[allow(dead_code)]
    fn __predicate() {}
    #[allow(dead_code)]
    fn __origin() {}
    use ::cors_runtime::__private::OriginEntry as __Entry;
    struct __Rule;
    impl ::cors_runtime::__private::RuleSpec for __Rule {
        const ENTRIES: &'static [__Entry<'static>] = &[
            __Entry::Origin("https://a1.example.com"),
            __Entry::Origin("https://a2.example.com"),
            __Entry::Origin("https://a3.example.com"),
            __Entry::Origin("https://a4.example.com"),
            __Entry::Origin("https://a5.example.com"),
            __Entry::Origin("https://a6.example.com"),
            __Entry::Origin("https://a7.example.com"),
            __Entry::Origin("https://a8.example.com"),
            __Entry::Origin("https://a9.example.com"),
        ];
        const MIRROR_METHOD: ::core::primitive::bool = true;
        const MIRROR_HEADERS: ::core::primitive::bool = true;
    }
    struct __Rule2;
    impl ::cors_runtime::__private::RuleSpec for __Rule2 {
        const ENTRIES: &'static [__Entry<'static>] = &[
            __Entry::Origin("https://a1.example.org"),
            __Entry::Origin("https://a2.example.org"),
            __Entry::Origin("https://a3.example.org"),
            __Entry::Origin("https://a4.example.org"),
            __Entry::Origin("https://a5.example.org"),
            __Entry::Origin("https://a6.example.org"),
            __Entry::Origin("https://a7.example.org"),
            __Entry::Origin("https://a8.example.org"),
            __Entry::Origin("https://a9.example.org"),
            #[cfg(unix)]
            __Entry::Pattern("https://*.a.example"),
            #[cfg(unix)]
            __Entry::Predicate {
                text: "predicate(tenants::is_known)",
                path: "tenants::is_known",
            },
            __Entry::Pattern("https://*.b.example"),
        ];
        const ALLOW_HEADERS: &'static ::core::primitive::str = "*, authorization";
        const EXPOSE_HEADERS: &'static ::core::primitive::str = "etag";
        const MAX_AGE: &'static ::core::primitive::str = "60";
    }
    struct __Rule3;
    impl ::cors_runtime::__private::RuleSpec for __Rule3 {
        const ENTRIES: &'static [__Entry<'static>] = &[
            __Entry::Origin("https://only.example"),
        ];
        const ALLOW_ORIGIN: &'static ::core::primitive::str = "https://only.example";
    }
    struct __Rule4;
    impl ::cors_runtime::__private::RuleSpec for __Rule4 {
        const ENTRIES: &'static [__Entry<'static>] = &[
            __Entry::Pattern("https://**.c1.example"),
            __Entry::Pattern("https://**.c2.example"),
            __Entry::Pattern("https://**.c3.example"),
            __Entry::Pattern("https://**.c4.example"),
            __Entry::Pattern("https://**.c5.example"),
        ];
    }
    struct __Rule5;
    impl ::cors_runtime::__private::RuleSpec for __Rule5 {
        const ENTRIES: &'static [__Entry<'static>] = &[
            __Entry::Pattern("http://c1.example:*"),
            __Entry::Pattern("http://c2.example:*"),
            __Entry::Pattern("http://c3.example:*"),
            __Entry::Pattern("http://c4.example:*"),
            __Entry::Pattern("http://c5.example:*"),
        ];
    }
    struct __Rule6;
    impl ::cors_runtime::__private::RuleSpec for __Rule6 {
        const ENTRIES: &'static [__Entry<'static>] = &[
            #[cfg(unix)]
            __Entry::Pattern("https://*.b.example:8443"),
            __Entry::Regex {
                text: "regex(\"https://[ab]\\\\.d\\\\.example\")",
                expression: "https://[ab]\\.d\\.example",
                automaton: ::cors_runtime::__private::Automaton::Table(&__REGEX_5),
            },
        ];
    }
    static __RULES: [::cors_runtime::__private::Rule; 6] = [
        ::cors_runtime::__private::Rule::new::<__Rule>(),
        ::cors_runtime::__private::Rule::new::<__Rule2>(),
        ::cors_runtime::__private::Rule::new::<__Rule3>(),
        ::cors_runtime::__private::Rule::new::<__Rule4>(),
        ::cors_runtime::__private::Rule::new::<__Rule5>(),
        ::cors_runtime::__private::Rule::new::<__Rule6>(),
    ];
    ::cors_runtime::Policy::from_static(const {
        &::cors_runtime::__private::Compiled::new(
                &__RULES,
                |__origin, _| match __origin {
                    _ if __ORIGINS.contains(__origin) => {
                        ::core::option::Option::Some(&__RULES[0])
                    }
                    _ if __ORIGINS_2.contains(__origin) => {
                        ::core::option::Option::Some(&__RULES[1])
                    }
                    _ if ::cors_runtime::__private::matches_label(
                        __origin,
                        "https://",
                        ".b.example",
                    ) => ::core::option::Option::Some(&__RULES[1]),
                    #[cfg(unix)]
                    _ if ::cors_runtime::__private::matches_label(
                        __origin,
                        "https://",
                        ".a.example",
                    ) => ::core::option::Option::Some(&__RULES[1]),
                    #[cfg(unix)]
                    _ if {
                        let __predicate: ::cors_runtime::__private::Predicate = tenants::is_known;
                        ::cors_runtime::__private::call_predicate(__origin, __predicate)
                    } => ::core::option::Option::Some(&__RULES[1]),
                    _ if __origin == b"https://only.example" => {
                        ::core::option::Option::Some(&__RULES[2])
                    }
                    _ if __ENDINGS_3.matches(__origin) => {
                        ::core::option::Option::Some(&__RULES[3])
                    }
                    _ if __ENDINGS_4
                        .contains(
                            ::cors_runtime::__private::strip_port(__origin, 80),
                        ) => ::core::option::Option::Some(&__RULES[4]),
                    _ if __REGEX_5.matches(__origin) => {
                        ::core::option::Option::Some(&__RULES[5])
                    }
                    #[cfg(unix)]
                    _ if ::cors_runtime::__private::matches_label(
                        __origin,
                        "https://",
                        ".b.example:8443",
                    ) => ::core::option::Option::Some(&__RULES[5]),
                    _ => ::core::option::Option::None,
                },
                "a hash of 9 origins, a hash of 9 origins, a comparison around a wildcard, a comparison around a wildcard, a predicate, a literal, a hash of 5 endings of patterns, a hash of 5 endings of patterns, an automaton of a regex, a comparison around a wildcard",
            )
            .with_preflight_status(200)
    })
};
