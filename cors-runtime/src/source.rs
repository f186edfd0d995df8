//! The source of an adapter's policy.

use alloc::sync::Arc;
use core::fmt;
use core::panic::{RefUnwindSafe, UnwindSafe};

use crate::policy::Policy;

/// One policy for every request, or a function that chooses one for each.
///
/// `F` is `dyn Fn(..) -> Policy`, with the request type of a framework. Its concrete type is erased, so that
/// adapters have no type parameter, and a program can decide at run time which of the two it uses.
pub(crate) enum PolicySource<F: ?Sized> {
    Policy(Policy),
    Chooser(Chooser<F>),
}

/// A function that chooses a policy.
pub(crate) struct Chooser<F: ?Sized>(Arc<F>);

impl<F: ?Sized> Chooser<F> {
    pub(crate) fn new(choose: Arc<F>) -> Self {
        Self(choose)
    }

    pub(crate) fn function(&self) -> &F {
        &self.0
    }
}

impl<F: ?Sized> Clone for PolicySource<F> {
    fn clone(&self) -> Self {
        match self {
            Self::Policy(policy) => Self::Policy(policy.clone()),
            Self::Chooser(chooser) => Self::Chooser(Chooser(Arc::clone(&chooser.0))),
        }
    }
}

impl<F: ?Sized> fmt::Debug for PolicySource<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Policy(policy) => policy.fmt(f),
            Self::Chooser(_) => f.write_str("chosen for each request"),
        }
    }
}

// A function that panics leaves no adapter in an inconsistent state, since adapters only call it. Without these
// impls, the boxed function would take both traits from every adapter, even from those with a fixed policy.
impl<F: ?Sized> UnwindSafe for Chooser<F> {}
impl<F: ?Sized> RefUnwindSafe for Chooser<F> {}
