//! Risks that are rejected unless they are allowed by name.

/// A risk that a list of origins may have, for
/// [`OriginsBuilder::dangerously_allow`](super::OriginsBuilder::dangerously_allow).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Risk {
    /// Plain `http` origins in a policy with credentials, except those on the user's own machine: anyone
    /// on the network path of a visitor can forge such an origin.
    InsecureOrigin,
    /// Patterns that match domains that anyone can own, such as `https://*.github.io`.
    UnconfinedOrigin,
    /// `null`, the origin of sandboxed frames and local files of any author.
    NullOrigin,
    /// `file://`, which some apps and extensions send for local files of any author.
    FileOrigin,
}

/// A set of risks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Risks(u8);

impl Risks {
    pub(super) fn with(self, risk: Risk) -> Self {
        Self(self.0 | 1 << risk as u8)
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn contains(self, risk: Risk) -> bool {
        self.0 & 1 << risk as u8 != 0
    }
}
