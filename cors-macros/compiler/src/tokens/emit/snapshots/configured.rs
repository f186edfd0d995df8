// allow_origins = ["https://example.com", Configured, predicate(tenants::is_known)], on_denied = RefuseWrites
static API: ::cors_runtime::PolicyTemplate = {
    ::cors_runtime::__private::ide!(
        keys::allow_origins, keys::on_denied, denied::RefuseWrites, origins::Configured,
        origins::predicate, __SUMMARY
    );
    /// ```text
    /// pages of https://example.com, the configured origins, predicate(tenants::is_known)
    ///   may send GET, HEAD, POST
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, cached for 5 seconds (no max_age)
    /// pages of any other origin
    ///   may read nothing
    /// requests of other pages that may change something are refused with 403
    /// responses vary on Origin; those to requests that may change something also vary on Sec-Fetch-Site
    /// ```
    const __SUMMARY: () = ();
    #[allow(dead_code)]
    fn __predicate() {}
    #[allow(dead_code)]
    fn __configured() {}
    #[allow(dead_code)]
    fn __origin() {}
    use ::cors_runtime::__private::OriginEntry as __Entry;
    struct __Rule;
    impl ::cors_runtime::__private::RuleSpec for __Rule {
        const ENTRIES: &'static [__Entry<'static>] = &[
            __Entry::Origin("https://example.com"),
            __Entry::Configured,
            __Entry::Predicate {
                text: "predicate(tenants::is_known)",
                path: "tenants::is_known",
            },
        ];
    }
    static __RULES: [::cors_runtime::__private::Rule; 1] = [
        ::cors_runtime::__private::Rule::new::<__Rule>(),
    ];
    ::cors_runtime::__private::without_origins! {
        ::core::compile_error! {
        "`Configured` needs the feature `origins` of `cors-runtime`, which is off\nhelp: in `Cargo.toml`, add `origins` to the features of `cors-runtime`\nhelp: the type of the policy is then `cors_runtime::PolicyTemplate`\nhelp: in `main`, create the policy from a comma-separated text: `API.with_origins(&text.parse::<cors_runtime::Origins>()?)?`\nsee: cors_runtime::guide::run_time_origins"
        }
    }
    ::cors_runtime::__private::PolicyTemplate::from_static(const {
        &::cors_runtime::__private::Compiled::new(
                &__RULES,
                |__origin, __configured| match __origin {
                    _ if __origin == b"https://example.com" => {
                        ::core::option::Option::Some(&__RULES[0])
                    }
                    _ if __configured.accepts(__origin) => {
                        ::core::option::Option::Some(&__RULES[0])
                    }
                    _ if {
                        let __predicate: ::cors_runtime::__private::Predicate = tenants::is_known;
                        ::cors_runtime::__private::call_predicate(__origin, __predicate)
                    } => ::core::option::Option::Some(&__RULES[0]),
                    _ => ::core::option::Option::None,
                },
                "a literal, a configured list, a predicate",
            )
            .with_on_denied(::cors_runtime::__private::OnDenied::RefuseWrites)
            .with_reasons_against_any(
                &[
                    "cannot be combined with `on_denied = RefuseWrites` without `allow_methods`, the methods that pages of any origin may use",
                ],
            )
    })
};
