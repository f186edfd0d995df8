//! The replies of the application.

/// A response without anything that depends on the request.
#[derive(Debug, Clone, Copy)]
pub struct Reply {
    /// The path of the request.
    pub path: &'static str,
    /// The status code.
    pub status: u16,
    /// Header lines, in order; a name may occur twice.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub body: &'static str,
}

/// The body of `/plain`, in the application and in each part that has its own policy. Parts that refuse writes also
/// send it in reply to `POST` and `PUT`.
pub const PLAIN: &str = "plain\n";

/// `GET /stream`, sent piece by piece.
pub const CHUNKS: [&str; 3] = ["one\n", "two\n", "three\n"];

/// Responses that some CORS libraries handle wrongly, for `GET` of their paths.
pub const REPLIES: &[Reply] = &[
    reply("/vary", 200, &[("vary", "Accept-Encoding")]),
    reply(
        "/vary-lines",
        200,
        &[("vary", "Accept, Cookie"), ("vary", "Accept-Language")],
    ),
    reply(
        "/vary-origin",
        200,
        &[("vary", "Accept"), ("vary", "cookie,ORIGIN")],
    ),
    reply("/vary-lookalike", 200, &[("vary", "x-origin")]),
    reply("/vary-star", 200, &[("vary", "*")]),
    reply(
        "/own-cors",
        200,
        &[
            ("access-control-allow-origin", "*"),
            ("access-control-allow-origin", "https://elsewhere.example"),
            ("access-control-allow-credentials", "false"),
            ("access-control-expose-headers", "x-secret"),
            ("access-control-allow-methods", "DELETE"),
            ("access-control-allow-headers", "x-any"),
            ("access-control-max-age", "1"),
        ],
    ),
    reply("/error", 500, &[]),
    reply("/teapot", 418, &[]),
    reply("/not-modified", 304, &[("etag", "\"1\"")]),
    reply("/redirect", 302, &[("location", "/plain")]),
    reply(
        "/cookies",
        200,
        &[("set-cookie", "a=1"), ("set-cookie", "b=2")],
    ),
    reply(
        "/exposed",
        200,
        &[
            ("etag", "\"1\""),
            ("x-request-id", "7"),
            ("x-secret", "8"),
            ("set-cookie", "a=1"),
        ],
    ),
    reply(
        "/many",
        200,
        &[
            ("x-1", "1"),
            ("x-2", "2"),
            ("x-3", "3"),
            ("x-4", "4"),
            ("x-5", "5"),
            ("x-6", "6"),
            ("x-7", "7"),
            ("x-8", "8"),
            ("x-9", "9"),
            ("x-10", "10"),
        ],
    ),
];

const fn reply(
    path: &'static str,
    status: u16,
    headers: &'static [(&'static str, &'static str)],
) -> Reply {
    let body = match status {
        304 => "",
        _ => "reply\n",
    };
    Reply {
        path,
        status,
        headers,
        body,
    }
}

/// Returns the reply to a request, for examples without a router.
///
/// # Panics
///
/// For `/panic`.
#[must_use]
pub fn route(method: &str, path: &str, is_authorized: bool) -> Reply {
    const fn text(status: u16, body: &'static str) -> Reply {
        Reply {
            path: "",
            status,
            headers: &[],
            body,
        }
    }
    let get = method == "GET" || method == "HEAD";
    let writes = method == "POST" || method == "PUT";
    match path {
        "/plain" if method == "OPTIONS" => Reply {
            headers: &[("allow", "GET, POST, OPTIONS")],
            ..text(204, "")
        },
        "/plain" if get || method == "POST" => text(200, PLAIN),
        "/public/plain" | "/mirror/plain" | "/rules/plain" if get => text(200, PLAIN),
        "/writes/plain" | "/open/plain" | "/local/plain" if get || writes => text(200, PLAIN),
        "/private" if get && is_authorized => text(200, "private\n"),
        "/private" => text(401, "who are you?\n"),
        "/stream" if get => text(200, "one\ntwo\nthree\n"),
        "/fail" if get => text(500, "failed\n"),
        "/panic" if get => panic!("a handler that panics"),
        _ => match REPLIES.iter().find(|reply| get && reply.path == path) {
            Some(reply) => *reply,
            None => text(404, ""),
        },
    }
}
