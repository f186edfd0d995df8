//! Which request headers pages can set, and which need permission.

use crate::{asked, asked_headers, fetch, header};

#[test]
fn forbidden_headers_are_ignored() {
    let usual = fetch().requests().unwrap();
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
        assert_eq!(header(name, "x").requests().unwrap(), usual, "{name}");
    }
    for name in [
        "X-HTTP-Method",
        "x-http-method-override",
        "X-Method-Override",
    ] {
        for value in ["TRACE", "get, connect", "track"] {
            assert_eq!(
                header(name, value).requests().unwrap(),
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
        let asks = match header("accept", value).requests() {
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
