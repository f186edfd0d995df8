//! The risks that an entry can be allowed to take, with `dangerously_allow(risk, entry)`.

/// What is refused unless the entry says that it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Risk {
    /// A plain `http` origin together with credentials.
    InsecureOrigin,
    /// An entry that accepts origins of registrable domains without number.
    UnconfinedOrigin,
    /// `null`, which anybody's sandboxed frame has.
    NullOrigin,
    /// A function decides who may send credentials.
    CredentialedPredicate,
}

impl Risk {
    pub(crate) const ALL: [Self; 4] = [
        Self::InsecureOrigin,
        Self::UnconfinedOrigin,
        Self::NullOrigin,
        Self::CredentialedPredicate,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::InsecureOrigin => "insecure_origin",
            Self::UnconfinedOrigin => "unconfined_origin",
            Self::NullOrigin => "null_origin",
            Self::CredentialedPredicate => "credentialed_predicate",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|risk| risk.name() == name)
    }
}
