//! Nondeterministic automata as graphs, which read backwards.

use super::expression::Expression;

/// The number of a node.
pub(super) type NodeId = usize;

/// A place in an expression, with the inputs that it accepts from there on.
pub(super) enum Node {
    /// This byte, and then an input of the next node.
    Byte(u8, NodeId),
    /// A byte of this class, and then an input of the next node.
    Class(usize, NodeId),
    /// The inputs of any of these nodes.
    Fork(Vec<NodeId>),
    /// The empty input: the expression with this label accepts.
    End(usize),
}

/// For each byte, whether it belongs to a class.
pub(super) type Class = [bool; 256];

#[derive(Default)]
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) classes: Vec<Class>,
}

impl Graph {
    pub(super) fn add(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// Adds the nodes that read one of `expressions`, with indices as labels. Returns the first one.
    pub(super) fn add_expressions(&mut self, expressions: &[Expression]) -> NodeId {
        let mut starts = Vec::new();
        for (label, expression) in expressions.iter().enumerate() {
            let end = self.add(Node::End(label));
            starts.push(self.add_expression(expression, end));
        }
        self.add(Node::Fork(starts))
    }

    /// Adds the nodes that read an expression backwards and then continue with `next`. Returns the
    /// first one.
    fn add_expression(&mut self, expression: &Expression, next: NodeId) -> NodeId {
        match expression {
            Expression::Text(text) => {
                let mut start = next;
                for byte in text.as_bytes() {
                    start = self.add(Node::Byte(*byte, start));
                }
                start
            }
            Expression::Class(contains) => {
                let mut class = [false; 256];
                for byte in 0..=u8::MAX {
                    class[usize::from(byte)] = contains(byte);
                }
                let node = self.class(&class, next);
                self.add(node)
            }
            Expression::Sequence(parts) => {
                let mut start = next;
                for part in parts {
                    start = self.add_expression(part, start);
                }
                start
            }
            Expression::Alternatives(alternatives) => {
                let mut starts = Vec::new();
                for alternative in alternatives {
                    starts.push(self.add_expression(alternative, next));
                }
                self.add(Node::Fork(starts))
            }
            Expression::Repeated(repeated) => {
                let fork = self.add(Node::Fork(Vec::new()));
                let start = self.add_expression(repeated, fork);
                self.nodes[fork] = Node::Fork(vec![start, next]);
                start
            }
            Expression::Optional(optional) => {
                let start = self.add_expression(optional, next);
                self.add(Node::Fork(vec![start, next]))
            }
        }
    }

    /// Returns a node that reads a byte of a class and then continues with `next`.
    pub(super) fn class(&mut self, class: &Class, next: NodeId) -> Node {
        let mut bytes = Vec::new();
        for byte in 0..=u8::MAX {
            if class[usize::from(byte)] {
                bytes.push(byte);
            }
        }
        if let [byte] = bytes.as_slice() {
            return Node::Byte(*byte, next);
        }
        let known = self.classes.iter().position(|known| known == class);
        let number = known.unwrap_or_else(|| {
            self.classes.push(*class);
            self.classes.len() - 1
        });
        Node::Class(number, next)
    }

    /// Returns a number for each byte, in the order of the bytes. Bytes have the same if no node
    /// distinguishes them.
    pub(super) fn byte_numbers(&self) -> [usize; 256] {
        let mut numbers = [0; 256];
        for class in &self.classes {
            distinguish(&mut numbers, class);
        }
        let mut is_single = [false; 256];
        for node in &self.nodes {
            if let Node::Byte(byte, _) = node {
                let byte = usize::from(*byte);
                if !core::mem::replace(&mut is_single[byte], true) {
                    let mut class = [false; 256];
                    class[byte] = true;
                    distinguish(&mut numbers, &class);
                }
            }
        }
        numbers
    }
}

/// Gives bytes of a class other numbers than bytes that do not belong to it.
fn distinguish(numbers: &mut [usize; 256], class: &Class) {
    let mut count = 0;
    // By the old number, and whether the class contains the byte.
    let mut new = [[None; 2]; 256];
    for (byte, number) in numbers.iter_mut().enumerate() {
        *number = *new[*number][usize::from(class[byte])].get_or_insert_with(|| {
            count += 1;
            count - 1
        });
    }
}
