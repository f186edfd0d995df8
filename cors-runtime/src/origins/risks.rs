//! What is refused unless it is asked for by name.

/// What a list of origins may have in spite of its risk, for
/// [`OriginsBuilder::dangerously_allow`](super::OriginsBuilder::dangerously_allow).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Risk {
    /// Origins of plain `http` in a policy with credentials: anyone on the network path of a visitor can
    /// forge a page of such an origin.
    InsecureOrigin,
    /// Patterns that accept origins under registrable domains without number.
    UnconfinedOrigin,
    /// `null`, which browsers send for sandboxed frames and local files of any author.
    NullOrigin,
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
