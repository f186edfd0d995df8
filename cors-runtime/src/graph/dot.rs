//! A graph in the [language of Graphviz](https://graphviz.org/doc/info/lang.html).

use core::fmt::{self, Write};

use super::{Graph, Node, Way};

impl fmt::Display for Graph {
    /// Prints one statement a line: a cluster for each rule, a row for each entry.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "digraph policy {{")?;
        writeln!(f, "  rankdir=LR;")?;
        writeln!(f, "  node [shape=circle, label=\"\", width=0.2];")?;
        for number in 0..self.rules.len() {
            writeln!(f, "  subgraph cluster_{number} {{")?;
            writeln!(f, "    label=\"rule {}\";", number + 1)?;
            for way in self.ways().filter(|way| way.rule() == number) {
                row(&way, f)?;
            }
            writeln!(f, "  }}")?;
        }
        writeln!(f, "}}")
    }
}

fn row(way: &Way, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for node in way.nodes() {
        write!(f, "    {}", Name(node))?;
        if node.is_start() {
            let direction = if way.is_reversed() {
                "\\nfrom its end"
            } else {
                ""
            };
            write!(
                f,
                " [shape=plaintext, label=\"{}{direction}\"]",
                Escaped(way.text())
            )?;
        } else if node.is_accepting() {
            f.write_str(" [shape=doublecircle]")?;
        }
        writeln!(f, ";")?;
    }
    for edge in way.edges() {
        let (from, to) = (Name(edge.from()), Name(edge.to()));
        writeln!(
            f,
            "    {from} -> {to} [label=\"{}\"];",
            Escaped(edge.label())
        )?;
    }
    Ok(())
}

struct Name(Node);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(node) = self;
        write!(f, "n{}_{}_{}", node.rule(), node.entry(), node.number())
    }
}

/// What is printed between quotation marks. The texts of a policy have no control characters.
struct Escaped<T>(T);

impl<T: fmt::Display> fmt::Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(f), "{}", self.0)
    }
}

struct Escaping<'f, 'w>(&'f mut fmt::Formatter<'w>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            if matches!(c, '"' | '\\') {
                self.0.write_char('\\')?;
            }
            self.0.write_char(c)?;
        }
        Ok(())
    }
}
