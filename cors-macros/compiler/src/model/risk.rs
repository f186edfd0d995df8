//! The risks that an entry can be allowed to take, with `dangerously_allow(risk, entry)`.

use crate::parse::vocabulary;

vocabulary! {
    /// What is refused unless the entry says that it is meant.
    enum Risk {
        /// A plain `http` origin together with credentials.
        InsecureOrigin = "insecure_origin",
        /// An entry that accepts origins of registrable domains without number.
        UnconfinedOrigin = "unconfined_origin",
        /// `null`, which anybody's sandboxed frame has.
        NullOrigin = "null_origin",
        /// A function decides who may send credentials.
        CredentialedPredicate = "credentialed_predicate",
    }
}
