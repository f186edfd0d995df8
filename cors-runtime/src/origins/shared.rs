//! A list that can be replaced while it is read.

use alloc::sync::Arc;
use std::thread::LocalKey;

use super::error::OriginsError;
use super::list::{Demands, List};
use super::risks::Risks;
use crate::versions::{Recent, Versioned, Versions};

/// State that the clones of one [`Origins`](super::Origins) share.
pub(crate) struct Shared {
    versions: Versions<State>,
    /// Risks that entries may have, even after a replacement.
    risks: Risks,
}

struct State {
    list: Arc<List>,
    /// These only grow, because a policy with the list may still exist anywhere.
    demands: Demands,
}

impl Versioned for State {
    type Value = Arc<List>;

    fn value(&self) -> &Arc<List> {
        &self.list
    }

    fn recent() -> &'static LocalKey<Recent<Arc<List>>> {
        std::thread_local! {
            static RECENT: Recent<Arc<List>> = const { Recent::new() };
        }
        &RECENT
    }
}

impl Shared {
    pub(super) fn new(list: List, risks: Risks) -> Self {
        Self {
            versions: Versions::new(State {
                list: Arc::new(list),
                demands: Demands::default(),
            }),
            risks,
        }
    }

    pub(super) fn risks(&self) -> Risks {
        self.risks
    }

    /// Calls `read` with the current list. `read` keeps the same list even if it replaces the list
    /// itself.
    #[inline]
    pub(crate) fn read<R>(&self, read: impl Fn(&List) -> R) -> R {
        self.versions.read(|list| read(list))
    }

    /// Returns the current list.
    pub(crate) fn list(&self) -> Arc<List> {
        self.versions.current()
    }

    /// Replaces the list, if it meets the requirements of the policies that use it.
    pub(super) fn replace(&self, list: Arc<List>) -> Result<(), OriginsError> {
        let mut state = self.versions.lock();
        list.meets(state.demands, self.risks)?;
        let _old = core::mem::replace(&mut state.list, list);
        self.versions.publish();
        drop(state);
        Ok(())
    }

    /// From now on, also requires what a policy requires.
    pub(super) fn demand(&self, demands: Demands) -> Result<(), OriginsError> {
        let mut state = self.versions.lock();
        state.list.meets(demands, self.risks)?;
        state.demands = state.demands.or(demands);
        Ok(())
    }
}
