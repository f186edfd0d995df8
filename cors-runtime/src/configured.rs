//! Lists of origins in place of `Configured`, which are known at run time only.
//!
//! Without the feature `origins` there are no lists, and everything here is empty.

#[cfg(feature = "origins")]
use alloc::sync::Arc;
use core::fmt;
#[cfg(not(feature = "origins"))]
use core::marker::PhantomData;

#[cfg(feature = "config")]
use crate::loaded::LoadedPolicy;
#[cfg(feature = "origins")]
use crate::origins::{List, Origins};
use crate::rule::OriginEntry;

/// The list as it is during one decision.
#[derive(Clone, Copy)]
pub struct Configured<'l> {
    #[cfg(feature = "origins")]
    list: Option<&'l List>,
    #[cfg(not(feature = "origins"))]
    list: PhantomData<&'l ()>,
}

impl<'l> Configured<'l> {
    #[cfg(feature = "origins")]
    pub(crate) const NONE: Self = Self { list: None };
    #[cfg(not(feature = "origins"))]
    pub(crate) const NONE: Self = Self { list: PhantomData };

    /// Returns whether the list accepts an origin. Any bytes are safe.
    #[must_use]
    #[inline]
    pub fn accepts(self, origin: &[u8]) -> bool {
        #[cfg(feature = "origins")]
        return self.list.is_some_and(|list| list.accepts(origin));
        #[cfg(not(feature = "origins"))]
        return {
            let _ = (self.list, origin);
            false
        };
    }

    /// Returns the entry of the list that accepts an origin.
    pub(crate) fn accepting_entry(self, origin: &'l [u8]) -> Option<&'l str> {
        #[cfg(feature = "origins")]
        return self.list?.accepting_entry(origin);
        #[cfg(not(feature = "origins"))]
        return {
            let _ = origin;
            None
        };
    }
}

impl<'l> Configured<'l> {
    /// Returns the entries of the list.
    pub(crate) fn entries(self) -> impl Iterator<Item = OriginEntry<'l>> {
        #[cfg(feature = "origins")]
        let texts = self.list.into_iter().flat_map(List::entries);
        #[cfg(not(feature = "origins"))]
        let texts = core::iter::empty();
        texts.map(|text: &str| match text {
            "*" => OriginEntry::Any,
            "null" => OriginEntry::Null,
            pattern if pattern.contains('*') => OriginEntry::Pattern(pattern),
            origin => OriginEntry::Origin(origin),
        })
    }
}

/// The part of a policy that is not constant.
///
/// It implements `Drop` with any feature: a feature that added it would break constants that refer
/// to policies in crates that do not know the feature.
#[cfg(feature = "origins")]
#[derive(Clone)]
pub(crate) enum Bound {
    Nothing,
    /// The list in place of `Configured`.
    Origins(Origins),
    /// The whole policy.
    #[cfg(feature = "config")]
    Loaded(Arc<LoadedPolicy>),
}

/// The part of a policy that is not constant: nothing, without the feature `origins`.
#[cfg(not(feature = "origins"))]
#[derive(Clone)]
pub(crate) struct Bound;

#[cfg(not(feature = "origins"))]
impl Drop for Bound {
    #[inline]
    fn drop(&mut self) {}
}

impl Bound {
    #[cfg(feature = "origins")]
    pub(crate) const NOTHING: Self = Self::Nothing;
    #[cfg(not(feature = "origins"))]
    pub(crate) const NOTHING: Self = Self;

    /// Returns whether the policy is constant.
    #[inline]
    pub(crate) fn is_nothing(&self) -> bool {
        #[cfg(feature = "origins")]
        return matches!(self, Self::Nothing);
        #[cfg(not(feature = "origins"))]
        return true;
    }

    /// Calls `read` with the current list.
    #[inline]
    pub(crate) fn read<R>(&self, read: impl Fn(Configured<'_>) -> R) -> R {
        #[cfg(feature = "origins")]
        if let Self::Origins(origins) = self {
            return read_list(origins, read);
        }
        read(Configured::NONE)
    }

    /// Returns whether both are the same list or policy, and not only equal ones.
    #[cfg(feature = "tower")]
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        #[cfg(feature = "origins")]
        return match (self, other) {
            (Self::Nothing, Self::Nothing) => true,
            (Self::Origins(one), Self::Origins(other)) => {
                core::ptr::eq(one.shared(), other.shared())
            }
            #[cfg(feature = "config")]
            (Self::Loaded(one), Self::Loaded(other)) => Arc::ptr_eq(one, other),
            _ => false,
        };
        #[cfg(not(feature = "origins"))]
        return {
            let _ = other;
            true
        };
    }

    /// Returns the current list, which later replacements do not change.
    pub(crate) fn snapshot(&self) -> OriginsSnapshot {
        OriginsSnapshot {
            #[cfg(feature = "origins")]
            list: match self {
                Self::Origins(origins) => Some(origins.shared().list()),
                _ => None,
            },
        }
    }
}

/// A separate function, so that policies without `Configured` do not pay for it.
#[cfg(feature = "origins")]
#[inline(never)]
fn read_list<R>(origins: &Origins, read: impl Fn(Configured<'_>) -> R) -> R {
    let list = origins.shared();
    list.read(|list| read(Configured { list: Some(list) }))
}

/// Prints the configured origins on one line, for people.
impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configured origins are ")?;
        #[cfg(feature = "origins")]
        if let Some(list) = self.snapshot().list {
            const MAX_SHOWN: usize = 12;
            if list.is_any() {
                return f.write_str("any origin");
            } else if list.len() == 0 {
                return f.write_str("none");
            }
            for (index, entry) in list.entries().take(MAX_SHOWN).enumerate() {
                let separator = if index > 0 { ", " } else { "" };
                write!(f, "{separator}{entry}")?;
            }
            return match list.len().saturating_sub(MAX_SHOWN) {
                0 => Ok(()),
                more => write!(f, " and {more} more"),
            };
        }
        f.write_str("not known yet")
    }
}

/// The list of a policy at a point in time.
#[derive(Clone)]
pub(crate) struct OriginsSnapshot {
    #[cfg(feature = "origins")]
    list: Option<Arc<List>>,
}

#[cfg(not(feature = "origins"))]
impl Drop for OriginsSnapshot {
    #[inline]
    fn drop(&mut self) {}
}

impl OriginsSnapshot {
    pub(crate) fn configured(&self) -> Configured<'_> {
        #[cfg(feature = "origins")]
        return Configured {
            list: self.list.as_deref(),
        };
        #[cfg(not(feature = "origins"))]
        return Configured::NONE;
    }
}
