//! The policy that the server enforces: the last one without mistakes.

use std::sync::{Arc, PoisonError, RwLock};

use cors_runtime::export::{self, Graph};
use cors_runtime::{LivePolicy, Policy};

use crate::compile::Compiled;
use crate::samples;

/// The policy, and everything that the page shows about it.
pub(crate) struct Current {
    /// Increases with each policy.
    pub(crate) version: u64,
    pub(crate) text: String,
    pub(crate) policy: Policy,
    pub(crate) graph: Graph,
    /// Origins of pages to try.
    pub(crate) origins: Vec<String>,
    /// Methods and headers to try.
    pub(crate) methods: Vec<String>,
    pub(crate) headers: Vec<(String, String)>,
}

/// The current policy, for every request of the page and of the API.
#[derive(Clone)]
pub(crate) struct State {
    current: Arc<RwLock<Arc<Current>>>,
    /// The policy that the API enforces.
    live: LivePolicy,
}

impl Current {
    fn new(version: u64, text: String, compiled: Compiled) -> Self {
        let graph = export::graph(&compiled.policy);
        Self {
            version,
            text,
            origins: samples::origins(&graph),
            methods: samples::methods(compiled.methods),
            headers: samples::headers(compiled.headers),
            graph,
            policy: compiled.policy,
        }
    }
}

impl State {
    pub(crate) fn new(text: String, compiled: Compiled) -> Self {
        let live = LivePolicy::new(&compiled.policy);
        let current = Current::new(1, text, compiled);
        Self {
            current: Arc::new(RwLock::new(Arc::new(current))),
            live,
        }
    }

    pub(crate) fn live(&self) -> &LivePolicy {
        &self.live
    }

    pub(crate) fn current(&self) -> Arc<Current> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&current)
    }

    /// Replaces the policy, for the page and for the API.
    pub(crate) fn replace(&self, text: String, compiled: Compiled) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let next = Current::new(current.version + 1, text, compiled);
        self.live.replace(&next.policy);
        *current = Arc::new(next);
    }
}
