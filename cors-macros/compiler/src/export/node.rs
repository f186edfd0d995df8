//! Regular expressions as a tree, printed in a syntax that all gateways share.
//!
//! The output only contains literals, classes, `(..)`, `|`, `?`, `*`, `+` and counts up to 255. It
//! contains no look-around, no anchors, no non-capturing groups, and no dots that match any byte.
//! PCRE2, RE2, Go and Rust interpret it identically.

use std::fmt;

/// Maximum count of repetitions in the output.
const MAX_COUNT: u32 = 255;

/// A set of ASCII bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bytes(u128);

/// A regular expression over ASCII.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// One byte of a set, which is not empty.
    Class(Bytes),
    /// A sequence; the empty text, if there is none.
    Concat(Vec<Self>),
    /// An alternation; nothing matches, if there is none.
    Alternation(Vec<Self>),
    /// A repetition, with minimum and maximum.
    Repeat(Box<Self>, u32, Option<u32>),
}

impl Bytes {
    /// Creates the set of the ASCII bytes among `bytes`.
    pub(super) fn new(bytes: impl IntoIterator<Item = u8>) -> Self {
        let bytes = bytes.into_iter().filter(u8::is_ascii);
        Self(bytes.fold(0, |set, byte| set | 1 << byte))
    }

    pub(super) fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn iter(self) -> impl Iterator<Item = u8> {
        (0..=127).filter(move |byte| self.0 & (1 << byte) != 0)
    }
}

impl Node {
    pub(super) fn empty() -> Self {
        Self::Concat(Vec::new())
    }

    pub(super) fn nothing() -> Self {
        Self::Alternation(Vec::new())
    }

    pub(super) fn class(bytes: Bytes) -> Self {
        match bytes.0 {
            0 => Self::nothing(),
            _ => Self::Class(bytes),
        }
    }

    /// Creates the expression of a literal text.
    pub(super) fn text(text: &str) -> Self {
        let bytes = text.bytes().map(|byte| Self::class(Bytes::new([byte])));
        Self::concat(bytes)
    }

    /// Creates a sequence.
    pub(super) fn concat(nodes: impl IntoIterator<Item = Self>) -> Self {
        let mut sequence: Vec<Self> = Vec::new();
        for node in nodes {
            if node.is_nothing() {
                return Self::nothing();
            }
            for node in node.into_sequence() {
                append(&mut sequence, node);
            }
        }
        Self::from_sequence(sequence)
    }

    /// Creates an alternation of `nodes`. Common prefixes and suffixes are factored out.
    pub(super) fn alternation(nodes: impl IntoIterator<Item = Self>) -> Self {
        let (mut bytes, mut is_optional) = (Bytes(0), false);
        let mut alternatives: Vec<Self> = Vec::new();
        let mut waiting: Vec<Self> = nodes.into_iter().collect();
        waiting.reverse();
        while let Some(node) = waiting.pop() {
            match node {
                Self::Alternation(inner) => waiting.extend(inner.into_iter().rev()),
                Self::Class(class) => bytes = Bytes(bytes.0 | class.0),
                Self::Concat(inner) if inner.is_empty() => is_optional = true,
                Self::Repeat(inner, 0, Some(1)) => {
                    is_optional = true;
                    waiting.push(*inner);
                }
                node if !alternatives.contains(&node) => alternatives.push(node),
                _ => {}
            }
        }
        if bytes.0 != 0 {
            alternatives.insert(0, Self::Class(bytes));
        }
        let shared = |from_the_end| shared(&alternatives, from_the_end);
        let node = match alternatives.len() {
            1 => alternatives.remove(0),
            _ => match shared(false).or_else(|| shared(true)) {
                Some(shorter) => Self::alternation(shorter),
                None => Self::Alternation(alternatives),
            },
        };
        match is_optional {
            true => Self::optional(node),
            false => node,
        }
    }

    fn optional(self) -> Self {
        match self {
            Self::Repeat(inner, 1, most) => Self::Repeat(inner, 0, most),
            node if node.accepts_empty() => node,
            node => Self::Repeat(Box::new(node), 0, Some(1)),
        }
    }

    /// Creates a repetition. Returns `None` if a count exceeds the maximum.
    pub(super) fn repeat(self, least: u32, most: Option<u32>) -> Option<Self> {
        if least > MAX_COUNT || most.is_some_and(|most| most > MAX_COUNT) {
            return None;
        }
        Some(match (self, least, most) {
            (_, _, Some(0)) => Self::empty(),
            (node, _, _) if node == Self::empty() => node,
            (node, least, _) if node.is_nothing() => match least {
                0 => Self::empty(),
                _ => node,
            },
            (node, 1, Some(1)) => node,
            (node, 0, Some(1)) => node.optional(),
            (node, 0, None) => node.star(),
            (node, least, most) => Self::Repeat(Box::new(node), least, most),
        })
    }

    /// Creates a repetition of any number of times.
    pub(super) fn star(self) -> Self {
        match self {
            node if node == Self::empty() || node.is_nothing() => Self::empty(),
            Self::Repeat(inner, 0 | 1, None | Some(1)) => Self::Repeat(inner, 0, None),
            node => Self::Repeat(Box::new(node), 0, None),
        }
    }

