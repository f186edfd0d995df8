//! Coverage: entries that accept everything that other entries accept.

use std::borrow::Cow;
use std::cell::Cell;

use super::Analysis;
use crate::automaton::{Dfa, difference_within, is_included, singleton, union};
use crate::model::{EntryKind, Pattern};
use cors_origin::glob::Glob;

/// Fixed cost of a comparison of two automata, in pairs of states.
const PAIRS_TO_START: usize = 8;

/// Maximum number of entries that are subtracted one after the other.
const MAX_SUBTRACTED: usize = 64;

/// Maximum number of origins in the rest of an entry that are looked up one by one.
const MAX_LISTED: usize = 1000;

/// Limits of all comparisons together. Unknown coverage is not reported.
pub(super) struct Budget {
    /// Pairs of states of two automata.
    pairs: Cell<usize>,
    /// Entries that may cover another.
    candidates: Cell<usize>,
    /// Labels of patterns that are compared.
    labels: Cell<usize>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            pairs: Cell::new(1 << 13),
            candidates: Cell::new(1 << 16),
            labels: Cell::new(1 << 14),
        }
    }
}

impl Analysis<'_> {
    /// Returns the first entry that accepts everything that the entry `index` accepts, and for
    /// which `may_cover` holds. Among equivalent entries, the first represents the others: it
    /// covers them, and they cover nothing. Predicates are only covered by the same function.
    pub(crate) fn covering(
        &self,
        index: usize,
        may_cover: &dyn Fn(usize) -> bool,
    ) -> Option<usize> {
        match self.first(index) {
            first if first != index => may_cover(first).then_some(first),
            _ => self.covering_alone(index, may_cover),
        }
    }

    /// Returns whether `outer` accepts everything that `inner` accepts.
    pub(crate) fn covers(&self, outer: usize, inner: usize) -> bool {
        match self.first(inner) {
            first if first != inner => first == outer,
            _ if self.first(outer) != outer => false,
            _ => self.includes(outer, inner),
        }
    }

    fn covering_alone(&self, index: usize, may_cover: &dyn Fn(usize) -> bool) -> Option<usize> {
        let entry = self.entries[index].entry;
        let mut candidates: Vec<usize> = Vec::new();
        // The entries of one list are spelled the same.
        let mut consider = |alike: &[usize]| {
            for other in alike {
                if *other != index && self.looks_at(*other, may_cover) {
                    candidates.push(*other);
                    break;
                }
            }
        };
        let mut left = self.budget.labels.get();
        let mut accepting = |origin: &str| {
            consider(self.exact.get(origin).map_or(&[], Vec::as_slice));
            self.patterns.accepting(origin, &mut left, &mut consider);
        };
        match &entry.kind {
            _ if entry.is_exact() => accepting(&entry.text()),
            EntryKind::Configured | EntryKind::Predicate(_) => {
                consider(self.predicates(&entry.text()));
            }
            EntryKind::Pattern(pattern) => self.patterns.covering(pattern, &mut left, consider),
            // If a sample is not covered, the entry is not. This avoids most of the comparisons.
            EntryKind::Null | EntryKind::File | EntryKind::Regex(_) => {
                accepting(&self.sample(index)?);
            }
        }
        self.budget.labels.set(left);
        candidates.sort_unstable();
        if let EntryKind::Regex(_) = entry.kind {
            candidates.retain(|other| self.includes(*other, index));
        }
        let mut first = candidates.first().copied();
        let sample = match self.regexes.is_empty() {
            true => None,
            false => self.sample(index),
        };
        for (other, dfa) in &self.regexes {
            if first.is_some_and(|first| first < *other) || *other == index {
                continue;
            }
            let is_sampled = match (dfa, &sample) {
                (Ok(dfa), Some(sample)) => !dfa.accepting(sample.as_bytes()).is_empty(),
                _ => false,
            };
            if is_sampled && self.looks_at(*other, may_cover) && self.includes(*other, index) {
                first = Some(*other);
            }
        }
        first
    }

    /// Returns whether a candidate may cover another entry, and the budget is not exhausted.
    fn looks_at(&self, candidate: usize, may_cover: &dyn Fn(usize) -> bool) -> bool {
        let left = self.budget.candidates.get().checked_sub(1);
        self.budget.candidates.set(left.unwrap_or_default());
        left.is_some() && may_cover(candidate)
    }

    /// Returns whether `outer` is known to accept everything that `inner` accepts.
    fn includes(&self, outer: usize, inner: usize) -> bool {
        let entry = |index: usize| self.entries[index].entry;
        match (&entry(outer).kind, &entry(inner).kind) {
            (EntryKind::Pattern(outer), EntryKind::Pattern(inner)) => {
                let (outer, inner) = (outer.to_text(), inner.to_text());
                match (Glob::new(&outer), Glob::new(&inner)) {
                    (Some(outer), Some(inner)) => outer.covers(&inner),
                    _ => false,
                }
            }
            (EntryKind::Regex(_), EntryKind::Pattern(_)) | (_, EntryKind::Regex(_)) => {
                let (Some(outer), Some(inner)) = (self.dfa(outer), self.dfa(inner)) else {
                    return false;
                };
                let mut left = self.budget.pairs.get().saturating_sub(PAIRS_TO_START);
                let is_included = is_included(&mut left, &inner, &outer);
                self.budget.pairs.set(left);
                is_included == Some(true)
            }
            // Entries of these kinds are equal if their texts are.
            _ => entry(outer).text() == entry(inner).text(),
        }
    }

    /// Returns the automaton of a single entry, which may be one of thousands.
    fn dfa(&self, index: usize) -> Option<Cow<'_, Dfa>> {
        match &self.entries[index].entry.kind {
            EntryKind::Pattern(pattern) => Some(Cow::Owned(union(&[pattern]))),
            EntryKind::Regex(_) => self.regex(index).map(Cow::Borrowed),
            EntryKind::Null | EntryKind::File | EntryKind::Configured | EntryKind::Predicate(_) => {
                None
            }
        }
    }

    /// Returns an origin that an entry accepts.
    fn sample(&self, entry: usize) -> Option<String> {
        match &self.entries[entry].entry.kind {
            EntryKind::Pattern(origin) => Some(origin.example_with(self.sample_char)),
            _ => self.regex(entry)?.shortest(),
        }
    }

    /// Returns whether the entries for which `may_cover` holds, together, accept everything that
    /// the entry `index` accepts.
    pub(crate) fn is_covered(&self, index: usize, may_cover: &dyn Fn(usize) -> bool) -> bool {
        if self.covering_alone(index, may_cover).is_some() {
            return true;
        }
        let accepting = |origin: &str| {
            let mut accepting = self.accepting(origin);
            accepting.retain(|other| self.looks_at(*other, may_cover));
            accepting
        };
        // If a sample is not covered, the entry is not. This avoids most of the differences. A
        // regex without an automaton is a separate mistake.
        let is_exact = self.entries[index].entry.is_exact();
        let sample = self.sample(index).filter(|_| !is_exact);
        if sample.is_none_or(|sample| accepting(&sample).is_empty()) {
            return false;
        }
        let Some(mut rest) = self.dfa(index) else {
            return false;
        };
        // Repeatedly subtracts an entry that accepts a remaining sample.
        for _ in 0..MAX_SUBTRACTED {
            let Some(sample) = rest.shortest() else {
                return true;
            };
            let by = accepting(&sample);
            if by.is_empty() {
                return false;
            }
            let mut by = by.iter();
            let wide = by.find(|other| !self.entries[**other].entry.is_exact());
            let dfa = match (wide, rest.enumerate_up_to(MAX_LISTED)) {
                (_, Some(listed)) => {
                    return listed.iter().all(|origin| !accepting(origin).is_empty());
                }
                (Some(wide), None) => self.dfa(*wide),
                (None, None) => Some(Cow::Owned(singleton(&sample))),
            };
            match dfa.and_then(|dfa| self.subtract(&rest, &dfa)) {
                Some(less) => rest = Cow::Owned(less),
                None => return false,
            }
        }
        false
    }

    /// Returns what `rest` accepts and `other` does not, unless the budget is exhausted.
    fn subtract(&self, rest: &Dfa, other: &Dfa) -> Option<Dfa> {
        let left = self.budget.pairs.get();
        let less = difference_within(left, rest, other);
        let used = less.as_ref().map_or(usize::MAX, |less| less.states().len());
        self.budget.pairs.set(left.saturating_sub(used));
        less
    }
}

/// Letters and digits that do not occur in the texts of patterns, the best first.
pub(super) struct SampleChars(String);

impl SampleChars {
    pub(super) fn new() -> Self {
        Self("zyxwvutsrqponmlkjihgfedcba0123456789".to_owned())
    }

    /// Removes the characters of a pattern.
    pub(super) fn avoid(&mut self, pattern: &Pattern) {
        let text = pattern.to_text();
        self.0.retain(|char| !text.contains(char));
    }

    /// Returns a character that does not occur in the text of any pattern, if there is one.
    pub(super) fn choose(&self) -> char {
        self.0.chars().next().unwrap_or('a')
    }
}
