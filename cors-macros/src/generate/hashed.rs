//! A perfect hash for a long list of exact origins.
//!
//! Origins are hashed into buckets. Bucket by bucket, the largest first, a displacement is looked
//! for that moves all its origins to slots that are free. A quarter of the slots stays empty, which
//! keeps the search short.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::hash::{displaced, hash, scale};

/// So many origins share a bucket on average.
const BUCKET: usize = 4;

/// The table; `cors_runtime::__private::Hashed` tells what the fields mean.
pub(crate) struct Hashed<'o> {
    pub(crate) origins: Vec<&'o str>,
    pub(crate) displacements: Vec<u8>,
    pub(crate) seed: u64,
    pub(crate) longest: usize,
}

/// Prints:
///
/// ```text
/// static ORIGINS: ::cors_runtime::__private::Hashed = ::cors_runtime::__private::Hashed {
///     origins: &["https://b.example", "", "https://a.example", ..],
///     displacements: b"..",
///     seed: 0,
///     longest: 17,
/// };
/// ```
pub(crate) fn table(name: &Ident, origins: &[String], private: &TokenStream) -> TokenStream {
    let Hashed {
        origins,
        displacements,
        seed,
        longest,
    } = build(origins);
    let displacements = Literal::byte_string(&displacements);
    let seed = Literal::u64_unsuffixed(seed);
    let longest = Literal::usize_unsuffixed(longest);
    quote! {
        static #name: #private::Hashed = #private::Hashed {
            origins: &[#(#origins),*],
            displacements: #displacements,
            seed: #seed,
            longest: #longest,
        };
    }
}

/// Places `origins`, none of which is there twice.
pub(crate) fn build(origins: &[String]) -> Hashed<'_> {
    // A seed fails if two hashes are the same, or if a bucket finds no room.
    let (seed, (slots, displacements)) = (0..)
        .find_map(|seed| Some((seed, place(origins, seed)?)))
        .expect("there is a seed for every list");
    Hashed {
        origins: slots,
        displacements,
        seed,
        longest: origins.iter().map(String::len).max().unwrap_or(0),
    }
}

fn place(origins: &[String], seed: u64) -> Option<(Vec<&str>, Vec<u8>)> {
    let bucket_count = origins.len().div_ceil(BUCKET);
    let slot_count = origins.len() + origins.len().div_ceil(4);
    let mut buckets: Vec<Vec<(u64, &str)>> = vec![Vec::new(); bucket_count];
    for origin in origins {
        let hash = hash(seed, origin.as_bytes());
        buckets[scale(hash >> 32, bucket_count)].push((hash, origin));
    }
    let mut order: Vec<usize> = (0..bucket_count).collect();
    order.sort_by_key(|bucket| core::cmp::Reverse(buckets[*bucket].len()));

    let mut slots = vec![""; slot_count];
    let mut displacements = vec![0; bucket_count * 2];
    for bucket in order {
        let displacement = (0..=u16::MAX).find(|displacement| {
            let mut taken = Vec::new();
            buckets[bucket].iter().all(|(hash, _)| {
                let slot = scale(displaced(*hash, *displacement), slot_count);
                let is_free = slots[slot].is_empty() && !taken.contains(&slot);
                taken.push(slot);
                is_free
            })
        })?;
        for (hash, origin) in &buckets[bucket] {
            slots[scale(displaced(*hash, displacement), slot_count)] = origin;
        }
        displacements[bucket * 2..][..2].copy_from_slice(&displacement.to_le_bytes());
    }
    Some((slots, displacements))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::build;

    /// What the static is at run time.
    fn shipped(origins: &[String]) -> cors_runtime::__private::Hashed {
        let table = build(origins);
        let slots = table
            .origins
            .iter()
            .map(|origin| &*origin.to_string().leak());
        cors_runtime::__private::Hashed {
            origins: slots.collect::<Vec<&str>>().leak(),
            displacements: table.displacements.leak(),
            seed: table.seed,
            longest: table.longest,
        }
    }

    fn check(origins: &[String]) {
        let table = shipped(origins);
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
    fn ten_thousand_origins_have_slots_of_their_own() {
        let origins: Vec<String> = (0..10_000)
            .map(|n| format!("https://t{n}.example.com"))
            .collect();
        let table = shipped(&origins);
        assert!(
            origins
                .iter()
                .all(|origin| table.contains(origin.as_bytes()))
        );
        assert!(
            (10_000..20_000)
                .all(|n| !table.contains(format!("https://t{n}.example.com").as_bytes()))
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_texts_have_slots_of_their_own(origins in prop::collection::hash_set("[a-c]{1,20}", 1..80)) {
            check(&origins.into_iter().collect::<Vec<_>>());
        }
    }
}
