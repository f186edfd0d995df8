//! The model of a browser, step by step against the facts of the Fetch Standard, and against
//! explanations.

use cors_runtime::testing::{
    CheckFailure, Fetch, NetworkError, Page, PreflightCache, Readable, Response,
};
use cors_runtime::{Policy, cors_policy};
use proptest::prelude::*;

const API: &str = "https://api.example/items?page=1";

fn fetch() -> Fetch {
    Page::new("https://a.example").fetch(API)
}

fn header(name: &str, value: impl AsRef<[u8]>) -> Fetch {
    fetch().header(name, value)
}

/// What a preflight asks for: the method, and the headers.
fn asked(fetch: &Fetch) -> Option<(String, Option<String>)> {
    let preflight = fetch.plan().unwrap().preflight?;
    let get = |name| {
        let value = preflight.headers().get(name)?;
        Some(String::from_utf8(value).unwrap())
    };
    let method = get("access-control-request-method").unwrap();
    Some((method, get("access-control-request-headers")))
}

/// The headers that a preflight asks for; nothing if there is no preflight.
fn asked_headers(fetch: &Fetch) -> String {
    asked(fetch).map_or(String::new(), |(_, headers)| headers.unwrap())
}

fn lines<'r>(headers: impl Iterator<Item = (&'r str, &'r [u8])>) -> Vec<String> {
    headers
        .map(|(name, value)| format!("{name}: {}", value.escape_ascii()))
        .collect()
}

#[test]
fn methods_are_normalized_as_far_as_the_standard_does() {
    for (typed, sent) in [
        ("get", "GET"),
        ("Post", "POST"),
        ("head", "HEAD"),
        ("put", "PUT"),
        ("delete", "DELETE"),
        ("options", "OPTIONS"),
        ("patch", "patch"),
        ("PATCH", "PATCH"),
        ("Query", "Query"),
        ("purge", "purge"),
    ] {
        let plan = fetch().method(typed).plan().unwrap();
        assert_eq!(plan.request.method(), sent);
        let is_safelisted = ["GET", "HEAD", "POST"].contains(&sent);
        assert_eq!(plan.preflight.is_none(), is_safelisted, "{typed}");
    }
}

#[test]
fn mistakes_of_a_page_send_nothing() {
    let sent = |fetch: Fetch| {
        fetch
            .send(|_| -> Response { panic!("nothing is sent") })
            .unwrap_err()
    };
    for method in ["CONNECT", "trace", "Track", "", "A B", "G\u{c9}T"] {
        let error = sent(fetch().method(method));
        assert_eq!(error, NetworkError::InvalidMethod(method.to_owned()));
    }
    for (name, value) in [
        ("", "x"),
        ("a b", "x"),
        ("x-one", "a\nb"),
        ("x-one", "a\0b"),
    ] {
        let error = sent(header(name, value));
        assert_eq!(error, NetworkError::InvalidHeader(name.to_owned()));
    }
    // The first mistake is told.
    let error = sent(fetch().method("TRACE").header("a b", "x"));
    assert_eq!(error, NetworkError::InvalidMethod("TRACE".to_owned()));
}

#[test]
fn forbidden_headers_are_ignored() {
    let usual = fetch().plan().unwrap();
    for name in [
        "Accept-Charset",
        "Accept-Encoding",
        "Access-Control-Request-Headers",
        "Access-Control-Request-Method",
        "Connection",
        "Content-Length",
        "Cookie",
        "Cookie2",
        "Date",
        "DNT",
        "Expect",
        "Host",
        "Keep-Alive",
        "Origin",
        "Referer",
        "Set-Cookie",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Via",
        "Proxy-Authorization",
        "sec-fetch-mode",
        "SEC-",
    ] {
        assert_eq!(header(name, "x").plan().unwrap(), usual, "{name}");
    }
    for name in [
        "X-HTTP-Method",
        "x-http-method-override",
        "X-Method-Override",
    ] {
        for value in ["TRACE", "get, connect", "track"] {
            assert_eq!(
                header(name, value).plan().unwrap(),
                usual,
                "{name}: {value}"
            );
        }
        assert_eq!(
            asked_headers(&header(name, "PUT")),
            name.to_ascii_lowercase()
        );
    }
    for name in [
        "User-Agent",
        "Access-Control-Request-Private-Network",
        "security",
        "proxy",
    ] {
        assert_eq!(asked_headers(&header(name, "x")), name.to_ascii_lowercase());
    }
}

