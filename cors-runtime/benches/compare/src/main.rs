//! Compares `cors-runtime` with hand-written code and other libraries.
//!
//! ```text
//! cargo run --release -p cors-bench            # matchers and requests; draws the chart
//! cargo run --release -p cors-bench -- requests
//! cargo run --release -p cors-bench -- lists   # lists that are known at run time only
//! cargo run --release -p cors-bench -- builds  # what it costs to build, with and without policies
//! ```
//!
//! Candidates take turns in short rounds, so that a busy machine is busy for all of them; figures
//! are medians over rounds. Tables are in Markdown, as in the README.

mod builds;
mod chart;
mod lists;
mod matchers;
mod names;
mod requests;
mod rounds;
mod table;

use std::path::Path;
use std::{env, fs};

use requests::Noop;

fn main() {
    match env::args().nth(1).as_deref() {
        None => {
            matchers();
            requests();
        }
        Some("requests") => requests(),
        Some("lists") => lists::print(),
        Some("builds") => builds::print(),
        Some(other) => {
            panic!("unknown argument {other:?}; there are `requests`, `lists` and `builds`")
        }
    }
}

fn matchers() {
    let (floor, exact) = (matchers::exact::floor(), matchers::exact::rows());
    println!("\nExact origins, ns for one that is listed / is not\n");
    table::matchers(&floor, &exact);

    let (pattern_floor, patterns) = (matchers::patterns::floor(), matchers::patterns::rows());
    println!("\nPatterns `https://*.domain`, ns for an origin that is accepted / is not\n");
    table::matchers(&pattern_floor, &patterns);

    println!("\nPatterns with two wildcards, and regexes: the automaton, ns\n");
    table::matchers(&pattern_floor, &matchers::patterns::irregular());

    println!("\nOrigins that nobody should send, ns\n");
    table::worst(&matchers::worst::rows());

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("chart.svg");
    fs::write(&path, chart::draw(&exact, &patterns)).expect("the folder is there");
    println!("\ndrawn: {}", path.display());
}

fn requests() {
    println!("\nRequests, to which the application gives a response without headers: ns added\n");
    let noop = Noop { prefilled: false };
    let mut rows = requests::tower::rows(&noop);
    rows.push(requests::tower::row_of_many(&noop));
    rows.extend(requests::tower::rows_of_writes(&noop));
    table::requests(&rows);

    println!("\nThe same with six headers; it is not asked about preflights\n");
    let mut rows = requests::tower::rows(&Noop { prefilled: true });
    rows.retain(|(kind, _)| !kind.starts_with("preflight"));
    table::requests(&rows);

    println!("\nIn actix-web\n");
    table::requests(&requests::actix::rows());
}
