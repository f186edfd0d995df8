//! The lines of `Access-Control-Request-Headers`, without a limit to their number.

use core::fmt;
#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
use core::panic::RefUnwindSafe;

/// A header that may have several lines, like [any
/// list](https://www.rfc-editor.org/rfc/rfc9110#section-5.3). Browsers send one, but gateways may
/// put each name on a line of its own.
#[derive(Clone, Copy)]
pub(crate) enum HeaderLines<'r> {
    /// No lines, as in most requests. A separate variant, because it costs less to create.
    Missing,
    /// Lines that were added one by one.
    Added {
        lines: [&'r [u8]; MAX_ADDED_LINES],
        count: usize,
    },
    /// All lines, in the headers of a framework.
    #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
    Stored(&'r dyn HeaderSource),
}

/// Maximum number of lines that are held without allocating.
const MAX_ADDED_LINES: usize = 8;

/// Maximum number of bytes that `MirrorRequest` sends back, with one for the end of each line. A
/// page with a hundred headers needs less.
const MAX_MIRRORED_BYTES: usize = 4096;

/// The headers of a framework.
#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
pub(crate) trait HeaderSource: Send + Sync + RefUnwindSafe {
    /// Copies lines of `Access-Control-Request-Headers` to `chunk`, from the one with an index on,
    /// and returns how many there were.
    fn copy_lines<'r>(&'r self, from: usize, chunk: &mut Chunk<'r>) -> usize;
}

/// Some of the lines. Copying several at once saves looking the header up for each.
#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
pub(crate) type Chunk<'r> = [&'r [u8]; CHUNK_LEN];

#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
const CHUNK_LEN: usize = MAX_ADDED_LINES;

/// Copies lines until the chunk is full, and returns how many there were.
#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
pub(crate) fn fill<'r>(chunk: &mut Chunk<'r>, lines: impl Iterator<Item = &'r [u8]>) -> usize {
    let slots = chunk.iter_mut().zip(lines);
    slots.map(|(slot, line)| *slot = line).count()
}

impl<'r> HeaderLines<'r> {
    /// Adds a line, if there is room for it.
    pub(crate) fn add(&mut self, value: &'r [u8]) {
        match self {
            Self::Missing => {
                let mut lines: [&[u8]; MAX_ADDED_LINES] = [b""; MAX_ADDED_LINES];
                lines[0] = value;
                *self = Self::Added { lines, count: 1 };
            }
            Self::Added { lines, count } => {
                if let Some(line) = lines.get_mut(*count) {
                    *line = value;
                }
                *count = count.saturating_add(1);
            }
            #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
            Self::Stored(_) => {}
        }
    }

    /// Returns the same lines, looked up now unless there are many. Saves a lookup for each iteration.
    pub(crate) fn looked_up(self) -> Self {
        #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
        if let Self::Stored(headers) = self {
            let mut lines: Chunk<'r> = [b""; CHUNK_LEN];
            let count = headers.copy_lines(0, &mut lines);
            if count < CHUNK_LEN {
                return Self::Added { lines, count };
            }
        }
        self
    }

    /// Returns whether lines are missing, because there was no room for them.
    pub(crate) fn is_incomplete(&self) -> bool {
        match self {
            Self::Missing => false,
            Self::Added { count, .. } => *count > MAX_ADDED_LINES,
            #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
            Self::Stored(_) => false,
        }
    }

    /// Returns whether there is more than `MirrorRequest` sends back.
    pub(crate) fn exceeds_mirror(&self) -> bool {
        !self.fit_mirror(|_| true)
    }

    /// Returns whether all lines are valid, and there is not more than `MirrorRequest` sends back.
    #[inline]
    pub(crate) fn fit_mirror(&self, is_valid: impl Fn(&[u8]) -> bool) -> bool {
        let mut left = MAX_MIRRORED_BYTES;
        let mut fits = |line: &[u8]| match left.checked_sub(line.len() + 1) {
            Some(rest) => {
                left = rest;
                is_valid(line)
            }
            None => false,
        };
        match self {
            // Without an iterator, which would copy the lines.
            Self::Added { lines, count } => lines
                .get(..*count)
                .is_some_and(|lines| lines.iter().all(|line| fits(line))),
            lines => lines.iter().all(fits),
        }
    }

