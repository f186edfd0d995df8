//! Suggestions for invalid code.

mod nearest;
mod offer;
mod reading;
pub(crate) mod regex;
mod value;
mod written;

pub(crate) use nearest::nearest;
pub(crate) use offer::{Place, Replaced, Text, offer_entries};
pub(crate) use value::{any, duration, entries, headers, methods, value};
