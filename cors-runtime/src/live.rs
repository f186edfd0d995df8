//! A policy that is replaced as a whole while a server runs: [`LivePolicy`].

use core::fmt;

use crate::current::CurrentPolicy;
use crate::into_policy::IntoPolicy;
use crate::into_policy::sealed::Sealed;
use crate::policy::Policy;

/// A policy that can be replaced while requests are served, for example when a configuration file changes.
///
/// Adapters take it in place of a [`Policy`]. Clones share one policy, so that
/// [`replace`](Self::replace) changes it for all adapters. Requests never wait. Each request and its
/// response follow either the old policy or the new one.
///
/// ```
/// use cors_runtime::{LivePolicy, Policy, PolicyConfig, tower::CorsLayer};
///
/// let config = PolicyConfig::new().with("allow_origins", ["https://a.example"]);
/// let live = LivePolicy::new(Policy::from_config(&config)?);
/// let layer = CorsLayer::new(&live);
///
/// // A configuration with mistakes creates no policy, so the current one remains.
/// let wrong = PolicyConfig::new().with("allow_origins", ["b.example"]);
/// assert!(Policy::from_config(&wrong).is_err());
/// assert!(live.load().allows_origin("https://a.example"));
///
/// let config = PolicyConfig::new().with("allow_origins", ["https://b.example"]);
/// live.replace(Policy::from_config(&config)?);
/// assert!(live.load().allows_origin("https://b.example"));
/// # Ok::<(), cors_runtime::ConfigError>(())
/// ```
///
/// Each thread caches up to four policies, including the one that it read last. A replaced policy is freed when
/// newer ones have taken its place in the cache of every thread.
#[derive(Clone)]
pub struct LivePolicy(CurrentPolicy);

impl LivePolicy {
    /// Creates a replaceable policy that starts as `policy`.
    #[must_use]
    pub fn new(policy: impl IntoPolicy) -> Self {
        Self(CurrentPolicy::new(policy.into_policy()))
    }

    /// Returns the current policy. Replacements do not affect the returned value.
    #[must_use]
    pub fn load(&self) -> Policy {
        self.0.load()
    }

    /// Replaces the policy in all clones, and in every adapter that uses a clone.
    pub fn replace(&self, policy: impl IntoPolicy) {
        self.0.replace(policy.into_policy());
    }
}

/// Prints the current policy.
impl fmt::Debug for LivePolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LivePolicy").field(&self.load()).finish()
    }
}

impl Sealed for LivePolicy {}
impl Sealed for &LivePolicy {}

impl IntoPolicy for LivePolicy {
    fn into_policy(self) -> Policy {
        self.load()
    }

    fn current(&self) -> Option<CurrentPolicy> {
        Some(self.0.clone())
    }
}

impl IntoPolicy for &LivePolicy {
    fn into_policy(self) -> Policy {
        self.load()
    }

    fn current(&self) -> Option<CurrentPolicy> {
        Some(self.0.clone())
    }
}
