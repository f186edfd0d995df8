mod expressions;
mod insecure;
pub(crate) mod patterns;
mod product;

pub(crate) use expressions::pattern_to_regex;
