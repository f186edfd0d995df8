// allow_origins = Any, allow_methods = Any
static API: ::cors_runtime::Policy = {
    const __RULE: ::cors_runtime::__private::Rule = ::cors_runtime::__private::Rule {
        origins: ::cors_runtime::__private::Origins::Any,
        allow_origin: "*",
        allow_methods: "*",
        ..::cors_runtime::__private::Rule::NOTHING
    };
    ::cors_runtime::__private::policy(
        |_| 0,
        &[::cors_runtime::__private::prepared!(__RULE)],
        204,
        "any origin",
    )
};
