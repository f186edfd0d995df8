mod patterns;
mod proofs;
mod regexes;
