//! Explanations against decisions, and against what a browser makes of them.

use cors_runtime::RequestKind;
use cors_support::reference_browser;
use cors_support::reference_cases::CASES;

use crate::head::Head;

pub fn check(data: &[u8]) {
    let head = Head::read(data);
    let request = head.request();
    for case in CASES {
        let (decision, explanation) = (
            case.policy.evaluate(&request),
            case.policy.explain(&request),
        );
        assert_eq!(decision.kind(), explanation.kind());
        let concerns_origin = explanation
            .denial()
            .is_some_and(|denial| denial.concerns_origin());
        // A refused response has no CORS headers, whatever its origin.
        let is_denied = concerns_origin || decision.refusal().is_some();
        assert_eq!(decision.is_origin_allowed(), !is_denied);
        assert_eq!(
            decision.is_origin_allowed(),
            explanation.rule_index().is_some()
        );
        assert_eq!(decision.is_origin_allowed(), explanation.entry().is_some());
        let expected = match decision.kind() {
            RequestKind::Preflight => reference_browser::accepts(&decision, &head.lines),
            RequestKind::Actual | RequestKind::NotCors => decision.is_origin_allowed(),
        };
        assert_eq!(explanation.is_allowed(), expected, "{explanation:?}");
        let sentence = explanation.to_string();
        assert!(
            sentence.bytes().all(|byte| matches!(byte, b' '..=b'~')),
            "{sentence}"
        );
        // Eight names of 80 bytes, which may be escaped, in the fact and in the advice.
        assert!(sentence.len() < 8192, "{sentence}");
    }
}
