//! The requests of pages that `on_denied` and `allow_hosts` refuse, with the headers of today's browsers
//! and of older ones.

use cors_runtime::testing::{Page, Request};
use cors_runtime::{Policy, Refusal, cors_policy};

static WRITES: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_methods = [PUT],
    on_denied = RefuseWrites,
);

static LOCAL: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_methods = [PUT],
    on_denied = Refuse,
    allow_hosts = ["localhost:*", "api.example.com"],
);

const API: &str = "https://api.example.com/items";
const DAEMON: &str = "http://localhost:7777/items";

/// The refusals by both policies.
fn refusals(request: &Request) -> [Option<Refusal>; 2] {
    [&WRITES, &LOCAL].map(|policy| policy.evaluate(&request.as_cors_request()).refusal())
}

const WRITE: Option<Refusal> = Some(Refusal::WriteNotAllowed);
const READ: Option<Refusal> = Some(Refusal::ReadNotAllowed);
const HOST: Option<Refusal> = Some(Refusal::HostNotAllowed);

/// Everything that a page can send: fetches that read and write, a form, a WebSocket, a link, an image.
fn requests(page: &Page, url: &str) -> [Request; 6] {
    let fetch = match page.is_origin_of(url) {
        true => page.fetch_same_origin(url),
        false => page.fetch(url),
    };
    [
        fetch.requests().unwrap().request,
        fetch.method("PUT").requests().unwrap().request,
        page.submit(url, "a=1"),
        page.open_socket(url),
        page.follow_link(url),
        page.load_image(url),
    ]
}

#[test]
fn foreign_pages_are_refused() {
    // A stranger, a subdomain and a port of the same site, a sandboxed frame.
    for page in [
        Page::new("https://evil.example"),
        Page::new("https://blog.example.com"),
        Page::new("https://api.example.com:8443"),
        Page::new("http://api.example.com"),
        Page::new("http://localhost:3000"),
        Page::opaque(),
    ] {
        for url in [API, DAEMON] {
            let requests = requests(&page, url);
            let expected = [
                [None, READ],
                [WRITE; 2],
                [WRITE; 2],
                [WRITE; 2],
                [None; 2],
                [None, READ],
            ];
            assert_eq!(requests.each_ref().map(refusals), expected, "{page:?}");

            // Without the headers, `Origin` decides; what has none looks like the request of `curl`.
            let old = requests.map(Request::without_fetch_metadata);
            let [get, put, form, socket, link, image] = old.each_ref().map(refusals);
            let is_own_host = page == Page::new("http://api.example.com") && url == API;
            let written = [put, form, socket];
            match is_own_host {
                // The scheme of a server is not in a request.
                true => assert_eq!((get, written), ([None; 2], [[None; 2]; 3])),
                false => assert_eq!((get, written), ([None, READ], [[WRITE; 2]; 3]), "{page:?}"),
            }
            assert_eq!([link, image], [[None; 2]; 2]);
        }
    }
}

#[test]
fn listed_pages_and_those_of_the_server_are_not() {
    for (page, url) in [
        ("https://app.example.com", API),
        ("https://api.example.com", API),
        ("http://localhost:7777", DAEMON),
    ] {
        let requests = requests(&Page::new(page), url);
        for request in &requests[..5] {
            assert_eq!(refusals(request), [None; 2], "{page} {request:?}");
            let old = request.clone().without_fetch_metadata();
            assert_eq!(refusals(&old), [None; 2], "{page} {request:?}");
        }
        // An image of another origin has no `Origin`, so nothing shows that its page is listed.
        let is_own = Page::new(page).is_origin_of(url);
        let image = if is_own { None } else { READ };
        assert_eq!(refusals(&requests[5]), [None, image]);
    }
    // A form of a listed page reaches a server without TLS as that of an unknown page.
    let form = Page::new("https://app.example.com").submit("http://api.example.com/", "");
    assert_eq!(refusals(&form), [WRITE; 2]);
    // It is not potentially trustworthy, so that images have nothing that shows their page.
    let image = Page::new("https://evil.example").load_image("http://api.example.com/");
    assert_eq!(refusals(&image), [None; 2]);
}

/// To the browser, a page whose name leads to the server has the server's origin: only the host shows it.
#[test]
fn pages_that_rebind_their_name_are_refused() {
    for origin in [
        "http://rebound.evil.example:7777",
        "https://rebound.evil.example",
    ] {
        let page = Page::new(origin);
        for request in requests(&page, &format!("{origin}/items")) {
            assert_eq!(refusals(&request), [None, HOST], "{request:?}");
        }
    }
}

/// A page can read nothing of a refused response.
#[test]
fn fetches_of_foreign_pages_fail() {
    let evil = Page::new("https://evil.example");
    let blog = Page::new("https://blog.example.com");
    let app = Page::new("https://app.example.com");
    for policy in [&WRITES, &LOCAL] {
        for url in [API, DAEMON] {
            for page in [&evil, &blog] {
                assert!(page.fetch(url).method("POST").send_to(policy).is_err());
                assert!(page.fetch(url).method("PUT").send_to(policy).is_err());
            }
            for method in ["GET", "POST", "PUT"] {
                let readable = app.fetch(url).method(method).send_to(policy).unwrap();
                assert_eq!(readable.status(), 200);
            }
        }
        // The server's own pages need no permission.
        let server = Page::new("https://api.example.com");
        let readable = server
            .fetch_same_origin(API)
            .method("PATCH")
            .send_to(policy);
        assert_eq!(readable.unwrap().status(), 200);
    }
    let rebound = Page::new("http://rebound.evil.example:7777");
    let read = |policy| {
        let fetch = rebound.fetch_same_origin("http://rebound.evil.example:7777/items");
        fetch.send_to(policy).unwrap().status()
    };
    assert_eq!((read(&WRITES), read(&LOCAL)), (200, 421));
}