#[test]
fn values_decide_what_is_safelisted() {
    let long = "a".repeat(128);
    for (name, value) in [
        ("Accept", "text/html, */*;q=0.8"),
        ("accept", &*long),
        ("Accept-Language", "de-AT, en;q=0.5, *"),
        ("content-language", "de"),
        ("Content-Type", "text/plain"),
        ("content-type", "TEXT/Plain;charset=utf-8"),
        ("content-type", "multipart/form-data; boundary=x"),
        ("content-type", " application/x-www-form-urlencoded\t; "),
        ("content-type", "text/plain;;;"),
        ("Range", "bytes=0-"),
        ("range", "bytes=10-10"),
        ("range", "bytes=0009-10"),
        ("range", "bytes=99999999999999999998-99999999999999999999"),
    ] {
        assert_eq!(asked(&header(name, value)), None, "{name}: {value}");
    }
    let too_long = "a".repeat(129);
    for (name, value) in [
        ("Accept", "text/html(x)"),
        ("accept", &*too_long),
        ("accept", "a\u{1}"),
        ("accept", "a\u{7f}"),
        ("Accept-Language", "de_AT"),
        ("accept-language", "\"de\""),
        ("content-language", "d\u{e9}"),
        ("content-language", &*too_long),
        ("Content-Type", "application/json"),
        ("content-type", "text/plain; charset=\"utf-8\""),
        ("content-type", "text"),
        ("content-type", ""),
        ("content-type", "text/plain, text/plain"),
        ("content-type", &*format!("text/plain;{}", &long[10..])),
        ("Range", "bytes=-500"),
        ("range", "bytes=1-0"),
        ("range", "bytes=0-1,2-3"),
        ("range", "bytes= 0-1"),
        ("range", "bytes=0"),
        ("range", "bytes=-"),
        ("range", "Bytes=0-"),
        ("range", "bytes=99999999999999999999-99999999999999999998"),
        ("range", "bytes=10-9"),
        ("range", "bytes=02-1"),
        ("x-one", ""),
        ("authorization", "x"),
    ] {
        let names = asked_headers(&header(name, value));
        assert_eq!(names, name.to_ascii_lowercase(), "{name}: {value}");
    }
    // Every unsafe byte, and every other, in one of the headers that look for them.
    let unsafe_bytes = b"\"():<>?@[\\]{}\x7f";
    for byte in 1..=255u8 {
        let is_space = b"\t\n\r ".contains(&byte);
        let expected = unsafe_bytes.contains(&byte) || byte < 0x20 && !is_space;
        let value = [b'a', byte, b'a'];
        let asks = match header("accept", value).plan() {
            Ok(plan) => plan.preflight.is_some(),
            Err(_) => {
                assert!(b"\n\r".contains(&byte));
                continue;
            }
        };
        assert_eq!(asks, expected, "{byte:#x}");
    }
}

#[test]
fn safelisted_values_may_have_so_many_bytes_together() {
    let with = |lengths: &[usize]| {
        let headers = lengths.iter();
        headers.fold(fetch(), |fetch, length| {
            fetch.header("Accept-Language", "a".repeat(*length))
        })
    };
    // `Accept: */*`, which every fetch has, counts as well.
    assert_eq!(
        asked(&with(&[128, 128, 128, 128, 128, 128, 128, 125])),
        None
    );
    let too_many = with(&[128, 128, 128, 128, 128, 128, 128, 126]);
    assert_eq!(asked_headers(&too_many), "accept,accept-language");
}

#[test]
fn a_preflight_asks_for_all_that_needs_permission() {
    let fetch = fetch()
        .method("PUT")
        .header("X-Two", "2")
        .header("accept", "text/html")
        .header("Content-Type", "application/json")
        .header("x-two", "3")
        .header("Authorization", "x")
        .with_credentials();
    let plan = fetch.plan().unwrap();
    let preflight = plan.preflight.unwrap();
    assert_eq!((preflight.method(), preflight.url()), ("OPTIONS", API));
    assert_eq!(
        lines(preflight.headers().iter()),
        [
            "accept: */*",
            "access-control-request-method: PUT",
            "access-control-request-headers: authorization,content-type,x-two",
            "origin: https://a.example",
        ]
    );
    assert_eq!((plan.request.method(), plan.request.url()), ("PUT", API));
    assert_eq!(
        lines(plan.request.headers().iter()),
        [
            "X-Two: 2",
            "accept: text/html",
            "Content-Type: application/json",
            "x-two: 3",
            "Authorization: x",
            "origin: https://a.example",
        ]
    );
    // A method alone, and a listener alone.
    let delete = Page::opaque().fetch(API).method("DELETE");
    let preflight = delete.plan().unwrap().preflight.unwrap();
    assert_eq!(
        lines(preflight.headers().iter()),
        [
            "accept: */*",
            "access-control-request-method: DELETE",
            "origin: null"
        ]
    );
    let upload = self::fetch().method("POST").with_upload_listener();
    assert_eq!(asked(&upload), Some(("POST".to_owned(), None)));
}

