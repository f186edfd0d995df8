//! Lists as part of a configuration: one string, or a list of strings.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use ::serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

use super::Origins;

/// Parses a string as [`str::parse`] does, and a list of strings as [`Origins::new`] does.
impl<'de> Deserialize<'de> for Origins {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Entries)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Origins;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("origins: a string, or a list of strings")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Origins, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Origins, A::Error> {
        let mut entries: Vec<String> = Vec::new();
        while let Some(entry) = sequence.next_element()? {
            entries.push(entry);
        }
        Origins::new(entries).map_err(A::Error::custom)
    }
}
