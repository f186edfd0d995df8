mod expressions;
mod insecure;
pub(crate) mod patterns;
mod product;
mod regexes;

pub(crate) use expressions::pattern_to_regex;
