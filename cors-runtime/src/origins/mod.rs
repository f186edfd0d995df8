//! Lists of origins that are known at run time only: [`Origins`].

mod check;
mod error;
mod list;
mod risks;
#[cfg(feature = "serde")]
mod serde;
mod shared;
mod text;

pub use error::{InvalidOrigin, OriginsError};
pub use risks::Risk;

pub(crate) use list::{Demands, List};
pub(crate) use shared::Shared;

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use risks::Risks;

/// A list of origins that is only known at run time: from an environment variable, a file or a
/// database.
///
/// Entries have the syntax of [`cors_policy!`](crate::cors_policy): origins, and patterns with `*`,
/// `**` and `:*`. The same checks apply, and one error reports all mistakes. If `*` is the only
/// entry, the list allows any origin.
///
/// Parse a list from text, or create it from an iterator. In a text, entries are separated by commas
/// or white space, including newlines. Empty entries, such as after a trailing comma, are ignored. There are no comments, quotation
/// marks or escapes. With the feature `serde`, a list can also be part of a configuration: a string, or a list of
/// strings.
///
/// ```
/// use cors_runtime::Origins;
///
/// let partners: Origins = "https://a.example, https://*.b.example".parse()?;
/// assert!(partners.contains("https://shop.b.example"));
///
/// let tenants = Origins::new(["https://a.example", "https://b.example"])?;
/// tenants.replace(["https://a.example"])?;
/// assert!(!tenants.contains("https://b.example"));
/// # Ok::<(), cors_runtime::OriginsError>(())
/// ```
///
/// Repeated and covered entries are dropped without an error.
///
/// # Replacing a list
///
/// Clones share one list. [`replace`](Self::replace) changes it for all clones, and for every
/// policy that uses it, while requests are served. Decisions never wait; each uses either the old
/// or the new list. A rejected list changes nothing.
///
/// A policy can reject a list: [`with_origins`](crate::PolicyTemplate::with_origins) documents the reasons.
/// Once a list has been passed to a policy, [`replace`](Self::replace) and [`replace_with`](Self::replace_with)
/// also reject entries that are not allowed in that policy, even after the policy is dropped.
///
/// Building a list takes less than a microsecond for each entry. Build long lists outside the tasks that
/// serve requests, with tokio in `spawn_blocking`. Each thread caches up to four
/// lists, including the one that it read last. A replaced list is freed when newer ones have taken its place in
/// the cache of every thread.
#[derive(Clone)]
pub struct Origins(Arc<Shared>);

impl Origins {
    /// Checks a list of entries. An empty one allows no origin.
    ///
    /// # Errors
    ///
    /// Returns every rejected entry, with the reason.
    pub fn new<I>(entries: I) -> Result<Self, OriginsError>
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        Self::builder().build(entries)
    }

    /// Returns a list that allows no origin.
    #[must_use]
    pub fn none() -> Self {
        Self::from_list(List::none(), Risks::default())
    }

    /// Returns a list that allows any origin, as the single entry `*` does.
    #[must_use]
    pub fn any() -> Self {
        Self::from_list(List::any(), Risks::default())
    }

    /// Returns a builder for lists that may contain risky entries.
    pub fn builder() -> OriginsBuilder {
        OriginsBuilder {
            risks: Risks::default(),
        }
    }

    fn from_list(list: List, risks: Risks) -> Self {
        Self(Arc::new(Shared::new(list, risks)))
    }

    /// Replaces the entries. Risks that this list allows are allowed for the new entries too.
    ///
    /// # Errors
    ///
    /// Returns every rejected entry, with the reason. The list is then unchanged.
    pub fn replace<I>(&self, entries: I) -> Result<(), OriginsError>
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        let entries: Vec<I::Item> = entries.into_iter().collect();
        let entries: Vec<&str> = entries.iter().map(AsRef::as_ref).collect();
        let list = List::new(&entries, self.0.risks())?;
        self.0.replace(Arc::new(list))
    }

    /// Replaces the entries with those of another list, for example one parsed from text. The two
    /// lists remain independent.
    ///
    /// ```
    /// use cors_runtime::Origins;
    ///
    /// let partners = Origins::none();
    /// partners.replace_with(&"https://a.example".parse()?)?;
    /// assert!(partners.contains("https://a.example"));
    /// # Ok::<(), cors_runtime::OriginsError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the entries that policies using this list reject. The list is then unchanged.
    pub fn replace_with(&self, other: &Self) -> Result<(), OriginsError> {
        self.0.replace(other.0.list())
    }

    /// Returns the number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.read(List::len)
    }

    /// Returns whether the list is empty. An empty list allows no origin.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns whether an entry accepts `origin`, the value of an `Origin` header. Any bytes are
    /// safe.
    #[must_use]
    pub fn contains(&self, origin: impl AsRef<[u8]>) -> bool {
        self.0.read(|list| list.accepts(origin.as_ref()))
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0
    }

    /// From now on, also requires what a policy requires.
    pub(crate) fn demand(&self, demands: Demands) -> Result<(), OriginsError> {
        self.0.demand(demands)
    }
}

/// Parses entries, with any number of commas and white space between them. A text without entries is an error; use
/// [`Origins::none`] to allow no origin.
impl FromStr for Origins {
    type Err = OriginsError;

    fn from_str(text: &str) -> Result<Self, OriginsError> {
        Self::builder().parse(text)
    }
}

/// Prints the entries, in a form that can be parsed again.
impl fmt::Display for Origins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.list().text())
    }
}

/// Prints the first entries, and the number of entries.
impl fmt::Debug for Origins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MAX_SHOWN: usize = 12;
        let list = self.0.list();
        let shown: Vec<&str> = list.entries().take(MAX_SHOWN).collect();
        f.debug_struct("Origins")
            .field("len", &list.len())
            .field("entries", &shown)
            .finish_non_exhaustive()
    }
}

/// A builder for lists that may contain risky entries; created by [`Origins::builder`].
///
/// ```
/// use cors_runtime::{Origins, Risk};
///
/// let devices = Origins::builder()
///     .dangerously_allow(Risk::NullOrigin)
///     .parse("https://a.example, null")?;
/// assert!(devices.contains("null"));
/// # Ok::<(), cors_runtime::OriginsError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until it builds a list"]
pub struct OriginsBuilder {
    risks: Risks,
}

impl OriginsBuilder {
    /// Allows entries with a risk, now and when the list is replaced.
    pub fn dangerously_allow(self, risk: Risk) -> Self {
        Self {
            risks: self.risks.with(risk),
        }
    }

    /// Checks a list of entries, as [`Origins::new`] does.
    ///
    /// # Errors
    ///
    /// Returns every rejected entry, with the reason.
    pub fn build<I>(&self, entries: I) -> Result<Origins, OriginsError>
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        let entries: Vec<I::Item> = entries.into_iter().collect();
        let entries: Vec<&str> = entries.iter().map(AsRef::as_ref).collect();
        let list = List::new(&entries, self.risks)?;
        Ok(Origins::from_list(list, self.risks))
    }

    /// Parses the entries of a text, as [`str::parse`] does.
    ///
    /// # Errors
    ///
    /// Returns every rejected entry, with the reason.
    pub fn parse(&self, text: &str) -> Result<Origins, OriginsError> {
        let list = text::parse(text, self.risks)?;
        Ok(Origins::from_list(list, self.risks))
    }
}
