//! Requests that nobody would write down: origins with a byte or two changed, from pages of all kinds.

use conformance::Request;

use crate::Site;

/// Requests without end, the same ones for the same seed.
#[derive(Debug)]
pub struct Requests {
    state: u64,
    origins: Vec<Vec<u8>>,
    hosts: Vec<Vec<u8>>,
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

/// For policies that decide by the method.
const WRITES: &[&str] = &["POST", "PUT", "PUT", "PATCH", "DELETE", "PURGE", "X-Y"];

/// Endings of a host, and changes of its case.
const HOST_ENDS: &[&str] = &[
    "",
    "",
    "",
    "",
    ":",
    ":80",
    ":443",
    ":8443",
    ":0",
    ":080",
    ".",
    ".evil.example",
    "x",
];

const SITES: &[&str] = &[
    "same-origin",
    "none",
    "cross-site",
    "cross-site",
    "same-site",
    "Same-Origin",
    "x",
    "",
];

const UPGRADES: &[&str] = &[
    "websocket",
    "WebSocket",
    "WebSocket/13",
    "h2c, websocket",
    "h2c",
    "x-websocket",
    "websockets",
    "websocket ,x",
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
    "/own-timing",
    "/error",
    "/teapot",
    "/not-modified",
    "/redirect",
    "/nothing",
];

impl Requests {
    /// Creates requests from pages of these origins, and of others like them.
    #[must_use]
    pub fn new(seed: u64, site: &Site) -> Self {
        let origins = site.origins;
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
            hosts: site
                .hosts
                .iter()
                .map(|host| host.as_bytes().to_vec())
                .collect(),
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

impl Requests {
    /// A host that is allowed, or similar; with valid bytes, since gateways refuse others.
    fn host(&mut self) -> Vec<u8> {
        let index = self.below(self.hosts.len());
        let mut host = self.hosts[index].clone();
        match self.below(8) {
            0 => host.make_ascii_uppercase(),
            1 => {
                let origin = &self.origins[self.state as usize % self.origins.len()];
                let start = origin.iter().rposition(|byte| *byte == b'/');
                host = origin[start.map_or(0, |start| start + 1)..].to_vec();
            }
            2 if host[0] != b'[' => host.splice(..0, *b"a.").for_each(drop),
            3 if host[0] != b'[' => drop(host.remove(0)),
            _ => {}
        }
        // A second port would be no host at all.
        if !host.contains(&b':') {
            host.extend(self.one(HOST_ENDS).bytes());
        }
        host
    }

    /// The headers that `on_denied` and `allow_hosts` consult.
    fn add_context(&mut self, headers: &mut Vec<(String, Vec<u8>)>) {
        headers.push(("host".to_owned(), self.host()));
        if self.below(2) == 0 {
            let site = self.one(SITES);
            headers.push(("sec-fetch-site".to_owned(), site.into()));
            if self.below(20) == 0 {
                headers.push(("sec-fetch-site".to_owned(), b"same-origin".to_vec()));
            }
        }
        if self.below(3) == 0 {
            let mode = self.one(&["navigate", "cors", "no-cors", "NAVIGATE"]);
            headers.push(("sec-fetch-mode".to_owned(), mode.into()));
        }
        if self.below(6) == 0 {
            let upgrade = self.one(UPGRADES);
            headers.push(("upgrade".to_owned(), upgrade.into()));
            if upgrade.eq_ignore_ascii_case("websocket") {
                headers.push(("connection".to_owned(), b"upgrade".to_vec()));
                let key = b"dGhlIHNhbXBsZSBub25jZQ==".to_vec();
                headers.push(("sec-websocket-key".to_owned(), key));
                headers.push(("sec-websocket-version".to_owned(), b"13".to_vec()));
            }
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
        if !self.hosts.is_empty() {
            self.add_context(&mut headers);
        }
        let method = match self.hosts.is_empty() {
            true => self.one(METHODS),
            false => self.one(&[METHODS, WRITES].concat()),
        };
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
