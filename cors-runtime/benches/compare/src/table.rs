//! Results as tables in Markdown.

use crate::matchers::{Row, Times};
use crate::requests::Added;

/// Matchers by row and lengths of lists by column. Ours and the floor come first.
pub(crate) fn matchers(floor: &Row, lists: &[(usize, Vec<Row>)]) {
    let counts: Vec<String> = lists.iter().map(|(count, _)| count.to_string()).collect();
    heading(&[&["n".to_owned()], counts.as_slice()].concat());
    println!(
        "| {} | {}{} |",
        floor.name,
        times(&floor.times),
        " |".repeat(lists.len() - 1)
    );
    let mut names: Vec<&str> = Vec::new();
    for row in lists.iter().flat_map(|(_, rows)| rows) {
        if !names.contains(&row.name) {
            names.push(row.name);
        }
    }
    for name in names {
        let cells: Vec<String> = lists
            .iter()
            .map(|(_, rows)| rows.iter().find(|row| row.name == name))
            .map(|row| row.map_or(String::new(), |row| times(&row.times)))
            .collect();
        println!("| {name} | {} |", cells.join(" | "));
    }
}

fn times(times: &Times) -> String {
    let short = |nanoseconds: f64| match nanoseconds {
        ..100.0 => format!("{nanoseconds:.1}"),
        _ => format!("{nanoseconds:.0}"),
    };
    format!("{} / {}", short(times.hit), short(times.miss))
}

/// Kinds of hostile origins by row and their lengths by column.
pub(crate) fn worst(rows: &[(&str, Vec<(usize, f64)>)]) {
    let Some((_, first)) = rows.first() else {
        return;
    };
    let lengths = first.iter().map(|(length, _)| format!("{length} bytes"));
    heading(&[vec![String::new()], lengths.collect()].concat());
    for (name, times) in rows {
        let cells: Vec<String> = times.iter().map(|(_, time)| format!("{time:.0}")).collect();
        println!("| {name} | {} |", cells.join(" | "));
    }
}

/// Kinds of requests by row and middleware by column, with ratios to the first, the floor.
pub(crate) fn requests(rows: &[(&'static str, Vec<Added>)]) {
    let Some((_, first)) = rows.first() else {
        return;
    };
    let names = first.iter().map(|added| added.name.to_owned());
    heading(
        &[
            vec![String::new()],
            names.collect(),
            vec!["allocations".to_owned()],
        ]
        .concat(),
    );
    for (kind, added) in rows {
        let floor = added[0].nanoseconds;
        let cells: Vec<String> = added
            .iter()
            .map(|added| {
                format!(
                    "{:.0} ({:.2}×)",
                    added.nanoseconds,
                    added.nanoseconds / floor
                )
            })
            .collect();
        let allocations: Vec<String> = added
            .iter()
            .map(|added| added.allocations.to_string())
            .collect();
        println!(
            "| {kind} | {} | {} |",
            cells.join(" | "),
            allocations.join(", ")
        );
    }
}

pub(crate) fn heading(columns: &[String]) {
    println!("| {} |", columns.join(" | "));
    println!("|{}", "---|".repeat(columns.len()));
}
