// allow_origins = ["https://example.com"], rule(max_a), match = 1, expose_headers = , allow_me
static API: ::cors_runtime::Policy = {
    #[allow(unexpected_cfgs)]
    const _: () = {
        #[cfg(rust_analyzer)]
        {
            let _ = ::cors_runtime::__private::keys::max_a;
            let _ = ::cors_runtime::__private::keys::allow_origins;
            let _ = ::cors_runtime::__private::keys::expose_headers;
            let _ = ::cors_runtime::__private::keys::allow_me;
        }
    };
    ::core::compile_error! {
        "unknown key `max_a`\nhelp: a key with a similar name exists: `max_age`\nsee: cors_runtime::diagnostics#unknown-key"
    }
    ::core::compile_error! {
        "unknown key `match`\nnote: the keys are `allow_origins`, `allow_methods`, `allow_headers`, `expose_headers`, `allow_credentials`, `max_age`, `preflight_status`, `assert_allowed`, `assert_denied`, `rule`\nsee: cors_runtime::diagnostics#unknown-key"
    }
    ::core::compile_error! {
        "key `expose_headers` is not followed by `=` and a value\nhelp: write `expose_headers = [\"etag\"]`\nsee: cors_runtime::diagnostics#wrong-shape"
    }
    ::core::compile_error! {
        "unknown key `allow_me`\nhelp: a key with a similar name exists: `allow_methods`\nsee: cors_runtime::diagnostics#unknown-key"
    }
    ::cors_runtime::__private::policy(|_| 0, &[], 204, "")
};
