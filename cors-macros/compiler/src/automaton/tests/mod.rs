pub(crate) mod patterns;
mod product;
mod proofs;
mod regexes;
