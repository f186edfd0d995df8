//! Builder of perfect hash tables.
//!
//! The hash covers the length of a text and a few of its words, at offsets where the texts differ,
//! because most parts of an origin are the same in all origins. Texts are hashed into buckets. For
//! each bucket, starting with the largest, the builder searches for a displacement that moves all
//! its texts to free slots. A fifth of the slots remain empty, so that the search is short.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::{HashTable, displace, hash, reduce};

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
        let offsets = choose_offsets(&texts, sample);
        // A seed fails if two hashes are equal, or if a bucket does not fit.
        let (seed, (slots, displacements)) = (0..)
            .find_map(|seed| Some((seed, assign_slots(&texts, seed, &offsets)?)))
            .expect("there is a seed for every list");
        let stride = stride(&texts, slots.len());
        let (bytes, starts) = match stride {
            0 => concatenated(&texts, &slots),
            stride => (spaced(&texts, &slots, stride), Vec::new()),
        };
        Self {
            texts: bytes.into(),
            starts: starts.into(),
            stride,
            displacements: displacements.into(),
            offsets: offsets.into(),
            seed,
            max_len: max_len(&texts),
            len: texts.len(),
        }
    }

    /// Returns the texts in alphabetical order.
    #[must_use]
    pub fn to_vec(&self) -> Vec<String> {
        let mut texts: Vec<String> = self.texts().map(Into::into).collect();
        texts.sort_unstable();
        texts
    }

    /// Returns the texts in the order of their slots.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let (starts, _) = self.starts.as_chunks();
        let starts = starts
            .iter()
            .map(|start| u32::from_le_bytes(*start) as usize);
        let slots = starts.clone().zip(starts.skip(1));
        let slots = slots.map(|(start, end)| &self.texts[start..end]);
        let spaced = self.texts.chunks(self.stride.max(1));
        let spaced = spaced.filter(|_| self.stride > 0);
        let without_zeros = |slot: &'_ [u8]| {
            let last = slot.iter().rposition(|byte| *byte != 0);
            last.map_or(0, |last| last + 1)
        };
        slots.chain(spaced).filter_map(move |slot| {
            let text = str::from_utf8(&slot[..without_zeros(slot)]).ok()?;
            (!text.is_empty()).then_some(text)
        })
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

fn max_len(texts: &[&str]) -> usize {
    texts.iter().map(|text| text.len()).max().unwrap_or(0)
}

/// Marks the first occurrence of each text.
///
/// Compares texts only if their hashes are equal, because sorting the texts of a long list would take longer than
/// everything else.
#[must_use]
pub fn mark_distinct<T: AsRef<str>>(texts: &[T]) -> Vec<bool> {
    mark_first(texts, &by_hash(texts))
}

fn mark_first<T: AsRef<str>>(texts: &[T], order: &[(u64, u32)]) -> Vec<bool> {
    let text = |index: u32| texts[index as usize].as_ref();
    let mut is_first = vec![true; texts.len()];
    for pair in order.windows(2) {
        let [(hash, previous), (next_hash, next)] = [pair[0], pair[1]];
        is_first[next as usize] = hash != next_hash || text(previous) != text(next);
    }
    is_first
}

/// Returns the hash and the index of each text, sorted. Equal texts are adjacent, in the order of their indices.
fn by_hash<T: AsRef<str>>(texts: &[T]) -> Vec<(u64, u32)> {
    // The displaced hash comes first, so that neighbours have nothing in common.
    let hashes = texts.iter().map(|text| {
        let hash = hash(0, &[], text.as_ref().as_bytes());
        displace(hash, 1) << 32 | hash >> 32
    });
    let mut order: Vec<(u64, u32)> = hashes.zip(0..).collect();
    sort_by_hash(&mut order, texts);
    order
}

/// Sorts pairs of a hash and the index of a text by hash, then by text, then by index.
fn sort_by_hash<T: AsRef<str>>(order: &mut [(u64, u32)], texts: &[T]) {
    let text = |index: u32| texts[index as usize].as_ref();
    order.sort_unstable_by(|(hash, a), (other, b)| {
        let by_text = || text(*a).cmp(text(*b)).then(a.cmp(b));
        hash.cmp(other).then_with(by_text)
    });
}

/// Returns the texts without duplicates, and a sample of them that does not depend on their order.
fn distinct<'t>(texts: &[&'t str]) -> (Vec<&'t str>, Vec<&'t str>) {
    if texts.len() < MIN_LONG_LEN {
        let mut texts = texts.to_vec();
        texts.sort_unstable();
        texts.dedup();
        let sample = runs(&texts);
        return (texts, sample);
    }
    let mut order = by_hash(texts);
    let is_first = mark_first(texts, &order);
    order.retain(|(_, index)| is_first[*index as usize]);
    let sample = spread(&order, SAMPLE_LEN).map(|(_, index)| texts[*index as usize]);
    let distinct = texts.iter().zip(&is_first);
    let distinct = distinct.filter_map(|(text, is_first)| is_first.then_some(*text));
    (distinct.collect(), sample.collect())
}

/// Returns the size of every slot; 0 if each slot is as long as its text.
fn stride(texts: &[&str], slot_count: usize) -> usize {
    let size: usize = texts.iter().map(|text| text.len()).sum();
    let stride = max_len(texts).next_multiple_of(8);
    let is_used = texts.len() >= MIN_LONG_LEN
        && stride * slot_count <= size * MAX_STRIDE_FACTOR
        // Zeros mark the end of a text.
        && !texts.iter().any(|text| text.contains('\0'));
    if is_used { stride } else { 0 }
}

