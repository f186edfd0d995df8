//! The head of a request as text, so that inputs can be read and written by people.
//!
//! ```text
//! OPTIONS
//! origin: https://a.example
//! access-control-request-method: PUT
//! ```

use cors_runtime::CorsRequest;
use cors_support::decide;

pub(crate) struct Head {
    pub(crate) method: Vec<u8>,
    pub(crate) lines: Vec<(String, Vec<u8>)>,
}

impl Head {
    /// Every input is one: a value may be any bytes but line ends, a name any text.
    pub(crate) fn read(data: &[u8]) -> Self {
        let mut lines = data.split(|byte| *byte == b'\n');
        Self {
            method: lines.next().unwrap_or_default().to_vec(),
            lines: lines.map(line).collect(),
        }
    }

    pub(crate) fn request(&self) -> CorsRequest<'_> {
        decide::request(&self.method, &self.lines)
    }
}

/// A name and a value.
pub(crate) fn line(line: &[u8]) -> (String, Vec<u8>) {
    let (name, value) = match line.iter().position(|byte| *byte == b':') {
        Some(colon) => (&line[..colon], &line[colon + 1..]),
        None => (line, &b""[..]),
    };
    let value = value.strip_prefix(b" ").unwrap_or(value);
    (String::from_utf8_lossy(name).into_owned(), value.to_vec())
}
