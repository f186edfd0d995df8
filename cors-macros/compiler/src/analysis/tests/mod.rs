mod confinement;
pub(crate) mod proofs;
pub(crate) mod regexes;
