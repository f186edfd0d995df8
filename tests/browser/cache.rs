//! The preflight cache.

use cors_runtime::testing::{CheckFailure, Fetch, NetworkError, Page, PreflightCache, Response};

use crate::{API, fetch, response};

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
    // Five seconds, or the server's maximum age, or the browser's limit.
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
    // A wildcard covers all headers except `Authorization`.
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
    // A cached entry gets a new expiry.
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
    assert_eq!(
        failure,
        Err(NetworkError::Response(CheckFailure::NoAllowOrigin))
    );
    assert_eq!(preflights(&mut cache, &[(2, &put)], &allowed), 1);
    // Entries of other pages and other URLs are kept.
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
