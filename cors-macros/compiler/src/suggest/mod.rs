//! Suggestions for invalid code.

mod duration;
mod names;
mod offer;
mod reading;
pub(crate) mod regex;
mod source;
mod value;
mod written;

pub(crate) use duration::duration;
pub(crate) use names::{headers, methods};
pub(crate) use offer::{Place, Replaced, Text, offer_entries};
pub(crate) use value::{any, entries, value};
