//! What is made of responses.

use cors_runtime::testing::{CheckFailure, Fetch, HeaderList, NetworkError, Page, Response};

use crate::{API, fetch, names, response};

#[test]
fn the_cors_check() {
    use CheckFailure::{NoAllowOrigin, NoCredentials};
    let other = |value: &str| Err(CheckFailure::OriginMismatch(value.to_owned()));
    let own = "allow-origin: https://a.example";
    let credentials = "allow-credentials: true";
    type Checked = Result<(), CheckFailure>;
    // The lines; the outcome without and with credentials.
    let cases: [(&[&str], Checked, Checked); 13] = [
        (&[], Err(NoAllowOrigin), Err(NoAllowOrigin)),
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
            let actual = fetch.check_response(&response(404, lines)).map(|_| ());
            assert_eq!(
                actual,
                expected.clone().map_err(NetworkError::Response),
                "{lines:?}"
            );
            // The preflight needs the same check, without credentials.
            let preflight = fetch.check_preflight(&response(204, lines)).map(|_| ());
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
            .check_response(&response(200, &["allow-origin: null", credentials]))
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
    let judge = |fetch: Fetch, response: &Response| fetch.check_preflight(response).map(|_| ());

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
    // `*` does not cover `Authorization`.
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
            .check_preflight(&response(204, &lines));
        assert_eq!(permission.unwrap().max_age(), seconds, "{lines:?}");
    }
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
        let readable = fetch.check_response(&respond(expose)).unwrap();
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

#[test]
fn errors_in_plain_words() {
    let other = CheckFailure::OriginMismatch("*".to_owned());
    for (error, sentence) in [
        (
            NetworkError::Response(CheckFailure::NoAllowOrigin),
            "the response has no `Access-Control-Allow-Origin`",
        ),
        (
            NetworkError::Preflight(CheckFailure::NoCredentials),
            "the response to the preflight has no `Access-Control-Allow-Credentials: true`",
        ),
        (
            NetworkError::Preflight(other),
            "the response to the preflight has `Access-Control-Allow-Origin: *`, which is not the \
             page's origin",
        ),
    ] {
        assert_eq!(error.to_string(), sentence);
    }
}

#[test]
fn headers_for_debugging() {
    let mut headers = HeaderList::default();
    headers.append("etag", "\"1\"");
    headers.append("x", b"\xff");
    let debug = format!("{headers:?}");
    assert_eq!(debug, "{\"etag\": \"\\\"1\\\"\", \"x\": \"\u{fffd}\"}");
}
