//! A policy in plain words.

use cors_runtime::{CorsRequest, Policy, PolicyConfig, cors_policy};

static TRUSTED: Policy = cors_policy!(
    allow_origins = ["https://a.example", "https://*.a.example"],
    allow_methods = [GET, PUT, "PURGE"],
    allow_headers = ["content-type", "authorization"],
    expose_headers = ["etag"],
    allow_credentials = true,
    max_age = hours(2),
);

static PUBLIC: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = Any,
    allow_headers = Any,
    expose_headers = Any,
);

static RULES: Policy = cors_policy!(
    rule(
        allow_origins = ["https://a.example"],
        allow_headers = MirrorRequest,
        max_age = 0
    ),
    rule(allow_origins = Any, allow_methods = MirrorRequest),
);

static PUBLIC_MIRROR: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = MirrorRequest,
    allow_headers = MirrorRequest
);

static TRUST: Policy = cors_policy!(
    rule(
        allow_origins = ["https://a.example"],
        allow_methods = MirrorRequest,
        allow_headers = MirrorRequest,
        allow_credentials = true,
    ),
    rule(allow_origins = ["https://b.example"]),
    rule(allow_origins = Any, allow_headers = [Any, "authorization"]),
);

#[test]
fn a_policy_for_some_origins() {
    assert_eq!(
        TRUSTED.to_string(),
        "pages of https://a.example, https://*.a.example\n  \
           may send GET, HEAD, POST, PUT, PURGE\n  \
           may set the request headers content-type, authorization\n  \
           may read the response headers etag\n  \
           may send cookies or other credentials\n  \
           need one preflight per URL, cached for up to 7200 seconds\n\
         pages of any other origin\n  \
           may read nothing\n\
         responses vary on Origin\n"
    );
}

#[test]
fn a_policy_for_any_origin() {
    assert_eq!(
        PUBLIC.to_string(),
        "pages of any origin\n  \
           may send any method\n  \
           may set any request header except authorization\n  \
           may read any response header\n  \
           may not send cookies or other credentials\n  \
           need one preflight per URL, cached for 5 seconds (no max_age)\n\
         responses vary on nothing\n"
    );
}

#[test]
fn a_policy_with_rules() {
    assert_eq!(
        TRUST.to_string(),
        "pages of https://a.example\n  \
           may send any method\n  \
           may set any request header\n  \
           may send cookies or other credentials\n  \
           need one preflight per URL, method and header, cached for 5 seconds (no max_age)\n\
         pages of https://b.example\n  \
           may send GET, HEAD, POST\n  \
           may not send cookies or other credentials\n  \
           need one preflight per URL, cached for 5 seconds (no max_age)\n\
         pages of any other origin\n  \
           may send GET, HEAD, POST\n  \
           may set any request header\n  \
           may not send cookies or other credentials\n  \
           need one preflight per URL, cached for 5 seconds (no max_age)\n\
         responses vary on Origin; preflight responses also vary on \
           Access-Control-Request-Method, Access-Control-Request-Headers\n"
    );
}

#[test]
fn rules_that_mirror() {
    assert_eq!(
        RULES.to_string(),
        "pages of https://a.example\n  \
           may send GET, HEAD, POST\n  \
           may set any request header\n  \
           may not send cookies or other credentials\n  \
           need a preflight every time (max_age is 0)\n\
         pages of any other origin\n  \
           may send any method\n  \
           may not send cookies or other credentials\n  \
           need one preflight per URL and method, cached for 5 seconds (no max_age)\n\
         responses vary on Origin; preflight responses also vary on \
           Access-Control-Request-Method, Access-Control-Request-Headers\n"
    );
}

/// Policies that mirror the one or the other, for the words that are for one alone.
static MIRRORS_METHODS: Policy = cors_policy!(
    allow_origins = ["https://a.example"],
    allow_methods = MirrorRequest
);
static MIRRORS_HEADERS: Policy = cors_policy!(
    allow_origins = ["https://a.example"],
    allow_headers = MirrorRequest
);

#[test]
fn mirrored_values_are_named() {
    for (policy, each, vary) in [
        (
            &MIRRORS_METHODS,
            "per URL and method, cached",
            "also vary on Access-Control-Request-Method\n",
        ),
        (
            &MIRRORS_HEADERS,
            "per URL and header, cached",
            "also vary on Access-Control-Request-Headers\n",
        ),
        (
            &PUBLIC_MIRROR,
            "per URL, method and header, cached",
            "responses vary on nothing; preflight responses also vary on \
             Access-Control-Request-Method, Access-Control-Request-Headers\n",
        ),
    ] {
        let words = policy.to_string();
        assert!(words.contains(each), "{words}");
        assert!(words.contains(vary), "{words}");
    }
}