#[test]
fn the_own_origin_needs_no_permission() {
    let own = Page::new("https://api.example");
    let put = own
        .fetch(API)
        .method("PUT")
        .header("x-one", "1")
        .with_credentials();
    let plan = put.plan().unwrap();
    assert!(plan.preflight.is_none() && put.is_same_origin());
    assert_eq!(
        plan.request.headers().get("origin").unwrap(),
        b"https://api.example"
    );
    let get = own.fetch("https://api.example").plan().unwrap();
    assert_eq!(get.request.headers().get("origin"), None);
    let response = Response::new(500)
        .header("x-one", "1")
        .header("Set-Cookie", "a=1");
    let readable = put.judge(&response).unwrap();
    assert_eq!(readable.status(), 500);
    assert_eq!(lines(readable.headers().iter()), ["x-one: 1"]);
    for other in [
        "https://api.example:8443/",
        "http://api.example/",
        "https://a.api.example#x",
    ] {
        assert!(!own.fetch(other).is_same_origin(), "{other}");
    }
    assert!(!Page::opaque().fetch(API).is_same_origin());
}

#[test]
#[should_panic(expected = "\"https://A.example\" is no serialized origin")]
fn pages_have_serialized_origins() {
    let _ = Page::new("https://A.example");
}

#[test]
#[should_panic(expected = "\"/items\" does not start with an origin")]
fn urls_are_absolute() {
    let _ = Page::opaque().fetch("/items");
}

/// A response to a preflight or an actual request, as lines.
fn response(status: u16, lines: &[&str]) -> Response {
    lines.iter().fold(Response::new(status), |response, line| {
        let (name, value) = line.split_once(": ").unwrap();
        response.header(&format!("access-control-{name}"), value)
    })
}

#[test]
fn the_cors_check() {
    use CheckFailure::{NoCredentials, NoOrigin};
    let other = |value: &str| Err(CheckFailure::OtherOrigin(value.to_owned()));
    let own = "allow-origin: https://a.example";
    let credentials = "allow-credentials: true";
    type Checked = Result<(), CheckFailure>;
    // The lines; the outcome without and with credentials.
    let cases: [(&[&str], Checked, Checked); 13] = [
        (&[], Err(NoOrigin), Err(NoOrigin)),
        (&["allow-origin: *"], Ok(()), other("*")),
        (&["allow-origin: *", credentials], Ok(()), other("*")),
        (&[own], Ok(()), Err(NoCredentials)),
        (&[own, credentials], Ok(()), Ok(())),
        (
            &[own, "allow-credentials: True"],
            Ok(()),
            Err(NoCredentials),
        ),
        (
            &[own, "allow-credentials: false"],
            Ok(()),
            Err(NoCredentials),
        ),
        (&[own, credentials, credentials], Ok(()), Err(NoCredentials)),
        (
            &[own, own],
            other("https://a.example, https://a.example"),
            other("https://a.example, https://a.example"),
        ),
        (&["allow-origin: null"], other("null"), other("null")),
        (
            &["allow-origin: https://A.example"],
            other("https://A.example"),
            other("https://A.example"),
        ),
        (
            &["allow-origin: https://a.example/"],
            other("https://a.example/"),
            other("https://a.example/"),
        ),
        (
            &["allow-origin:  https://a.example\t"],
            Ok(()),
            Err(NoCredentials),
        ),
    ];
    for (lines, without, with) in cases {
        for (fetch, expected) in [(fetch(), without), (fetch().with_credentials(), with)] {
            let actual = fetch.judge(&response(404, lines)).map(|_| ());
            assert_eq!(
                actual,
                expected.clone().map_err(NetworkError::Response),
                "{lines:?}"
            );
            // The same check, without credentials on the way, guards the preflight.
            let preflight = fetch.judge_preflight(&response(204, lines)).map(|_| ());
            assert_eq!(
                preflight,
                expected.map_err(NetworkError::Preflight),
                "{lines:?}"
            );
        }
    }
    let opaque = Page::opaque().fetch(API).with_credentials();
    assert!(
        opaque
            .judge(&response(200, &["allow-origin: null", credentials]))
            .is_ok()
    );
}

