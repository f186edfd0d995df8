//! Requests that `on_denied` and `allow_hosts` refuse, as a real browser sends them: forms, fetches,
//! WebSockets, links, frames and images of foreign pages, and a page that lets its own name lead to the
//! server.

use chromium_suite::Browser;
use chromium_suite::refusals::{
    HOSTS, IMAGE, LINK, POST, SOCKET, SUBMIT, SUBMIT_HERE, Server, check_names, check_pages,
};
use cors_runtime::testing::Page;
use serde_json::json;

#[test]
fn foreign_pages_are_refused_and_listed_ones_are_not() {
    if let Some(browser) = Browser::start(&[HOSTS.to_owned()]) {
        check_pages(&browser, &Server::start());
    }
}

#[test]
fn a_page_whose_name_leads_to_the_server_is_refused() {
    if let Some(browser) = Browser::start(&[HOSTS.to_owned()]) {
        check_names(&browser, &Server::start());
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
