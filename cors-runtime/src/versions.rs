//! Values that can be replaced while they are read.
//!
//! A reader compares a generation number, and uses the value that its thread has cached. It only
//! takes a lock once after each replacement. So readers do not write to shared memory.

use core::cell::RefCell;
use core::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::LocalKey;

/// A value, and what belongs to all of its versions.
pub(crate) trait Versioned {
    /// Cheap to clone.
    type Value: Clone + 'static;

    /// Returns the current version.
    fn value(&self) -> &Self::Value;

    /// Returns the versions that a thread caches.
    fn recent() -> &'static LocalKey<Recent<Self::Value>>;
}

/// Number of values that a thread caches. An old one is kept until another needs its slot.
const SLOTS: usize = 4;

/// The values that a thread has read last, each with its generation.
pub(crate) struct Recent<V>(RefCell<[Option<(u64, V)>; SLOTS]>);

impl<V> Recent<V> {
    pub(crate) const fn new() -> Self {
        Self(RefCell::new([const { None }; SLOTS]))
    }
}

/// A value that is shared by threads, and replaced by any of them.
pub(crate) struct Versions<S> {
    /// The generation of the current value.
    generation: AtomicU64,
    state: Mutex<S>,
}

/// Returns a unique number, which identifies a version of one value.
fn next_generation() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn slot_of(generation: u64) -> usize {
    (generation % SLOTS as u64) as usize
}

impl<S: Versioned> Versions<S> {
    pub(crate) fn new(state: S) -> Self {
        Self {
            generation: AtomicU64::new(next_generation()),
            state: Mutex::new(state),
        }
    }

    /// Nothing panics between two writes, so the state is consistent even if the lock is poisoned.
    pub(crate) fn lock(&self) -> MutexGuard<'_, S> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Publishes a value that has replaced another. The caller still holds the lock.
    pub(crate) fn publish(&self) {
        self.generation.store(next_generation(), Ordering::Release);
    }

    /// Calls `read` with the current value. `read` keeps the same value even if it replaces it itself.
    #[inline]
    pub(crate) fn read<R>(&self, read: impl Fn(&S::Value) -> R) -> R {
        let generation = self.generation.load(Ordering::Acquire);
        let known = S::recent().try_with(|recent| {
            let recent = recent.0.try_borrow().ok()?;
            match &recent[slot_of(generation)] {
                Some((known, value)) if *known == generation => Some(read(value)),
                _ => None,
            }
        });
        match known {
            Ok(Some(result)) => result,
            _ => read(&self.renew()),
        }
    }

    /// Fetches the current value, and caches it.
    #[cold]
    fn renew(&self) -> S::Value {
        let state = self.lock();
        let generation = self.generation.load(Ordering::Relaxed);
        let value = state.value().clone();
        drop(state);
        // Not possible while `read` is running, or while the thread ends. Old values are dropped
        // after the slots are free again.
        let _old = S::recent().try_with(|recent| {
            let mut recent = recent.0.try_borrow_mut().ok()?;
            recent[slot_of(generation)].replace((generation, value.clone()))
        });
        value
    }

    /// Returns the current value.
    pub(crate) fn current(&self) -> S::Value {
        self.lock().value().clone()
    }
}
