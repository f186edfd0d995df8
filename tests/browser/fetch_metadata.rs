//! `Sec-Fetch-Site`, `Sec-Fetch-Mode` and `Sec-Fetch-Dest`, as the Fetch Metadata standard has them.

use cors_runtime::testing::{Fetch, Page, Request, Response};

/// The values of the headers of a request, in the order site, mode, destination.
fn metadata(request: &Request) -> Option<[String; 3]> {
    let names = ["sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest"];
    let values = names.map(|name| request.headers().get(name));
    let count = values.iter().flatten().count();
    assert!(count == 0 || count == 3, "{request:?}");
    let text = |value: Option<Vec<u8>>| String::from_utf8(value.unwrap_or_default()).unwrap();
    (count == 3).then(|| values.map(text))
}

fn site(request: &Request) -> Option<String> {
    metadata(request).map(|[site, ..]| site)
}

fn fetch(page: &str, url: &str) -> Fetch {
    let page = match page {
        "null" => Page::opaque(),
        origin => Page::new(origin),
    };
    match page.is_origin_of(url) {
        true => page.fetch_same_origin(url),
        false => page.fetch(url),
    }
}

#[test]
fn the_relation_of_a_page_and_a_url() {
    for (page, url, expected) in [
        (
            "https://example.com",
            "https://example.com/a",
            "same-origin",
        ),
        (
            "https://example.com",
            "https://example.com:8443/",
            "same-site",
        ),
        (
            "https://app.example.com",
            "https://example.com/",
            "same-site",
        ),
        (
            "https://a.example.com",
            "https://b.c.example.com/",
            "same-site",
        ),
        // The scheme counts.
        ("http://example.com", "https://example.com/", "cross-site"),
        (
            "http://localhost:3000",
            "https://localhost:3000/",
            "cross-site",
        ),
        ("https://example.com", "https://example.org/", "cross-site"),
        (
            "https://evilexample.com",
            "https://example.com/",
            "cross-site",
        ),
        // Anyone can register a name below a public suffix.
        ("https://a.co.uk", "https://b.co.uk/", "cross-site"),
        ("https://a.github.io", "https://b.github.io/", "cross-site"),
        ("https://x.a.github.io", "https://a.github.io/", "same-site"),
        ("https://github.io", "https://a.github.io/", "cross-site"),
        ("https://github.io", "https://github.io:8443/", "same-site"),
        // An exception of `*.ck`.
        ("https://a.www.ck", "https://www.ck/", "same-site"),
        ("https://a.b.ck", "https://c.b.ck/", "cross-site"),
        // Names on no list are below the suffix of one label, reserved or not.
        ("https://a.example", "https://b.example/", "cross-site"),
        ("https://x.a.example", "https://a.example/", "same-site"),
        ("http://a.localhost", "http://b.localhost/", "cross-site"),
        (
            "http://localhost:3000",
            "http://localhost:4000/",
            "same-site",
        ),
        ("https://web", "https://web:8443/", "same-site"),
        // A shared host that is not on the list of browsers.
        ("https://a.1.2.3.4.nip.io", "https://b.nip.io/", "same-site"),
        ("https://127.0.0.1:3000", "https://127.0.0.1/", "same-site"),
        ("https://10.0.0.1", "https://20.0.0.1/", "cross-site"),
        ("https://[::1]:3000", "https://[::1]/", "same-site"),
        ("https://[::1]", "https://[::2]/", "cross-site"),
        // The dot of the root makes another domain.
        (
            "https://a.example.com.",
            "https://example.com./",
            "same-site",
        ),
        (
            "https://a.example.com",
            "https://example.com./",
            "cross-site",
        ),
        ("null", "https://example.com/", "cross-site"),
        ("app://example.com", "https://example.com/", "cross-site"),
    ] {
        let request = fetch(page, url).requests().unwrap().request;
        assert_eq!(site(&request).as_deref(), Some(expected), "{page} {url}");
        let form = match page {
            "null" => Page::opaque(),
            origin => Page::new(origin),
        };
        let form = form.submit(url, "");
        assert_eq!(site(&form).as_deref(), Some(expected), "{page} {url}");
    }
}

