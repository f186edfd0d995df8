//! Decisions against a second reading of the rules.

use cors_support::reference_cases::CASES;

use crate::head::Head;

pub fn check(data: &[u8]) {
    let head = Head::read(data);
    for case in CASES {
        let expected = case.expected(&head.method, &head.lines);
        assert_eq!(case.actual(&head.request()), expected, "{}", case.policy);
    }
}