/// Returns the texts of all slots, concatenated, and the start of each.
fn concatenated(texts: &[&str], slots: &[u32]) -> (Vec<u8>, Vec<u8>) {
    let mut bytes = Vec::with_capacity(texts.iter().map(|text| text.len()).sum());
    let mut starts = Vec::with_capacity((slots.len() + 1) * 4);
    starts.extend([0; 4]);
    for slot in slots {
        if let Some(text) = texts.get(*slot as usize) {
            bytes.extend_from_slice(text.as_bytes());
        }
        let end = u32::try_from(bytes.len()).expect("a list has less than four gigabytes");
        starts.extend(end.to_le_bytes());
    }
    (bytes, starts)
}

/// Returns the texts of all slots, each padded with zeros.
fn spaced(texts: &[&str], slots: &[u32], stride: usize) -> Vec<u8> {
    let mut bytes = vec![0; slots.len() * stride];
    for (slot, index) in bytes.chunks_mut(stride).zip(slots) {
        if let Some(text) = texts.get(*index as usize) {
            slot[..text.len()].copy_from_slice(text.as_bytes());
        }
    }
    bytes
}

/// Chooses offsets whose words distinguish all texts of the same length; none if that needs too
/// many offsets. The sample decides which offset is first.
fn choose_offsets(texts: &[&str], sample: Vec<&str>) -> Vec<u8> {
    // The last of them is the end of every text.
    let candidates = 0..=u8::try_from(max_len(texts).saturating_sub(8)).unwrap_or(u8::MAX);
    let mut offsets = Vec::new();
    let mut alike = sample;
    while offsets.len() < MAX_OFFSETS && !alike.is_empty() {
        let mut hashes = Vec::with_capacity(alike.len());
        let next = candidates.clone().max_by_key(|candidate| {
            offsets.push(*candidate);
            hashes.clear();
            hashes.extend(alike.iter().map(|text| hash(0, &offsets, text.as_bytes())));
            offsets.pop();
            hashes.sort_unstable();
            hashes.dedup();
            hashes.len()
        });
        offsets.extend(next);
        alike = indistinct(texts, &offsets);
    }
    match alike.is_empty() {
        true => offsets,
        false => Vec::new(),
    }
}

/// Returns some pairs of texts that the words at `offsets` do not distinguish.
fn indistinct<'t>(texts: &[&'t str], offsets: &[u8]) -> Vec<&'t str> {
    let hashes = texts.iter().map(|text| hash(0, offsets, text.as_bytes()));
    let mut order: Vec<(u64, u32)> = hashes.zip(0..).collect();
    sort_by_hash(&mut order, texts);
    let pairs = order.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    let pairs: Vec<_> = pairs.collect();
    let mut alike = Vec::new();
    for pair in spread(&pairs, SAMPLE_LEN / 2) {
        alike.extend([texts[pair[0].1 as usize], texts[pair[1].1 as usize]]);
    }
    alike
}

/// Returns up to `count` items, evenly spread over the list.
fn spread<T>(items: &[T], count: usize) -> impl Iterator<Item = &T> {
    items.iter().step_by(items.len().div_ceil(count).max(1))
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
    let hashes = texts
        .iter()
        .map(|text| hash(seed, offsets, text.as_bytes()));
    let hashes: Vec<u64> = hashes.collect();
    let bucket_of = |hash: u64| reduce(hash >> 32, bucket_count);

    // The texts grouped by bucket, and the start of each bucket.
    let mut starts = vec![0; bucket_count + 1];
    for hash in &hashes {
        starts[bucket_of(*hash) + 1] += 1;
    }
    for bucket in 0..bucket_count {
        starts[bucket + 1] += starts[bucket];
    }
    let mut ends = starts.clone();
    let mut members = vec![0; texts.len()];
    for (index, hash) in (0..).zip(&hashes) {
        let end: &mut usize = &mut ends[bucket_of(*hash)];
        members[*end] = index;
        *end += 1;
    }
    let bucket = |number: usize| &members[starts[number]..starts[number + 1]];
    let mut order: Vec<usize> = (0..bucket_count).collect();
    order.sort_by_key(|number| core::cmp::Reverse(bucket(*number).len()));

    let mut slots = vec![FREE; slot_count];
    let mut displacements = vec![0; bucket_count * 2];
    for number in order {
        let bucket = bucket(number);
        let displacement = (0..=u16::MAX).find(|displacement| {
            let slot_of = |member: &u32| {
                let hash = hashes[*member as usize];
                reduce(displace(hash, *displacement), slot_count)
            };
            let taken = bucket.iter().position(|member| {
                let slot = &mut slots[slot_of(member)];
                let is_taken = *slot != FREE;
                if !is_taken {
                    *slot = *member;
                }
                is_taken
            });
            // The previous texts release their slots.
            for member in &bucket[..taken.unwrap_or(0)] {
                slots[slot_of(member)] = FREE;
            }
            taken.is_none()
        })?;
        displacements[number * 2..][..2].copy_from_slice(&displacement.to_le_bytes());
    }
    Some((slots, displacements))
}
