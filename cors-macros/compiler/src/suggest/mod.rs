//! What is offered in the place of what was written.

mod nearest;
pub(crate) mod regex;

pub(crate) use nearest::nearest;
