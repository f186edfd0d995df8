//! What is offered in the place of what was written.

mod nearest;
mod reading;
pub(crate) mod regex;
mod value;

pub(crate) use nearest::nearest;
pub(crate) use value::{any, duration, entries, headers, methods, value};

use crate::declaration::{Expr, Key};
use crate::model;

/// The one gate for suggestions: a value of `key` is offered only if it is short, and the model reads it
/// without a mistake.
pub(crate) fn offer(key: Key, value: Expr) -> Option<Expr> {
    (value.is_short() && model::reads(key, &value)).then_some(value)
}
