//! `cors-runtime` beside hand-written code and its peers.
//!
//! ```text
//! cargo run --release -p compare
//! ```
//!
//! Candidates take turns in short rounds; figures are medians over rounds, and ratios of those.

mod matchers;
mod names;
mod requests;
mod rounds;

use matchers::Row;

fn main() {
    println!("exact floor {}", row(&matchers::exact::floor()));
    for (count, rows) in matchers::exact::rows() {
        println!("{count}");
        for r in rows {
            println!("   {}", row(&r));
        }
    }
    println!("pattern floor {}", row(&matchers::patterns::floor()));
    for (count, rows, irregular) in matchers::patterns::rows() {
        println!("{count}");
        for r in rows {
            println!("   {}", row(&r));
        }
        println!("   irregular");
        for r in irregular {
            println!("   {}", row(&r));
        }
    }
    for prefilled in [false, true] {
        println!("prefilled {prefilled}");
        for (name, added) in requests::tower::rows(&requests::Noop { prefilled }) {
            let f = added[0].nanoseconds;
            println!(
                "{name:<20} {}",
                added
                    .iter()
                    .map(|a| format!(
                        "{} {:.0} ({:.2}) {}",
                        a.name,
                        a.nanoseconds,
                        a.nanoseconds / f,
                        a.allocations
                    ))
                    .collect::<Vec<_>>()
                    .join(" | ")
            );
        }
    }
}

fn row(row: &Row) -> String {
    format!("{:<26} {:6.1} {:6.1}", row.name, row.hit, row.miss)
}
