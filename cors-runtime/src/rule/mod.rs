//! The permissions of some origins: a rule of a policy, and its description in an expansion.

#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
mod constants;
#[cfg(feature = "config")]
mod loaded;

#[cfg(all(feature = "config", any(feature = "actix-web", feature = "http")))]
pub(crate) use constants::static_value;
#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
pub(crate) use constants::{AppendConst, ConstHeader, Constants};
#[cfg(feature = "config")]
pub(crate) use loaded::{LoadedEntry, LoadedRegex, LoadedRule};

#[cfg(feature = "config")]
use alloc::{boxed::Box, sync::Arc};
use core::fmt;

use cors_origin::Origin;
use cors_origin::fetch::{SAFELISTED_METHOD_LIST, SAFELISTED_METHODS};
use cors_origin::header::{Header, HeaderValues};
use cors_origin::matcher::dfa::DfaTable;
use cors_origin::origin::parse_bytes;

/// An entry of `allow_origins`.
#[derive(Clone, Copy)]
pub enum OriginEntry<'p> {
    /// `Any`, which must be the only entry.
    Any,
    /// `null`.
    Null,
    /// An exact origin.
    Origin(&'p str),
    /// An origin with wildcards.
    Pattern(&'p str),
    /// A regex that must match the whole origin.
    Regex {
        /// The entry in source form: `regex("..")`.
        text: &'p str,
        /// The regex in it.
        expression: &'p str,
        /// An equivalent automaton.
        automaton: Automaton<'p>,
    },
    /// `Configured`: a list that is only known at run time.
    Configured,
    /// A function that decides.
    Predicate {
        /// The entry in source form: `predicate(..)`.
        text: &'p str,
        /// The path of the function.
        path: &'p str,
    },
}

/// The automaton of a regex.
#[derive(Clone, Copy)]
pub enum Automaton<'p> {
    /// A table of an expansion.
    Table(&'p DfaTable<'p>),
    /// A table that was built when the policy was loaded.
    #[cfg(feature = "config")]
    Loaded(&'p cors_origin::matcher::dfa::DfaTableBuf),
}

impl<'p> Automaton<'p> {
    pub(crate) fn table(self) -> DfaTable<'p> {
        match self {
            Self::Table(table) => *table,
            #[cfg(feature = "config")]
            Self::Loaded(table) => table.view(),
        }
    }
}

impl<'p> OriginEntry<'p> {
    /// Returns the entry as it is written in the policy or in an environment variable.
    pub(crate) fn text(&self) -> &'p str {
        match *self {
            Self::Any => "Any",
            Self::Null => "null",
            Self::Configured => "Configured",
            Self::Origin(text)
            | Self::Pattern(text)
            | Self::Regex { text, .. }
            | Self::Predicate { text, .. } => text,
        }
    }
}

/// Prints the entry as part of a policy in plain words.
impl fmt::Display for OriginEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Configured => "the configured origins",
            _ => self.text(),
        })
    }
}

impl fmt::Debug for OriginEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text(), f)
    }
}

/// Description of a rule in an expansion, as header values. Empty values are not sent.
///
/// These are associated constants, so that code that is generic over a rule can move its values
/// into the header map of any framework.
pub trait RuleSpec: 'static {
    /// The entries of the rule, in the order of the policy.
    const ENTRIES: &'static [OriginEntry<'static>];
    /// `Access-Control-Allow-Origin`, if it is constant.
    const ALLOW_ORIGIN: &'static str = "";
    /// Whether `Access-Control-Allow-Credentials` is sent.
    const ALLOW_CREDENTIALS: bool = false;
    /// Whether `Access-Control-Allow-Methods` echoes the requested method.
    const MIRROR_METHOD: bool = false;
    /// `Access-Control-Allow-Methods`
    const ALLOW_METHODS: &'static str = match Self::MIRROR_METHOD {
        true => "",
        false => SAFELISTED_METHOD_LIST,
    };
    /// `Access-Control-Allow-Headers`
    const ALLOW_HEADERS: &'static str = "";
    /// Whether `Access-Control-Allow-Headers` echoes the requested headers.
    const MIRROR_HEADERS: bool = false;
    /// `Access-Control-Expose-Headers`
    const EXPOSE_HEADERS: &'static str = "";
    /// `Access-Control-Max-Age`
    const MAX_AGE: &'static str = "";
    /// Whether `Timing-Allow-Origin` is sent.
    const EXPOSE_TIMING: bool = false;
}