#[test]
fn the_response_to_a_preflight() {
    let put = || fetch().method("PUT").header("X-One", "1");
    let own = "allow-origin: https://a.example";
    let method = |method: &str| Err(NetworkError::MethodNotAllowed(method.to_owned()));
    let name = |name: &str| Err(NetworkError::HeaderNotAllowed(name.to_owned()));
    let unreadable = |name| Err(NetworkError::PreflightHeader(name));
    let with = |lines: &[&str]| response(204, &[&[own][..], lines].concat());
    let judge = |fetch: Fetch, response: &Response| fetch.judge_preflight(response).map(|_| ());

    for status in [200, 204, 299] {
        let response = response(status, &[own, "allow-methods: PUT", "allow-headers: x-one"]);
        assert_eq!(judge(put(), &response), Ok(()));
    }
    for status in [0, 101, 199, 300, 304, 307, 403, 500] {
        let response = response(status, &[own, "allow-methods: PUT", "allow-headers: x-one"]);
        assert_eq!(
            judge(put(), &response),
            Err(NetworkError::PreflightStatus(status))
        );
    }
    let both = ["allow-methods: ", "allow-headers: "];
    for (methods, headers, expected) in [
        ("PUT", "x-one", Ok(())),
        ("GET,, PUT ,", "X-ONE", Ok(())),
        ("*", "*", Ok(())),
        ("put", "x-one", method("PUT")),
        ("GET, POST", "x-one", method("PUT")),
        ("", "", method("PUT")),
        ("PUT", "x-two", name("x-one")),
        ("PUT", "", name("x-one")),
        ("P(T", "x-one", unreadable("access-control-allow-methods")),
        ("PUT", "x one", unreadable("access-control-allow-headers")),
        (
            "DELETE",
            "x;one",
            unreadable("access-control-allow-headers"),
        ),
    ] {
        let lines = [both[0].to_owned() + methods, both[1].to_owned() + headers];
        let response = with(&[&*lines[0], &*lines[1]]);
        assert_eq!(judge(put(), &response), expected, "{lines:?}");
    }
    assert_eq!(judge(put(), &with(&[])), method("PUT"));
    // A listener makes a list of the one method, where there is none.
    let listening = put().with_upload_listener();
    assert_eq!(
        judge(listening.clone(), &with(&["allow-headers: x-one"])),
        Ok(())
    );
    let lines = ["allow-headers: x-one", "allow-methods: "];
    assert_eq!(judge(listening, &with(&lines)), method("PUT"));
    // Several lines are one list.
    let lines = [
        "allow-methods: GET",
        "allow-methods: PUT",
        "allow-headers: x-two",
        "allow-headers: x-one",
    ];
    assert_eq!(judge(put(), &with(&lines)), Ok(()));
    // Safelisted methods need not be listed; others are case-sensitive.
    let post = fetch().method("POST").header("x-one", "1");
    assert_eq!(judge(post, &with(&["allow-headers: x-one"])), Ok(()));
    let patch = |method| fetch().method(method);
    assert_eq!(
        judge(patch("patch"), &with(&["allow-methods: PATCH"])),
        method("patch")
    );
    assert_eq!(
        judge(patch("PATCH"), &with(&["allow-methods: PATCH"])),
        Ok(())
    );
    // `*` does not stand for `Authorization`.
    let signed = || fetch().header("Authorization", "x");
    assert_eq!(
        judge(signed(), &with(&["allow-headers: *"])),
        name("authorization")
    );
    assert_eq!(
        judge(signed(), &with(&["allow-headers: *, authorization"])),
        Ok(())
    );
    // With credentials, `*` is a name like any other.
    let credentials = "allow-credentials: true";
    let lines = [credentials, "allow-methods: *", "allow-headers: x-one"];
    assert_eq!(
        judge(put().with_credentials(), &with(&lines)),
        method("PUT")
    );
    let lines = [credentials, "allow-methods: PUT", "allow-headers: *"];
    assert_eq!(
        judge(put().with_credentials(), &with(&lines)),
        name("x-one")
    );
    let star = fetch().method("*").header("*", "1").with_credentials();
    let lines = [credentials, "allow-methods: *", "allow-headers: *"];
    assert_eq!(judge(star, &with(&lines)), Ok(()));
}

#[test]
fn the_maximum_age() {
    for (lines, seconds) in [
        (&[][..], 5),
        (&["max-age: 600"], 600),
        (&["max-age: 0"], 0),
        (&["max-age: 007"], 7),
        (&["max-age: -1"], 5),
        (&["max-age: +1"], 5),
        (&["max-age: 1.5"], 5),
        (&["max-age: "], 5),
        (&["max-age: 99999999999999999999999"], u64::MAX),
        (&["max-age: 60", "max-age: 60"], 5),
    ] {
        let lines = [&["allow-origin: *", "allow-methods: PUT"][..], lines].concat();
        let permission = fetch()
            .method("PUT")
            .judge_preflight(&response(204, &lines));
        assert_eq!(permission.unwrap().max_age(), seconds, "{lines:?}");
    }
}

/// The names that a script can read.
fn names(readable: &Readable) -> Vec<&str> {
    readable.headers().iter().map(|(name, _)| name).collect()
}

