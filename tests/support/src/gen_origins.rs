//! Origins that a matcher is likely to get wrong.

use std::fmt;
use std::ops::Deref;

use proptest::prelude::*;

/// Bytes that are shown as text, and not more of them than somebody reads.
#[derive(Clone)]
pub struct Bytes(pub Vec<u8>);

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (shown, rest) = self.split_at(self.len().min(200));
        write!(f, "\"{}\"", shown.escape_ascii())?;
        match rest.len() {
            0 => Ok(()),
            more => write!(f, " and {more} bytes more"),
        }
    }
}

/// Origins around `entries`: allowed ones, one-byte edits of them, look-alikes, and any bytes.
pub fn origins(entries: Vec<String>) -> impl Strategy<Value = Bytes> {
    let allowed = accepted(entries).prop_map(|origin| origin.0);
    let origins = prop_oneof![
        2 => allowed.clone(),
        8 => (allowed.clone(), edit()).prop_map(|(origin, edit)| edit.of(origin)),
        3 => (allowed, affix()).prop_map(|(origin, affix)| affix(&origin)),
        1 => "[a-c.:/*0-9-]{0,24}".prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..400),
    ];
    origins.prop_map(Bytes)
}

/// Entries, and [`origins`] around them.
pub fn with_origins(
    entries: impl Strategy<Value = Vec<String>>,
) -> impl Strategy<Value = (Vec<String>, Vec<Bytes>)> {
    entries.prop_flat_map(|entries| {
        let origins = prop::collection::vec(origins(entries.clone()), 128);
        (Just(entries), origins)
    })
}

/// Origins that one of `entries` accepts, or nearly.
pub fn accepted(entries: Vec<String>) -> impl Strategy<Value = Bytes> + Clone {
    let allowed = prop::sample::select(entries).prop_flat_map(|entry| instance(&entry));
    allowed.prop_map(Bytes)
}

/// An origin that `entry` accepts, or nearly: wildcards are filled with bytes that may be too many.
fn instance(entry: &str) -> impl Strategy<Value = Vec<u8>> + use<> {
    let label = "[a-z0-9_-]{1,3}|[a-z0-9_-]{7,20}";
    let deep = "[a-z0-9_-]{1,3}(\\.[a-z0-9_-]{1,12}){0,3}";
    let port = prop_oneof![
        Just(String::new()),
        "[0-9]{1,6}",
        (0..70_000u32).prop_map(|p| p.to_string())
    ];
    let entry = entry.to_owned();
    (deep, prop::collection::vec(label, 4), port).prop_map(move |(deep, labels, port)| {
        let mut origin = entry.replace("**", &deep);
        if let Some(start) = origin.strip_suffix(":*") {
            origin = match port.as_str() {
                "" => start.to_owned(),
                port => format!("{start}:{port}"),
            };
        }
        for label in labels {
            origin = origin.replacen('*', &label, 1);
        }
        origin.into_bytes()
    })
}

#[derive(Debug, Clone)]
enum Edit {
    Insert(prop::sample::Index, u8),
    Delete(prop::sample::Index),
    Replace(prop::sample::Index, u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    let byte = prop_oneof![
        4 => prop::sample::select(b"abz019-_.:/*@%[]!A \0".to_vec()),
        1 => any::<u8>(),
    ];
    let place = || any::<prop::sample::Index>();
    prop_oneof![
        (place(), byte.clone()).prop_map(|(place, byte)| Edit::Insert(place, byte)),
        place().prop_map(Edit::Delete),
        (place(), byte).prop_map(|(place, byte)| Edit::Replace(place, byte)),
    ]
}

impl Edit {
    fn of(self, mut origin: Vec<u8>) -> Vec<u8> {
        match self {
            Self::Insert(place, byte) => origin.insert(place.index(origin.len() + 1), byte),
            Self::Delete(place) if !origin.is_empty() => {
                origin.remove(place.index(origin.len()));
            }
            Self::Replace(place, byte) if !origin.is_empty() => {
                let place = place.index(origin.len());
                origin[place] = byte;
            }
            Self::Delete(_) | Self::Replace(..) => {}
        }
        origin
    }
}

fn affix() -> impl Strategy<Value = fn(&[u8]) -> Vec<u8>> {
    prop::sample::select(vec![
        (|origin| [origin, b".evil.net"].concat()) as fn(&[u8]) -> Vec<u8>,
        |origin| [b"https://evil", &origin[origin.len().min(8)..]].concat(),
        |origin| [b"https://evil.net/", origin].concat(),
        |origin| [origin, b"/"].concat(),
        |origin| [origin, b", ", origin].concat(),
        |origin| [b" ", origin].concat(),
        |origin| [origin, b"."].concat(),
        |origin| [origin, b":443"].concat(),
        |origin| [origin, b":80"].concat(),
        |origin| [origin, b":0"].concat(),
        |origin| [origin, b"@evil.net"].concat(),
        |origin| [origin, b"\0"].concat(),
        <[u8]>::to_ascii_uppercase,
        |origin| {
            [
                &b"https://"[..],
                &b"a".repeat(65_536),
                &origin[origin.len().min(8)..],
            ]
            .concat()
        },
        |origin| {
            [
                &b"https://"[..],
                &b"a.".repeat(200),
                &origin[origin.len().min(8)..],
            ]
            .concat()
        },
    ])
}
