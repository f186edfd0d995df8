//! The way of one entry, its nodes and its edges.

use super::label::Label;
use super::parts;
use super::table::Table;
use crate::rule::OriginEntry;

/// The way of one entry, from a start of its own to the nodes that accept.
///
/// That of an origin or a pattern is a chain of its parts. That of a regex is the automaton that is
/// compiled into the program, which reads origins from their last byte to their first.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    rule: usize,
    entry: usize,
    text: &'static str,
    course: Course,
}

#[derive(Debug, Clone, Copy)]
enum Course {
    /// One label says it all.
    Whole(Label),
    /// The parts of the entry, one after the other.
    Parts,
    Table(Table),
}

impl Way {
    pub(super) fn of(rule: usize, entry: usize, kind: OriginEntry<'static>) -> Self {
        Self {
            rule,
            entry,
            text: kind.text(),
            course: match kind {
                OriginEntry::Any => Course::Whole(Label::Any),
                OriginEntry::Null | OriginEntry::Origin(_) | OriginEntry::Pattern(_) => {
                    Course::Parts
                }
                OriginEntry::Regex { automaton, .. } => Course::Table(Table::of(automaton)),
                OriginEntry::Predicate { path, .. } => Course::Whole(Label::Predicate(path)),
            },
        }
    }

    /// The index of the rule; 0 in a policy that has no `rule(..)`.
    #[must_use]
    pub fn rule(&self) -> usize {
        self.rule
    }

    /// The index of the entry among those of the rule.
    #[must_use]
    pub fn entry(&self) -> usize {
        self.entry
    }

    /// The entry, as it is written in the policy or in an environment variable.
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// Whether the way reads origins from the last byte to the first, as that of a regex does. The
    /// text of a label stands as it does in the origin either way.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        matches!(self.course, Course::Table(_))
    }

    /// The nodes. Exactly one of them is the start.
    pub fn nodes(&self) -> impl Iterator<Item = Node> + use<> {
        let way = *self;
        let numbers = match self.course {
            Course::Table(table) => table.numbers(),
            Course::Whole(_) | Course::Parts => 0..=self.labels().count(),
        };
        numbers.map(move |number| way.node(number))
    }

    /// The edges.
    pub fn edges(&self) -> impl Iterator<Item = Edge> + use<> {
        let way = *self;
        let table = match self.course {
            Course::Table(table) => Some(table.edges()),
            Course::Whole(_) | Course::Parts => None,
        };
        let labels = self.labels().enumerate();
        labels
            .map(|(from, label)| (from, label, from + 1))
            .chain(table.into_iter().flatten())
            .map(move |(from, label, to)| Edge {
                from: way.node(from),
                to: way.node(to),
                label,
            })
    }

    /// The labels of a chain.
    fn labels(&self) -> impl Iterator<Item = Label> + use<> {
        let (whole, text) = match self.course {
            Course::Whole(label) => (Some(label), ""),
            Course::Parts => (None, self.text),
            Course::Table(_) => (None, ""),
        };
        whole.into_iter().chain(parts::of(text))
    }

    fn node(&self, number: usize) -> Node {
        let (is_start, is_accepting) = match self.course {
            Course::Table(table) => (table.starts(number), table.accepts(number)),
            Course::Whole(_) | Course::Parts => (number == 0, number == self.labels().count()),
        };
        Node {
            rule: self.rule,
            entry: self.entry,
            number,
            is_start,
            is_accepting,
        }
    }
}

/// A place on a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Node {
    rule: usize,
    entry: usize,
    number: usize,
    is_start: bool,
    is_accepting: bool,
}

impl Node {
    /// The index of the rule that it belongs to.
    #[must_use]
    pub fn rule(&self) -> usize {
        self.rule
    }

    /// The index of the entry that it belongs to, among those of the rule.
    #[must_use]
    pub fn entry(&self) -> usize {
        self.entry
    }

    /// Tells it from the other nodes of its way.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Whether the way starts here.
    #[must_use]
    pub fn is_start(&self) -> bool {
        self.is_start
    }

    /// Whether the entry accepts an origin whose way ends here.
    #[must_use]
    pub fn is_accepting(&self) -> bool {
        self.is_accepting
    }
}

/// A step from one node to another of the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Edge {
    from: Node,
    to: Node,
    label: Label,
}

impl Edge {
    /// Where it leaves.
    #[must_use]
    pub fn from(&self) -> Node {
        self.from
    }

    /// Where it leads.
    #[must_use]
    pub fn to(&self) -> Node {
        self.to
    }

    /// What it reads of an origin.
    #[must_use]
    pub fn label(&self) -> Label {
        self.label
    }
}
