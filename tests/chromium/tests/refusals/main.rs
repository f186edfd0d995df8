//! Requests that `on_denied` and `allow_hosts` refuse, as a real browser sends them: forms, fetches,
//! WebSockets, links, frames and images of foreign pages, and a page that lets its own name lead to the
//! server.

mod server;

use chromium_suite::Browser;
use serde_json::json;
use server::Server;

/// The hosts of pages, which all lead to this machine: DNS rebinding is what the last one does.
const HOSTS: &str = "--host-resolver-rules=MAP app.test 127.0.0.1, MAP evil.test 127.0.0.1, \
                     MAP rebound.evil.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, \
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
        self.server.status(path)
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
        assert_eq!(server.status(&path("evil-socket")), 403);
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
        assert_eq!(server.status(&path("evil-read")), reads);
        // A link.
        let url = server.url("localhost", &path("link"));
        let () = browser.run(
            "setTimeout(() => location.href = arguments[0])",
            &[json!(url)],
        );
        assert_eq!(server.status(&path("link")), 200);

        browser.goto(&app);
        assert_eq!(data("GET", &path("app-read")).as_deref(), Some("data"));
        assert_eq!(data("POST", &path("app-write")).as_deref(), Some("data"));
    }
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
    assert_eq!(server.status("/writes/rebound"), 200);
    read("/local/rebound");
    assert_eq!(server.status("/local/rebound"), 421);
    let url = server.url("rebound.evil.test", "/local/socket");
    let opened: String = browser.run(SOCKET, &[json!(url)]);
    assert_eq!(opened, "refused");
    assert_eq!(server.status("/local/socket"), 421);
}
