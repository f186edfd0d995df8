//! A perfect hash for a long list of texts.
//!
//! What is hashed is the length of a text and a few of its words, at places where the texts differ:
//! most of an origin is what all origins have. Texts are hashed into buckets. Bucket by bucket, the
//! largest first, a displacement is looked for that moves all its texts to slots that are free. A
//! quarter of the slots stays empty, which keeps the search short.

use std::collections::{HashMap, HashSet};

use cors_origin::hash::{displaced, hash, scale};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// So many texts share a bucket on average.
const BUCKET: usize = 4;
/// So many words are read; where they do not tell the texts apart, all of them are.
const MOST_PLACES: usize = 3;
/// So many texts that are still alike decide about the next place.
const SAMPLE: usize = 256;

/// The table; `cors_runtime::__private::Hashed` tells what the fields mean.
pub(super) struct Hashed {
    pub(super) texts: Vec<u8>,
    pub(super) starts: Vec<u8>,
    pub(super) displacements: Vec<u8>,
    pub(super) places: Vec<u8>,
    pub(super) seed: u64,
    pub(super) longest: usize,
}

/// Prints:
///
/// ```text
/// ::cors_runtime::__private::Hashed {
///     texts: b"https://b.examplehttps://a.example..",
///     starts: b"..",
///     displacements: b"..",
///     places: b"..",
///     seed: 0,
///     longest: 17,
/// }
/// ```
pub(super) fn value(hashed: &Hashed, private: &TokenStream) -> TokenStream {
    let texts = Literal::byte_string(&hashed.texts);
    let starts = Literal::byte_string(&hashed.starts);
    let displacements = Literal::byte_string(&hashed.displacements);
    let places = Literal::byte_string(&hashed.places);
    let seed = Literal::u64_unsuffixed(hashed.seed);
    let longest = Literal::usize_unsuffixed(hashed.longest);
    quote! {
        #private::Hashed {
            texts: #texts,
            starts: #starts,
            displacements: #displacements,
            places: #places,
            seed: #seed,
            longest: #longest,
        }
    }
}

/// Places `texts`, none of which is there twice, or shorter than a word.
pub(super) fn build(texts: &[String]) -> Hashed {
    let places = places(texts);
    // A seed fails if two hashes are the same, or if a bucket finds no room.
    let (seed, (slots, displacements)) = (0..)
        .find_map(|seed| Some((seed, slots(texts, seed, &places)?)))
        .expect("there is a seed for every list");
    let mut starts = vec![0; 4];
    let mut end = 0;
    for text in &slots {
        end += u32::try_from(text.len()).expect("texts are short");
        starts.extend(end.to_le_bytes());
    }
    Hashed {
        texts: slots.concat().into_bytes(),
        starts,
        displacements,
        places,
        seed,
        longest: texts.iter().map(String::len).max().unwrap_or(0),
    }
}

/// Places whose words tell all texts of the same length apart; none if there are no few such
/// places.
fn places(texts: &[String]) -> Vec<u8> {
    let longest = texts.iter().map(String::len).max().unwrap_or(0);
    // The last of them stands for the end of every text.
    let candidates = 0..=u8::try_from(longest.saturating_sub(8)).unwrap_or(u8::MAX);
    let mut places = Vec::new();
    let mut alike: Vec<&str> = texts.iter().take(SAMPLE).map(String::as_str).collect();
    while places.len() < MOST_PLACES && !alike.is_empty() {
        let next = candidates.clone().max_by_key(|candidate| {
            let places = [places.as_slice(), &[*candidate]].concat();
            let hashes = alike.iter().map(|text| hash(0, &places, text.as_bytes()));
            hashes.collect::<HashSet<u64>>().len()
        });
        places.extend(next);
        alike = not_told_apart(texts, &places);
    }
    match alike.is_empty() {
        true => places,
        false => Vec::new(),
    }
}

/// Some of the texts that the words at `places` do not tell apart.
fn not_told_apart<'t>(texts: &'t [String], places: &[u8]) -> Vec<&'t str> {
    let mut first: HashMap<u64, &str> = HashMap::new();
    let mut alike = Vec::new();
    for text in texts {
        if let Some(first) = first.insert(hash(0, places, text.as_bytes()), text) {
            alike.extend([first, text.as_str()]);
        }
    }
    alike.truncate(SAMPLE);
    alike
}

/// The texts by slot, and the displacements; `None` if there is no room for a bucket.
fn slots<'t>(texts: &'t [String], seed: u64, places: &[u8]) -> Option<(Vec<&'t str>, Vec<u8>)> {
    let bucket_count = texts.len().div_ceil(BUCKET);
    let slot_count = texts.len() + texts.len().div_ceil(4);
    let mut buckets: Vec<Vec<(u64, &str)>> = vec![Vec::new(); bucket_count];
    for text in texts {
        let hash = hash(seed, places, text.as_bytes());
        buckets[scale(hash >> 32, bucket_count)].push((hash, text));
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
        for (hash, text) in &buckets[bucket] {
            slots[scale(displaced(*hash, displacement), slot_count)] = text;
        }
        displacements[bucket * 2..][..2].copy_from_slice(&displacement.to_le_bytes());
    }
    Some((slots, displacements))
}

#[cfg(test)]
mod tests;
