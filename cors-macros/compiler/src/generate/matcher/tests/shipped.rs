//! Strategies as they are at run time: the statics, and the code that users run.

use cors_origin::matcher::dfa::DfaTable;
use cors_origin::matcher::hash::HashTableBuf;
use cors_origin::matcher::suffix::SuffixTable;
use cors_origin::matcher::wildcard::{matches_label, matches_labels, strip_port};

use crate::automaton::{Dfa, SplitDfa, split_affixes};
use crate::generate::matcher::choice::Strategy;
use crate::generate::matcher::simple::{AnyPort, Simple, Wildcard};
use crate::generate::matcher::suffix::Family;
use crate::generate::matcher::{automaton, hashed};

/// A strategy as it is at run time.
pub(super) enum Shipped {
    Texts(Vec<String>),
    Simple(Simple),
    /// Texts with any port.
    Hashed(AnyPort, HashTableBuf),
    Suffixes(AnyPort, Family, HashTableBuf),
    Automaton(DfaTable<'static>),
}

impl Shipped {
    pub(super) fn of(strategy: Strategy<'_>) -> Self {
        match strategy {
            Strategy::Literals(texts) => Self::Texts(texts),
            Strategy::Hashed(texts) => Self::Hashed(AnyPort::No, hashed::build(&texts)),
            Strategy::Simple(simple) => Self::Simple(simple),
            Strategy::Suffixes(family) if family.start.wildcard == Wildcard::Nothing => {
                let table = hashed::build(&family.endings);
                Self::Hashed(family.start.port, table)
            }
            Strategy::Suffixes(family) => {
                let table = hashed::build(&family.endings);
                Self::Suffixes(family.start.port, family, table)
            }
            Strategy::Automaton { dfa, .. } => Self::Automaton(automaton(&dfa)),
            Strategy::Regex { dfa, .. } => Self::Automaton(automaton(dfa)),
        }
    }

    pub(super) fn accepts(&self, origin: &[u8]) -> bool {
        let stripped = |port: &AnyPort| match *port {
            AnyPort::No => origin,
            AnyPort::But(default) => strip_port(origin, default),
        };
        match self {
            Self::Texts(texts) => texts.iter().any(|text| text.as_bytes() == origin),
            Self::Simple(simple) => {
                let origin = stripped(&simple.port);
                match simple.wildcard {
                    Wildcard::Nothing => origin == simple.after.as_bytes(),
                    Wildcard::Label => matches_label(origin, &simple.before, &simple.after),
                    Wildcard::Labels => matches_labels(origin, &simple.before, &simple.after),
                }
            }
            Self::Hashed(port, table) => table.view().contains(stripped(port)),
            Self::Suffixes(port, family, table) => SuffixTable {
                before: &family.start.before,
                dots: family.dots(),
                between: &family.start.between,
                after: table.view(),
            }
            .matches(stripped(port)),
            Self::Automaton(table) => table.matches(origin),
        }
    }
}

pub(crate) fn automaton(dfa: &Dfa) -> DfaTable<'static> {
    let SplitDfa {
        prefix,
        core,
        suffix,
    } = split_affixes(dfa);
    let layout = automaton::layout(&core);
    let classes: [u8; 256] = core.classes().try_into().unwrap();
    DfaTable {
        before: prefix.leak(),
        after: suffix.leak(),
        classes: Box::leak(Box::new(classes)),
        next: layout.next.leak(),
        width: layout.width,
        start: layout.start,
        first_accepting: layout.first_accepting,
    }
}
