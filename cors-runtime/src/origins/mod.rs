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

pub(crate) use list::List;
pub(crate) use shared::Shared;

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::panic::Location;
use core::str::FromStr;

use risks::Risks;

/// A list of origins that is known when the program starts, or later: from an environment variable, a
/// file, a database.
///
/// Entries are those of [`cors_policy!`](crate::cors_policy): origins, and patterns with `*`, `**` and
/// `:*`. They are checked by the same code, and refused for the same reasons, all of them at once. The
/// entry `*`, where it is the only one, stands for any origin.
///
/// It is text, with commas or white space between the entries, or an iterator. With the feature `serde`,
/// it is a part of a configuration as well: a string, or a list of strings.
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
/// An entry that is repeated, or that another one covers, is no mistake: it is left out.
///
/// # Replacing a list
///
/// Clones share one list. [`replace`](Self::replace) changes it for all of them, and for every policy
/// that has it, while requests are served: decisions do not wait, and each is made by the old list or by
/// the new one. A list that is refused changes nothing.
///
/// A policy that allows credentials refuses a list with origins of plain `http`, and one for any
/// origin. From the moment on that a list is given to such a policy, so do `replace` and
/// [`replace_with`](Self::replace_with), even when the policy is gone.
///
/// Building a list takes about a microsecond for an entry. Do it outside of what serves requests if
/// there are many: in tokio, by `spawn_blocking`. Each thread keeps the list that it has read last, and
/// up to three others, until it reads the next one.
#[derive(Clone)]
pub struct Origins(Arc<Shared>);

impl Origins {
    /// Checks a list of entries. An empty one allows no origin.
    ///
    /// # Errors
    ///
    /// Returns every entry that is refused, with the reason.
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

    /// Returns a builder of lists that may have what is refused otherwise.
    pub fn builder() -> OriginsBuilder {
        OriginsBuilder {
            risks: Risks::default(),
        }
    }

    fn from_list(list: List, risks: Risks) -> Self {
        Self(Arc::new(Shared::new(list, risks)))
    }

    /// Replaces the entries. What this list may have in spite of its risk, the new entries may have too.
    ///
    /// # Errors
    ///
    /// Returns every entry that is refused, with the reason. The entries stay what they were.
    pub fn replace<I>(&self, entries: I) -> Result<(), OriginsError>
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        let entries: Vec<I::Item> = entries.into_iter().collect();
        let list = List::new(&entries, self.0.risks())?;
        self.0.replace(Arc::new(list))
    }

    /// Replaces the entries by those of another list, that of a text for example. From then on the two
    /// lists have nothing to do with each other.
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
    /// Returns the entries that policies of this list refuse. The entries stay what they were.
    pub fn replace_with(&self, other: &Self) -> Result<(), OriginsError> {
        self.0.replace(other.0.list())
    }

    /// Returns the number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.read(List::len)
    }

    /// Whether there are no entries, so that no origin is allowed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether an entry accepts `origin`, the value of an `Origin` header. Any bytes are safe.
    #[must_use]
    pub fn contains(&self, origin: impl AsRef<[u8]>) -> bool {
        self.0.read(|list| list.accepts(origin.as_ref()))
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0
    }

    /// Holds the list to what a policy with credentials demands, from now on.
    pub(crate) fn demand_credentials(
        &self,
        place: &'static Location<'static>,
    ) -> Result<(), OriginsError> {
        self.0.demand_credentials(place)
    }
}

/// Reads the entries between commas and white space. A text without entries is an error:
/// [`Origins::none`] says openly that no origin is allowed.
impl FromStr for Origins {
    type Err = OriginsError;

    fn from_str(text: &str) -> Result<Self, OriginsError> {
        Self::builder().parse(text)
    }
}

/// The entries, as they are read again.
impl fmt::Display for Origins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.list().text())
    }
}

/// The first entries, and how many there are.
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

/// Builds lists that may have what is refused otherwise; made by [`Origins::builder`].
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
#[must_use = "a builder does nothing until it is asked for a list"]
pub struct OriginsBuilder {
    risks: Risks,
}

impl OriginsBuilder {
    /// Lets the list have entries in spite of a risk, now and when it is replaced.
    pub fn dangerously_allow(self, risk: Risk) -> Self {
        Self {
            risks: self.risks.with(risk),
        }
    }

    /// Checks a list of entries, as [`Origins::new`] does.
    ///
    /// # Errors
    ///
    /// Returns every entry that is refused, with the reason.
    pub fn build<I>(&self, entries: I) -> Result<Origins, OriginsError>
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        let entries: Vec<I::Item> = entries.into_iter().collect();
        let list = List::new(&entries, self.risks)?;
        Ok(Origins::from_list(list, self.risks))
    }

    /// Reads the entries of a text, as [`str::parse`] does.
    ///
    /// # Errors
    ///
    /// Returns every entry that is refused, with the reason.
    pub fn parse(&self, text: &str) -> Result<Origins, OriginsError> {
        let list = text::parse(text, self.risks)?;
        Ok(Origins::from_list(list, self.risks))
    }
}
