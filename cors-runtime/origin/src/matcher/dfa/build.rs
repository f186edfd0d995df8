//! The automaton of patterns, built without an engine for regular expressions.
//!
//! Patterns are read from their last byte to their first, so the unread rest of a pattern is a prefix of it.
//! Patterns with a common prefix share a node of a tree. A state of the automaton is a set of nodes: the
//! prefixes that may be unread.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::DfaTableBuf;
use crate::matcher::wildcard::PortRule;
use crate::origin::is_label_byte;
use crate::pattern::{Host, LabelPart, Pattern, Port};

/// Maximum number of cells in a table for several patterns.
const MAX_CELLS: usize = 1 << 21;

/// Maximum number of prefixes in all states, for several patterns.
const MAX_RESTS: usize = 1 << 20;

/// Number of patterns that share an automaton if one for all of them would be too large.
const CHUNK_LEN: usize = 128;

/// Patterns of all kinds that accept the same ports, matched by one automaton.
#[derive(Debug, Clone)]
pub struct PatternAutomaton {
    port: PortRule,
    table: DfaTableBuf,
}

impl PatternAutomaton {
    /// Builds the automata of patterns: as few as there can be, unless one would be too large.
    #[must_use]
    pub fn build_all(patterns: &[&Pattern]) -> Vec<Self> {
        let mut by_port: BTreeMap<PortRule, Vec<Vec<Token>>> = BTreeMap::new();
        for pattern in patterns {
            let (port, tokens) = tokens(pattern);
            by_port.entry(port).or_default().push(tokens);
        }
        let mut automata = Vec::new();
        for (port, patterns) in by_port {
            add_automata(port, &patterns, &mut automata);
        }
        automata
    }

    /// Returns whether one of the patterns accepts `origin`. Takes at most one step for each byte.
    #[must_use]
    pub fn matches(&self, origin: &[u8]) -> bool {
        self.table.view().matches(self.port.strip(origin))
    }
}

/// Adds one automaton for `patterns`, or several if it were too large.
fn add_automata(port: PortRule, patterns: &[Vec<Token>], automata: &mut Vec<PatternAutomaton>) {
    match build_table(patterns, patterns.len() > 1) {
        Some(table) => automata.push(PatternAutomaton { port, table }),
        None => {
            let chunk_len = CHUNK_LEN.min(patterns.len().div_ceil(2));
            for chunk in patterns.chunks(chunk_len) {
                add_automata(port, chunk, automata);
            }
        }
    }
}

/// A part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    Byte(u8),
    /// `*`
    Label,
    /// `**`
    Labels,
}

/// Splits a pattern into its parts, without `:*`.
fn tokens(pattern: &Pattern) -> (PortRule, Vec<Token>) {
    let mut tokens = Vec::new();
    let mut add = |text: &str| tokens.extend(text.bytes().map(Token::Byte));
    add(&format!("{}://", pattern.scheme));
    match &pattern.host {
        Host::Ip(text) | Host::Opaque(text) => add(text),
        Host::Domain(labels) => {
            for (index, label) in labels.iter().enumerate() {
                if index > 0 {
                    tokens.push(Token::Byte(b'.'));
                }
                for part in &label.parts {
                    match part {
                        LabelPart::Text(text) => tokens.extend(text.bytes().map(Token::Byte)),
                        LabelPart::Wildcard => tokens.push(Token::Label),
                        LabelPart::DeepWildcard => tokens.push(Token::Labels),
                    }
                }
            }
        }
    }
    let port = match pattern.port {
        Port::Implicit => PortRule::Exact,
        Port::Number(number) => {
            tokens.extend(format!(":{number}").bytes().map(Token::Byte));
            PortRule::Exact
        }
        Port::Any => PortRule::AnyBut(pattern.default_port().unwrap_or(0)),
    };
    (port, tokens)
}