/// The last line against what is decided about a request of each kind.
#[test]
fn responses_vary_as_described() {
    for policy in [
        &TRUSTED,
        &PUBLIC,
        &RULES,
        &TRUST,
        &PUBLIC_MIRROR,
        &MIRRORS_METHODS,
        &MIRRORS_HEADERS,
    ] {
        let words = policy.to_string();
        let line = words.lines().last().unwrap();
        let names = line.strip_prefix("responses vary on ").unwrap();
        let (all, mirrored) = names
            .split_once("; preflight responses also vary on ")
            .unwrap_or((names, ""));
        let get = CorsRequest::new(b"GET");
        let expected = (all != "nothing").then_some(all);
        for origin in [b"https://a.example".as_slice(), b"https://b.example"] {
            let get = get.with_header(b"Origin", origin);
            assert_eq!(policy.evaluate(&get).vary(), expected, "{words}");
        }
        assert_eq!(policy.evaluate(&get).vary(), expected, "{words}");
        let preflights = [b"https://a.example".as_slice(), b"https://b.example"].map(|origin| {
            let preflight = CorsRequest::new(b"OPTIONS")
                .with_header(b"Origin", origin)
                .with_header(b"Access-Control-Request-Method", b"PUT");
            policy.evaluate(&preflight).vary().unwrap_or_default()
        });
        for name in [
            "Access-Control-Request-Method",
            "Access-Control-Request-Headers",
        ] {
            let is_consulted = preflights.iter().any(|vary| vary.contains(name));
            assert_eq!(mirrored.contains(name), is_consulted, "{words}");
        }
    }
}

#[test]
fn debug_shows_the_rules() {
    let debug = format!("{TRUSTED:?}");
    assert!(
        debug.contains("https://*.a.example") && debug.contains("preflight_status: 204"),
        "{debug}"
    );
}

#[test]
fn refusals_are_described() {
    static LOCAL: Policy = cors_policy!(
        allow_origins = ["https://a.example"],
        expose_timing = true,
        on_denied = Refuse,
        allow_hosts = ["localhost:*", "a.example"],
    );
    assert_eq!(
        LOCAL.to_string(),
        "pages of https://a.example\n  \
           may send GET, HEAD, POST\n  \
           may read the timings of responses\n  \
           may not send cookies or other credentials\n  \
           need one preflight per URL, cached for 5 seconds (no max_age)\n\
         pages of any other origin\n  \
           may read nothing\n\
         requests of other pages that may change something are refused with 403\n\
         all other requests of pages that may read nothing are refused with 403, except for links\n\
         requests for hosts other than localhost:*, a.example are refused with 421\n\
         responses vary on Origin; all except those to preflights also vary on Sec-Fetch-Site and Sec-Fetch-Mode\n"
    );
    let writes = cors_policy!(
        allow_origins = Any,
        allow_methods = [GET],
        on_denied = RefuseWrites
    );
    let text = writes.to_string();
    let last = "responses vary on nothing; those to requests that may change something also vary on Sec-Fetch-Site\n";
    assert!(text.ends_with(last), "{text}");
    assert!(text.contains("\n  may send GET, HEAD\n"), "{text}");
    let posts = cors_policy!(
        allow_origins = Any,
        allow_methods = [POST, PUT],
        on_denied = RefuseWrites
    );
    let text = posts.to_string();
    assert!(
        text.contains("\n  may send GET, HEAD, POST, PUT\n"),
        "{text}"
    );
}

/// Twelve entries are named, and the others counted.
#[test]
fn long_lists_are_counted() {
    for (count, more) in [(12, ""), (13, " and 1 more"), (20, " and 8 more")] {
        let hosts: Vec<String> = (0..count).map(|host| format!("h{host}.example")).collect();
        let origins: Vec<String> = hosts.iter().map(|host| format!("https://{host}")).collect();
        let shown = [&hosts, &origins].map(|all| all[..12].join(", "));
        let config = PolicyConfig::new()
            .with("allow_origins", origins)
            .with("on_denied", "refuse")
            .with("allow_hosts", hosts);
        let text = Policy::from_config(&config).unwrap().to_string();
        let [hosts, origins] = shown;
        assert!(
            text.contains(&format!("pages of {origins}{more}\n")),
            "{text}"
        );
        let refused = format!("requests for hosts other than {hosts}{more} are refused");
        assert!(text.contains(&refused), "{text}");
    }
}
