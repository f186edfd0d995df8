//! A policy that is replaced while it is read.

use alloc::sync::Arc;
use std::thread::LocalKey;

use crate::policy::Policy;
use crate::versions::{Recent, Versioned, Versions};

/// State that the clones of one [`LivePolicy`](crate::LivePolicy) share.
#[derive(Clone)]
pub struct CurrentPolicy(Arc<Versions<Current>>);

struct Current(Policy);

impl Versioned for Current {
    type Value = Policy;

    fn value(&self) -> &Policy {
        &self.0
    }

    fn recent() -> &'static LocalKey<Recent<Policy>> {
        std::thread_local! {
            static RECENT: Recent<Policy> = const { Recent::new() };
        }
        &RECENT
    }
}

impl CurrentPolicy {
    pub(crate) fn new(policy: Policy) -> Self {
        Self(Arc::new(Versions::new(Current(policy))))
    }

    /// Returns the current policy.
    #[inline]
    pub(crate) fn load(&self) -> Policy {
        self.0.read(Policy::clone)
    }

    pub(crate) fn replace(&self, policy: Policy) {
        let mut current = self.0.lock();
        let old = core::mem::replace(&mut current.0, policy);
        self.0.publish();
        drop(current);
        drop(old);
    }
}