/// Returns the common prefix and the common suffix of all patterns, which the automaton does not read.
fn affixes(patterns: &[Vec<Token>]) -> (String, String) {
    let text = |tokens: &mut dyn Iterator<Item = &Token>| -> Vec<u8> {
        let bytes = tokens.map_while(|token| match token {
            Token::Byte(byte) => Some(*byte),
            _ => None,
        });
        bytes.collect()
    };
    let common = |texts: Vec<Vec<u8>>| {
        let mut texts = texts.into_iter();
        let mut common = texts.next().unwrap_or_default();
        for text in texts {
            let pairs = common.iter().zip(&text);
            let len = pairs.take_while(|(a, b)| a == b).count();
            common.truncate(len);
        }
        common
    };
    // A pattern without a wildcard has both texts around the end of its scheme, so that they do not overlap.
    let host = |tokens: &Vec<Token>| {
        let slashes = |pair: &[Token]| pair == [Token::Byte(b'/'); 2];
        tokens
            .windows(2)
            .position(slashes)
            .map_or(0, |start| start + 2)
    };
    let before = patterns.iter().map(|tokens| {
        let has_wildcard = tokens.iter().any(|token| !matches!(token, Token::Byte(_)));
        let end = if has_wildcard {
            tokens.len()
        } else {
            host(tokens)
        };
        text(&mut tokens[..end].iter())
    });
    let after = patterns
        .iter()
        .map(|tokens| text(&mut tokens[host(tokens)..].iter().rev()));
    let before = common(before.collect());
    let mut after = common(after.collect());
    after.reverse();
    let to_text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
    (to_text(before), to_text(after))
}

/// The prefixes of patterns.
struct Tree {
    nodes: Vec<Node>,
    children: BTreeMap<(usize, Token), usize>,
}

/// A prefix: a shorter one, and the token after it.
#[derive(Clone, Copy)]
struct Node {
    parent: usize,
    token: Token,
}

/// An unread prefix, and whether the byte that was read last matched a `**` at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rest {
    node: usize,
    is_within: bool,
}

impl Rest {
    fn new(node: usize) -> Self {
        Self {
            node,
            is_within: false,
        }
    }
}

impl Tree {
    /// The empty prefix: everything has been read.
    const ROOT: usize = 0;

    fn new() -> Self {
        let root = Node {
            parent: Self::ROOT,
            token: Token::Byte(0),
        };
        Self {
            nodes: vec![root],
            children: BTreeMap::new(),
        }
    }

    /// Adds a pattern and returns its node.
    fn add(&mut self, tokens: &[Token]) -> usize {
        tokens.iter().fold(Self::ROOT, |parent, token| {
            let next = self.nodes.len();
            let child = *self.children.entry((parent, *token)).or_insert(next);
            if child == next {
                let token = *token;
                self.nodes.push(Node { parent, token });
            }
            child
        })
    }

    /// Returns the prefixes that may be unread after a byte of each class, if those in `rests` may be unread before.
    fn steps(&self, rests: &[Rest], classes: &Classes) -> Vec<Vec<Rest>> {
        let mut after_wildcards = Vec::new();
        let mut next: Vec<Vec<Rest>> = vec![Vec::new(); classes.count];
        for rest in rests.iter().filter(|rest| rest.node != Self::ROOT) {
            let Node { parent, token } = self.nodes[rest.node];
            let within = Rest {
                node: rest.node,
                is_within: token == Token::Labels,
            };
            match token {
                Token::Byte(byte) => next[classes.of(byte)].push(Rest::new(parent)),
                Token::Label | Token::Labels => after_wildcards.extend([within, Rest::new(parent)]),
            }
            if rest.is_within {
                next[classes.of(b'.')].push(Rest::new(rest.node));
            }
        }
        // Most bytes are none that the text of a pattern goes on with.
        self.simplify(&mut after_wildcards);
        for (class, next) in next.iter_mut().enumerate() {
            if classes.is_of_labels[class] && next.is_empty() {
                next.clone_from(&after_wildcards);
            } else if classes.is_of_labels[class] {
                next.extend_from_slice(&after_wildcards);
                self.simplify(next);
            } else {
                self.simplify(next);
            }
        }
        next
    }

    /// Drops prefixes that accept nothing that another one does not accept: within a label, those that end after a
    /// wildcard that may already have been read to its start.
    fn simplify(&self, rests: &mut Vec<Rest>) {
        rests.sort_unstable();
        rests.dedup();
        let is_read = |node: usize| {
            let is_within = self.nodes[node].token == Token::Labels;
            let wildcard = Rest { node, is_within };
            let parent = Rest::new(self.nodes[node].parent);
            rests.binary_search(&wildcard).is_ok() && rests.binary_search(&parent).is_ok()
        };
        let is_covered = |rest: &Rest| {
            let mut node = rest.node;
            loop {
                let is_in_label = match self.nodes[node].token {
                    Token::Byte(byte) => node != Self::ROOT && is_label_byte(byte),
                    Token::Label => true,
                    Token::Labels => false,
                };
                if !is_in_label {
                    return false;
                }
                node = self.nodes[node].parent;
                let is_wildcard = matches!(self.nodes[node].token, Token::Label | Token::Labels);
                if is_wildcard && is_read(node) {
                    return true;
                }
            }
        };
        let covered: Vec<bool> = rests.iter().map(is_covered).collect();
        let mut covered = covered.into_iter();
        rests.retain(|_| !covered.next().unwrap_or(false));
    }
}

