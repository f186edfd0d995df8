//! Patterns as text against the reference.

use cors_origin::Origin;
use cors_origin::glob::Glob;
use cors_support::{gen_origins, property, reference_matcher};
use proptest::prelude::*;

const PATTERNS: [&str; 14] = [
    "https://a.example",
    "https://a.example:8443",
    "https://*.a.example",
    "https://**.a.example",
    "https://a-*.a.example",
    "https://*-a-*.a.example",
    "https://*a*a*.example",
    "https://a.*.example",
    "https://**.*.example",
    "http://a.example:*",
    "http://*.a.example.:*",
    "app://*",
    "app://**",
    "http://[::1]:*",
];

proptest! {
    #![proptest_config(property::cases(512))]

    #[test]
    fn globs_and_the_reference_agree(
        (pattern, origins) in prop::sample::select(&PATTERNS[..]).prop_flat_map(|pattern| {
            let origins = prop::collection::vec(gen_origins::origins(vec![pattern.to_owned()]), 32);
            (Just(pattern), origins)
        }),
    ) {
        let glob = Glob::new(pattern).unwrap();
        for origin in origins {
            let parsed = Origin::parse(&origin[..]);
            let accepts = parsed.is_ok_and(|origin| glob.accepts(&origin));
            prop_assert_eq!(accepts, reference_matcher::accepts(pattern, &origin), "{} {:?}", pattern, origin);
        }
    }
}