/// Others may read the requests on their way.
#[test]
fn only_trustworthy_urls_get_the_headers() {
    let page = Page::new("https://a.example");
    for (url, is_trustworthy) in [
        ("https://api.example/", true),
        ("https://192.168.0.1/", true),
        ("http://localhost/", true),
        ("http://localhost:3000/", true),
        ("http://api.localhost/", true),
        ("http://127.0.0.1:3000/", true),
        ("http://127.255.255.254/", true),
        ("http://[::1]:3000/", true),
        ("http://api.example/", false),
        ("http://192.168.0.1/", false),
        ("http://[::2]/", false),
        ("http://localhost.example/", false),
    ] {
        let put = page.fetch(url).method("PUT").requests().unwrap();
        for request in [
            put.request,
            put.preflight.unwrap(),
            page.submit(url, ""),
            page.follow_link(url),
            page.load_image(url),
            page.open_socket(url),
        ] {
            assert_eq!(metadata(&request).is_some(), is_trustworthy, "{url}");
        }
    }
}

#[test]
fn each_kind_of_request_has_its_mode_and_destination() {
    let (page, url) = (Page::new("https://a.example"), "https://api.example/");
    let put = page.fetch(url).method("PUT").requests().unwrap();
    for (request, method, mode, destination) in [
        (put.request, "PUT", "cors", "empty"),
        (put.preflight.unwrap(), "OPTIONS", "cors", "empty"),
        (page.submit(url, "a=1"), "POST", "navigate", "document"),
        (page.follow_link(url), "GET", "navigate", "document"),
        (page.load_image(url), "GET", "no-cors", "image"),
        (page.open_socket(url), "GET", "websocket", "empty"),
    ] {
        assert_eq!(request.method(), method);
        let expected = ["cross-site", mode, destination].map(str::to_owned);
        assert_eq!(metadata(&request), Some(expected));
        let origin = matches!(mode, "cors" | "websocket") || method == "POST";
        assert_eq!(request.headers().get("origin").is_some(), origin, "{mode}");
        assert_eq!(metadata(&request.without_fetch_metadata()), None);
    }
    // A page of the server itself reads in the mode `cors` too, without `Origin`.
    let own = fetch("https://api.example", url).requests().unwrap();
    let expected = ["same-origin", "cors", "empty"].map(str::to_owned);
    assert_eq!(metadata(&own.request), Some(expected));
}

/// <https://fetch.spec.whatwg.org/#append-a-request-origin-header>
#[test]
fn forms_hide_the_origin_from_a_url_without_tls() {
    for (page, url, origin) in [
        (
            "https://a.example",
            "https://api.example/",
            "https://a.example",
        ),
        (
            "http://a.example",
            "http://api.example/",
            "http://a.example",
        ),
        (
            "http://a.example",
            "https://api.example/",
            "http://a.example",
        ),
        ("https://a.example", "http://api.example/", "null"),
    ] {
        let form = Page::new(page).submit(url, "a=1");
        assert_eq!(form.headers().get("origin").unwrap(), origin.as_bytes());
        assert_eq!(form.body(), b"a=1");
    }
}

/// The worst of all URLs counts.
#[test]
fn the_relation_after_redirects() {
    for (urls, expected) in [
        (
            &["https://a.example.com/1", "https://a.example.com/2"][..],
            "same-origin",
        ),
        (
            &["https://b.example.com/", "https://a.example.com/"],
            "same-site",
        ),
        (
            &["https://a.example.com/", "https://b.example.com/"],
            "same-site",
        ),
        (
            &["https://a.example.com/", "https://example.org/"],
            "cross-site",
        ),
        (
            &["https://example.org/", "https://a.example.com/"],
            "cross-site",
        ),
        (
            &[
                "https://example.org/",
                "https://b.example.com/",
                "https://a.example.com/",
            ],
            "cross-site",
        ),
        // Without TLS in between, the scheme differs.
        (
            &["http://a.example.com/", "https://a.example.com/"],
            "cross-site",
        ),
    ] {
        let mut fetch = fetch("https://a.example.com", urls[0]);
        for url in &urls[1..] {
            let response = Response::new(302)
                .header("location", url)
                .header("access-control-allow-origin", "*");
            fetch = fetch.redirect(&response).unwrap().unwrap();
        }
        let request = fetch.requests().unwrap().request;
        assert_eq!(site(&request).as_deref(), Some(expected), "{urls:?}");
    }
}