/// Classes of bytes that no pattern distinguishes.
struct Classes {
    by_byte: Box<[u8; 256]>,
    /// By class, whether wildcards accept it.
    is_of_labels: Vec<bool>,
    count: usize,
}

impl Classes {
    fn new(patterns: &[Vec<Token>]) -> Self {
        let bytes = patterns.iter().flatten().map(|token| match token {
            Token::Byte(byte) => *byte,
            Token::Label | Token::Labels => b'.',
        });
        let named: BTreeSet<u8> = bytes.collect();
        // Others that no wildcard accepts, then others that wildcards accept.
        let mut by_byte = Box::new([0; 256]);
        for byte in 0..=u8::MAX {
            by_byte[usize::from(byte)] = u8::from(is_label_byte(byte));
        }
        let mut is_of_labels = vec![false, true];
        for (class, byte) in (2..).zip(&named) {
            by_byte[usize::from(*byte)] = class;
            is_of_labels.push(is_label_byte(*byte));
        }
        Self {
            by_byte,
            count: is_of_labels.len(),
            is_of_labels,
        }
    }

    fn of(&self, byte: u8) -> usize {
        usize::from(self.by_byte[usize::from(byte)])
    }
}

/// Builds the table of patterns. Returns `None` if there is a limit, and the table exceeds it.
fn build_table(patterns: &[Vec<Token>], is_limited: bool) -> Option<DfaTableBuf> {
    let (before, after) = affixes(patterns);
    let read = |tokens: &Vec<Token>| tokens[before.len()..tokens.len() - after.len()].to_vec();
    let patterns: Vec<Vec<Token>> = patterns.iter().map(read).collect();
    let classes = Classes::new(&patterns);
    let mut tree = Tree::new();
    let ends = patterns.iter().map(|tokens| Rest::new(tree.add(tokens)));
    let mut start: Vec<Rest> = ends.collect();
    tree.simplify(&mut start);

    // The state that refuses comes first, then the start.
    let mut states: BTreeMap<Vec<Rest>, usize> = BTreeMap::from([(Vec::new(), 0)]);
    let mut unread = vec![start.clone()];
    states.insert(start, 1);
    let mut rows: Vec<Vec<usize>> = vec![vec![0; classes.count]];
    let mut is_accepting = vec![false];
    let mut rest_count = 0;
    while let Some(rests) = unread.get(rows.len() - 1).cloned() {
        rest_count += rests.len();
        let is_large = rest_count > MAX_RESTS || (rows.len() + 1) * classes.count > MAX_CELLS;
        if is_limited && is_large {
            return None;
        }
        let row = tree.steps(&rests, &classes).into_iter().map(|rests| {
            let number = states.len();
            *states.entry(rests).or_insert_with_key(|rests| {
                unread.push(rests.clone());
                number
            })
        });
        rows.push(row.collect());
        is_accepting.push(rests.contains(&Rest::new(Tree::ROOT)));
    }
    Some(to_table(before, after, &classes, &rows, &is_accepting))
}

/// Numbers the states by the positions of their rows, with accepting states last.
fn to_table(
    before: String,
    after: String,
    classes: &Classes,
    rows: &[Vec<usize>],
    is_accepting: &[bool],
) -> DfaTableBuf {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|state| is_accepting[*state]);
    let mut places = vec![0; rows.len()];
    for (place, state) in order.iter().enumerate() {
        places[*state] = place * classes.count;
    }
    let accepting = is_accepting.iter().filter(|is_accepting| **is_accepting);
    let first_accepting = (rows.len() - accepting.count()) * classes.count;
    let width = if rows.len() * classes.count <= 1 << 16 {
        2
    } else {
        4
    };
    let cells = order.iter().flat_map(|state| &rows[*state]);
    let next = cells.flat_map(|state| {
        let place = places[*state].to_le_bytes();
        place.into_iter().take(usize::from(width))
    });
    let to_u32 =
        |place: usize| u32::try_from(place).expect("a table has less than four billion cells");
    DfaTableBuf {
        before,
        after,
        classes: classes.by_byte.clone(),
        next: next.collect(),
        width,
        start: to_u32(places[1]),
        first_accepting: to_u32(first_accepting),
    }
}
