//! Nanoseconds against the length of a list: an SVG with a panel for each kind of list.

use std::fmt::Write;

use crate::matchers::Row;

/// A panel, without what is around it.
const WIDTH: f64 = 270.0;
const HEIGHT: f64 = 220.0;
/// Room for the labels of an axis, and for the names of lines.
const AXIS: f64 = 48.0;
const NAMES: f64 = 100.0;
/// Both axes are logarithmic, from 1 to ten to the power of four.
const DECADES: f64 = 4.0;

pub(crate) fn draw(exact: &[(usize, Vec<Row>)], patterns: &[(usize, Vec<Row>)]) -> String {
    let panel = AXIS + WIDTH + NAMES;
    let (width, height) = (2.0 * panel, HEIGHT + 2.0 * AXIS);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"11\" fill=\"#333\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    for (index, (title, lists)) in [
        ("exact origins: ns for a listed one", exact),
        (
            "patterns https://*.domain: ns for an accepted origin",
            patterns,
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let x = AXIS + index as f64 * panel;
        write!(
            svg,
            "<g transform=\"translate({x} {AXIS})\">\n{}</g>\n",
            draw_panel(title, lists)
        )
        .expect("memory");
    }
    svg + "</svg>\n"
}

fn draw_panel(title: &str, lists: &[(usize, Vec<Row>)]) -> String {
    let mut panel = format!("<text x=\"0\" y=\"-16\" font-weight=\"bold\">{title}</text>\n");
    for decade in 0..=DECADES as i32 {
        let (value, x, y) = (
            10_i32.pow(decade as u32),
            x(10_f64.powi(decade)),
            y(10_f64.powi(decade)),
        );
        write!(
            panel,
            "<path d=\"M0 {y}H{WIDTH}\" stroke=\"#ddd\"/>\n\
             <text x=\"-6\" y=\"{}\" text-anchor=\"end\">{value}</text>\n\
             <text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{value}</text>\n",
            y + 4.0,
            HEIGHT + 18.0,
        )
        .expect("memory");
    }
    let mut names: Vec<&str> = Vec::new();
    for row in lists.iter().flat_map(|(_, rows)| rows) {
        if !names.contains(&row.name) {
            names.push(row.name);
        }
    }
    // Names are at the ends of their lines, but never overlap.
    let lines = names.into_iter().map(|name| {
        let points: Vec<(f64, f64)> = lists
            .iter()
            .filter_map(|(count, rows)| {
                let row = rows.iter().find(|row| row.name == name)?;
                Some((x(*count as f64), y(row.times.hit)))
            })
            .collect();
        (points.last().map_or(0.0, |(_, y)| *y), name, points)
    });
    let mut lines: Vec<_> = lines.collect();
    lines.sort_by(|(a, ..), (b, ..)| a.total_cmp(b));
    let mut lowest = f64::MIN;
    for (end, name, points) in lines {
        let color = if name.starts_with("ours") {
            "#c33"
        } else {
            "#567"
        };
        let path: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{x:.1} {y:.1}"))
            .collect();
        let label = end.max(lowest + 13.0);
        lowest = label;
        let last = points.last().map_or(0.0, |(x, _)| *x);
        write!(
            panel,
            "<path d=\"M{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>\n\
             <text x=\"{}\" y=\"{:.1}\" fill=\"{color}\">{name}</text>\n",
            path.join("L"),
            last + 6.0,
            label + 4.0,
        )
        .expect("memory");
    }
    panel
}

fn x(count: f64) -> f64 {
    count.log10() / DECADES * WIDTH
}

fn y(nanoseconds: f64) -> f64 {
    HEIGHT - nanoseconds.max(1.0).log10() / DECADES * HEIGHT
}
