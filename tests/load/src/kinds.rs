//! The requests of the mix, and what must come of each.

/// The kind of client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Pages that may.
    Allowed,
    /// Pages of denied origins, and clients that are not pages.
    Denied,
    /// Somebody who tries what is expensive, or might be mistaken.
    Hostile,
    /// Clients that do not use HTTP.
    Malformed,
}

/// A request, and what must come of it.
#[derive(Debug)]
pub struct Kind {
    /// A short description.
    pub name: &'static str,
    /// The kind of client.
    pub group: Group,
    /// How many of these are in a round of the mix.
    pub weight: usize,
    /// The request as it is sent.
    pub bytes: Vec<u8>,
    /// The status with the layer; `None` if the connection is closed without a response.
    pub status: Option<u16>,
    /// `Access-Control-Allow-Origin`, with the layer.
    pub allow_origin: Option<&'static str>,
    /// The status without the layer.
    pub bare: Option<u16>,
}

const APP: &str = "https://app.example.com";

/// All of them. A hundred make a round.
#[must_use]
pub fn kinds() -> Vec<Kind> {
    let mut kinds = allowed();
    kinds.append(&mut denied());
    kinds.append(&mut hostile());
    kinds.append(&mut malformed());
    kinds
}

fn allowed() -> Vec<Kind> {
    let kind = |name, weight, first: &str, lines: &str, status, origin| Kind {
        name,
        group: Group::Allowed,
        weight,
        bytes: request(first, lines),
        status: Some(status),
        allow_origin: Some(origin),
        bare: Some(status),
    };
    let (own, preview) = (line(APP), "https://pr-7.preview.example.com");
    let preflight = format!("{own}Access-Control-Request-Method: PUT\r\n");
    let headers = "Access-Control-Request-Headers: authorization,content-type\r\n";
    let anybody = line("https://anybody.example");
    vec![
        kind("an origin", 16, "GET /plain", &own, 200, APP),
        kind("a pattern", 8, "GET /plain", &line(preview), 200, preview),
        kind("anybody", 8, "GET /public/plain", &anybody, 200, "*"),
        kind("POST", 4, "POST /plain", &own, 200, APP),
        kind("an error", 2, "GET /fail", &own, 500, APP),
        kind("no route", 2, "GET /nowhere", &own, 404, APP),
        kind("a preflight", 6, "OPTIONS /plain", &preflight, 204, APP),
        kind(
            "a preflight for headers",
            6,
            "OPTIONS /plain",
            &(preflight.clone() + headers),
            204,
            APP,
        ),
        Kind {
            bare: Some(405),
            ..kind(
                "a mirrored preflight",
                4,
                "OPTIONS /mirror/plain",
                &(preflight + headers),
                204,
                APP,
            )
        },
        // The handler panics before there is a response to put headers into.
        Kind {
            status: None,
            allow_origin: None,
            bare: None,
            ..kind("a panic", 1, "GET /panic", &own, 0, APP)
        },
    ]
}

fn denied() -> Vec<Kind> {
    let kind = |name, weight, first: &str, lines: &str, status| Kind {
        name,
        group: Group::Denied,
        weight,
        bytes: request(first, lines),
        status: Some(status),
        allow_origin: None,
        bare: Some(status),
    };
    let other = line("https://elsewhere.example");
    let preflight = format!("{other}Access-Control-Request-Method: PUT\r\n");
    vec![
        kind("no Origin", 8, "GET /plain", "", 200),
        kind("another origin", 10, "GET /plain", &other, 200),
        kind("an error unread", 2, "GET /fail", &other, 500),
        Kind {
            bare: Some(204),
            ..kind("a denied preflight", 5, "OPTIONS /plain", &preflight, 403)
        },
    ]
}

fn hostile() -> Vec<Kind> {
    let kind = |name, weight, first: &str, lines: &str, status, origin| Kind {
        name,
        group: Group::Hostile,
        weight,
        bytes: request(first, lines),
        status: Some(status),
        allow_origin: origin,
        bare: Some(status),
    };
    let own = line(APP);
    let long = format!("https://{}.preview.example.com", "a".repeat(16_000));
    let begins = line("https://app.example.com.evil.example");
    let list = |names: &str| {
        format!(
            "{own}Access-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: {names}\r\n"
        )
    };
    let (names, commas) = (list(&"x-a,".repeat(4_000)), list(&", ".repeat(8_000)));
    let many = own.clone() + &"Access-Control-Request-Headers: x\r\n".repeat(90);
    vec![
        kind("a lookalike", 4, "GET /plain", &begins, 200, None),
        kind("a long origin", 2, "GET /plain", &line(&long), 200, None),
        kind("two origins", 2, "GET /plain", &own.repeat(2), 200, None),
        kind("null", 2, "GET /plain", &line("null"), 200, None),
        kind("many names", 1, "OPTIONS /plain", &names, 204, Some(APP)),
        kind("many commas", 1, "OPTIONS /plain", &commas, 204, Some(APP)),
        Kind {
            bare: Some(405),
            ..kind(
                "many names mirrored",
                1,
                "OPTIONS /mirror/plain",
                &names,
                204,
                Some(APP),
            )
        },
        kind("many lines", 1, "GET /plain", &many, 200, Some(APP)),
    ]
}

fn malformed() -> Vec<Kind> {
    let kind = |name, bytes: &[u8], status| Kind {
        name,
        group: Group::Malformed,
        weight: 1,
        bytes: bytes.to_vec(),
        status: Some(status),
        allow_origin: None,
        bare: Some(status),
    };
    let lines = request("GET /plain", &"X: x\r\n".repeat(200));
    vec![
        kind("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n", 400),
        kind("no colon", b"GET /plain HTTP/1.1\r\nOrigin\r\n\r\n", 400),
        kind("a nul", b"GET /plain HTTP/1.1\r\nOrigin: \0\r\n\r\n", 400),
        kind("too many lines", &lines, 431),
    ]
}

fn line(origin: &str) -> String {
    format!("Origin: {origin}\r\n")
}

/// A request with a method and a path, and header lines.
fn request(first: &str, lines: &str) -> Vec<u8> {
    let length = match first.starts_with("POST") {
        true => "Content-Length: 0\r\n",
        false => "",
    };
    format!("{first} HTTP/1.1\r\nHost: api.example.com\r\n{lines}{length}\r\n").into_bytes()
}
