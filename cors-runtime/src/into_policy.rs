//! The types that adapters accept as a policy.

#[cfg(feature = "config")]
use crate::current::CurrentPolicy;
use crate::policy::Policy;

/// Types that adapters accept as a policy: [`Policy`], [`LivePolicy`](crate::LivePolicy), and references
/// to either.
///
/// ```
/// use cors_runtime::{Policy, cors_policy, tower::CorsLayer};
///
/// static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
///
/// let layers = [
///     CorsLayer::new(&API),
///     CorsLayer::new(API.clone()),
///     CorsLayer::new(cors_policy!(allow_origins = ["https://example.com"])),
/// ];
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a policy that can be enforced",
    label = "expected a `Policy` or `&Policy`",
    note = "a `PolicyTemplate` lacks the origins that replace `Configured`: fill it with `with_origins(&origins)?`"
)]
pub trait IntoPolicy: sealed::Sealed {
    /// Returns the policy.
    #[doc(hidden)]
    fn into_policy(self) -> Policy;

    /// Returns the source of the policy, if it can be replaced.
    #[cfg(feature = "config")]
    #[doc(hidden)]
    fn current(&self) -> Option<CurrentPolicy> {
        None
    }
}

impl IntoPolicy for Policy {
    fn into_policy(self) -> Policy {
        self
    }
}

impl IntoPolicy for &Policy {
    fn into_policy(self) -> Policy {
        self.clone()
    }
}

/// Prevents other types from implementing `IntoPolicy`.
pub(crate) mod sealed {
    pub trait Sealed {}

    impl Sealed for crate::Policy {}
    impl Sealed for &crate::Policy {}
}
