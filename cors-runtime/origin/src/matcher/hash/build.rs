//! Builder of perfect hash tables.
//!
//! The hash covers the length of a text and a few of its words, at offsets where the texts differ,
//! because most parts of an origin are the same in all origins. Texts are hashed into buckets. For
//! each bucket, starting with the largest, the builder searches for a displacement that moves all
//! its texts to free slots. A fifth of the slots remain empty, so that the search is short.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;

use super::{HashTable, displace, hash, index, reduce};
use crate::matcher::order::sort_by_key;

/// Average number of texts in a bucket.
const BUCKET_LEN: usize = 4;

/// Maximum number of words that are hashed. If these do not distinguish the texts, all words are.
const MAX_OFFSETS: usize = 3;

/// Number of texts that are sampled to choose the next offset.
const SAMPLE_LEN: usize = 256;

/// Number of texts from which a list does not fit in the caches of a processor: the builder reads its texts as
/// rarely as possible, and its slots may have the same size.
const MIN_LONG_LEN: usize = 1 << 15;

/// Slots have the same size if all of them are at most this many times as large as all texts.
const MAX_STRIDE_FACTOR: usize = 2;

/// Owns the bytes of a [`HashTable`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashTableBuf {
    texts: Box<[u8]>,
    starts: Box<[u8]>,
    stride: usize,
    displacements: Box<[u8]>,
    offsets: Box<[u8]>,
    seed: u64,
    max_len: usize,
    len: usize,
}

impl HashTableBuf {
    /// Builds the table of `texts`, which must have at least [`MIN_KEY_LEN`](super::MIN_KEY_LEN)
    /// bytes each. Their order does not matter.
    ///
    /// # Panics
    ///
    /// If the texts have more than four gigabytes.
    #[must_use]
    pub fn new(texts: &[&str]) -> Self {
        let (texts, sample) = distinct(texts);
        let (size, max_len) = lengths(&texts);
        let offsets = choose_offsets(&texts, sample, max_len);
        // A seed fails if two hashes are equal, or if a bucket does not fit.
        let mut seed = 0;
        let (slots, displacements) = loop {
            match assign_slots(&texts, seed, &offsets) {
                Some(assigned) => break assigned,
                None => seed += 1,
            }
        };
        let stride = max_len.next_multiple_of(8);
        let is_spaced = texts.len() >= MIN_LONG_LEN
            && stride * slots.len() <= size * MAX_STRIDE_FACTOR
            // Zeros mark the end of a text.
            && !texts.iter().any(|text| text.contains('\0'));
        let (bytes, starts) = match is_spaced {
            true => (spaced(&texts, &slots, stride), Vec::new()),
            false => concatenated(&texts, &slots, size),
        };
        Self {
            texts: bytes.into(),
            starts: starts.into(),
            stride: if is_spaced { stride } else { 0 },
            displacements: displacements.into(),
            offsets: offsets.into(),
            seed,
            max_len,
            len: texts.len(),
        }
    }

    /// Returns the texts in alphabetical order.
    #[must_use]
    pub fn to_vec(&self) -> Vec<&str> {
        sorted(&self.slot_texts())
    }

    /// Returns the texts in the order of their slots.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.slot_texts().into_iter()
    }

    fn slot_texts(&self) -> Vec<&str> {
        let mut texts = Vec::with_capacity(self.len);
        let mut add = |slot| {
            let text = str::from_utf8(slot).unwrap_or_default();
            let text = text.trim_end_matches('\0');
            if !text.is_empty() {
                texts.push(text);
            }
        };
        if self.stride > 0 {
            for slot in self.texts.chunks(self.stride) {
                add(slot);
            }
        }
        let (starts, _) = self.starts.as_chunks();
        for bounds in starts.windows(2) {
            add(&self.texts[index(bounds[0])..index(bounds[1])]);
        }
        texts
    }

    /// Returns the number of texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Returns whether there are no texts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns the table.
    #[must_use]
    #[inline]
    pub fn view(&self) -> HashTable<'_> {
        HashTable {
            texts: &self.texts,
            starts: &self.starts,
            stride: self.stride,
            displacements: &self.displacements,
            offsets: &self.offsets,
            seed: self.seed,
            max_len: self.max_len,
        }
    }
}

/// Returns the length of all texts together, and of the longest.
fn lengths(texts: &[&str]) -> (usize, usize) {
    let (mut sum, mut max) = (0, 0);
    for text in texts {
        sum += text.len();
        max = max.max(text.len());
    }
    (sum, max)
}

/// Marks the first occurrence of each text.
///
/// Compares texts only if their hashes are equal, because sorting the texts of a long list would take longer than
/// everything else.
#[must_use]
pub fn mark_distinct(texts: &[&str]) -> Vec<bool> {
    mark_first(texts, &by_hash(texts))
}

