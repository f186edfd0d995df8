//! Responses, however they came.

use crate::corpus::Expected;

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

    /// What is wrong with this response.
    #[must_use]
    pub(crate) fn faults(&self, expected: &Expected) -> Vec<String> {
        let Expected::Response {
            status,
            cors,
            vary,
            headers,
            body,
        } = expected
        else {
            return vec!["there is a response".to_owned()];
        };
        let mut faults = Vec::new();
        if !status.contains(&self.status) {
            faults.push(format!("status {}, not {status:?}", self.status));
        }
        if self.cors() != *cors {
            faults.push(format!("CORS headers {:?}, not {cors:?}", self.cors()));
        }
        if self.vary() != *vary {
            faults.push(format!("Vary {:?}, not {vary:?}", self.vary()));
        }
        for line in headers {
            let (name, value) = line.split_once(": ").expect("a header line");
            if !self.lines(name).any(|line| line == value) {
                faults.push(format!("no {line}"));
            }
        }
        if let Some(body) = body
            && body.as_bytes() != self.body
        {
            faults.push(format!("body {:?}, not {body:?}", text(&self.body)));
        }
        faults
    }

    fn cors(&self) -> Vec<String> {
        let lines = self.headers.iter().filter_map(|(name, value)| {
            let name = name.strip_prefix("access-control-")?;
            Some(format!("{name}: {}", text(value)))
        });
        let mut lines: Vec<_> = lines.collect();
        lines.sort();
        lines
    }

    fn vary(&self) -> Vec<String> {
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

/// As the corpus has it: ISO 8859-1.
fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
