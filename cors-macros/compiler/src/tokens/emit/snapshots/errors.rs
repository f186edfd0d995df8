// allow_origins = Any, allow_credentials = true, max_aeg = 1
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::ide!(
        keys::allow_origins, origins::Any, keys::allow_credentials, keys::max_aeg
    );
    ::core::compile_error! {
        "wildcard origin cannot be combined with credentials\nnote: `allow_credentials` is set on line 1; browsers reject `*` on a credentialed response\nhelp: list the origins that may send credentials, as in `[\"https://app.example.com\"]`\nhelp: for public data, remove `allow_credentials = true`\nsee: cors_runtime::diagnostics#credentials-any-origin"
    }
    ::core::compile_error! {
        "unknown key `max_aeg`\nhelp: write `max_age`\nsee: cors_runtime::diagnostics#unknown-key"
    }
    ::cors_runtime::Policy::from_static(const {
        &::cors_runtime::__private::Compiled::new(
            &[],
            |_, _| ::core::option::Option::None,
            "",
        )
    })
};
