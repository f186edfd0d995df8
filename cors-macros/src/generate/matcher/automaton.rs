//! An automaton as a static table.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::automaton::{Dfa, Ends, State, apart};

/// Whether states can be numbered in two bytes.
pub(super) fn fits(dfa: &Dfa) -> bool {
    u16::try_from(dfa.states().len()).is_ok()
}

/// Prints:
///
/// ```text
/// /// Accepts `https://*.example.com`. Reads from the last byte to the first.
/// static PATTERNS: ::cors_runtime::__private::Automaton = ::cors_runtime::__private::Automaton {
///     before: "https://",
///     after: ".example.com",
///     classes: b"..",
///     class_count: 17,
///     next: b"..",
///     start: 1,
///     first_accepting: 24,
/// };
/// ```
pub(super) fn table(name: &Ident, doc: &str, dfa: &Dfa, private: &TokenStream) -> TokenStream {
    let Ends {
        before,
        middle,
        after,
    } = apart(dfa);
    let layout = layout(&middle);
    let classes = Literal::byte_string(middle.classes());
    let class_count = Literal::usize_unsuffixed(middle.class_count());
    let next = Literal::byte_string(&layout.next);
    let [start, first_accepting] =
        [layout.start, layout.first_accepting].map(Literal::u16_unsuffixed);
    quote! {
        #[doc = #doc]
        static #name: #private::Automaton = #private::Automaton {
            before: #before,
            after: #after,
            classes: #classes,
            class_count: #class_count,
            next: #next,
            start: #start,
            first_accepting: #first_accepting,
        };
    }
}

/// The table as bytes.
pub(super) struct Layout {
    /// The next state by state and class, each in two bytes, the lower first.
    pub(super) next: Vec<u8>,
    pub(super) start: u16,
    pub(super) first_accepting: u16,
}

pub(super) fn layout(dfa: &Dfa) -> Layout {
    let (numbers, first_accepting) = accepting_last(dfa);
    let row_length = dfa.class_count() * 2;
    let mut next = vec![0; numbers.len() * row_length];
    for (state, row) in dfa.rows().enumerate() {
        let start = usize::from(numbers[state]) * row_length;
        for (cell, to) in next[start..].chunks_exact_mut(2).zip(row) {
            cell.copy_from_slice(&numbers[*to].to_le_bytes());
        }
    }
    Layout {
        next,
        start: numbers[Dfa::START],
        first_accepting,
    }
}

/// New numbers for all states, such that those that accept come last, and the first of them.
fn accepting_last(dfa: &Dfa) -> (Vec<u16>, u16) {
    let accepts = |state: &State| !dfa.accepts(*state).is_empty();
    let (accepting, refusing): (Vec<State>, Vec<State>) = dfa.states().partition(accepts);
    let mut numbers = vec![0; dfa.states().len()];
    for (number, state) in refusing.iter().chain(&accepting).enumerate() {
        numbers[*state] = u16::try_from(number).expect("the matcher splits what does not fit");
    }
    let first = u16::try_from(refusing.len()).expect("the matcher splits what does not fit");
    (numbers, first)
}
