// allow_origins = Any, allow_methods = Any
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::policy(
        |_| 0,
        &[
            ::cors_runtime::__private::Rule {
                origins: ::cors_runtime::__private::Origins::Any,
                allow_credentials: false,
                allow_methods: "*",
                mirror_method: false,
                allow_headers: "",
                mirror_headers: false,
                expose_headers: "",
                max_age: "",
            },
        ],
        204,
    )
};
