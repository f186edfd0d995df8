//! Every text has a slot of its own, and nothing else is found.

use cors_support::property;
use proptest::prelude::*;

use super::build;
use crate::generate::matcher::tests::shipped::hashed;

fn check(origins: &[String]) {
    let table = hashed(&build(origins));
    for origin in origins {
        assert!(table.contains(origin.as_bytes()), "{origin}");
        for place in 0..origin.len() {
            let mut edited = origin.clone().into_bytes();
            edited[place] ^= 1;
            let expected = origins.iter().any(|origin| origin.as_bytes() == edited);
            assert_eq!(
                table.contains(&edited),
                expected,
                "{}",
                edited.escape_ascii()
            );
        }
        let longer = format!("{origin}x");
        assert_eq!(table.contains(longer.as_bytes()), origins.contains(&longer));
    }
    assert!(!table.contains(b""));
    assert!(!table.contains(&[b'a'; 65_536]));
}

#[test]
fn names_that_differ_in_one_place_have_slots_of_their_own() {
    check(
        &(0..300)
            .map(|n| format!("https://tenant{n:04}.example.com"))
            .collect::<Vec<_>>(),
    );
    check(
        &(1..300)
            .map(|n| format!("https://example.com:{n}"))
            .collect::<Vec<_>>(),
    );
    check(
        &(1..60)
            .map(|n| format!("https://{}.example", "a".repeat(n)))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn texts_that_differ_in_length_alone_have_slots_of_their_own() {
    check(
        &(0..40)
            .map(|n| format!("https://{}", "a".repeat(n)))
            .collect::<Vec<_>>(),
    );
}

/// Each text differs from the first in one byte, and no word has two of these.
#[test]
fn as_few_words_are_hashed_as_tell_the_texts_apart() {
    for (differences, places) in [(1, 1), (2, 2), (3, 3), (4, 0)] {
        let mut texts = vec!["a".repeat(60)];
        for difference in 0..differences {
            let mut text = texts[0].clone();
            text.replace_range(difference * 12..=difference * 12, "b");
            texts.push(text);
        }
        assert_eq!(build(&texts).places.len(), places, "{differences}");
        check(&texts);
    }
}

#[test]
fn ten_thousand_origins_have_slots_of_their_own() {
    let origins: Vec<String> = (0..10_000)
        .map(|n| format!("https://t{n}.example.com"))
        .collect();
    let table = hashed(&build(&origins));
    assert!(
        origins
            .iter()
            .all(|origin| table.contains(origin.as_bytes()))
    );
    assert!(
        (10_000..20_000).all(|n| !table.contains(format!("https://t{n}.example.com").as_bytes()))
    );
}

#[test]
fn texts_that_few_words_do_not_tell_apart_are_hashed_whole() {
    // Each differs from the next in one byte, at any of 40 places.
    let origins: Vec<String> = (0..40)
        .flat_map(|place| ["b", "c", "d"].map(|letter| (place, letter)))
        .map(|(place, letter)| {
            format!(
                "https://{}{letter}{}.example",
                "a".repeat(place),
                "a".repeat(39 - place)
            )
        })
        .collect();
    assert!(build(&origins).places.is_empty());
    check(&origins);
}

proptest! {
    #![proptest_config(property::cases(256))]

    #[test]
    fn any_texts_have_slots_of_their_own(origins in prop::collection::hash_set("[a-c]{8,28}", 1..80)) {
        check(&origins.into_iter().collect::<Vec<_>>());
    }
}
