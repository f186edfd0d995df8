//! Requests that `on_denied` and `allow_hosts` refuse, as pages send them: with scripts that tests run in a
//! page, and checks of any server that enforces the policies.

mod server;

use serde_json::json;

pub use self::server::{Recorded, Server, policies};
use crate::browser::Browser;

/// The hosts of pages, which all lead to this machine: DNS rebinding is what the last one does.
pub const HOSTS: &str = "--host-resolver-rules=MAP app.test 127.0.0.1, MAP evil.test 127.0.0.1, \
                     MAP rebound.evil.test 127.0.0.1, MAP *.site.localhost 127.0.0.1, \
                     MAP * ~NOTFOUND, EXCLUDE localhost, \
                     EXCLUDE 127.0.0.1";

/// Sends a request that no script reads.
pub const POST: &str = "await fetch(arguments[0], { method: 'POST', mode: 'no-cors', body: 'x' })";

/// Reads a response, or `null`.
const READ: &str =
    "return await fetch(arguments[0], { method: arguments[1] }).then(it => it.text(), () => null)";

/// Submits a form, into a frame so that the page stays.
pub const SUBMIT: &str = "
    document.body.innerHTML = '<iframe name=f></iframe><form method=post target=f><input name=a></form>';
    document.forms[0].action = arguments[0];
    document.forms[0].submit()";

/// Opens a WebSocket, and returns its first message, or `refused`.
pub const SOCKET: &str = "
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

/// Submits a form, in place of the page.
pub const SUBMIT_HERE: &str = "
    document.body.innerHTML = '<form method=post><input name=a></form>';
    document.forms[0].action = arguments[0];
    setTimeout(() => document.forms[0].submit())";
/// Follows a link, in place of the page.
pub const LINK: &str = "setTimeout(() => location.href = arguments[0])";

/// Loads an image.
pub const IMAGE: &str = "document.body.append(Object.assign(new Image(), { src: arguments[0] }))";

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

/// Checks that requests of foreign pages are refused, and those of listed ones are not.
///
/// # Panics
///
/// If a request gets another response.
pub fn check_pages(browser: &Browser, server: &Server) {
    let other = Server::start();
    let visit = Visit { browser, server };
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

/// Checks that a page whose name leads to the server is refused. To the browser, both have the same origin:
/// only the host distinguishes them.
///
/// # Panics
///
/// If a request gets another response.
pub fn check_names(browser: &Browser, server: &Server) {
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