#[test]
fn exposed_headers_are_read() {
    let respond = |expose: &[&str]| {
        let set = [
            ("Cache-Control", "a"),
            ("Content-Language", "b"),
            ("Content-Length", "1"),
            ("content-type", "c"),
            ("Expires", "d"),
            ("Last-Modified", "e"),
            ("Pragma", "f"),
            ("ETag", "g"),
            ("x-one", "h"),
            ("x-one", "i"),
            ("Set-Cookie", "j"),
            ("*", "k"),
        ];
        let response = response(
            200,
            &["allow-origin: https://a.example", "allow-credentials: true"],
        );
        let response = set.iter().fold(response, |response, (name, value)| {
            response.header(name, value)
        });
        expose.iter().fold(response, |response, value| {
            response.header("Access-Control-Expose-Headers", value)
        })
    };
    let safelisted = [
        "Cache-Control",
        "Content-Language",
        "Content-Length",
        "content-type",
        "Expires",
        "Last-Modified",
        "Pragma",
    ];
    for (expose, with_credentials, more) in [
        (&[][..], false, &[][..]),
        (&["etag, X-One"], false, &["ETag", "x-one", "x-one"]),
        (&["etag", "x-one"], true, &["ETag", "x-one", "x-one"]),
        (&["set-cookie, set-cookie2"], true, &[]),
        // Not a list: nothing is exposed.
        (&["etag; x"], false, &[]),
        (&["*"], true, &["*"]),
        (
            &["*"],
            false,
            &[
                "ETag",
                "x-one",
                "x-one",
                "*",
                "access-control-allow-origin",
                "access-control-allow-credentials",
                "Access-Control-Expose-Headers",
            ],
        ),
    ] {
        let fetch = if with_credentials {
            fetch().with_credentials()
        } else {
            fetch()
        };
        let readable = fetch.judge(&respond(expose)).unwrap();
        let mut expected = [&safelisted[..], more].concat();
        expected.sort_unstable();
        let mut names = names(&readable);
        names.sort_unstable();
        assert_eq!(names, expected, "{expose:?}");
        let one = readable.header("X-ONE");
        assert_eq!(
            one.as_deref(),
            more.contains(&"x-one").then_some(&b"h, i"[..])
        );
    }
}

#[test]
fn a_redirect_is_an_error_unless_it_is_followed() {
    let to = |status, lines: &[&str]| response(status, lines).header("Location", "/other");
    for status in [301, 302, 303, 307, 308] {
        let judged = fetch().judge(&to(status, &["allow-origin: *"]));
        assert_eq!(judged, Err(NetworkError::Redirect(status)));
        // The CORS check comes first, and a redirect to nowhere is a response.
        let failure = NetworkError::Response(CheckFailure::NoOrigin);
        assert_eq!(fetch().judge(&to(status, &[])), Err(failure.clone()));
        assert_eq!(fetch().redirect(&to(status, &[])), Err(failure));
        let nowhere = response(status, &["allow-origin: *"]);
        assert_eq!(fetch().redirect(&nowhere), Ok(None));
        assert!(fetch().judge(&nowhere).is_ok());
    }
    for status in [200, 300, 304] {
        let other = to(status, &["allow-origin: *"]);
        assert_eq!(fetch().redirect(&other), Ok(None));
        assert!(fetch().judge(&other).is_ok());
    }
}

/// Where a redirect with this `Location` leads.
fn redirected(fetch: &Fetch, status: u16, location: &str) -> Result<Fetch, NetworkError> {
    let response = response(status, &["allow-origin: *"]).header("location", location);
    fetch
        .redirect(&response)
        .map(|next| next.expect("a redirect"))
}

#[test]
fn locations_are_urls_or_start_with_a_slash() {
    for (location, url) in [
        ("https://b.example/x?y#z", "https://b.example/x?y#z"),
        ("http://b.example:8080", "http://b.example:8080"),
        ("//b.example/x", "https://b.example/x"),
        ("/x", "https://api.example/x"),
    ] {
        let next = redirected(&fetch(), 307, location).unwrap();
        assert_eq!(next.plan().unwrap().request.url(), url);
    }
    for location in [
        "",
        "x",
        "ftp://b.example/",
        "https://me@b.example/",
        "https://b.example:443/",
        "data:,x",
    ] {
        let failure = NetworkError::Location(location.to_owned());
        assert_eq!(redirected(&fetch(), 307, location), Err(failure));
    }
    let twice = response(302, &["allow-origin: *"])
        .header("location", "/a")
        .header("location", "/b");
    assert_eq!(
        fetch().redirect(&twice),
        Err(NetworkError::Location("/a".to_owned()))
    );
}

