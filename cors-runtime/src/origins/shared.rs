//! A list that can be replaced while it is read.
//!
//! A reader compares a generation number, and uses the list that its thread has cached. It only
//! takes a lock once after each replacement. So readers do not write to shared memory.

use alloc::sync::Arc;
use core::cell::RefCell;
use core::panic::Location;
use core::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::OriginsError;
use super::list::{Demands, List};
use super::risks::Risks;

/// State that the clones of one [`Origins`](super::Origins) share.
pub(crate) struct Shared {
    /// The generation of the current list.
    generation: AtomicU64,
    state: Mutex<State>,
    /// Risks that entries may have, also after a replacement.
    risks: Risks,
}

struct State {
    list: Arc<List>,
    /// These only grow, because a policy with the list may still exist anywhere.
    demands: Demands,
}

/// Number of lists that a thread caches. An old list is kept until another needs its slot.
const SLOTS: usize = 4;

type Slot = Option<(u64, Arc<List>)>;

std::thread_local! {
    static RECENT: RefCell<[Slot; SLOTS]> = const { RefCell::new([const { None }; SLOTS]) };
}

/// Returns a unique number, which identifies a version of one list.
fn next_generation() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn slot_of(generation: u64) -> usize {
    (generation % SLOTS as u64) as usize
}

impl Shared {
    pub(super) fn new(list: List, risks: Risks) -> Self {
        Self {
            generation: AtomicU64::new(next_generation()),
            state: Mutex::new(State {
                list: Arc::new(list),
                demands: Demands::default(),
            }),
            risks,
        }
    }

    pub(super) fn risks(&self) -> Risks {
        self.risks
    }

    /// Nothing panics between two writes, so the state is consistent even if the lock is poisoned.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calls `read` with the current list. `read` keeps the same list even if it replaces the list
    /// itself.
    #[inline]
    pub(crate) fn read<R>(&self, read: impl Fn(&List) -> R) -> R {
        let generation = self.generation.load(Ordering::Acquire);
        let known = RECENT.try_with(|recent| {
            let recent = recent.try_borrow().ok()?;
            match &recent[slot_of(generation)] {
                Some((known, list)) if *known == generation => Some(read(list)),
                _ => None,
            }
        });
        match known {
            Ok(Some(result)) => result,
            _ => read(&self.renew()),
        }
    }

    /// Fetches the current list, and caches it.
    #[cold]
    fn renew(&self) -> Arc<List> {
        let state = self.state();
        let generation = self.generation.load(Ordering::Relaxed);
        let list = Arc::clone(&state.list);
        drop(state);
        // Not possible while `read` is running, or while the thread ends. Old lists are dropped
        // after the slots are free again.
        let _old = RECENT.try_with(|recent| {
            let mut recent = recent.try_borrow_mut().ok()?;
            recent[slot_of(generation)].replace((generation, Arc::clone(&list)))
        });
        list
    }

    /// Returns the current list.
    pub(crate) fn list(&self) -> Arc<List> {
        Arc::clone(&self.state().list)
    }

    /// Replaces the list, if it meets the requirements of the policies that use it.
    pub(super) fn replace(&self, list: Arc<List>) -> Result<(), OriginsError> {
        let mut state = self.state();
        list.meets(state.demands, self.risks)?;
        let _old = core::mem::replace(&mut state.list, list);
        self.generation.store(next_generation(), Ordering::Release);
        drop(state);
        Ok(())
    }

    /// From now on, requires what a policy with credentials requires.
    pub(super) fn demand_credentials(
        &self,
        place: &'static Location<'static>,
    ) -> Result<(), OriginsError> {
        let mut state = self.state();
        let credentials = state.demands.credentials.or(Some(place));
        // The error shows the location of the first policy that requires it.
        let here = Demands {
            credentials: Some(place),
        };
        state.list.meets(here, self.risks)?;
        state.demands = Demands { credentials };
        Ok(())
    }
}
