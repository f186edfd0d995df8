// allow_origins = Any, allow_methods = Any
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::policy(
        |_| 0,
        &[
            ::cors_runtime::__private::Rule {
                origins: ::cors_runtime::__private::Origins::Any,
                sole_origin: ::cors_runtime::__private::value!(""),
                allow_credentials: false,
                allow_methods: ::cors_runtime::__private::value!("*"),
                mirror_method: false,
                allow_headers: ::cors_runtime::__private::value!(""),
                mirror_headers: false,
                expose_headers: ::cors_runtime::__private::value!(""),
                max_age: ::cors_runtime::__private::value!(""),
            },
        ],
        204,
    )
};
