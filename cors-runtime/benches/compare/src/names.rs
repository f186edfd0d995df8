//! Origins and patterns by number, alike for the build script and the benches.

#![allow(dead_code)] // each uses a part

/// Lengths of lists of exact origins.
pub(crate) const COUNTS: [usize; 5] = [1, 10, 100, 1_000, 10_000];
/// Lengths of lists of patterns.
pub(crate) const PATTERN_COUNTS: [usize; 4] = [1, 10, 100, 1_000];

/// Lengths of compiled lists next to lists of the same origins that are known at run time only.
pub(crate) const LIST_COUNTS: [usize; 3] = [1, 10, 1_000];

/// The length of the list in the middleware that has a long one.
pub(crate) const MANY: usize = 10_000;
/// The other keys of that middleware's policy.
pub(crate) const OTHER_KEYS: &str = r#"
    allow_methods = [GET, PUT, DELETE, PATCH],
    allow_headers = ["authorization", "content-type", "x-requested-with"],
    expose_headers = ["etag"],
    allow_credentials = true,
    max_age = hours(2),
"#;

/// An origin of 22 to 40 bytes under a domain of its own.
pub(crate) fn exact(number: usize) -> String {
    format!("https://app.{}", domain(number))
}

/// An origin that differs from others of the same length in a few bytes in the middle.
pub(crate) fn alike(number: usize) -> String {
    format!("https://tenant{number:05}.example.com")
}

/// A pattern for the subdomains of a domain.
pub(crate) fn pattern(number: usize) -> String {
    format!("https://*.{}", domain(number))
}

/// An origin that [`pattern`] accepts.
pub(crate) fn subdomain(number: usize) -> String {
    format!("https://{}.{}", word(number + 7), domain(number))
}

/// A pattern that only an automaton matches: two wildcards, and text between them.
pub(crate) fn irregular(number: usize) -> String {
    format!("https://*-{}.*.{}", number % 7, domain(number))
}

/// An origin that [`irregular`] accepts.
pub(crate) fn irregular_origin(number: usize) -> String {
    format!("https://pr-{}.preview.{}", number % 7, domain(number))
}

fn domain(number: usize) -> String {
    const ENDINGS: [&str; 4] = ["com", "net", "org", "dev"];
    format!(
        "{}{number}.{}",
        word(number),
        ENDINGS[number % ENDINGS.len()]
    )
}

/// Between three and sixteen letters, by a hash of the number.
fn word(number: usize) -> String {
    let mut state = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    state ^= state >> 31;
    let length = 3 + (state % 14) as usize;
    (0..length)
        .map(|_| {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            char::from(b'a' + (state >> 59) as u8 % 26)
        })
        .collect()
}
