//! Draws the matchers of the policy, with a row for each entry.

mod layout;
mod svg;
mod walk;

pub(crate) use svg::svg;
pub(crate) use walk::walks;

use cors_runtime::export::EntryPath;

/// Maximum numbers of entries that are drawn, and of edges in a path that is drawn. Nobody reads more.
const MAX_WAYS: usize = 64;
const MAX_EDGES: usize = 160;

/// Returns whether the path of an entry is drawn.
fn is_small(path: &EntryPath) -> bool {
    path.edges().count() <= MAX_EDGES
}
