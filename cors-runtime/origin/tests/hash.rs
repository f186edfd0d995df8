//! Every text has a slot of its own, and nothing else is found.

use cors_origin::matcher::hash::HashTableBuf;
use cors_support::property;
use proptest::prelude::*;

fn build(texts: &[String]) -> HashTableBuf {
    HashTableBuf::new(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

fn check(origins: &[String]) {
    let table = build(origins);
    let table = table.view();
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
    for (differences, offsets) in [(1, 1), (2, 2), (3, 3), (4, 0)] {
        let mut texts = vec!["a".repeat(60)];
        for difference in 0..differences {
            let mut text = texts[0].clone();
            text.replace_range(difference * 12..=difference * 12, "b");
            texts.push(text);
        }
        assert_eq!(build(&texts).view().offsets.len(), offsets, "{differences}");
        check(&texts);
    }
}

#[test]
fn ten_thousand_origins_have_slots_of_their_own() {
    let origins: Vec<String> = (0..10_000)
        .map(|n| format!("https://t{n}.example.com"))
        .collect();
    let table = build(&origins);
    let table = table.view();
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
    assert!(build(&origins).view().offsets.is_empty());
    check(&origins);
}

proptest! {
    #![proptest_config(property::cases(256))]

    #[test]
    fn any_texts_have_slots_of_their_own(origins in prop::collection::hash_set("[a-c]{8,28}", 1..80)) {
        check(&origins.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_table_does_not_depend_on_the_order_of_its_texts() {
    let mut texts: Vec<String> = (0..1000).map(|n| format!("https://t{n}.example")).collect();
    let table = build(&texts);
    texts.reverse();
    texts.extend_from_within(..10);
    assert_eq!(build(&texts), table);
}

#[test]
fn a_table_may_be_empty() {
    let table = HashTableBuf::new(&[]);
    for text in ["", "https://a.example"] {
        assert!(!table.view().contains(text.as_bytes()));
    }
}

/// Offsets that distinguish the first texts do not distinguish the others.
#[test]
fn offsets_are_chosen_for_all_of_a_list() {
    let mut texts: Vec<String> = (0..1000)
        .map(|n| format!("https://a{n:04}.example/{:08}", 0))
        .collect();
    texts.extend((0..1000).map(|n| format!("https://b{:04}.example/{n:08}", 0)));
    let table = build(&texts);
    assert_eq!(table.view().offsets.len(), 2);
    assert!(
        texts
            .iter()
            .all(|text| table.view().contains(text.as_bytes()))
    );
}

/// Where texts are of similar lengths, each slot has the same size, whatever the order of the texts.
#[test]
fn long_lists_have_slots_of_the_same_size() {
    let mut texts: Vec<String> = (0..40_000)
        .map(|n| format!("https://t{n}.example"))
        .collect();
    let table = build(&texts);
    assert!(table.view().stride > 0 && table.view().starts.is_empty());
    for text in texts.iter().step_by(7) {
        assert!(table.view().contains(text.as_bytes()), "{text}");
        // Longer and shorter ones than the text of the slot.
        for edited in [format!("{text}x"), text[..text.len() - 1].to_owned()] {
            assert!(!table.view().contains(edited.as_bytes()), "{edited}");
        }
        let edited = text.replace("https", "httpz");
        assert!(!table.view().contains(edited.as_bytes()), "{edited}");
        let padded = format!("{text}\0");
        assert!(!table.view().contains(padded.as_bytes()), "{text}");
    }
    let mut sorted = texts.clone();
    sorted.sort();
    assert_eq!(table.to_vec(), sorted);
    texts.reverse();
    texts.extend_from_within(..10);
    assert_eq!(build(&texts), table);

    // One long text does not make all of them long, and zeros are part of a text.
    for other in [
        "https://".to_owned() + &"a".repeat(300),
        "https://t1.example\0".to_owned(),
    ] {
        let mut texts = texts.clone();
        texts.push(other);
        let table = build(&texts);
        assert_eq!(table.view().stride, 0);
        assert!(
            texts
                .iter()
                .all(|text| table.view().contains(text.as_bytes()))
        );
    }
}