/// A rule of a policy, with the fields of [`RuleSpec`].
///
/// Rules are compared by address, so they are never copied. Those of an expansion are in statics; loaded
/// ones own their data.
pub struct Rule {
    entries: EntryList,
    is_for_any_origin: bool,
    echoes_origin: bool,
    values: Values,
    allow_credentials: bool,
    pub(crate) expose_timing: bool,
    pub(crate) mirror_method: bool,
    pub(crate) mirror_headers: bool,
    /// The constant headers, as code.
    #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
    pub(crate) constants: Constants,
}

impl Rule {
    /// Creates the rule that an expansion describes.
    #[must_use]
    pub const fn new<S: RuleSpec>() -> Self {
        Self {
            entries: EntryList::Compiled(S::ENTRIES),
            is_for_any_origin: matches!(S::ENTRIES, [OriginEntry::Any]),
            echoes_origin: S::ALLOW_ORIGIN.is_empty(),
            values: Values::Compiled(values::<S>()),
            allow_credentials: S::ALLOW_CREDENTIALS,
            expose_timing: S::EXPOSE_TIMING,
            mirror_method: S::MIRROR_METHOD,
            mirror_headers: S::MIRROR_HEADERS,
            #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
            constants: Constants::new::<S>(),
        }
    }
}

const fn has_configured(entries: &[OriginEntry<'_>]) -> bool {
    let mut index = 0;
    while index < entries.len() {
        if matches!(entries[index], OriginEntry::Configured) {
            return true;
        }
        index += 1;
    }
    false
}

/// The entries of a rule.
enum EntryList {
    Compiled(&'static [OriginEntry<'static>]),
    #[cfg(feature = "config")]
    Loaded(Box<[LoadedEntry]>),
}

/// The values of the headers of a rule.
enum Values {
    Compiled(HeaderValues<&'static str>),
    #[cfg(feature = "config")]
    Loaded(HeaderValues<Box<str>>),
}

/// Returns the value of a header in an expansion.
const fn value<S: RuleSpec>(header: Header) -> &'static str {
    match header {
        Header::AllowOrigin => S::ALLOW_ORIGIN,
        Header::AllowCredentials if S::ALLOW_CREDENTIALS => "true",
        Header::AllowCredentials => "",
        Header::AllowMethods => S::ALLOW_METHODS,
        Header::AllowHeaders => S::ALLOW_HEADERS,
        Header::ExposeHeaders => S::EXPOSE_HEADERS,
        Header::MaxAge => S::MAX_AGE,
        Header::TimingAllowOrigin if S::EXPOSE_TIMING => S::ALLOW_ORIGIN,
        Header::TimingAllowOrigin => "",
    }
}

const fn values<S: RuleSpec>() -> HeaderValues<&'static str> {
    let mut values = [""; Header::ALL.len()];
    let mut index = 0;
    while index < values.len() {
        values[index] = value::<S>(Header::ALL[index]);
        index += 1;
    }
    HeaderValues::new(values)
}

