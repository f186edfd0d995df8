//! Requests that nobody would write down: origins with a byte or two changed, from pages of all kinds.

use conformance::Request;

/// Requests without end, the same ones for the same seed.
#[derive(Debug)]
pub struct Requests {
    state: u64,
    origins: Vec<Vec<u8>>,
}

/// Texts that are inserted into an origin, or replace a byte of it.
const PIECES: &[&str] = &[
    "a",
    "z",
    "A",
    "Z",
    "0",
    "9",
    "-",
    "_",
    ".",
    "..",
    ":",
    "/",
    "//",
    "://",
    "*",
    "[",
    "]",
    "@",
    "%",
    "+",
    "~",
    "!",
    "'",
    "\"",
    "`",
    "$",
    "$1",
    "{",
    "}",
    "\\",
    "|",
    "^",
    "(",
    ")",
    "?",
    "#",
    "&",
    ";",
    "=",
    "<",
    ">",
    ",",
    "\u{e9}",
    "null",
    "www.",
    ".evil.example",
    ":80",
    ":443",
    ":8443",
    ":0",
    ":65535",
    ":65536",
    "http",
    "https",
    "xn--",
    "::",
    "ffff",
    "1",
    "%0d",
    "evil",
];

const METHODS: &[&str] = &[
    "GET", "GET", "POST", "HEAD", "OPTIONS", "OPTIONS", "OPTIONS", "PUT", "PATCH",
];

const PATHS: &[&str] = &[
    "/plain",
    "/plain",
    "/vary",
    "/vary-lines",
    "/vary-origin",
    "/vary-lookalike",
    "/vary-star",
    "/own-cors",
    "/error",
    "/teapot",
    "/not-modified",
    "/redirect",
    "/nothing",
];

impl Requests {
    /// Creates requests from pages of these origins, and of others like them.
    #[must_use]
    pub fn new(seed: u64, origins: &[&str]) -> Self {
        let others = [
            "https://anybody.example",
            "null",
            "http://[::1]",
            "https://[1::2]:8",
            "app://x",
        ];
        let origins = origins.iter().chain(origins).chain(&others);
        Self {
            state: seed | 1,
            origins: origins.map(|origin| origin.as_bytes().to_vec()).collect(),
        }
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        // https://www.jstatsoft.org/article/view/v008i14
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 33).expect("31 bits") % end
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }

    fn origin(&mut self) -> Vec<u8> {
        let index = self.below(self.origins.len());
        let mut origin = self.origins[index].clone();
        for _ in 0..self.below(3) {
            let piece = self.one(PIECES);
            let at = self.below(origin.len() + 1);
            match self.below(4) {
                0 if at < origin.len() => drop(origin.remove(at)),
                1 if at < origin.len() => {
                    origin.splice(at..=at, piece.bytes());
                }
                2 if self.below(20) == 0 => {
                    let long = "a".repeat(150 + self.below(200));
                    origin.splice(at..at, long.bytes());
                }
                _ => {
                    origin.splice(at..at, piece.bytes());
                }
            }
        }
        // An empty one counts as none for some gateways.
        match origin.is_empty() {
            true => b"x".to_vec(),
            false => origin,
        }
    }
}

impl Iterator for Requests {
    type Item = Request;

    fn next(&mut self) -> Option<Request> {
        let mut headers = Vec::new();
        if self.below(12) > 0 {
            headers.push(("origin".to_owned(), self.origin()));
        }
        let method = self.one(METHODS);
        if method == "OPTIONS" && self.below(5) > 0 || self.below(30) == 0 {
            let asked = self.one(&["PUT", "GET", "DELETE", "x"]);
            headers.push(("access-control-request-method".to_owned(), asked.into()));
        }
        if self.below(4) == 0 {
            let asked = self.one(&["authorization", "content-type,x-a", "*", "\u{e9}"]);
            headers.push(("access-control-request-headers".to_owned(), asked.into()));
        }
        Some(Request {
            method: method.to_owned(),
            path: self.one(PATHS).to_owned(),
            headers,
            body: Vec::new(),
        })
    }
}
