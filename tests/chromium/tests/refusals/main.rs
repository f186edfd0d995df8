//! Requests that `on_denied` and `allow_hosts` refuse, as a real browser sends them: forms, fetches,
//! WebSockets, links, frames and images of foreign pages, and a page that lets its own name lead to the
//! server.

mod server;

use chromium_suite::Browser;
use cors_runtime::testing::Page;
use serde_json::json;
use server::Server;

/// The hosts of pages, which all lead to this machine: DNS rebinding is what the last one does.
const HOSTS: &str = "--host-resolver-rules=MAP app.test 127.0.0.1, MAP evil.test 127.0.0.1, \
                     MAP rebound.evil.test 127.0.0.1, MAP *.site.localhost 127.0.0.1, \
                     MAP * ~NOTFOUND, EXCLUDE localhost, \
                     EXCLUDE 127.0.0.1";

/// Sends a request that no script reads.
const POST: &str = "await fetch(arguments[0], { method: 'POST', mode: 'no-cors', body: 'x' })";

/// Reads a response, or `null`.
const READ: &str =
    "return await fetch(arguments[0], { method: arguments[1] }).then(it => it.text(), () => null)";

/// Submits a form, into a frame so that the page stays.
const SUBMIT: &str = "
    document.body.innerHTML = '<iframe name=f></iframe><form method=post target=f><input name=a></form>';
    document.forms[0].action = arguments[0];
    document.forms[0].submit()";

const SOCKET: &str = "
    const socket = new WebSocket(arguments[0].replace('http', 'ws'));
    return await new Promise(done => {
        socket.onmessage = message => done(message.data);
        socket.onerror = () => done('refused');
    })";

/// Sends a request in a frame that has an opaque origin.
const SANDBOX: &str = "
    const frame = document.createElement('iframe');
    frame.sandbox = 'allow-scripts';
    frame.srcdoc = `<script>fetch('${arguments[0]}', { method: 'POST', mode: 'no-cors' })</script>`;
    document.body.append(frame)";

/// Submits a form, or follows a link, in place of the page.
const SUBMIT_HERE: &str = "
    document.body.innerHTML = '<form method=post><input name=a></form>';
    document.forms[0].action = arguments[0];
    setTimeout(() => document.forms[0].submit())";
const LINK: &str = "setTimeout(() => location.href = arguments[0])";

const IMAGE: &str = "document.body.append(Object.assign(new Image(), { src: arguments[0] }))";

struct Visit<'v> {
    browser: &'v Browser,
    server: &'v Server,
}

impl Visit<'_> {
    /// Runs a script in a page, with the URL of a path on `localhost`, and returns the status of the response.
    fn status(&self, page: &str, script: &str, path: &str) -> u16 {
        self.browser.goto(page);
        let url = self.server.url("localhost", path);
        let () = self.browser.run(script, &[json!(url)]);
        self.server.last(path).status
    }

    fn socket(&self, page: &str, path: &str) -> String {
        self.browser.goto(page);
        let url = self.server.url("localhost", path);
        self.browser.run(SOCKET, &[json!(url)])
    }
}

#[test]
fn foreign_pages_are_refused_and_listed_ones_are_not() {
    let Some(browser) = Browser::start(&[HOSTS.to_owned()]) else {
        return;
    };
    let server = Server::start();
    let other = Server::start();
    let visit = Visit {
        browser: &browser,
        server: &server,
    };
    let evil = server.url("evil.test", "/");
    let app = server.url("app.test", "/");
    let own = server.url("localhost", "/");
    // Another port of the same site.
    let same_site = other.url("localhost", "/");

    for (policy, reads) in [("writes", 200), ("local", 403)] {
        let path = |name: &str| format!("/{policy}/{name}");
        assert_eq!(visit.status(&evil, SUBMIT, &path("form")), 403);
        assert_eq!(visit.status(&evil, POST, &path("fetch")), 403);
        assert_eq!(visit.status(&evil, SANDBOX, &path("sandbox")), 403);
        assert_eq!(visit.status(&same_site, POST, &path("same-site")), 403);
        assert_eq!(visit.status(&own, POST, &path("own")), 200);
        assert_eq!(visit.status(&own, SUBMIT, &path("own-form")), 200);
        assert_eq!(visit.status(&app, POST, &path("app")), 200);
        assert_eq!(visit.status(&app, SUBMIT, &path("app-form")), 200);

        assert_eq!(visit.socket(&evil, &path("evil-socket")), "refused");
        assert_eq!(server.last(&path("evil-socket")).status, 403);
        assert_eq!(
            visit.socket(&same_site, &path("same-site-socket")),
            "refused"
        );
        assert_eq!(visit.socket(&app, &path("app-socket")), "hello");
        assert_eq!(visit.socket(&own, &path("own-socket")), "hello");

        assert_eq!(visit.status(&evil, IMAGE, &path("image")), reads);
        browser.goto(&evil);
        let data = |method: &str, path: &str| -> Option<String> {
            let url = server.url("localhost", path);
            browser.run(READ, &[json!(url), json!(method)])
        };
        assert_eq!(data("GET", &path("evil-read")), None);
        assert_eq!(server.last(&path("evil-read")).status, reads);
        // A link.
        let url = server.url("localhost", &path("link"));
        let () = browser.run(LINK, &[json!(url)]);
        assert_eq!(server.last(&path("link")).status, 200);

        browser.goto(&app);
        assert_eq!(data("GET", &path("app-read")).as_deref(), Some("data"));
        assert_eq!(data("POST", &path("app-write")).as_deref(), Some("data"));
    }
}

