//! Suggestions for invalid code.

mod nearest;
mod reading;
pub(crate) mod regex;
mod value;

pub(crate) use nearest::nearest;
pub(crate) use value::{any, duration, entries, headers, methods, value};

use crate::declaration::{Expr, Key};
use crate::model;

/// Checks a suggestion: a value of `key` is only offered if it is short, and if the model accepts
/// it.
pub(crate) fn offer(key: Key, value: Expr) -> Option<Expr> {
    (value.is_short() && model::reads(key, &value)).then_some(value)
}
