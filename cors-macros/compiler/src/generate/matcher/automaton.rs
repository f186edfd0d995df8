//! An automaton as a table.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::automaton::{Dfa, SplitDfa, State, split_affixes};

/// Prints:
///
/// ```text
/// ::cors_runtime::__private::DfaTable {
///     before: "https://",
///     after: ".example.com",
///     classes: b"..",
///     next: b"..",
///     width: 2,
///     start: 17,
///     first_accepting: 408,
/// }
/// ```
pub(super) fn value(dfa: &Dfa, private: &TokenStream) -> TokenStream {
    let SplitDfa {
        prefix,
        core,
        suffix,
    } = split_affixes(dfa);
    let layout = layout(&core);
    let classes = Literal::byte_string(core.classes());
    let next = Literal::byte_string(&layout.next);
    let width = Literal::u8_unsuffixed(layout.width);
    let [start, first_accepting] =
        [layout.start, layout.first_accepting].map(Literal::u32_unsuffixed);
    quote! {
        #private::DfaTable {
            before: #prefix,
            after: #suffix,
            classes: #classes,
            next: #next,
            width: #width,
            start: #start,
            first_accepting: #first_accepting,
        }
    }
}

/// The table as bytes.
pub(super) struct Layout {
    /// The next state by state and class, each in `width` bytes, the lowest first.
    pub(super) next: Vec<u8>,
    pub(super) width: u8,
    pub(super) start: u32,
    pub(super) first_accepting: u32,
}

pub(super) fn layout(dfa: &Dfa) -> Layout {
    let (places, first_accepting) = accepting_last(dfa);
    let cell_count = places.len() * dfa.class_count();
    let width: u8 = if u16::try_from(cell_count).is_ok() {
        2
    } else {
        4
    };
    let bytes = usize::from(width);
    let mut next = vec![0; cell_count * bytes];
    for (state, row) in dfa.rows().enumerate() {
        let start = places[state] as usize * bytes;
        for (cell, to) in next[start..].chunks_exact_mut(bytes).zip(row) {
            cell.copy_from_slice(&places[*to].to_le_bytes()[..bytes]);
        }
    }
    Layout {
        next,
        width,
        start: places[Dfa::START],
        first_accepting,
    }
}

/// Where the row of each state starts, such that those that accept come last, and where the first of
/// them starts.
fn accepting_last(dfa: &Dfa) -> (Vec<u32>, u32) {
    let place = |number: usize| {
        u32::try_from(number * dfa.class_count()).expect("no table that can be built is as large")
    };
    let accepts = |state: &State| !dfa.accepts(*state).is_empty();
    let (accepting, refusing): (Vec<State>, Vec<State>) = dfa.states().partition(accepts);
    let mut places = vec![0; dfa.states().len()];
    for (number, state) in refusing.iter().chain(&accepting).enumerate() {
        places[*state] = place(number);
    }
    (places, place(refusing.len()))
}
