// allow_origins = Any, allow_methods = Any
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::editor! {
        keys::allow_origins, origins::Any, keys::allow_methods, methods::Any;
        "```text\npages of any origin\n  may send any method\n  may not send cookies and other credentials\n  need one preflight for each URL in 5 seconds, as there is no max_age\nresponses vary on nothing\n```"
        POLICY
    }
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
