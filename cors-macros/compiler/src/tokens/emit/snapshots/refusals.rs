// allow_origins = ["https://app.example.com"],
// expose_timing = true,
// on_denied = Refuse,
// allow_hosts = ["api.example.com", #[cfg(debug_assertions)] "localhost:*"],
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::ide!(
        keys::allow_origins, keys::expose_timing, keys::on_denied, denied::Refuse,
        keys::allow_hosts, __SUMMARY
    );
    /// ```text
    /// pages of https://app.example.com
    ///   may send GET, HEAD, POST
    ///   may read the timings of responses
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, cached for 5 seconds (no max_age)
    /// pages of any other origin
    ///   may read nothing
    /// requests of other pages that may change something are refused with 403
    /// all other requests of pages that may read nothing are refused with 403, except for links
    /// requests for hosts other than api.example.com, localhost:* if its #[cfg] holds are refused with 421
    /// responses vary on Origin; all except those to preflights also vary on Sec-Fetch-Site and Sec-Fetch-Mode
    /// ```
    const __SUMMARY: () = ();
    #[allow(dead_code)]
    fn __origin() {}
    use ::cors_runtime::__private::OriginEntry as __Entry;
    #[allow(dead_code)]
    fn __host() {}
    struct __Rule;
    impl ::cors_runtime::__private::RuleSpec for __Rule {
        const ENTRIES: &'static [__Entry<'static>] = &[
            __Entry::Origin("https://app.example.com"),
        ];
        const ALLOW_ORIGIN: &'static ::core::primitive::str = "https://app.example.com";
        const EXPOSE_TIMING: ::core::primitive::bool = true;
    }
    static __RULES: [::cors_runtime::__private::Rule; 1] = [
        ::cors_runtime::__private::Rule::new::<__Rule>(),
    ];
    ::cors_runtime::Policy::from_static(const {
        &::cors_runtime::__private::Compiled::new(
                &__RULES,
                |__origin, _| match __origin {
                    _ if __origin == b"https://app.example.com" => {
                        ::core::option::Option::Some(&__RULES[0])
                    }
                    _ => ::core::option::Option::None,
                },
                "a literal",
            )
            .with_on_denied(::cors_runtime::__private::OnDenied::Refuse)
            .with_hosts(
                &["api.example.com", #[cfg(debug_assertions)] "localhost:*"],
                |__host| match __host {
                    _ if __host == b"https://api.example.com" => true,
                    #[cfg(debug_assertions)]
                    _ if ::cors_runtime::__private::strip_port(__host, 443)
                        == b"https://localhost" => true,
                    _ => false,
                },
            )
    })
};
