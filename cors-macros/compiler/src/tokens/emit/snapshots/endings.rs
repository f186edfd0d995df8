// allow_origins = ["https://*.a1.example.com:*", "https://*.a2.example.com:*", "https://*.a3.example.com:*", "https://*.a4.example.com:*", "https://*.a5.example.com:*"]
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::ide!(
        keys::allow_origins, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY
    );
    /// ```text
    /// pages of https://*.a1.example.com:*, https://*.a2.example.com:*, https://*.a3.example.com:*, https://*.a4.example.com:*, https://*.a5.example.com:*
    ///   may send GET, HEAD, POST
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, cached for 5 seconds (no max_age)
    /// pages of any other origin
    ///   may read nothing
    /// responses vary on Origin
    /// ```
    const __SUMMARY: () = ();
    /// Accepts `https://*.a1.example.com:*`, `https://*.a2.example.com:*`, `https://*.a3.example.com:*`, `https://*.a4.example.com:*`, 1 more.
    static __ENDINGS: ::cors_runtime::__private::SuffixTable<'static> = ::cors_runtime::__private::SuffixTable {
        before: "https://",
        dots: ::core::option::Option::None,
        between: "",
        after: ::cors_runtime::__private::HashTable {
            texts: b"..",
            starts: b"..",
            stride: 0,
            displacements: b"\x01\0\x01\0",
            offsets: b"\x02",
            seed: 0,
            max_len: 15,
        },
    };
    #[allow(dead_code)]
    fn __origin() {}
    use ::cors_runtime::__private::OriginEntry as __Entry;
    struct __Rule;
    impl ::cors_runtime::__private::RuleSpec for __Rule {
        const ENTRIES: &'static [__Entry<'static>] = &[
            __Entry::Pattern("https://*.a1.example.com:*"),
            __Entry::Pattern("https://*.a2.example.com:*"),
            __Entry::Pattern("https://*.a3.example.com:*"),
            __Entry::Pattern("https://*.a4.example.com:*"),
            __Entry::Pattern("https://*.a5.example.com:*"),
        ];
    }
    static __RULES: [::cors_runtime::__private::Rule; 1] = [
        ::cors_runtime::__private::Rule::new::<__Rule>(),
    ];
    ::cors_runtime::Policy::from_static(const {
        &::cors_runtime::__private::Compiled::new(
            &__RULES,
            |__origin, _| match __origin {
                _ if __ENDINGS
                    .matches(::cors_runtime::__private::strip_port(__origin, 443)) => {
                    ::core::option::Option::Some(&__RULES[0])
                }
                _ => ::core::option::Option::None,
            },
            "a hash of 5 endings of patterns",
        )
    })
};
