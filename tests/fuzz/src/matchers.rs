//! Generated matchers against the naive reference.

use crate::naive;
use crate::policies::POLICIES;

pub fn check(origin: &[u8]) {
    for (policy, entries) in POLICIES {
        let expected = entries.iter().any(|entry| naive::accepts(entry, origin));
        assert_eq!(policy.allows_origin(origin), expected, "{entries:?}");
    }
}
