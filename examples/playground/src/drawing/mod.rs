//! The drawing: what decides about origins, as the policy itself tells it, a row for each entry.

mod layout;
mod svg;
mod walk;

pub(crate) use svg::svg;
pub(crate) use walk::walks;
