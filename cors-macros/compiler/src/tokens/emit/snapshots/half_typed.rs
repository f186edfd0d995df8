// allow_origins = ["https://example.com", regex(""), dangerously_allow(insec, #[cfg(test)] predi)],
// rule(max_a),
// match = 1,
// expose_headers = ,
// allow_methods = [Mirror, GET],
// max_age = hou
// allow_me
static API: ::cors_runtime::Policy = {
    ::cors_runtime::__private::ide!(
        keys::allow_origins, keys::rule, keys::expose_headers, keys::allow_methods,
        keys::max_age, durations::hou, keys::allow_me, methods::Mirror, methods::GET,
        keys::max_a, origins::regex, origins::dangerously_allow, risks::insec,
        origins::predi
    );
    ::core::compile_error! {
        "regex `\"\"` accepts no origin\nnote: it has to match a whole origin: scheme, host and port, as browsers send them\nhelp: start with the scheme, as in `regex(\"https://(shop|blog)\\\\.example\\\\.com\")`\nsee: cors_runtime::diagnostics#regex-empty"
    }
    ::core::compile_error! {
        "unknown risk `insec` in `dangerously_allow`\nhelp: a risk with a similar name exists: `insecure_origin`\nsee: cors_runtime::diagnostics#unknown-word"
    }
    ::core::compile_error! {
        "unexpected attribute `#[cfg(test)]`\nnote: only entries of `allow_origins` and `allow_hosts` can have attributes, and only `#[cfg(..)]`\nhelp: for two policies, put `#[cfg(..)]` on two statics\nsee: cors_runtime::diagnostics#misplaced-attribute"
    }
    ::core::compile_error! {
        "unknown key `max_a`\nhelp: a key with a similar name exists: `max_age`\nsee: cors_runtime::diagnostics#unknown-key"
    }
    ::core::compile_error! {
        "unknown key `match`\nnote: the keys are `allow_origins`, `allow_methods`, `allow_headers`, `expose_headers`, `expose_timing`, `allow_credentials`, `max_age`, `preflight_status`, `on_denied`, `allow_hosts`, `assert_allowed`, `assert_denied`, `rule`\nsee: cors_runtime::diagnostics#unknown-key"
    }
    ::core::compile_error! {
        "key `expose_headers` is not followed by `=` and a value\nhelp: write `expose_headers = [\"etag\"]`\nsee: cors_runtime::diagnostics#wrong-shape"
    }
    ::core::compile_error! {
        "unknown method `Mirror`\nhelp: for a custom method, write `\"MIRROR\"`\nsee: cors_runtime::diagnostics#method-unknown"
    }
    ::core::compile_error! {
        "`max_age` takes a number of seconds, or `minutes(..)`, `hours(..)`, `days(..)`, not an expression\nhelp: write it like `hours(2)`\nsee: cors_runtime::diagnostics#wrong-shape"
    }
    ::cors_runtime::Policy::from_static(const {
        &::cors_runtime::__private::Compiled::new(
            &[],
            |_, _| ::core::option::Option::None,
            "",
        )
    })
};
