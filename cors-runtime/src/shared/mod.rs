//! What the compiler and the runtime must know alike: this folder stands in one crate and is linked
//! into the other, so that they cannot disagree.

pub(crate) mod fetch;
pub(crate) mod hash;
pub(crate) mod said;
pub(crate) mod serialized;
pub(crate) mod token;