/// A site is one registrable domain, whose subdomains may have different owners: they are foreign too.
#[test]
fn other_subdomains_of_the_site_are_refused() {
    let Some(browser) = Browser::start(&[HOSTS.to_owned()]) else {
        return;
    };
    let server = Server::start();
    let sibling = server.url("shop.site.localhost", "/");
    let own = server.url("api.site.localhost", "/");
    for policy in ["writes", "local"] {
        for (page, site, status) in [(&sibling, "same-site", 403), (&own, "same-origin", 200)] {
            for (name, script) in [("form", SUBMIT), ("fetch", POST), ("socket", SOCKET)] {
                browser.goto(page);
                let path = format!("/{policy}/{site}-{name}");
                let url = server.url("api.site.localhost", &path);
                let _: serde_json::Value = browser.run(script, &[json!(url)]);
                let arrived = server.last(&path);
                let is_opened = arrived.status == 101;
                assert_eq!(
                    if is_opened { 200 } else { arrived.status },
                    status,
                    "{path}"
                );
                let header = arrived
                    .headers
                    .iter()
                    .find(|(it, _)| it == "Sec-Fetch-Site");
                let sent = header.map(|(_, value)| value.as_str());
                // Chromium sends no metadata with handshakes.
                assert_eq!(sent, (name != "socket").then_some(site), "{path}");
            }
        }
        browser.goto(&sibling);
        let path = format!("/{policy}/link");
        let url = server.url("api.site.localhost", &path);
        let () = browser.run(LINK, &[json!(url)]);
        assert_eq!(server.last(&path).status, 200);
    }
}

/// The browser and the model agree about everything that refusals depend on.
#[test]
fn the_model_sends_what_the_browser_sends() {
    let Some(browser) = Browser::start(&[HOSTS.to_owned()]) else {
        return;
    };
    let server = Server::start();
    let other = Server::start();
    let pages = [
        ("evil", server.url("evil.test", "")),
        ("own", server.url("localhost", "")),
        ("same-site", other.url("localhost", "")),
    ];
    // With plain HTTP, only this machine is potentially trustworthy.
    for host in ["localhost", "app.test"] {
        for (name, origin) in &pages {
            let page = Page::new(origin);
            let url = |kind: &str| server.url(host, &format!("/writes/{host}-{name}-{kind}"));
            for (script, url, request) in [
                (SUBMIT_HERE, url("form"), page.submit(&url("form"), "a=")),
                (LINK, url("link"), page.follow_link(&url("link"))),
                (IMAGE, url("image"), page.load_image(&url("image"))),
                // Chromium sends no metadata with handshakes.
                (
                    SOCKET,
                    url("socket"),
                    page.open_socket(&url("socket")).without_fetch_metadata(),
                ),
            ] {
                browser.goto(&format!("{origin}/"));
                let _: serde_json::Value = browser.run(script, &[json!(url)]);
                let (_, path) = url.split_once("/writes").unwrap();
                let arrived = server.last(&format!("/writes{path}"));
                let headers = arrived.headers.iter();
                let headers = headers.map(|(name, value)| (name.as_str(), value.as_bytes()));
                assert_eq!(arrived.method, request.method());
                assert_eq!(watched(headers), watched(request.headers().iter()), "{url}");
            }
        }
    }
}

/// The headers that refusals depend on, and the destination, sorted.
fn watched<'h>(headers: impl Iterator<Item = (&'h str, &'h [u8])>) -> Vec<(String, String)> {
    const NAMES: [&str; 5] = [
        "origin",
        "sec-fetch-dest",
        "sec-fetch-mode",
        "sec-fetch-site",
        "upgrade",
    ];
    let lines = headers.map(|(name, value)| {
        let value = String::from_utf8_lossy(value).into_owned();
        (name.to_ascii_lowercase(), value)
    });
    let mut lines: Vec<_> = lines
        .filter(|(name, _)| NAMES.contains(&name.as_str()))
        .collect();
    lines.sort();
    lines
}

/// To the browser, the page and the server have the same origin: only the host distinguishes them.
#[test]
fn a_page_whose_name_leads_to_the_server_is_refused() {
    let Some(browser) = Browser::start(&[HOSTS.to_owned()]) else {
        return;
    };
    let server = Server::start();
    browser.goto(&server.url("rebound.evil.test", "/"));
    let read = |path: &str| -> Option<String> { browser.run(READ, &[json!(path), json!("POST")]) };
    // `RefuseWrites` alone cannot detect this.
    assert_eq!(read("/writes/rebound").as_deref(), Some("data"));
    assert_eq!(server.last("/writes/rebound").status, 200);
    read("/local/rebound");
    assert_eq!(server.last("/local/rebound").status, 421);
    let url = server.url("rebound.evil.test", "/local/socket");
    let opened: String = browser.run(SOCKET, &[json!(url)]);
    assert_eq!(opened, "refused");
    assert_eq!(server.last("/local/socket").status, 421);
}
