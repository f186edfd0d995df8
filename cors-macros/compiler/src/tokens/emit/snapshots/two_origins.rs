// allow_origins = ["https://example.com", "https://app.example.com"],
// allow_methods = [GET, PUT, DELETE],
// allow_headers = ["content-type", "authorization"],
// allow_credentials = true,
// max_age = hours(2),
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::ide!(
        keys::allow_origins, keys::allow_methods, keys::allow_headers,
        keys::allow_credentials, keys::max_age, durations::hours, methods::GET,
        methods::PUT, methods::DELETE, __SUMMARY, __SUMMARY
    );
    /// ```text
    /// pages of https://example.com, https://app.example.com
    ///   may send GET, HEAD, POST, PUT, DELETE
    ///   may set the request headers content-type, authorization
    ///   may send cookies or other credentials
    ///   need one preflight per URL, cached for up to 7200 seconds
    /// pages of any other origin
    ///   may read nothing
    /// responses vary on Origin
    /// ```
    const __SUMMARY: () = ();
    #[allow(dead_code)]
    fn __origin() {}
    use ::cors_runtime::__private::OriginEntry as __Entry;
    struct __Rule;
    impl ::cors_runtime::__private::RuleSpec for __Rule {
        const ENTRIES: &'static [__Entry<'static>] = &[
            __Entry::Origin("https://example.com"),
            __Entry::Origin("https://app.example.com"),
        ];
        const ALLOW_CREDENTIALS: ::core::primitive::bool = true;
        const ALLOW_METHODS: &'static ::core::primitive::str = "GET, PUT, DELETE";
        const ALLOW_HEADERS: &'static ::core::primitive::str = "content-type, authorization";
        const MAX_AGE: &'static ::core::primitive::str = "7200";
    }
    static __RULES: [::cors_runtime::__private::Rule; 1] = [
        ::cors_runtime::__private::Rule::new::<__Rule>(),
    ];
    ::cors_runtime::Policy::from_static(const {
        &::cors_runtime::__private::Compiled::new(
            &__RULES,
            |__origin, _| match __origin {
                _ if __origin == b"https://app.example.com"
                    || __origin == b"https://example.com" => {
                    ::core::option::Option::Some(&__RULES[0])
                }
                _ => ::core::option::Option::None,
            },
            "2 literals",
        )
    })
};
