//! The automaton against the naive reference, on random patterns; and the table that is shipped,
//! walked by the very code that users run.

use cors_origin::matcher::dfa::DfaTableBuf;
use cors_support::{gen_origins, property, reference_matcher};
use proptest::prelude::*;

use crate::automaton::union;
use crate::model::Pattern;
use crate::plan::dfa_table;

pub(crate) fn patterns() -> impl Strategy<Value = Vec<String>> {
    let scheme = prop::sample::select(vec!["https", "http", "app"]);
    let label = prop_oneof![
        3 => "[ab]{1,2}",
        1 => Just("*".to_owned()),
        1 => "[ab]\\*",
        1 => "\\*[ab]",
        1 => "[ab]\\*[ab]\\*",
    ];
    let deep = prop::option::weighted(0.3, Just("**.".to_owned()));
    let port = prop::sample::select(vec!["", ":8080", ":*", ":*"]);
    let pattern = (scheme, deep, prop::collection::vec(label, 1..4), port).prop_map(
        |(scheme, deep, labels, port)| {
            format!(
                "{scheme}://{}{}{port}",
                deep.unwrap_or_default(),
                labels.join(".")
            )
        },
    );
    prop::collection::vec(pattern, 1..6)
}

pub(crate) fn parsed(patterns: &[String]) -> Vec<Pattern> {
    patterns
        .iter()
        .map(|pattern| Pattern::parse(pattern).expect("the strategy gives valid patterns"))
        .collect()
}

/// The table of the union of patterns, as it is at run time.
fn table(patterns: &[Pattern]) -> DfaTableBuf {
    dfa_table(&union(&patterns.iter().collect::<Vec<_>>()))
}

fn patterns_and_origins() -> impl Strategy<Value = (Vec<String>, Vec<gen_origins::Bytes>)> {
    patterns().prop_flat_map(|patterns| {
        let origins = prop::collection::vec(gen_origins::origins(patterns.clone()), 64);
        (Just(patterns), origins)
    })
}

proptest! {
    #![proptest_config(property::cases(128))]

    #[test]
    fn the_shipped_table_accepts_what_the_patterns_mean((patterns, origins) in patterns_and_origins()) {
        let table = table(&parsed(&patterns));
        for origin in origins {
            let expected = patterns.iter().any(|pattern| reference_matcher::accepts(pattern, &origin));
            prop_assert_eq!(table.view().matches(&origin), expected, "{:?} {}", patterns, origin.escape_ascii());
        }
    }
}

#[test]
fn any_port_is_every_serialized_port() {
    for (scheme, default) in [("http", Some(80)), ("https", Some(443)), ("app", None)] {
        let table = table(&parsed(&[format!("{scheme}://a.b:*")]));
        assert!(table.view().matches(format!("{scheme}://a.b").as_bytes()));
        for port in 0..=70_000 {
            let expected = (1..=65_535).contains(&port) && Some(port) != default;
            let origin = format!("{scheme}://a.b:{port}");
            assert_eq!(
                table.view().matches(origin.as_bytes()),
                expected,
                "{origin}"
            );
        }
        for port in ["", "0443", "00", "01", "+1", "1a", "*", "443 "] {
            assert!(
                !table
                    .view()
                    .matches(format!("{scheme}://a.b:{port}").as_bytes()),
                "{port}"
            );
        }
    }
}

#[test]
fn states_grow_with_the_bytes_of_the_patterns_and_not_with_their_product() {
    let patterns: Vec<Pattern> = parsed(
        &(0..200)
            .map(|n| format!("https://pr-*.tenant{n}.example.com:*"))
            .collect::<Vec<_>>(),
    );
    let dfa = union(&patterns.iter().collect::<Vec<_>>());
    assert!(dfa.states().len() < 200 * 60, "{}", dfa.states().len());
}