#[test]
fn redirects_turn_forms_into_get() {
    for (status, method, becomes) in [
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (303, "POST", "GET"),
        (307, "POST", "POST"),
        (308, "POST", "POST"),
        (301, "PUT", "PUT"),
        (302, "DELETE", "DELETE"),
        (303, "PUT", "GET"),
        (303, "HEAD", "HEAD"),
        (303, "GET", "GET"),
    ] {
        let form = fetch()
            .method(method)
            .header("Content-Type", "a/b")
            .header("x-one", "1");
        let request = redirected(&form, status, "/x")
            .unwrap()
            .plan()
            .unwrap()
            .request;
        assert_eq!(request.method(), becomes, "{status} {method}");
        let keeps_type = request.headers().get("content-type").is_some();
        assert_eq!(keeps_type, method == becomes, "{status} {method}");
        assert_eq!(request.headers().get("x-one").unwrap(), b"1");
    }
}

#[test]
fn redirects_to_other_origins_lose_the_authorization_and_then_the_origin() {
    let next = |fetch: &Fetch, location| redirected(fetch, 307, location).unwrap();
    let sent = |fetch: &Fetch, name| fetch.plan().unwrap().request.headers().get(name);
    let signed = header("Authorization", "x").header("x-one", "1");

    let same = next(&signed, "/x");
    assert_eq!(sent(&same, "authorization").unwrap(), b"x");
    assert_eq!(sent(&same, "origin").unwrap(), b"https://a.example");
    // From the foreign origin to another, and even back home: nobody is told whose page it is.
    for other in ["https://b.example/", "https://a.example/"] {
        let other = next(&same, other);
        assert_eq!(sent(&other, "authorization"), None);
        assert_eq!(sent(&other, "x-one").unwrap(), b"1");
        assert_eq!(sent(&other, "origin").unwrap(), b"null");
        let preflight = other.plan().unwrap().preflight.unwrap();
        assert_eq!(preflight.headers().get("origin").unwrap(), b"null");
        assert!(!other.is_same_origin());
        assert_eq!(
            other.judge(&response(200, &["allow-origin: https://a.example"])),
            Err(NetworkError::Response(CheckFailure::OtherOrigin(
                "https://a.example".to_owned()
            )))
        );
        assert!(other.judge(&response(200, &["allow-origin: null"])).is_ok());
    }
    // From home to another origin, the page is named.
    let own = Page::new("https://api.example")
        .fetch(API)
        .header("x-one", "1");
    let away = next(&own, "https://b.example/");
    assert_eq!(sent(&away, "origin").unwrap(), b"https://api.example");
    assert!(away.plan().unwrap().preflight.is_some());
    let home = next(&own, "/x");
    assert!(home.is_same_origin() && home.plan().unwrap().preflight.is_none());
}

#[test]
fn twenty_redirects_are_followed() {
    let mut count = 0;
    let mut send = |most: u32| {
        count = 0;
        let outcome = fetch().header("x-one", "1").send(|request| {
            let lines = ["allow-origin: *", "allow-headers: x-one"];
            if request.method() == "OPTIONS" {
                return response(204, &lines);
            }
            count += 1;
            match count > most {
                true => response(200, &lines),
                false => response(308, &lines).header("location", "/again"),
            }
        });
        (outcome.map(|readable| readable.status()), count)
    };
    assert_eq!(send(20), (Ok(200), 21));
    assert_eq!(send(21), (Err(NetworkError::TooManyRedirects), 21));
}

#[test]
fn the_request_is_sent_only_if_the_preflight_permits_it() {
    let put = fetch().method("PUT");
    let mut sent = Vec::new();
    let mut send = |lines: &[&str]| {
        let outcome = put.send(|request| {
            sent.push(request.method().to_owned());
            response(200, lines)
        });
        outcome
            .map(|_| std::mem::take(&mut sent))
            .map_err(|error| error.to_string())
    };
    assert_eq!(
        send(&["allow-origin: *", "allow-methods: PUT"]).unwrap(),
        ["OPTIONS", "PUT"]
    );
    assert_eq!(
        send(&["allow-origin: *"]).unwrap_err(),
        "the response to the preflight does not allow method `PUT`"
    );
    assert_eq!(sent, ["OPTIONS"]);
}

/// How many preflights are sent for fetches in some seconds, if the server answers with `lines`.
fn preflights(cache: &mut PreflightCache, fetches: &[(u64, &Fetch)], lines: &[&str]) -> usize {
    let mut count = 0;
    for (now, fetch) in fetches {
        let outcome = cache.send(fetch, *now, |request| {
            count += usize::from(request.method() == "OPTIONS");
            response(204, lines)
        });
        outcome.unwrap();
    }
    count
}

