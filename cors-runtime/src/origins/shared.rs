//! A list that may be replaced while it is read.
//!
//! A reader compares a number, and goes on with the list that its thread has kept from the last time.
//! Only after a replacement it takes a lock, once. So readers do not write to memory that they share.

use alloc::sync::Arc;
use core::cell::RefCell;
use core::panic::Location;
use core::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::OriginsError;
use super::list::{Demands, List};
use super::risks::Risks;

/// What the clones of one [`Origins`](super::Origins) share.
pub(crate) struct Shared {
    /// Names the list that is there now.
    generation: AtomicU64,
    state: Mutex<State>,
    /// What entries may have, whoever replaces them.
    risks: Risks,
}

struct State {
    list: Arc<List>,
    /// They only grow: a policy that has the list may be anywhere.
    demands: Demands,
}

/// The lists that a thread keeps. An old one is kept until another takes its slot.
const SLOTS: usize = 4;

type Slot = Option<(u64, Arc<List>)>;

std::thread_local! {
    static RECENT: RefCell<[Slot; SLOTS]> = const { RefCell::new([const { None }; SLOTS]) };
}

/// Every list has a number of its own, so that the number says which version of which list it is.
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

    /// Nothing panics in between two writes, so that a poisoned lock has a state as good as any.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the list that is there now. Whatever `read` does, even if it replaces the list, it keeps the
    /// one that it has.
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

    /// Takes the list that is there now, and keeps it for the next time.
    #[cold]
    fn renew(&self) -> Arc<List> {
        let state = self.state();
        let generation = self.generation.load(Ordering::Relaxed);
        let list = Arc::clone(&state.list);
        drop(state);
        // Neither while `read` is running, nor while the thread ends. Old lists are dropped after the
        // slots are free again.
        let _old = RECENT.try_with(|recent| {
            let mut recent = recent.try_borrow_mut().ok()?;
            recent[slot_of(generation)].replace((generation, Arc::clone(&list)))
        });
        list
    }

    /// Returns the list that is there now.
    pub(crate) fn list(&self) -> Arc<List> {
        Arc::clone(&self.state().list)
    }

    /// Replaces the list, if it meets what policies demand of it.
    pub(super) fn replace(&self, list: Arc<List>) -> Result<(), OriginsError> {
        let mut state = self.state();
        list.meets(state.demands, self.risks)?;
        let _old = core::mem::replace(&mut state.list, list);
        self.generation.store(next_generation(), Ordering::Release);
        drop(state);
        Ok(())
    }

    /// Demands what a policy with credentials does, from now on.
    pub(super) fn demand_credentials(
        &self,
        place: &'static Location<'static>,
    ) -> Result<(), OriginsError> {
        let mut state = self.state();
        let credentials = state.demands.credentials.or(Some(place));
        // The place of this policy in the error, of the first one from then on.
        let here = Demands {
            credentials: Some(place),
        };
        state.list.meets(here, self.risks)?;
        state.demands = Demands { credentials };
        Ok(())
    }
}