fn mark_first(texts: &[&str], order: &[(u64, usize)]) -> Vec<bool> {
    let mut is_first = vec![true; texts.len()];
    for pair in order.windows(2) {
        let [(hash, previous), (next_hash, next)] = [pair[0], pair[1]];
        is_first[next] = hash != next_hash || texts[previous] != texts[next];
    }
    is_first
}

/// Returns the hash and the index of each text, sorted. Equal texts are adjacent, in the order of their indices.
fn by_hash(texts: &[&str]) -> Vec<(u64, usize)> {
    let mut order = hashes(texts, 0, &[]);
    for (hash, _) in &mut order {
        // The displaced hash comes first, so that neighbours have nothing in common.
        *hash = displace(*hash, 1) << 32 | *hash >> 32;
    }
    sort_by_hash(&mut order, &|a, b| texts[a].cmp(texts[b]).then(a.cmp(&b)));
    order
}

/// Returns the hash and the index of each text.
fn hashes(texts: &[&str], seed: u64, offsets: &[u8]) -> Vec<(u64, usize)> {
    let mut hashes = Vec::with_capacity(texts.len());
    for (index, text) in texts.iter().enumerate() {
        hashes.push((hash(seed, offsets, text.as_bytes()), index));
    }
    hashes
}

/// Sorts by hash, and equal hashes by `order` of their indices.
fn sort_by_hash(hashes: &mut [(u64, usize)], order: &dyn Fn(usize, usize) -> Ordering) {
    hashes.sort_unstable_by(|(hash, index), (other_hash, other)| {
        hash.cmp(other_hash).then_with(|| order(*index, *other))
    });
}

/// Returns the texts in alphabetical order.
pub(in crate::matcher) fn sorted<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    // Each type of items that are sorted takes long to compile, so these are the same as for hashes.
    let mut order = Vec::with_capacity(texts.len());
    for index in 0..texts.len() {
        order.push((0, index));
    }
    sort_by_hash(&mut order, &|a, b| texts[a].cmp(texts[b]));
    let mut sorted = Vec::with_capacity(texts.len());
    for (_, index) in &order {
        sorted.push(texts[*index]);
    }
    sorted
}

/// Returns the texts without duplicates, and a sample of them that does not depend on their order.
fn distinct<'t>(texts: &[&'t str]) -> (Vec<&'t str>, Vec<&'t str>) {
    if texts.len() < MIN_LONG_LEN {
        let mut texts = sorted(texts);
        texts.dedup();
        let sample = runs(&texts);
        return (texts, sample);
    }
    let order = by_hash(texts);
    let is_first = mark_first(texts, &order);
    let mut distinct = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        if is_first[index] {
            distinct.push(*text);
        }
    }
    let mut indices = Vec::with_capacity(distinct.len());
    for (_, index) in &order {
        if is_first[*index] {
            indices.push(*index);
        }
    }
    let mut sample = Vec::new();
    for place in spread(indices.len(), SAMPLE_LEN) {
        sample.push(texts[indices[place]]);
    }
    (distinct, sample)
}

/// Returns the texts of all slots, concatenated, and the start of each.
fn concatenated(texts: &[&str], slots: &[u32], size: usize) -> (Vec<u8>, Vec<u8>) {
    let mut bytes = Vec::with_capacity(size);
    let mut starts = Vec::with_capacity((slots.len() + 1) * 4);
    starts.extend_from_slice(&[0; 4]);
    for slot in slots {
        if let Some(text) = texts.get(*slot as usize) {
            bytes.extend_from_slice(text.as_bytes());
        }
        let end = u32::try_from(bytes.len()).expect("a list has less than four gigabytes");
        starts.extend_from_slice(&end.to_le_bytes());
    }
    (bytes, starts)
}

/// Returns the texts of all slots, each padded with zeros.
fn spaced(texts: &[&str], slots: &[u32], stride: usize) -> Vec<u8> {
    let mut bytes = vec![0; slots.len() * stride];
    for (slot, index) in slots.iter().enumerate() {
        if let Some(text) = texts.get(*index as usize) {
            bytes[slot * stride..][..text.len()].copy_from_slice(text.as_bytes());
        }
    }
    bytes
}

