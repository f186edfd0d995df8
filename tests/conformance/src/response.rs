//! Responses, however they came.

/// A response that is held to what is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The header lines, in order; names in lower case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body, decoded.
    pub body: Vec<u8>,
}

impl Response {
    /// The values of all lines of a header.
    pub fn lines(&self, name: &str) -> impl Iterator<Item = String> {
        self.headers
            .iter()
            .filter(move |(header, _)| header == name)
            .map(|(_, value)| text(value))
    }

    /// All of the `access-control-` headers, sorted, without that prefix, and `Timing-Allow-Origin`.
    pub(crate) fn cors(&self) -> Vec<String> {
        let lines = self.headers.iter().filter_map(|(name, value)| {
            let name = match name.as_str() {
                "timing-allow-origin" => name,
                name => name.strip_prefix("access-control-")?,
            };
            Some(format!("{name}: {}", text(value)))
        });
        let mut lines: Vec<_> = lines.collect();
        lines.sort();
        lines
    }

    /// All members of `Vary`, in lower case and sorted.
    pub(crate) fn vary(&self) -> Vec<String> {
        let mut members: Vec<_> = self
            .lines("vary")
            .flat_map(|line| {
                line.split(',')
                    .map(|name| name.trim().to_lowercase())
                    .collect::<Vec<_>>()
            })
            .collect();
        members.sort();
        members
    }
}

/// Decodes ISO 8859-1, which the corpus uses.
pub(crate) fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
