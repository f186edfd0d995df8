//! A graph in the [language of Graphviz](https://graphviz.org/doc/info/lang.html).

use core::fmt::{self, Write};

use super::graph::{EntryPath, Graph, Node};

impl fmt::Display for Graph {
    /// Prints one statement on each line: a cluster for each rule, a row for each entry.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "digraph policy {{")?;
        writeln!(f, "  rankdir=LR;")?;
        writeln!(f, "  node [shape=circle, label=\"\", width=0.2];")?;
        for number in 0..self.rule_count {
            writeln!(f, "  subgraph cluster_{number} {{")?;
            writeln!(f, "    label=\"rule {}\";", number + 1)?;
            for path in self.paths().iter().filter(|path| path.rule() == number) {
                row(path, f)?;
            }
            writeln!(f, "  }}")?;
        }
        writeln!(f, "}}")
    }
}

fn row(path: &EntryPath, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for node in path.nodes() {
        write!(f, "    {}", Name(*node))?;
        if node.is_start() {
            let direction = if path.is_reversed() {
                "\\nfrom its end"
            } else {
                ""
            };
            write!(
                f,
                " [shape=plaintext, label=\"{}{direction}\"]",
                Escaped(path.text())
            )?;
        } else if node.is_accepting() {
            f.write_str(" [shape=doublecircle]")?;
        }
        writeln!(f, ";")?;
    }
    for edge in path.edges() {
        let (from, to) = (Name(edge.source()), Name(edge.target()));
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

/// Text between quotation marks. The texts of a policy contain no control characters.
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