#[test]
fn preflights_are_remembered_for_a_while() {
    let put = fetch().method("PUT").header("x-one", "1");
    let own = "allow-origin: https://a.example";
    let all = [
        "allow-credentials: true",
        "allow-methods: PUT, DELETE",
        "allow-headers: x-one, X-Two",
    ];
    let count = |limit, fetches: &[(u64, &Fetch)], lines: &[&str]| {
        let lines = [&[own][..], &all, lines].concat();
        preflights(&mut PreflightCache::new(limit), fetches, &lines)
    };
    // Five seconds, or as long as the server says, or as long as the browser keeps it.
    assert_eq!(count(7_200, &[(0, &put), (4, &put)], &[]), 1);
    assert_eq!(count(7_200, &[(0, &put), (5, &put)], &[]), 2);
    assert_eq!(
        count(
            7_200,
            &[(0, &put), (599, &put), (600, &put)],
            &["max-age: 600"]
        ),
        2
    );
    assert_eq!(count(7_200, &[(0, &put), (0, &put)], &["max-age: 0"]), 2);
    assert_eq!(
        count(10, &[(0, &put), (9, &put), (10, &put)], &["max-age: 600"]),
        2
    );
    // Methods and headers are remembered each for itself.
    let delete = fetch().method("DELETE");
    let two = fetch().header("x-two", "2");
    assert_eq!(count(600, &[(0, &put), (1, &delete), (1, &two)], &[]), 1);
    // For one page, one URL, and one kind of credentials, or for less.
    let other_url = Page::new("https://a.example")
        .fetch("https://api.example/")
        .method("PUT");
    assert_eq!(count(600, &[(0, &put), (1, &other_url)], &[]), 2);
    let with = put.clone().with_credentials();
    assert_eq!(count(600, &[(0, &put), (1, &with)], &[]), 2);
    assert_eq!(count(600, &[(0, &with), (1, &put)], &[]), 1);
    let other_page = Page::new("https://b.example").fetch(API).method("PUT");
    let any = [
        "allow-origin: *",
        "allow-methods: PUT",
        "allow-headers: x-one",
    ];
    let both = [(0, &put), (1, &other_page)];
    assert_eq!(preflights(&mut PreflightCache::new(600), &both, &any), 2);
    // Without a preflight nothing is remembered.
    assert_eq!(count(600, &[(0, &fetch()), (1, &put)], &[]), 1);
    // An upload listener needs one for any method, which is remembered though it is not listed.
    let upload = fetch().method("POST").with_upload_listener();
    assert_eq!(
        preflights(
            &mut PreflightCache::new(600),
            &[(0, &upload), (1, &upload)],
            &[own]
        ),
        1
    );
    // A wildcard stands for all, but for `Authorization`.
    let any = [own, "allow-methods: *", "allow-headers: *, authorization"];
    let patch = fetch()
        .method("PATCH")
        .header("x-any", "1")
        .header("authorization", "x");
    assert_eq!(
        preflights(
            &mut PreflightCache::new(600),
            &[(0, &put), (1, &patch)],
            &any
        ),
        1
    );
    let mut cache = PreflightCache::new(600);
    assert_eq!(
        preflights(
            &mut cache,
            &[(0, &put)],
            &[own, "allow-methods: *", "allow-headers: *"]
        ),
        1
    );
    assert_eq!(preflights(&mut cache, &[(1, &patch)], &any), 1);
    // What is remembered still is given a new end.
    let mut cache = PreflightCache::new(600);
    let lines = [&[own][..], &all].concat();
    let three = put.clone().header("x-three", "3");
    let more = [&lines[..], &["allow-headers: x-three", "max-age: 60"]].concat();
    assert_eq!(preflights(&mut cache, &[(0, &put)], &lines), 1);
    assert_eq!(preflights(&mut cache, &[(3, &three)], &more), 1);
    assert_eq!(preflights(&mut cache, &[(62, &put)], &lines), 0);
}

#[test]
fn a_failure_forgets_what_was_remembered() {
    let put = fetch().method("PUT");
    let allowed = ["allow-origin: https://a.example", "allow-methods: PUT"];
    let mut cache = PreflightCache::new(600);
    assert_eq!(preflights(&mut cache, &[(0, &put)], &allowed), 1);
    let failure = cache.send(&put, 1, |request| {
        assert_eq!(request.method(), "PUT");
        Response::new(200)
    });
    assert_eq!(failure, Err(NetworkError::Response(CheckFailure::NoOrigin)));
    assert_eq!(preflights(&mut cache, &[(2, &put)], &allowed), 1);
    // What other pages, and other URLs, have is kept.
    let other = Page::new("https://b.example").fetch(API).method("PUT");
    assert!(cache.send(&other, 3, |_| Response::new(200)).is_err());
    let other = Page::new("https://a.example")
        .fetch("https://api.example/")
        .method("PUT");
    assert!(cache.send(&other, 3, |_| Response::new(200)).is_err());
    // A simple request that fails has nothing to do with it.
    assert!(cache.send(&fetch(), 3, |_| Response::new(200)).is_err());
    assert_eq!(preflights(&mut cache, &[(4, &put)], &allowed), 0);
}

