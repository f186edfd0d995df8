//! Header lists.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use cors_origin::fetch::is_token;

/// A [header list](https://fetch.spec.whatwg.org/#concept-header-list): names and values in order.
/// A name can occur several times, and is compared case-insensitively.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HeaderList(Vec<(String, Vec<u8>)>);

/// The error for a value that cannot be parsed.
pub(super) struct Unreadable;

impl HeaderList {
    /// [Appends](https://fetch.spec.whatwg.org/#concept-header-list-append) a header, with its
    /// value [normalized](https://fetch.spec.whatwg.org/#concept-header-value-normalize).
    pub fn append(&mut self, name: &str, value: impl AsRef<[u8]>) {
        let normalized = normalized(value.as_ref());
        self.0.push((name.to_owned(), normalized.to_vec()));
    }

    /// Returns the [value](https://fetch.spec.whatwg.org/#concept-header-list-get) of a header: all
    /// values, joined by a comma and a space. Returns `None` if there are none.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Vec<u8>> {
        let values: Vec<&[u8]> = self.all(name).collect();
        (!values.is_empty()).then(|| values.join(&b", "[..]))
    }

    /// Returns all headers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// Returns the tokens of a header that is a list. Returns `None` if the header is missing.
    /// <https://fetch.spec.whatwg.org/#extract-header-list-values>
    pub(super) fn extract_list(&self, name: &str) -> Result<Option<Vec<String>>, Unreadable> {
        if !self.contains(name) {
            return Ok(None);
        }
        let elements = self.all(name).flat_map(|value| value.split(is_comma));
        elements
            .map(normalized)
            // https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2
            .filter(|element| !element.is_empty())
            .map(token)
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// Returns the value of a header that is a number of seconds. Returns `None` if it is not, or
    /// is missing. <https://fetch.spec.whatwg.org/#extract-header-list-values>
    pub(super) fn extract_seconds(&self, name: &str) -> Option<u64> {
        let mut values = self.all(name);
        let (Some(value), None) = (values.next(), values.next()) else {
            return None;
        };
        let digits = core::str::from_utf8(value).ok()?;
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| digits.parse().unwrap_or(u64::MAX))
    }

    pub(super) fn retain(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.0.retain(|(name, _)| is_kept(name));
    }

    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let named = move |(listed, _): &(&str, &[u8])| listed.eq_ignore_ascii_case(name);
        self.iter().filter(named).map(|(_, value)| value)
    }
}

impl fmt::Debug for HeaderList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.iter();
        f.debug_map()
            .entries(lines.map(|(name, value)| (name, String::from_utf8_lossy(value))))
            .finish()
    }
}

/// Removes leading and trailing white space.
pub(super) fn normalized(mut value: &[u8]) -> &[u8] {
    // https://fetch.spec.whatwg.org/#http-whitespace-byte
    while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..]
    | [rest @ .., b' ' | b'\t' | b'\n' | b'\r'] = value
    {
        value = rest;
    }
    value
}

fn is_comma(byte: &u8) -> bool {
    *byte == b','
}

fn token(element: &[u8]) -> Result<String, Unreadable> {
    match core::str::from_utf8(element) {
        Ok(text) if is_token(element) => Ok(text.to_owned()),
        _ => Err(Unreadable),
    }
}
