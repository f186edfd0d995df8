//! How long the macro takes, as users have it: unoptimised.
//!
//! ```text
//! cargo bench -p cors-compiler --bench expansion --profile dev
//! ```
//!
//! It prints the median over runs of the whole compiler, without the compiler around it.

use std::time::{Duration, Instant};

use proc_macro2::TokenStream;
use quote::quote;

const TYPICAL: &str = r#"
    allow_origins = ["https://example.com", "https://*.example.com", "http://localhost:3000"],
    allow_methods = [GET, PUT, DELETE],
    allow_headers = ["authorization", "content-type"],
    max_age = hours(2),
"#;

const FULL: &str = r#"
    allow_origins = [
        "https://example.com",
        "https://*.example.com",
        "https://**.example.org",
        "https://pr-*.preview.example.com",
        #[cfg(debug_assertions)] "http://localhost:*",
        env("PARTNER_ORIGINS", default = "https://partner.example"),
        regex("https://(shop|blog)[0-9]{1,3}\\.example\\.net"),
        dangerously_allow(credentialed_predicate, predicate(tenants::is_known)),
    ],
    allow_methods = [GET, PUT, DELETE, "PURGE"],
    allow_headers = ["authorization", "content-type"],
    expose_headers = ["etag", "x-request-id"],
    allow_credentials = true,
    max_age = hours(2),
    assert_allowed = ["https://app.example.com"],
    assert_denied = ["https://example.com.evil.net", "https://evilexample.com"],
"#;

/// A policy of `count` entries.
fn entries(count: usize, entry: impl Fn(usize) -> String) -> String {
    let entries: Vec<String> = (0..count).map(|n| format!("{:?}", entry(n))).collect();
    format!("allow_origins = [{}]", entries.join(", "))
}

fn median(policy: &str, runs: usize) -> Duration {
    let runtime = quote!(::cors_runtime);
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let tokens: TokenStream = policy.parse().expect("tokens");
            let start = Instant::now();
            std::hint::black_box(cors_compiler::tokens::compile(tokens, &runtime));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[runs / 2]
}

fn main() {
    println!("{:<40}{:>12}", "policy", "median");
    let row =
        |name: &str, policy: &str, runs| println!("{name:<40}{:>12.2?}", median(policy, runs));
    row("typical", TYPICAL, 51);
    row("with one of everything", FULL, 51);
    for count in [10, 100, 1_000, 10_000] {
        let policy = entries(count, |n| format!("https://tenant{n}.example.com"));
        row(&format!("{count} exact origins"), &policy, 3);
    }
    for count in [10, 100, 1_000] {
        let policy = entries(count, |n| format!("https://*.tenant{n}.com"));
        row(&format!("{count} patterns"), &policy, 3);
    }
    for count in [10, 100, 500] {
        let policy = entries(count, |n| format!("https://a*b*.tenant{n}.com"));
        row(&format!("{count} patterns in an automaton"), &policy, 3);
    }
}