impl Rule {
    /// Returns the entries, in the order of the policy.
    pub(crate) fn entries(&self) -> Entries<'_> {
        Entries {
            list: &self.entries,
            next: 0,
        }
    }

    /// Returns the value of a header; an empty one is not sent.
    #[inline]
    pub(crate) fn value(&self, header: Header) -> &str {
        match &self.values {
            Values::Compiled(values) => values[header],
            #[cfg(feature = "config")]
            Values::Loaded(values) => &values[header],
        }
    }

    /// Returns whether `Access-Control-Allow-Origin` is the origin of the request.
    #[inline]
    pub(crate) fn echoes_origin(&self) -> bool {
        self.echoes_origin
    }

    pub(crate) const fn is_for_any_origin(&self) -> bool {
        self.is_for_any_origin
    }

    /// Returns whether one of the entries is `Configured`.
    pub(crate) const fn is_configured(&self) -> bool {
        match &self.entries {
            EntryList::Compiled(entries) => has_configured(entries),
            #[cfg(feature = "config")]
            EntryList::Loaded(_) => false,
        }
    }

    pub(crate) fn allows_credentials(&self) -> bool {
        self.allow_credentials
    }

    /// Whether a page that the rule is for may send `method`: what a browser makes of
    /// [`Access-Control-Allow-Methods`](https://fetch.spec.whatwg.org/#cors-preflight-fetch), if a token is
    /// mirrored.
    pub(crate) fn allows_method(&self, method: &[u8]) -> bool {
        let mut safelisted = SAFELISTED_METHODS.iter();
        safelisted.any(|name| name.as_bytes() == method)
            || self.allows_any_method()
            || self.lists_method(method)
    }

    /// Whether every method is allowed. `*` is the name of a method where credentials are.
    pub(crate) fn allows_any_method(&self) -> bool {
        self.mirror_method || !self.allow_credentials && self.lists_method(b"*")
    }

    pub(crate) fn lists_method(&self, method: &[u8]) -> bool {
        let mut listed = self.value(Header::AllowMethods).split(", ");
        listed.any(|name| name.as_bytes() == method)
    }
}

/// The entries of a rule, one after the other.
#[derive(Clone)]
pub(crate) struct Entries<'p> {
    list: &'p EntryList,
    next: usize,
}

impl<'p> Iterator for Entries<'p> {
    type Item = OriginEntry<'p>;

    fn next(&mut self) -> Option<OriginEntry<'p>> {
        let entry = match self.list {
            EntryList::Compiled(entries) => *entries.get(self.next)?,
            #[cfg(feature = "config")]
            EntryList::Loaded(entries) => entries.get(self.next)?.view(),
        };
        self.next += 1;
        Some(entry)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = match self.list {
            EntryList::Compiled(entries) => entries.len(),
            #[cfg(feature = "config")]
            EntryList::Loaded(entries) => entries.len(),
        };
        (len - self.next, Some(len - self.next))
    }
}

impl ExactSizeIterator for Entries<'_> {}

/// The rules of a policy, in its order.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'p> {
    compiled: &'p [Rule],
    /// Instead of those.
    #[cfg(feature = "config")]
    loaded: &'p [Arc<Rule>],
}

impl<'p> Rules<'p> {
    pub(crate) fn compiled(rules: &'p [Rule]) -> Self {
        Self {
            compiled: rules,
            #[cfg(feature = "config")]
            loaded: &[],
        }
    }

    #[cfg(feature = "config")]
    pub(crate) fn loaded(rules: &'p [Arc<Rule>]) -> Self {
        Self {
            compiled: &[],
            loaded: rules,
        }
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = &'p Rule> + Clone {
        let rules = self.compiled.iter();
        #[cfg(feature = "config")]
        let rules = rules.chain(self.loaded.iter().map(AsRef::as_ref));
        rules
    }

    pub(crate) fn len(self) -> usize {
        self.iter().count()
    }

    pub(crate) fn get(self, index: usize) -> Option<&'p Rule> {
        self.iter().nth(index)
    }
}

impl fmt::Debug for Rules<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl fmt::Debug for Entries<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rule = f.debug_struct("Rule");
        rule.field("origins", &self.entries());
        for header in Header::ALL {
            rule.field(header.name(), &self.value(header));
        }
        rule.field("mirror_method", &self.mirror_method)
            .field("mirror_headers", &self.mirror_headers)
            .field("expose_timing", &self.expose_timing)
            .finish_non_exhaustive()
    }
}

/// The type of functions in `predicate(..)`.
pub type Predicate = fn(&Origin<'_>) -> bool;

/// Returns whether `predicate` accepts `origin`. Only called with valid origins.
pub fn call_predicate(origin: &[u8], predicate: Predicate) -> bool {
    parse_bytes(origin).is_some_and(|origin| predicate(&origin))
}