#[test]
fn requests_and_responses_of_the_http_crate() {
    let put = fetch().method("PUT").header("X-One", "\u{e9}");
    let readable = put.send(|request| {
        let request = http::Request::try_from(request).unwrap();
        assert_eq!(request.uri(), API);
        let response = http::Response::builder()
            .header("access-control-allow-origin", "*")
            .header("access-control-allow-methods", "PUT")
            .header("access-control-allow-headers", "x-one")
            .header("etag", "1")
            .header("pragma", "1");
        if request.method() == "PUT" {
            assert_eq!(request.headers()["x-one"], "\u{e9}");
        }
        response.status(201).body("created").unwrap()
    });
    let readable = readable.unwrap();
    assert_eq!((readable.status(), names(&readable)), (201, vec!["pragma"]));
    // A control character is a valid value for a page, and not for the `http` crate.
    let plan = header("x-one", "a\u{1}").plan().unwrap();
    assert!(http::Request::try_from(plan.request).is_err());
}

static PUBLIC: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = Any,
    allow_headers = Any,
    expose_headers = Any,
);

static TRUSTED: Policy = cors_policy!(
    allow_origins = ["https://a.example", "https://*.a.example"],
    allow_methods = [GET, PUT, PATCH],
    allow_headers = ["content-type", "x-one"],
    allow_credentials = true,
);

static MIRROR: Policy = cors_policy!(
    allow_origins = ["https://a.example", dangerously_allow(null_origin, "null")],
    allow_methods = MirrorRequest,
    allow_headers = MirrorRequest,
    allow_credentials = true,
);

static RULES: Policy = cors_policy!(
    preflight_status = 200,
    rule(
        allow_origins = ["https://a.example"],
        allow_credentials = true,
        allow_methods = [PUT]
    ),
    rule(
        allow_origins = ["https://*.a.example"],
        allow_headers = ["x-one", "authorization"]
    ),
    rule(
        allow_origins = Any,
        allow_methods = Any,
        allow_headers = [Any, "authorization"]
    ),
);

static BARE: Policy = cors_policy!(allow_origins = ["https://a.example"]);

fn fetches() -> impl Strategy<Value = Fetch> {
    let origins = vec![
        "https://a.example",
        "https://x.a.example",
        "https://x.y.a.example",
        "http://a.example",
        "null",
    ];
    let methods = vec![
        "GET", "post", "PUT", "patch", "PATCH", "DELETE", "options", "*",
    ];
    let header = prop::sample::select(vec![
        ("content-type", "application/json"),
        ("Content-Type", "text/plain"),
        ("X-One", "1"),
        ("x-two", "2"),
        ("Authorization", "x"),
        ("accept", "text/html"),
        ("Range", "bytes=-1"),
        ("*", "1"),
    ]);
    let headers = prop::collection::vec(header, 0..4);
    (
        prop::sample::select(origins),
        prop::sample::select(methods),
        headers,
        any::<[bool; 2]>(),
    )
        .prop_map(
            |(origin, method, headers, [with_credentials, with_upload_listener])| {
                let page = match origin {
                    "null" => Page::opaque(),
                    origin => Page::new(origin),
                };
                let mut fetch = page.fetch(API).method(method);
                for (name, value) in headers {
                    fetch = fetch.header(name, value);
                }
                if with_credentials {
                    fetch = fetch.with_credentials();
                }
                // With another method, the standard takes a response that lists no methods as one that
                // lists the method.
                if with_upload_listener && ["GET", "post"].contains(&method) {
                    fetch = fetch.with_upload_listener();
                }
                fetch
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// A page can read what the policy's own explanations allow, and nothing else; what it sends
    /// with credentials is read only where the response allows them.
    #[test]
    fn browsers_and_explanations_agree(fetch in fetches()) {
        for policy in [&PUBLIC, &TRUSTED, &MIRROR, &RULES, &BARE] {
            let plan = fetch.plan().unwrap();
            let requests = plan.preflight.iter().chain([&plan.request]);
            let is_allowed = requests.clone().all(|request| policy.explain(&request.as_cors_request()).is_allowed());
            let credentials = requests.clone().all(|request| {
                let request = request.as_cors_request();
                let mut headers = policy.evaluate(&request).headers();
                headers.any(|(name, _)| name == "access-control-allow-credentials")
            });
            let sends_credentials = fetch == fetch.clone().with_credentials();
            let outcome = fetch.send_to(policy);
            prop_assert_eq!(outcome.is_ok(), is_allowed && (credentials || !sends_credentials), "{:?} {:?}", fetch, outcome);
        }
    }
}
