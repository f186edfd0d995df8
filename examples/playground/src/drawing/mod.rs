//! Draws the matchers of the policy, with a row for each entry.

mod layout;
mod svg;
mod walk;

pub(crate) use svg::svg;
pub(crate) use walk::walks;
