//! What was meant: a [`Policy`] whose every value is valid by itself.
//!
//! The files of this stage state the rules of single values, each once and with a link to the
//! standard. They see text, never tokens; [`lower`] is where text and tokens meet. What only holds
//! (or fails) between several values is the business of the validator.

mod header;
mod lower;
mod max_age;
mod method;
mod origin;
mod token;

pub(crate) use lower::lower;
#[cfg(test)]
pub(crate) use origin::parse as parse_origin;
pub(crate) use origin::{Host, Label, Origin, Piece, Port};

use crate::diagnostics::Place;

/// A policy. What was not valid has been left out (and reported).
pub(crate) struct Policy {
    /// In source order; the first that allows an origin decides.
    pub(crate) rules: Vec<Rule>,
    /// The status of a successful preflight, 200 to 299.
    pub(crate) preflight_status: u16,
}

/// What some origins may do.
pub(crate) struct Rule {
    pub(crate) origins: Origins,
    /// Where credentials are allowed, if they are.
    pub(crate) credentials: Option<Place>,
    pub(crate) methods: Names,
    pub(crate) headers: Names,
    pub(crate) exposed_headers: Names,
    /// In seconds, a day at most.
    pub(crate) max_age: Option<u32>,
}

/// Who is allowed.
pub(crate) enum Origins {
    /// Everybody.
    Any(Place),
    /// Whom an entry allows; no entry is there twice.
    Listed(Vec<Entry>),
}

/// An entry of `allow_origins`.
pub(crate) struct Entry {
    #[allow(dead_code)]
    pub(crate) place: Place,
    pub(crate) origin: Origin,
}

/// Methods in the case in which they were written, or header names in lower case.
#[derive(Default)]
pub(crate) struct Names {
    /// Where `Any` stands, if it does.
    pub(crate) any: Option<Place>,
    /// In source order; no name is there twice.
    pub(crate) listed: Vec<String>,
}