/// Chooses offsets whose words distinguish all texts of the same length; none if that needs too
/// many offsets. The sample decides which offset is first.
fn choose_offsets(texts: &[&str], sample: Vec<&str>, max_len: usize) -> Vec<u8> {
    // The word at the last of them is the end of every text.
    let last = u8::try_from(max_len.saturating_sub(8)).unwrap_or(u8::MAX);
    let mut offsets = Vec::new();
    let mut alike = sample;
    while offsets.len() < MAX_OFFSETS && !alike.is_empty() {
        let (mut best, mut best_count) = (0, 0);
        for candidate in 0..=last {
            offsets.push(candidate);
            let count = count_distinct_hashes(&alike, &offsets);
            offsets.pop();
            if count >= best_count {
                (best, best_count) = (candidate, count);
            }
        }
        offsets.push(best);
        alike = indistinct(texts, &offsets);
    }
    match alike.is_empty() {
        true => offsets,
        false => Vec::new(),
    }
}

fn count_distinct_hashes(texts: &[&str], offsets: &[u8]) -> usize {
    let mut hashes = hashes(texts, 0, offsets);
    sort_by_hash(&mut hashes, &|_, _| Ordering::Equal);
    let mut count = hashes.len();
    for pair in hashes.windows(2) {
        count -= usize::from(pair[0].0 == pair[1].0);
    }
    count
}

/// Returns some pairs of texts that the words at `offsets` do not distinguish.
fn indistinct<'t>(texts: &[&'t str], offsets: &[u8]) -> Vec<&'t str> {
    let mut order = hashes(texts, 0, offsets);
    sort_by_hash(&mut order, &|a, b| texts[a].cmp(texts[b]));
    let mut pairs = Vec::new();
    for pair in order.windows(2) {
        if pair[0].0 == pair[1].0 {
            pairs.push([pair[0].1, pair[1].1]);
        }
    }
    let mut alike = Vec::new();
    for place in spread(pairs.len(), SAMPLE_LEN / 2) {
        let [first, second] = pairs[place];
        alike.push(texts[first]);
        alike.push(texts[second]);
    }
    alike
}

/// Returns up to `count` indices, evenly spread over a list.
fn spread(len: usize, count: usize) -> impl Iterator<Item = usize> {
    (0..len).step_by(len.div_ceil(count).max(1))
}

/// Returns up to [`SAMPLE_LEN`] texts: runs of neighbours, evenly spread over the list. In alphabetical
/// order, neighbours often differ in their last bytes only, and runs in the bytes before.
fn runs<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    const RUN_LEN: usize = SAMPLE_LEN.isqrt();
    let mut runs = Vec::new();
    for part in texts.chunks(texts.len().div_ceil(SAMPLE_LEN / RUN_LEN).max(1)) {
        runs.extend_from_slice(&part[..part.len().min(RUN_LEN)]);
    }
    runs
}

/// An empty slot.
const FREE: u32 = u32::MAX;

/// Returns the index of the text in each slot, and the displacements; `None` if a bucket does not
/// fit.
fn assign_slots(texts: &[&str], seed: u64, offsets: &[u8]) -> Option<(Vec<u32>, Vec<u8>)> {
    let bucket_count = texts.len().div_ceil(BUCKET_LEN);
    let slot_count = texts.len() + texts.len().div_ceil(4);
    let mut hashes = Vec::with_capacity(texts.len());
    for text in texts {
        hashes.push(hash(seed, offsets, text.as_bytes()));
    }
    let bucket_of = |text: usize| reduce(hashes[text] >> 32, bucket_count);
    let (members, starts) = sort_by_key(texts.len(), bucket_count, &bucket_of);
    let bucket = |number: usize| &members[starts[number]..starts[number + 1]];
    let missing = |number: usize| texts.len() - bucket(number).len();
    let (from_largest, _) = sort_by_key(bucket_count, texts.len() + 1, &missing);

    let mut slots = vec![FREE; slot_count];
    let mut displacements = vec![0; bucket_count * 2];
    for number in &from_largest {
        let number = *number as usize;
        let bucket = bucket(number);
        let mut displacement = 0u16;
        while !fill(bucket, &hashes, displacement, &mut slots) {
            displacement = displacement.checked_add(1)?;
        }
        displacements[number * 2..][..2].copy_from_slice(&displacement.to_le_bytes());
    }
    Some((slots, displacements))
}

/// Assigns slots to the texts of a bucket. Returns whether all of these were free; if not, changes nothing.
fn fill(bucket: &[u32], hashes: &[u64], displacement: u16, slots: &mut [u32]) -> bool {
    let slot_count = slots.len();
    let slot_of = |text: u32| reduce(displace(hashes[text as usize], displacement), slot_count);
    for (place, text) in bucket.iter().enumerate() {
        let slot = &mut slots[slot_of(*text)];
        if *slot != FREE {
            for previous in &bucket[..place] {
                slots[slot_of(*previous)] = FREE;
            }
            return false;
        }
        *slot = *text;
    }
    true
}
