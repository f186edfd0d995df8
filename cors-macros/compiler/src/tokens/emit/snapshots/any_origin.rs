// allow_origins = Any, allow_methods = Any
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::ide!(
        keys::allow_origins, origins::Any, keys::allow_methods, methods::Any, __SUMMARY
    );
    /// ```text
    /// pages of any origin
    ///   may send any method
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, cached for 5 seconds (no max_age)
    /// responses vary on nothing
    /// ```
    const __SUMMARY: () = ();
    use ::cors_runtime::__private::OriginEntry as __Entry;
    struct __Rule;
    impl ::cors_runtime::__private::RuleSpec for __Rule {
        const ENTRIES: &'static [__Entry<'static>] = &[__Entry::Any];
        const ALLOW_ORIGIN: &'static ::core::primitive::str = "*";
        const ALLOW_METHODS: &'static ::core::primitive::str = "*";
    }
    static __RULES: [::cors_runtime::__private::Rule; 1] = [
        ::cors_runtime::__private::Rule::new::<__Rule>(),
    ];
    ::cors_runtime::Policy::from_static(const {
        &::cors_runtime::__private::Compiled::new(
            &__RULES,
            |_, _| ::core::option::Option::Some(&__RULES[0]),
            "any origin",
        )
    })
};
