//! The automaton of a regex, read back from its table.

use core::ops::RangeInclusive;

use super::label::{Bytes, Label};
use cors_origin::matcher::dfa::DfaTable;

/// The automaton, with its states numbered from 1.
///
/// What all origins end in is read before the start, from node 0; what all start with is read behind
/// the states that accept, to a node after the last. Where there is no such text, there is no such
/// node.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    automaton: &'static DfaTable<'static>,
    class_count: usize,
    /// The number of the last state.
    last: usize,
}

impl Table {
    pub(super) fn of(automaton: &'static DfaTable<'static>) -> Self {
        let class_count = automaton.classes.iter().max();
        let class_count = class_count.map_or(1, |class| usize::from(*class) + 1);
        Self {
            automaton,
            class_count,
            // The first row refuses whatever follows: it is no node.
            last: automaton.next.len() / usize::from(automaton.width) / class_count - 1,
        }
    }

    pub(super) fn numbers(&self) -> RangeInclusive<usize> {
        let first = usize::from(self.automaton.after.is_empty());
        first..=self.last + usize::from(!self.automaton.before.is_empty())
    }

    pub(super) fn starts(&self, number: usize) -> bool {
        number
            == match self.automaton.after {
                "" => self.start(),
                _ => 0,
            }
    }

    pub(super) fn accepts(&self, number: usize) -> bool {
        match self.automaton.before {
            "" => self.is_last_of_an_origin(number),
            _ => number == self.last + 1,
        }
    }

    pub(super) fn edges(self) -> impl Iterator<Item = (usize, Label, usize)> {
        let DfaTable { before, after, .. } = *self.automaton;
        let ending = (!after.is_empty()).then(|| (0, Label::Text(after), self.start()));
        let steps = (1..=self.last).flat_map(move |from| {
            (0..self.class_count).filter_map(move |class| {
                let to = self.next(from, class);
                let is_new = (0..class).all(|earlier| self.next(from, earlier) != to);
                (to != 0 && is_new).then(|| (from, Label::Byte(self.bytes(from, to)), to))
            })
        });
        let beginnings = (1..=self.last)
            .filter(move |state| !before.is_empty() && self.is_last_of_an_origin(*state))
            .map(move |state| (state, Label::Text(before), self.last + 1));
        ending.into_iter().chain(steps).chain(beginnings)
    }

    fn start(&self) -> usize {
        self.automaton.start as usize / self.class_count
    }

    /// Whether nothing but the beginning of an origin is left to be read.
    fn is_last_of_an_origin(&self, state: usize) -> bool {
        let first_accepting = self.automaton.first_accepting as usize / self.class_count;
        (first_accepting..=self.last).contains(&state)
    }

    /// Where a class of bytes leads; 0 if nowhere.
    fn next(&self, state: usize, class: usize) -> usize {
        self.automaton.cell(state * self.class_count + class) as usize / self.class_count
    }

    /// The bytes that lead from a state to another.
    fn bytes(&self, from: usize, to: usize) -> Bytes {
        let classes = self.automaton.classes;
        Bytes::of(|byte| self.next(from, usize::from(classes[usize::from(byte)])) == to)
    }
}