    /// Returns the lines, in order.
    #[inline]
    pub(crate) fn iter(&self) -> LineIter<'r> {
        match *self {
            Self::Missing => LineIter::Empty,
            Self::Added { lines, count } => LineIter::Added {
                lines,
                next: 0,
                count: count.min(MAX_ADDED_LINES),
            },
            #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
            Self::Stored(headers) => LineIter::Stored {
                headers,
                chunk: [b""; CHUNK_LEN],
                start: 0,
                len: 0,
                next: 0,
            },
        }
    }
}

impl fmt::Debug for HeaderLines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// An iterator over lines.
#[derive(Clone)]
pub(crate) enum LineIter<'r> {
    Empty,
    Added {
        lines: [&'r [u8]; MAX_ADDED_LINES],
        next: usize,
        count: usize,
    },
    #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
    Stored {
        headers: &'r dyn HeaderSource,
        chunk: Chunk<'r>,
        /// The index of the first line of the chunk.
        start: usize,
        /// The number of lines in the chunk.
        len: usize,
        /// The index of the next line in the chunk.
        next: usize,
    },
}

impl<'r> Iterator for LineIter<'r> {
    type Item = &'r [u8];

    #[inline]
    fn next(&mut self) -> Option<&'r [u8]> {
        match self {
            Self::Empty => None,
            Self::Added { lines, next, count } => {
                let line = lines.get(*next).filter(|_| *next < *count)?;
                *next += 1;
                Some(line)
            }
            #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
            Self::Stored { .. } => self.next_stored(),
        }
    }
}

#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
impl<'r> LineIter<'r> {
    fn next_stored(&mut self) -> Option<&'r [u8]> {
        let Self::Stored {
            headers,
            chunk,
            start,
            len,
            next,
        } = self
        else {
            return None;
        };
        if *next == *len {
            // The first chunk, or the one after a full chunk.
            let is_last = *len != 0 && *len != CHUNK_LEN;
            *start += *len;
            *next = 0;
            *len = match is_last {
                true => 0,
                false => headers.copy_lines(*start, chunk),
            };
        }
        match chunk.get(*next).filter(|_| *next < *len) {
            Some(line) => {
                *next += 1;
                Some(line)
            }
            None => {
                *self = Self::Empty;
                None
            }
        }
    }
}

impl fmt::Debug for LineIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::HeaderLines;

    fn added(lines: &[&'static [u8]]) -> HeaderLines<'static> {
        let mut added = HeaderLines::Missing;
        for line in lines {
            added.add(line);
        }
        added
    }

    #[test]
    fn lines_are_returned_once_and_in_order() {
        for count in 0..=8 {
            let lines: [&[u8]; 8] = [b"a", b"", b"c", b"d", b"e", b"f", b"g", b"h"];
            let lines = &lines[..count];
            let added = added(lines);
            assert!(added.iter().eq(lines.iter().copied()), "{count}");
            assert!(!added.is_incomplete() && !added.exceeds_mirror());
            let mut iter = added.iter();
            assert_eq!(iter.by_ref().count(), count);
            assert_eq!(iter.next(), None);
        }
        let nine = added(&[b"a" as &[u8]; 9]);
        assert!(nine.is_incomplete() && nine.exceeds_mirror());
    }

    #[test]
    fn the_bound_counts_the_bytes_of_all_lines() {
        static BYTES: [u8; 4096] = [b'x'; 4096];
        for (lines, exceeds) in [
            (&[4095][..], false),
            (&[4096], true),
            (&[2047, 2047], false),
            (&[2047, 2048], true),
            (&[4095, 0], true),
            (&[4094, 0], false),
        ] {
            let added = lines.iter().map(|len| &BYTES[..*len]);
            let mut all = HeaderLines::Missing;
            added.for_each(|line| all.add(line));
            assert_eq!(all.exceeds_mirror(), exceeds, "{lines:?}");
        }
    }
}
