//! Where redirects lead, and what they change.

use cors_runtime::testing::{CheckFailure, Fetch, NetworkError, Page};

use crate::{API, fetch, header, response};

#[test]
fn a_redirect_is_an_error_unless_it_is_followed() {
    let to = |status, lines: &[&str]| response(status, lines).header("Location", "/other");
    for status in [301, 302, 303, 307, 308] {
        let judged = fetch().check_response(&to(status, &["allow-origin: *"]));
        assert_eq!(judged, Err(NetworkError::Redirect(status)));
        // The CORS check comes first, and a redirect to nowhere is a response.
        let failure = NetworkError::Response(CheckFailure::NoAllowOrigin);
        assert_eq!(
            fetch().check_response(&to(status, &[])),
            Err(failure.clone())
        );
        assert_eq!(fetch().redirect(&to(status, &[])), Err(failure));
        let nowhere = response(status, &["allow-origin: *"]);
        assert_eq!(fetch().redirect(&nowhere), Ok(None));
        assert!(fetch().check_response(&nowhere).is_ok());
    }
    for status in [200, 300, 304] {
        let other = to(status, &["allow-origin: *"]);
        assert_eq!(fetch().redirect(&other), Ok(None));
        assert!(fetch().check_response(&other).is_ok());
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
        assert_eq!(next.requests().unwrap().request.url(), url);
    }
    for location in [
        "",
        "x",
        "ftp://b.example/",
        "https://me@b.example/",
        "https://b.example:443/",
        "data:,x",
    ] {
        let failure = NetworkError::InvalidRedirectLocation(location.to_owned());
        assert_eq!(redirected(&fetch(), 307, location), Err(failure));
    }
    let twice = response(302, &["allow-origin: *"])
        .header("location", "/a")
        .header("location", "/b");
    assert_eq!(
        fetch().redirect(&twice),
        Err(NetworkError::InvalidRedirectLocation("/a".to_owned()))
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
            .requests()
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
    let sent = |fetch: &Fetch, name| fetch.requests().unwrap().request.headers().get(name);
    let signed = header("Authorization", "x").header("x-one", "1");

    let same = next(&signed, "/x");
    assert_eq!(sent(&same, "authorization").unwrap(), b"x");
    assert_eq!(sent(&same, "origin").unwrap(), b"https://a.example");
    // From the foreign origin to another one, and even back home: neither learns the origin of the
    // page.
    for other in ["https://b.example/", "https://a.example/"] {
        let other = next(&same, other);
        assert_eq!(sent(&other, "authorization"), None);
        assert_eq!(sent(&other, "x-one").unwrap(), b"1");
        assert_eq!(sent(&other, "origin").unwrap(), b"null");
        let preflight = other.requests().unwrap().preflight.unwrap();
        assert_eq!(preflight.headers().get("origin").unwrap(), b"null");
        assert!(!other.is_same_origin());
        assert_eq!(
            other.check_response(&response(200, &["allow-origin: https://a.example"])),
            Err(NetworkError::Response(CheckFailure::OriginMismatch(
                "https://a.example".to_owned()
            )))
        );
        assert!(
            other
                .check_response(&response(200, &["allow-origin: null"]))
                .is_ok()
        );
    }
    // From home to another origin, the page is named.
    let own = Page::new("https://api.example")
        .fetch_same_origin(API)
        .header("x-one", "1");
    let away = next(&own, "https://b.example/");
    assert_eq!(sent(&away, "origin").unwrap(), b"https://api.example");
    assert!(away.requests().unwrap().preflight.is_some());
    let home = next(&own, "/x");
    assert!(home.is_same_origin() && home.requests().unwrap().preflight.is_none());
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
fn errors_after_redirects_name_the_url() {
    let send = |fetch: Fetch, last: &[&str]| {
        let outcome = fetch.send(|request| match request.url() {
            API => response(307, &["allow-origin: *"]).header("location", "https://b.example/1"),
            "https://b.example/1" if request.method() == "OPTIONS" => response(204, &[]),
            "https://b.example/1" => response(307, &["allow-origin: *"]).header("location", "/2"),
            _ => response(200, last),
        });
        outcome.unwrap_err()
    };
    let after = |url: &str, error| NetworkError::AfterRedirect {
        url: url.to_owned(),
        error: Box::new(error),
    };
    let no_origin = CheckFailure::NoAllowOrigin;
    let failure = send(fetch(), &[]);
    let expected = after(
        "https://b.example/2",
        NetworkError::Response(no_origin.clone()),
    );
    assert_eq!(failure, expected);
    assert_eq!(
        failure.to_string(),
        "after a redirect to `https://b.example/2`, the response has no `Access-Control-Allow-Origin`"
    );
    let source = std::error::Error::source(&failure).unwrap();
    assert_eq!(
        source.to_string(),
        "the response has no `Access-Control-Allow-Origin`"
    );
    // From its own origin, a page is let go without a preflight, and needs one elsewhere.
    let own = Page::new("https://api.example")
        .fetch_same_origin(API)
        .header("x-one", "1");
    let expected = after(
        "https://b.example/1",
        NetworkError::Preflight(no_origin.clone()),
    );
    assert_eq!(send(own, &[]), expected);
    // Without a redirect, the error mentions none.
    let direct = fetch().send(|_| response(200, &[])).unwrap_err();
    assert_eq!(direct, NetworkError::Response(no_origin));
    // A form that becomes a GET loses its body.
    let form = fetch().method("POST").body("a");
    let next = redirected(&form, 303, "/x").unwrap().requests().unwrap();
    assert_eq!(
        (
            next.request.body(),
            next.request.headers().get("content-type")
        ),
        (&b""[..], None)
    );
    assert_eq!(
        redirected(&form, 307, "/x")
            .unwrap()
            .requests()
            .unwrap()
            .request
            .body(),
        b"a"
    );
}