    /// Returns an expression that matches the reversed texts.
    pub(super) fn reversed(self) -> Self {
        let all = |nodes: Vec<Self>| nodes.into_iter().map(Self::reversed).collect::<Vec<_>>();
        match self {
            Self::Class(_) => self,
            Self::Concat(nodes) => {
                let mut nodes = all(nodes);
                nodes.reverse();
                Self::Concat(nodes)
            }
            Self::Alternation(nodes) => Self::Alternation(all(nodes)),
            Self::Repeat(node, least, most) => Self::Repeat(Box::new(node.reversed()), least, most),
        }
    }

    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Alternation(nodes) if nodes.is_empty())
    }

    fn accepts_empty(&self) -> bool {
        match self {
            Self::Class(_) => false,
            Self::Concat(nodes) => nodes.iter().all(Self::accepts_empty),
            Self::Alternation(nodes) => nodes.iter().any(Self::accepts_empty),
            Self::Repeat(node, least, _) => *least == 0 || node.accepts_empty(),
        }
    }

    /// Returns the approximate length of the output.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Class(bytes) => match bytes.0.count_ones() {
                1 => 1,
                _ => 8,
            },
            Self::Concat(nodes) => nodes.iter().map(Self::len).sum(),
            Self::Alternation(nodes) => nodes.iter().map(|node| node.len() + 1).sum::<usize>() + 1,
            Self::Repeat(node, ..) => node.len() + 3,
        }
    }

    fn into_sequence(self) -> Vec<Self> {
        match self {
            Self::Concat(nodes) => nodes,
            node => vec![node],
        }
    }

    fn from_sequence(mut nodes: Vec<Self>) -> Self {
        match nodes.len() {
            1 => nodes.remove(0),
            _ => Self::Concat(nodes),
        }
    }
}

/// Appends a node; `aa*` becomes `a+`.
fn append(sequence: &mut Vec<Node>, node: Node) {
    if let Node::Repeat(inner, 0, None) = &node {
        let repeated = (**inner).clone().into_sequence();
        if sequence.ends_with(&repeated) {
            sequence.truncate(sequence.len() - repeated.len());
            sequence.push(Node::Repeat(inner.clone(), 1, None));
            return;
        }
    }
    if let Some(Node::Repeat(inner, least @ 0, None)) = sequence.last_mut()
        && **inner == node
    {
        *least = 1;
        return;
    }
    sequence.push(node);
}

/// Factors out the first node (or the last) that several alternatives share. Returns `None` if no
/// two share it.
fn shared(alternatives: &[Node], from_the_end: bool) -> Option<Vec<Node>> {
    let split = |node: &Node| {
        let mut rest = node.clone().into_sequence();
        let shared = match from_the_end {
            false => rest.remove(0),
            true => rest.pop()?,
        };
        Some((shared, Node::from_sequence(rest)))
    };
    let mut groups: Vec<(Node, Vec<Node>)> = Vec::new();
    for (node, rest) in alternatives.iter().filter_map(split) {
        match groups.iter_mut().find(|(shared, _)| *shared == node) {
            Some((_, rests)) => rests.push(rest),
            None => groups.push((node, vec![rest])),
        }
    }
    if groups.len() == alternatives.len() {
        return None;
    }
    let joined = groups.into_iter().map(|(node, rests)| {
        let rest = Node::alternation(rests);
        match from_the_end {
            false => Node::concat([node, rest]),
            true => Node::concat([rest, node]),
        }
    });
    Some(joined.collect())
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Class(bytes) => write!(f, "{bytes}"),
            Self::Concat(nodes) => nodes.iter().try_for_each(|node| match node {
                Self::Alternation(_) => write!(f, "({node})"),
                node => write!(f, "{node}"),
            }),
            Self::Alternation(nodes) => {
                for (index, node) in nodes.iter().enumerate() {
                    let bar = if index > 0 { "|" } else { "" };
                    write!(f, "{bar}{node}")?;
                }
                Ok(())
            }
            Self::Repeat(node, least, most) => {
                match **node {
                    Self::Class(_) => write!(f, "{node}")?,
                    _ => write!(f, "({node})")?,
                }
                match (least, most) {
                    (0, None) => f.write_str("*"),
                    (1, None) => f.write_str("+"),
                    (0, Some(1)) => f.write_str("?"),
                    (least, None) => write!(f, "{{{least},}}"),
                    (least, Some(most)) if least == most => write!(f, "{{{least}}}"),
                    (least, Some(most)) => write!(f, "{{{least},{most}}}"),
                }
            }
        }
    }
}

/// Prints a class, with as few backslashes as possible, because configuration files interpret them
/// differently.
impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes: Vec<u8> = self.iter().collect();
        if let [byte] = *bytes {
            return match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b':' | b'/' | b'_' | b'-' => {
                    write!(f, "{}", char::from(byte))
                }
                b'.' | b'+' => write!(f, "[{}]", char::from(byte)),
                byte => escaped(byte, f),
            };
        }
        f.write_str("[")?;
        for kind in [b'a'..=b'z', b'A'..=b'Z', b'0'..=b'9'] {
            let bytes: Vec<u8> = kind.filter(|byte| bytes.contains(byte)).collect();
            for run in bytes.chunk_by(|a, b| a + 1 == *b) {
                match *run {
                    [first, _, .., last] => {
                        write!(f, "{}-{}", char::from(first), char::from(last))?;
                    }
                    _ => run
                        .iter()
                        .try_for_each(|byte| write!(f, "{}", char::from(*byte)))?,
                }
            }
        }
        for byte in &bytes {
            match byte {
                b'.' | b'+' | b':' | b'/' | b'_' => write!(f, "{}", char::from(*byte))?,
                b'-' => {}
                byte if byte.is_ascii_alphanumeric() => {}
                byte => escaped(*byte, f)?,
            }
        }
        // The hyphen is last, so that it is not part of a range.
        if bytes.contains(&b'-') {
            f.write_str("-")?;
        }
        f.write_str("]")
    }
}

fn escaped(byte: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match byte {
        b'[' | b']' => write!(f, "\\{}", char::from(byte)),
        byte => write!(f, "\\x{byte:02x}"),
    }
}
