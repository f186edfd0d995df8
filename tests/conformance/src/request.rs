//! Requests, as they are sent.

/// A request as the corpus has it: a line with method and path, and header lines. Text represents
/// the bytes of ISO 8859-1, so that `é` is a byte that is not UTF-8.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The header lines, in order, as they are written.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body; none in the corpus.
    pub body: Vec<u8>,
}

impl Request {
    /// Reads a request of the corpus.
    ///
    /// # Panics
    ///
    /// Panics if the text does not follow the format above.
    pub(crate) fn parse(text: &str) -> Self {
        let mut lines = text.trim_end_matches('\n').split('\n');
        let first = lines.next().and_then(|line| line.split_once(' '));
        let (method, path) = first.unwrap_or_else(|| panic!("no method and path: {text}"));
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(": ").unwrap_or_else(|| panic!("{line}"));
            let value = value.chars().map(|c| u8::try_from(c).expect("ISO 8859-1"));
            (name.to_owned(), value.collect())
        });
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: headers.collect(),
            body: Vec::new(),
        }
    }

    /// The values of all lines of a header.
    pub fn lines(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let headers = self.headers.iter();
        headers
            .filter(move |(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| &**value)
    }

    /// Returns the request of a `curl` line, as examples print it.
    ///
    /// # Panics
    ///
    /// If it has other options than `-i`, `-X`, `-H` and `-d`.
    #[must_use]
    pub fn of_curl(line: &str) -> Self {
        let (mut method, mut path, mut headers) = ("GET", String::new(), Vec::new());
        let mut body = Vec::new();
        let mut words = line.split('\'').flat_map(|part| match part.contains(": ") {
            true => vec![part],
            false => part.split_whitespace().collect(),
        });
        while let Some(word) = words.next() {
            match word {
                "curl" | "-i" => {}
                "-X" => method = words.next().expect("a method"),
                "-d" => {
                    method = "POST";
                    body = words.next().expect("a body").into();
                }
                "-H" => {
                    let (name, value) = words
                        .next()
                        .and_then(|header| header.split_once(": "))
                        .expect("a header line");
                    headers.push((name.to_owned(), value.into()));
                }
                address => {
                    let from = address.strip_prefix("http://").expect("an address");
                    path = from
                        .split_once('/')
                        .map_or("/".into(), |(_, path)| format!("/{path}"));
                }
            }
        }
        Self {
            method: method.to_owned(),
            path,
            headers,
            body,
        }
    }
}
