//! The source of an adapter's policy.

use alloc::sync::Arc;
use core::fmt;
use core::panic::{RefUnwindSafe, UnwindSafe};

#[cfg(feature = "config")]
use crate::current::CurrentPolicy;
use crate::into_policy::IntoPolicy;
use crate::policy::Policy;

/// One policy for every request, or a function that chooses one for each.
///
/// `F` is `dyn Fn(..) -> Policy`, with the request type of a framework. Its concrete type is erased, so that
/// adapters have no type parameter, and a program can decide at run time which of the two it uses.
pub(crate) enum PolicySource<F: ?Sized> {
    Policy(Policy),
    /// A policy that may be replaced.
    #[cfg(feature = "config")]
    Current(CurrentPolicy),
    Chooser(Chooser<F>),
}

impl<F: ?Sized> PolicySource<F> {
    pub(crate) fn new(policy: impl IntoPolicy) -> Self {
        #[cfg(feature = "config")]
        if let Some(current) = policy.current() {
            return Self::Current(current);
        }
        Self::Policy(policy.into_policy())
    }

    /// Returns whether it may be a policy that refuses other requests than preflights.
    #[cfg(feature = "rocket")]
    pub(crate) fn may_be_guarded(&self) -> bool {
        match self {
            Self::Policy(policy) => policy.is_guarded(),
            // Any policy may be chosen, or take the place of this one.
            #[cfg(feature = "config")]
            Self::Current(_) => true,
            Self::Chooser(_) => true,
        }
    }
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
            #[cfg(feature = "config")]
            Self::Current(current) => Self::Current(current.clone()),
            Self::Chooser(chooser) => Self::Chooser(Chooser(Arc::clone(&chooser.0))),
        }
    }
}

impl<F: ?Sized> fmt::Debug for PolicySource<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Policy(policy) => policy.fmt(f),
            #[cfg(feature = "config")]
            Self::Current(current) => current.load().fmt(f),
            Self::Chooser(_) => f.write_str("chosen for each request"),
        }
    }
}

// A function that panics leaves no adapter in an inconsistent state, since adapters only call it. Without these
// impls, the boxed function would take both traits from every adapter, even from those with a fixed policy.
impl<F: ?Sized> UnwindSafe for Chooser<F> {}
impl<F: ?Sized> RefUnwindSafe for Chooser<F> {}
