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
    const _: () = {
        let _ = ::core::option_env!("CORS_TEST_UNSET");
    };
    /// Has `https://a1.example.com`, `https://a2.example.com`, `https://a3.example.com`, `https://a4.example.com`, 5 more.
    static ORIGINS: ::cors_runtime::__private::Hashed = ::cors_runtime::__private::Hashed {
        texts: b"https://a1.example.comhttps://a7.example.comhttps://a2.example.comhttps://a6.example.comhttps://a9.example.comhttps://a4.example.comhttps://a8.example.comhttps://a5.example.comhttps://a3.example.com",
        starts: b"\0\0\0\0\x16\0\0\0,\0\0\0B\0\0\0B\0\0\0X\0\0\0n\0\0\0\x84\0\0\0\x9A\0\0\0\x9A\0\0\0\xB0\0\0\0\xC6\0\0\0\xC6\0\0\0",
        displacements: b"\0\0\x12\0\x02\0",
        places: b"\t",
        seed: 0,
        longest: 22,
    };
    /// Has `https://a1.example.org`, `https://a2.example.org`, `https://a3.example.org`, `https://a4.example.org`, 5 more.
    static ORIGINS_2: ::cors_runtime::__private::Hashed = ::cors_runtime::__private::Hashed {
        texts: b"https://a1.example.orghttps://a7.example.orghttps://a2.example.orghttps://a6.example.orghttps://a9.example.orghttps://a4.example.orghttps://a8.example.orghttps://a5.example.orghttps://a3.example.org",
        starts: b"\0\0\0\0\x16\0\0\0,\0\0\0B\0\0\0B\0\0\0X\0\0\0n\0\0\0\x84\0\0\0\x9A\0\0\0\x9A\0\0\0\xB0\0\0\0\xC6\0\0\0\xC6\0\0\0",
        displacements: b"\0\0\x12\0\x02\0",
        places: b"\t",
        seed: 0,
        longest: 22,
    };
    /// Accepts `https://**.c1.example`, `https://**.c2.example`, `https://**.c3.example`, `https://**.c4.example`, 1 more.
    static ENDINGS_3: ::cors_runtime::__private::Suffixes = ::cors_runtime::__private::Suffixes {
        before: "https://",
        dots: ::core::option::Option::Some((2, 2)),
        between: "",
        after: ::cors_runtime::__private::Hashed {
            texts: b".c1.example.c3.example.c2.example.c4.example.c5.example",
            starts: b"\0\0\0\0\x0B\0\0\0\x16\0\0\0!\0\0\0,\0\0\0,\0\0\0,\0\0\x007\0\0\0",
            displacements: b"\0\0\0\0",
            places: b"\x02",
            seed: 0,
            longest: 11,
        },
    };
    /// Accepts `http://c1.example:*`, `http://c2.example:*`, `http://c3.example:*`, `http://c4.example:*`, 1 more.
    static ENDINGS_4: ::cors_runtime::__private::Hashed = ::cors_runtime::__private::Hashed {
        texts: b"http://c4.examplehttp://c3.examplehttp://c1.examplehttp://c5.examplehttp://c2.example",
        starts: b"\0\0\0\0\x11\0\0\0\"\0\0\0\"\0\0\0\"\0\0\x003\0\0\0D\0\0\0U\0\0\0",
        displacements: b"\0\0\x02\0",
        places: b"\x08",
        seed: 0,
        longest: 17,
    };
    /// Accepts `regex("https://[ab]\\.d\\.example")`. Reads from the last byte to the first.
    static REGEX_5: ::cors_runtime::__private::Automaton = ::cors_runtime::__private::Automaton {
        before: "https://",
        after: ".d.example",
        classes: b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        next: b"\0\0\0\0\0\0\x04\0\0\0\0\0",
        width: 2,
        start: 2,
        first_accepting: 4,
    };
    const RULE: ::cors_runtime::__private::Rule = ::cors_runtime::__private::Rule {
        origins: ::cors_runtime::__private::Origins::Listed(
            &[
                "https://a1.example.com",
                "https://a2.example.com",
                "https://a3.example.com",
                "https://a4.example.com",
                "https://a5.example.com",
                "https://a6.example.com",
                "https://a7.example.com",
                "https://a8.example.com",
                "https://a9.example.com",
            ],
        ),
        mirror_method: true,
        mirror_headers: true,
        ..::cors_runtime::__private::Rule::NOTHING
    };
    const RULE_2: ::cors_runtime::__private::Rule = ::cors_runtime::__private::Rule {
        origins: ::cors_runtime::__private::Origins::Listed(
            &[
                "https://a1.example.org",
                "https://a2.example.org",
                "https://a3.example.org",
                "https://a4.example.org",
                "https://a5.example.org",
                "https://a6.example.org",
                "https://a7.example.org",
                "https://a8.example.org",
                "https://a9.example.org",
                #[cfg(unix)]
                "https://*.a.example",
                #[cfg(unix)]
                "predicate(tenants :: is_known)",
                "https://*.b.example",
            ],
        ),
        allow_methods: "GET, HEAD, POST",
        allow_headers: "*, authorization",
        expose_headers: "etag",
        max_age: "60",
        ..::cors_runtime::__private::Rule::NOTHING
    };
    const RULE_3: ::cors_runtime::__private::Rule = ::cors_runtime::__private::Rule {
        origins: ::cors_runtime::__private::Origins::Listed(&["https://only.example"]),
        allow_origin: "https://only.example",
        allow_methods: "GET, HEAD, POST",
        ..::cors_runtime::__private::Rule::NOTHING
    };
    const RULE_4: ::cors_runtime::__private::Rule = ::cors_runtime::__private::Rule {
        origins: ::cors_runtime::__private::Origins::Listed(
            &[
                "https://**.c1.example",
                "https://**.c2.example",
                "https://**.c3.example",
                "https://**.c4.example",
                "https://**.c5.example",
            ],
        ),
        allow_methods: "GET, HEAD, POST",
        ..::cors_runtime::__private::Rule::NOTHING
    };
    const RULE_5: ::cors_runtime::__private::Rule = ::cors_runtime::__private::Rule {
        origins: ::cors_runtime::__private::Origins::Listed(
            &[
                "http://c1.example:*",
                "http://c2.example:*",
                "http://c3.example:*",
                "http://c4.example:*",
                "http://c5.example:*",
            ],
        ),
        allow_methods: "GET, HEAD, POST",
        ..::cors_runtime::__private::Rule::NOTHING
    };
    const RULE_6: ::cors_runtime::__private::Rule = ::cors_runtime::__private::Rule {
        origins: ::cors_runtime::__private::Origins::Listed(
            &[
                #[cfg(unix)]
                "https://*.b.example:8443",
                "regex(\"https://[ab]\\\\.d\\\\.example\")",
            ],
        ),
        regexes: &[
            ::cors_runtime::__private::Regex {
                text: "regex(\"https://[ab]\\\\.d\\\\.example\")",
                automaton: &REGEX_5,
            },
        ],
        allow_methods: "GET, HEAD, POST",
        ..::cors_runtime::__private::Rule::NOTHING
    };
    ::cors_runtime::__private::policy(
        |origin| match origin {
            _ if ORIGINS.contains(origin) => 0,
            _ if ORIGINS_2.contains(origin) => 1,
            _ if ::cors_runtime::__private::label(origin, "https://", ".b.example") => 1,
            #[cfg(unix)]
            _ if ::cors_runtime::__private::label(origin, "https://", ".a.example") => 1,
            #[cfg(unix)]
            _ if ::cors_runtime::__private::ask(origin, tenants::is_known) => 1,
            _ if origin == b"https://only.example" => 2,
            _ if ENDINGS_3.matches(origin) => 3,
            _ if ENDINGS_4.contains(::cors_runtime::__private::any_port(origin, 80)) => 4,
            _ if REGEX_5.matches(origin) => 5,
            #[cfg(unix)]
            _ if ::cors_runtime::__private::label(
                origin,
                "https://",
                ".b.example:8443",
            ) => 5,
            _ => 6,
        },
        &[
            ::cors_runtime::__private::prepared!(RULE),
            ::cors_runtime::__private::prepared!(RULE_2),
            ::cors_runtime::__private::prepared!(RULE_3),
            ::cors_runtime::__private::prepared!(RULE_4),
            ::cors_runtime::__private::prepared!(RULE_5),
            ::cors_runtime::__private::prepared!(RULE_6),
        ],
        200,
        "a hash of 9 origins, a hash of 9 origins, a comparison around a wildcard, a comparison around a wildcard, a predicate, a literal, a hash of 5 endings of patterns, a hash of 5 endings of patterns, an automaton of a regex, a comparison around a wildcard",
    )
};
