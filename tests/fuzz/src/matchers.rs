//! Generated matchers against the naive reference.

use cors_support::policies::POLICIES;
use cors_support::reference_matcher;

pub fn check(origin: &[u8]) {
    for (policy, entries) in POLICIES {
        let expected = entries
            .iter()
            .any(|entry| reference_matcher::accepts(entry, origin));
        assert_eq!(policy.allows_origin(origin), expected, "{entries:?}");
    }
}
