//! Explanations and decisions, for whatever comes in.

use cors_runtime::RequestKind;
use proptest::prelude::*;

use cors_support::{decide, gen_origins, property, reference_browser};

use crate::ALL;

fn origins() -> impl Strategy<Value = Vec<u8>> {
    let entries = [
        "https://a.example",
        "https://*.a.example",
        "https://c*.example",
        "null",
    ];
    gen_origins::origins(entries.map(str::to_owned).to_vec()).prop_map(|origin| origin.0)
}

/// Values of `Access-Control-Request-Headers`: lists that are nearly right, and any bytes.
fn header_lists() -> impl Strategy<Value = Vec<u8>> {
    let names = vec![
        "x-one",
        "X-One",
        "content-type",
        "authorization",
        "x-two",
        "*",
        "",
        "x y",
        "é",
        "a\r",
    ];
    let separators = vec![",", ", ", " ,\t", ",,", ";"];
    let item = (
        prop::sample::select(names),
        prop::sample::select(separators),
    );
    prop_oneof![
        8 => prop::collection::vec(item, 0..5).prop_map(|items| {
            items.iter().map(|(name, separator)| format!("{name}{separator}")).collect::<String>().into_bytes()
        }),
        2 => prop::sample::select(vec!["x-one", "content-type", ""]).prop_map(|name| name.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..64),
        1 => (600..800usize).prop_map(|count| b"x-one,".repeat(count)),
    ]
}

fn methods() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        6 => prop::sample::select(vec!["GET", "POST", "PUT", "PATCH", "patch", "DELETE", "*", "", "PUT "])
            .prop_map(|method| method.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ]
}

/// Header lines, mostly one of each.
fn lines() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let count = |usual: usize| prop_oneof![12 => Just(usual), 1 => 0..6usize];
    let named = |name: &'static str, values: Vec<Vec<u8>>| {
        values
            .into_iter()
            .map(move |value| (name.to_owned(), value))
            .collect::<Vec<_>>()
    };
    (
        count(1).prop_flat_map(|count| prop::collection::vec(origins(), count)),
        count(1).prop_flat_map(|count| prop::collection::vec(methods(), count)),
        (0..6usize).prop_flat_map(|count| prop::collection::vec(header_lists(), count)),
    )
        .prop_map(move |(origins, methods, lists)| {
            [
                named("Origin", origins),
                named("access-control-request-method", methods),
                named("Access-Control-Request-Headers", lists),
            ]
            .concat()
        })
}

proptest! {
    #![proptest_config(property::cases(4_000))]

    /// Whatever comes in: the origin is denied if and only if `evaluate` denies it, and the request
    /// is allowed if and only if a browser accepts what `evaluate` answers. The sentence is one line
    /// of ASCII, of a length that does not depend on the request's.
    #[test]
    fn explanations_agree_with_decisions(
        method in prop_oneof![4 => Just(b"OPTIONS".to_vec()), 1 => Just(b"GET".to_vec()), 1 => methods()],
        lines in lines(),
    ) {
        let request = decide::request(method.as_ref(), &lines);
        for policy in ALL {
            let (decision, explanation) = (policy.evaluate(&request), policy.explain(&request));
            prop_assert_eq!(decision.kind(), explanation.kind());
            let denied_origin = explanation.denial().is_some_and(|denial| denial.concerns_origin());
            prop_assert_eq!(decision.is_origin_allowed(), !denied_origin);
            prop_assert_eq!(decision.is_origin_allowed(), explanation.rule_index().is_some());
            prop_assert_eq!(decision.is_origin_allowed(), explanation.entry().is_some());
            let expected = match decision.kind() {
                RequestKind::Preflight => reference_browser::accepts(&decision, &lines),
                RequestKind::Actual | RequestKind::NotCors => decision.is_origin_allowed(),
            };
            prop_assert_eq!(explanation.is_allowed(), expected, "{:?}", explanation);
            let sentence = explanation.to_string();
            prop_assert!(sentence.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{}", sentence);
            prop_assert!(sentence.len() < 900, "{}", sentence);
            // Suggestions only concern the origin of the request, and compile.
            prop_assert!(!sentence.contains("\"*\"") && !sentence.contains("\"get\""), "{}", sentence);
            for (place, _) in sentence.match_indices("\"http") {
                let before = &sentence[..place];
                let is_entry = before.ends_with("regex(");
                let offered = sentence[place + 1..].split('"').next().unwrap();
                let is_asked = lines.iter().any(|(_, value)| offered.as_bytes() == &value[..]);
                prop_assert!(is_entry || is_asked, "{}", sentence);
            }
            let value = explanation.to_header_value();
            prop_assert!(value.len() <= 512 && sentence.starts_with(value.to_str().unwrap()));
        }
    }
}
