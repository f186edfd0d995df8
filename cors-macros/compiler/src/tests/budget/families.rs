//! Families of policies, by the kind of items that they contain.

/// Policies with a number of items.
pub(super) struct Family {
    pub(super) name: &'static str,
    /// A number of items with measurable cost.
    pub(super) count: usize,
    pub(super) policy: fn(usize) -> String,
}

const fn family(name: &'static str, count: usize, policy: fn(usize) -> String) -> Family {
    Family {
        name,
        count,
        policy,
    }
}

/// Returns `count` items separated by commas, each with its number in place of `$`.
pub(super) fn parts(count: usize, part: &str) -> String {
    let parts = (0..count).map(|n| part.replace('$', &n.to_string()));
    parts.collect::<Vec<_>>().join(", ")
}

pub(super) fn entries(count: usize, entry: &str) -> String {
    format!("allow_origins = [{}]", parts(count, entry))
}

fn rules(count: usize, entries: &str) -> String {
    parts(count, &format!("rule(allow_origins = [{entries}])"))
}

/// Returns a policy with two kinds of entries.
fn both(first: usize, a: &str, second: usize, b: &str) -> String {
    format!(
        "allow_origins = [{}, {}]",
        parts(first, a),
        parts(second, b)
    )
}

fn variable(count: usize, entry: &str) -> String {
    let list = parts(count, entry);
    format!(r#"env("CORS_TEST_UNSET", default = "{list}")"#)
}

fn asserted(count: usize, entry: &str, key: &str, origin: &str) -> String {
    format!(
        "{}, {key} = [{}]",
        entries(count, entry),
        parts(count, origin)
    )
}

pub(super) const FAMILIES: &[Family] = &[
    family("origins", 300, |n| entries(n, r#""https://a$.example""#)),
    family("patterns", 250, |n| entries(n, r#""https://*.a$.example""#)),
    family("deep patterns", 250, |n| {
        entries(n, r#""https://**.a$.example:*""#)
    }),
    family("patterns by their start", 50, |n| {
        entries(n, r#""https://a$-*.example.com""#)
    }),
    family("patterns by their first label", 50, |n| {
        entries(n, r#""https://a$.*.example.com""#)
    }),
    family("patterns by their end", 50, |n| {
        entries(n, r#""https://*-a$.example.com""#)
    }),
    family("patterns by their port", 300, |n| {
        entries(n, r#""https://*.example.com:1$""#)
    }),
    family("patterns of two wildcards", 40, |n| {
        entries(n, r#""https://*-a$-*.example.com""#)
    }),
    family("patterns of a domain with public suffixes", 100, |n| {
        entries(n, r#""https://a$-*.amazonaws.com""#)
    }),
    family("patterns that are refused", 150, |n| {
        entries(n, r#""https://*.a$""#)
    }),
    family("patterns with an opt-out", 70, |n| {
        entries(n, r#"dangerously_allow(unconfined_origin, "https://*.a$")"#)
    }),
    family("regexes with an opt-out", 10, |n| {
        entries(
            n,
            r#"dangerously_allow(unconfined_origin, regex("https://.*\\.a$"))"#,
        )
    }),
    family("opt-outs that are not needed", 200, |n| {
        entries(
            n,
            r#"dangerously_allow(unconfined_origin, "https://*.a$.example")"#,
        )
    }),
    family("insecure origins", 150, |n| {
        format!(
            "allow_credentials = true, {}",
            entries(n, r#""http://a$.example.com""#)
        )
    }),
    family("insecure origins with an opt-out", 200, |n| {
        let entry = r#"dangerously_allow(insecure_origin, "http://a$.example.com")"#;
        format!("allow_credentials = true, {}", entries(n, entry))
    }),
    family("insecure patterns with an opt-out", 150, |n| {
        let entry = r#"dangerously_allow(insecure_origin, "http://*.a$.example")"#;
        format!("allow_credentials = true, {}", entries(n, entry))
    }),
    family("entries that are repeated", 300, |n| {
        entries(n, r#""https://*.example.com""#)
    }),
    family("origins that are covered", 200, |n| {
        both(
            1,
            r#""https://**.example.com""#,
            n,
            r#""https://a$.example.com""#,
        )
    }),
    family("patterns that are covered", 150, |n| {
        both(
            1,
            r#""https://**.example.com""#,
            n,
            r#""https://*.a$.example.com""#,
        )
    }),
    family("conditions", 200, |n| {
        entries(n, r#"#[cfg(f$)] "https://*.a$.example""#)
    }),
    family("conditions of one pattern", 200, |n| {
        entries(n, r#"#[cfg(f$)] "https://*.example.com""#)
    }),
    family("conditions of one origin", 200, |n| {
        entries(n, r#"#[cfg(f$)] "https://example.com""#)
    }),
    family("an assertion about conditions of one origin", 200, |n| {
        format!(
            r#"{}, assert_allowed = ["https://example.com"]"#,
            entries(n, r#"#[cfg(f$)] "https://example.com""#)
        )
    }),
    family("rules", 100, |n| {
        rules(n, r#""https://a$.example", "https://*.a$.example.com""#)
    }),
    family("rules that are not reached", 200, |n| {
        let others = rules(n, r#""https://*.example.com""#);
        format!(r#"rule(allow_origins = ["https://**.example.com"]), {others}"#)
    }),
    family("rules of a regex", 10, |n| {
        rules(n, r#"regex("https://[a-z]{1,9}\\.a$\\.example")"#)
    }),
    family("assertions", 300, |n| {
        asserted(
            n,
            r#""https://*.a$.example""#,
            "assert_allowed",
            r#""https://b.a$.example""#,
        )
    }),
    family("assertions that fail", 100, |n| {
        asserted(
            n,
            r#""https://a$.example""#,
            "assert_allowed",
            r#""https://b$.example""#,
        )
    }),
    family("assertions that are denied", 200, |n| {
        asserted(
            n,
            r#""https://*.a$.example""#,
            "assert_denied",
            r#""https://a.a$.example""#,
        )
    }),
    family("regexes", 12, |n| {
        entries(n, r#"regex("https://[a-z]{1,9}\\.a$\\.example")"#)
    }),
    family("regexes that are refused", 10, |n| {
        entries(n, r#"regex("https://[a-z]+$\\.com")"#)
    }),
    family("regexes that share a sample", 8, |n| {
        entries(n, r#"regex("https://(a|b{9}|a$[b-z]{9})\\.example")"#)
    }),
    family("regexes of many states", 3, |n| {
        entries(
            n,
            r#"regex("https://(?:x$|(?:[a-z]{200})+)\\.example\\.com")"#,
        )
    }),
    family("regexes that are refused and have many states", 5, |n| {
        entries(n, r#"regex("https://[a-z]{200}x$\\.com")"#)
    }),
    family("regexes next to origins", 8, |n| {
        both(
            n,
            r#"regex("https://[a-z]{1,9}\\.a$\\.example")"#,
            20 * n,
            r#""https://a$.example""#,
        )
    }),
    family("regexes next to patterns", 8, |n| {
        both(
            n,
            r#"regex("https://[a-z]+\\.a$\\.example")"#,
            20 * n,
            r#""https://*.b$.example""#,
        )
    }),
    family("regexes that cover patterns", 10, |n| {
        both(
            n,
            r#"regex("https://[a-z0-9_-]+\\.a$x?\\.example")"#,
            n,
            r#""https://*.a$.example""#,
        )
    }),
    family("entries of a variable", 300, |n| {
        format!("allow_origins = [{}]", variable(n, "https://a$.example"))
    }),
    family("patterns of a variable", 100, |n| {
        format!("allow_origins = [{}]", variable(n, "https://*.a$"))
    }),
    family("patterns of a variable with an opt-out", 70, |n| {
        let variable = variable(n, "https://*.a$");
        format!("allow_origins = [dangerously_allow(unconfined_origin, {variable})]")
    }),
    family("variables", 200, |n| {
        entries(
            n,
            r#"env("CORS_TEST_UNSET_$", default = "https://a$.example")"#,
        )
    }),
    family("methods", 500, |n| {
        format!(
            "allow_origins = Any, allow_methods = [{}]",
            parts(n, r#""M$""#)
        )
    }),
    family("headers that are refused", 200, |n| {
        format!(
            "allow_origins = Any, allow_headers = [{}]",
            parts(n, r#""x $""#)
        )
    }),
    family("unknown keys", 150, |n| {
        format!("allow_origins = Any, {}", parts(n, "key$ = 1"))
    }),
    family("letters of an origin", 2000, |n| {
        entries(1, &format!(r#""https://{}.example""#, "a".repeat(n)))
    }),
    family("letters of a regex", 200, |n| {
        entries(
            1,
            &format!(r#"regex("https://[a-z]{}.example")"#, "a".repeat(n)),
        )
    }),
    family("letters of an origin in Unicode", 1000, |n| {
        entries(1, &format!(r#""https://{}.example""#, "ä".repeat(n)))
    }),
    family("origins of one string", 100, |n| {
        entries(1, &format!(r#""{}""#, parts(n, "https://a$.example")))
    }),
];
