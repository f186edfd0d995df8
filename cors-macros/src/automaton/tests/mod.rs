pub(crate) mod patterns;
mod proofs;
mod regexes;
