//! What the macro generates, against the naive reference: one policy for each way to match.

use cors_support::policies::POLICIES;
use cors_support::{gen_origins, property, reference_matcher};
use proptest::prelude::*;

fn policy_and_origin() -> impl Strategy<Value = (usize, gen_origins::Bytes)> {
    (0..POLICIES.len()).prop_flat_map(|index| {
        let entries = POLICIES[index].1.iter().map(ToString::to_string).collect();
        (Just(index), gen_origins::origins(entries))
    })
}

#[test]
fn a_policy_allows_what_its_entries_mean() {
    property::check(50_000, policy_and_origin(), |(index, origin), branches| {
        let (policy, entries) = POLICIES[index];
        let expected = entries
            .iter()
            .any(|entry| reference_matcher::accepts(entry, &origin));
        prop_assert_eq!(
            policy.allows_origin(&origin),
            expected,
            "{:?} {}",
            entries,
            origin.escape_ascii()
        );
        branches.note("allowed", expected);
        branches.note("denied", !expected);
        Ok(())
    });
}

/// A wildcard accepts what makes an origin as long as there can be, and not a byte more.
#[test]
fn wildcards_match_texts_of_any_possible_length() {
    let mut allowed = 0;
    for (policy, entries) in POLICIES {
        for (entry, port) in entries
            .iter()
            .flat_map(|entry| [(entry, ""), (entry, ":65535")])
        {
            let filled = entry.replace("**", "*").replace(":*", port);
            let Some((start, end)) = filled.split_once('*') else {
                continue;
            };
            let end = end.replace('*', "a");
            for length in 322..=332 {
                let label = "a".repeat(length - start.len() - end.len());
                let origin = format!("{start}{label}{end}");
                let expected = entries
                    .iter()
                    .any(|entry| reference_matcher::accepts(entry, origin.as_bytes()));
                assert_eq!(
                    policy.allows_origin(origin.as_bytes()),
                    expected,
                    "{length} {entry}"
                );
                allowed += u32::from(expected);
            }
        }
    }
    assert!(allowed > 0);
}

#[test]
fn every_exact_entry_is_allowed_and_no_one_byte_edit_of_it_is_mistaken() {
    for (policy, entries) in POLICIES {
        for entry in *entries {
            let exact = entry.replace('*', "x");
            let bytes = exact.as_bytes();
            let edits = (0..=bytes.len()).flat_map(|place| {
                (0..=u8::MAX).flat_map(move |byte| {
                    let mut inserted = bytes.to_vec();
                    inserted.insert(place, byte);
                    let mut replaced = bytes.to_vec();
                    replaced.splice(place..bytes.len().min(place + 1), [byte]);
                    let mut deleted = bytes.to_vec();
                    deleted.splice(place..bytes.len().min(place + 1), []);
                    [inserted, replaced, deleted]
                })
            });
            for origin in edits.chain([bytes.to_vec()]) {
                let expected = entries
                    .iter()
                    .any(|entry| reference_matcher::accepts(entry, &origin));
                assert_eq!(
                    policy.allows_origin(&origin),
                    expected,
                    "{}",
                    origin.escape_ascii()
                );
            }
        }
    }
}
