// allow_origins = ["https://a1.example.com", "https://a2.example.com", "https://a3.example.com", "https://a4.example.com", "https://a5.example.com", "https://a6.example.com", "https://a7.example.com", "https://a8.example.com", "https://a9.example.com"]
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::ide!(
        keys::allow_origins, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY,
        __SUMMARY, __SUMMARY, __SUMMARY, __SUMMARY
    );
    /// ```text
    /// pages of https://a1.example.com, https://a2.example.com, https://a3.example.com, https://a4.example.com, https://a5.example.com, https://a6.example.com, https://a7.example.com, https://a8.example.com, https://a9.example.com
    ///   may send GET, HEAD, POST
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, cached for 5 seconds (no max_age)
    /// pages of any other origin
    ///   may read nothing
    /// responses vary on Origin
    /// ```
    const __SUMMARY: () = ();
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
    }
    static __RULES: [::cors_runtime::__private::Rule; 1] = [
        ::cors_runtime::__private::Rule::new::<__Rule>(),
    ];
    ::cors_runtime::Policy::from_static(const {
        &::cors_runtime::__private::Compiled::new(
            &__RULES,
            |__origin, _| match __origin {
                _ if __ORIGINS.contains(__origin) => {
                    ::core::option::Option::Some(&__RULES[0])
                }
                _ => ::core::option::Option::None,
            },
            "a hash of 9 origins",
        )
    })
};
