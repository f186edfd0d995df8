// allow_origins = ["https://*.*.example.com", "https://a-*-b-*.example.org:*"]
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::ide!(keys::allow_origins, __SUMMARY, __SUMMARY);
    /// ```text
    /// pages of https://*.*.example.com, https://a-*-b-*.example.org:*
    ///   may send GET, HEAD, POST
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, cached for 5 seconds (no max_age)
    /// pages of any other origin
    ///   may read nothing
    /// responses vary on Origin
    /// ```
    const __SUMMARY: () = ();
    /// Accepts `https://*.*.example.com`, `https://a-*-b-*.example.org:*`. Reads from the last byte to the first.
    static __PATTERNS: ::cors_runtime::__private::DfaTable<'static> = ::cors_runtime::__private::DfaTable {
        before: "https://",
        after: "",
        classes: b"..",
        next: b"..",
        width: 2,
        start: 23,
        first_accepting: 1357,
    };
    #[allow(dead_code)]
    fn __origin() {}
    use ::cors_runtime::__private::OriginEntry as __Entry;
    struct __Rule;
    impl ::cors_runtime::__private::RuleSpec for __Rule {
        const ENTRIES: &'static [__Entry<'static>] = &[
            __Entry::Pattern("https://*.*.example.com"),
            __Entry::Pattern("https://a-*-b-*.example.org:*"),
        ];
    }
    static __RULES: [::cors_runtime::__private::Rule; 1] = [
        ::cors_runtime::__private::Rule::new::<__Rule>(),
    ];
    ::cors_runtime::Policy::from_static(const {
        &::cors_runtime::__private::Compiled::new(
            &__RULES,
            |__origin, _| match __origin {
                _ if __PATTERNS.matches(__origin) => {
                    ::core::option::Option::Some(&__RULES[0])
                }
                _ => ::core::option::Option::None,
            },
            "an automaton of 2 patterns",
        )
    })
};
