//! Paths as a picture.

use std::fmt::Write as _;

use cors_runtime::export::{Edge, EntryPath, Graph};

use super::layout::{CHARACTER, Layout, Place};
use super::{MAX_WAYS, is_small};

/// The radius of a node, and that of the outer circle of an accepting node.
const NODE: f64 = 5.0;
const ACCEPTING: f64 = 9.0;
/// Space around the picture, so that circles and lines are not cut off.
const MARGIN: f64 = 12.0;
/// Space for the heading of a rule, and for the text of an entry.
const HEADING: f64 = 40.0;
const TEXT: f64 = 24.0;
/// How far the arc of an edge bends if it passes other nodes.
const ARC: f64 = 40.0;
/// How far an edge that leads back bends to the sides.
const LOOP: f64 = 20.0;
/// Distance between a line to another row and its label.
const ASIDE: f64 = 8.0;
/// Distance between one path and the next.
const SPACE: f64 = 14.0;

/// The picture. Paths, edges and nodes have numbers in their `id`, in the order of the graph.
pub(crate) fn svg(graph: &Graph) -> String {
    let ways = graph.paths().iter().take(MAX_WAYS);
    let layouts = ways.map(|path| (path, is_small(path).then(|| Layout::new(path))));
    let layouts: Vec<(&EntryPath, Option<Layout<'_>>)> = layouts.collect();
    let drawn = layouts.iter().filter_map(|(_, layout)| layout.as_ref());
    let texts = layouts.iter().map(|(path, _)| text_width(&heading(path)));
    let widths = drawn.map(|layout| layout.width).chain(texts);
    let widest = widths.fold(0.0, f64::max);
    let (mut body, mut y, mut rule) = (String::new(), 0.0, None);
    for (number, (path, layout)) in layouts.iter().enumerate() {
        if rule.replace(path.rule()) != Some(path.rule()) {
            let name = path.rule() + 1;
            let baseline = y + HEADING - 14.0;
            push(
                &mut body,
                format_args!(r#"<text class="rule" y="{baseline}">Rule {name}</text>"#),
            );
            y += HEADING;
        }
        push(
            &mut body,
            format_args!(r#"<g id="way-{number}" transform="translate(0 {y})">"#),
        );
        let text = escaped(&heading(path));
        push(
            &mut body,
            format_args!(r#"<text class="entry" y="14">{text}</text>"#),
        );
        if let Some(layout) = layout {
            way(number, layout, &mut body);
        }
        body.push_str("</g>");
        y += TEXT + layout.as_ref().map_or(0.0, |layout| layout.height) + SPACE;
    }
    if let Some(rest @ 1..) = graph.paths().len().checked_sub(MAX_WAYS) {
        let baseline = y + HEADING - 14.0;
        push(
            &mut body,
            format_args!(r#"<text class="rule" y="{baseline}">and {rest} more</text>"#),
        );
        y += HEADING;
    }
    let (left, width, height) = (-MARGIN, widest + 2.0 * MARGIN, y);
    format!(
        r#"<svg width="{width}" height="{height}" viewBox="{left} 0 {width} {height}">{body}</svg>"#
    )
}

/// The text of an entry, and how its path is drawn.
fn heading(path: &EntryPath) -> String {
    let note = match (is_small(path), path.is_reversed()) {
        (false, _) => ", too large to draw",
        (true, true) => ", from its end",
        (true, false) => "",
    };
    format!("{}{note}", path.text())
}

/// The approximate width of a text.
fn text_width(text: &str) -> f64 {
    CHARACTER * text.chars().count() as f64
}

fn way(number: usize, layout: &Layout<'_>, out: &mut String) {
    push(out, format_args!(r#"<g transform="translate(0 {TEXT})">"#));
    for (index, edge) in layout.edges.iter().enumerate() {
        push(out, format_args!(r#"<g id="way-{number}-edge-{index}">"#));
        line(edge, layout, out);
        out.push_str("</g>");
    }
    for (node, Place { x, y, .. }) in &layout.places {
        let id = format!("way-{number}-node-{}", node.number());
        push(out, format_args!(r#"<g id="{id}">"#));
        if node.is_accepting() {
            push(
                out,
                format_args!(r#"<circle cx="{x}" cy="{y}" r="{ACCEPTING}"/>"#),
            );
        }
        let class = match (node.is_start(), node.is_accepting()) {
            (true, _) => "start",
            (false, true) => "accepting",
            (false, false) => "passing",
        };
        push(
            out,
            format_args!(r#"<circle class="{class}" cx="{x}" cy="{y}" r="{NODE}"/></g>"#),
        );
    }
    out.push_str("</g>");
}

/// An arrow with its label: a straight line to a neighbour, and an arc to any other node.
fn line(edge: &Edge, layout: &Layout<'_>, out: &mut String) {
    let (from, to) = layout.ends(edge);
    let forward = if layout.path.is_reversed() { -1.0 } else { 1.0 };
    let radius = match edge.target().is_accepting() {
        true => ACCEPTING,
        false => NODE,
    };
    let (x, y) = (from.x + forward * NODE, from.y);
    let (end_x, end_y) = (to.x - forward * radius, to.y);
    let axis = layout.height / 2.0;
    let is_low = y + end_y > layout.height;
    // Bends away from the nodes in between.
    let bend = match (from.is_before(&to), is_low) {
        (true, _) => 0.0,
        (false, true) => ARC,
        (false, false) => -ARC,
    };
    // A line to another row starts and ends horizontally; an arc rises immediately, and a loop is
    // next to the node.
    let length = end_x - x;
    let lean = match (bend == 0.0, length * forward > 0.0) {
        (true, _) => length / 2.0,
        (false, true) => length / 5.0,
        (false, false) => forward * LOOP,
    };
    let (first_x, first_y) = (x + lean, y + bend);
    let (second_x, second_y) = (end_x - lean, end_y + bend);
    let head = forward * -6.0;
    push(
        out,
        format_args!(
            r#"<path d="M{x} {y}C{first_x} {first_y} {second_x} {second_y} {end_x} {end_y}m{head} -4L{end_x} {end_y}l{head} 4"/>"#
        ),
    );
    let middle = (x + end_x) / 2.0;
    // Outside of where the line comes from the axis or goes there.
    let aside = match (
        bend == 0.0 && y != end_y,
        (y - axis).abs() < (end_y - axis).abs(),
    ) {
        (false, _) => 0.0,
        (true, true) => ASIDE * (x - middle).signum(),
        (true, false) => ASIDE * (end_x - middle).signum(),
    };
    let is_below = is_low && y != end_y;
    // Three quarters of the bend is where the arc is in its middle.
    let label_y = (y + end_y) / 2.0 + bend * 0.75 + if is_below { 15.0 } else { -7.0 };
    let label_x = middle + aside;
    let label = escaped(&edge.label().to_string());
    push(
        out,
        format_args!(r#"<text class="label" x="{label_x}" y="{label_y}">{label}</text>"#),
    );
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string never fails.
    let _ = out.write_fmt(text);
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
