//! The three exchanges that CORS is introduced with, over real HTTP: a simple request, a
//! preflighted one, and one with credentials.

use std::sync::OnceLock;

use axum::Router;
use axum::http::header::{SET_COOKIE, VARY};
use axum::routing::{get, post};
use cors_runtime::tower::CorsLayer;
use cors_runtime::{Policy, cors_policy};
use cors_support::net::{cors, expected, list, send, serve};
use http::{Request, Response};

static PUBLIC: Policy = cors_policy!(allow_origins = Any);
static SIMPLE: Policy = cors_policy!(allow_origins = ["https://foo.example"]);
static DOC: Policy = cors_policy!(
    allow_origins = ["https://foo.example"],
    allow_methods = [POST, GET, OPTIONS],
    allow_headers = ["X-PINGOTHER", "Content-Type"],
    max_age = 86400,
);
static CREDENTIALED: Policy = cors_policy!(
    allow_origins = ["https://foo.example"],
    allow_credentials = true,
);

/// One server for all; each route has a policy of its own.
fn server() -> String {
    static ADDRESS: OnceLock<std::net::SocketAddr> = OnceLock::new();
    let address = ADDRESS.get_or_init(|| {
        let data = || get(|| async { "data" });
        let stored = post(|| async { ([(VARY, "Accept-Encoding")], "stored") });
        let private = get(|| async { ([(SET_COOKIE, "pageAccess=3")], "private") });
        serve(
            Router::new()
                .route("/public", data().layer(CorsLayer::new(&PUBLIC)))
                .route("/simple", data().layer(CorsLayer::new(&SIMPLE)))
                .route("/doc", stored.layer(CorsLayer::new(&DOC)))
                .route(
                    "/credentialed",
                    private.layer(CorsLayer::new(&CREDENTIALED)),
                ),
        )
    });
    format!("http://{address}")
}

fn exchange(method: &str, path: &str, headers: &[(&str, &str)]) -> Response<String> {
    let mut request = Request::builder().method(method).uri(server() + path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(request.body(()).unwrap())
}

#[test]
fn simple_request_to_a_public_resource() {
    let response = exchange("GET", "/public", &[("Origin", "https://foo.example")]);
    assert_eq!(cors(response.headers()), expected(&[("allow-origin", "*")]));
    assert!(list(response.headers(), "vary").is_empty());
    assert_eq!(response.body(), "data");
}

#[test]
fn simple_request_of_the_allowed_origin() {
    let response = exchange("GET", "/simple", &[("Origin", "https://foo.example")]);
    assert_eq!(
        cors(response.headers()),
        expected(&[("allow-origin", "https://foo.example")])
    );
    assert_eq!(list(response.headers(), "vary"), ["Origin"]);
}

#[test]
fn simple_request_of_another_origin() {
    let response = exchange("GET", "/simple", &[("Origin", "https://bar.example")]);
    assert_eq!(cors(response.headers()), []);
    assert_eq!(list(response.headers(), "vary"), ["Origin"]);
    assert_eq!(response.body(), "data");
}

#[test]
fn preflighted_request_in_older_and_in_today_s_spelling() {
    for requested in ["X-PINGOTHER, Content-Type", "content-type,x-pingother"] {
        let response = exchange(
            "OPTIONS",
            "/doc",
            &[
                ("Origin", "https://foo.example"),
                ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", requested),
            ],
        );
        assert_eq!(response.status(), 204);
        assert_eq!(response.body(), "");
        assert_eq!(
            cors(response.headers()),
            expected(&[
                ("allow-origin", "https://foo.example"),
                ("allow-methods", "POST, GET, OPTIONS"),
                ("allow-headers", "x-pingother, content-type"),
                ("max-age", "86400"),
            ])
        );
        assert!(list(response.headers(), "vary").contains(&"Origin".to_owned()));
    }
    let response = exchange("POST", "/doc", &[("Origin", "https://foo.example")]);
    assert_eq!(
        cors(response.headers()),
        expected(&[("allow-origin", "https://foo.example")])
    );
    assert_eq!(
        list(response.headers(), "vary"),
        ["Accept-Encoding", "Origin"]
    );
    assert_eq!(response.body(), "stored");
}

#[test]
fn request_with_credentials() {
    let response = exchange(
        "GET",
        "/credentialed",
        &[
            ("Origin", "https://foo.example"),
            ("Cookie", "pageAccess=2"),
        ],
    );
    assert_eq!(
        cors(response.headers()),
        expected(&[
            ("allow-origin", "https://foo.example"),
            ("allow-credentials", "true"),
        ])
    );
    assert_eq!(list(response.headers(), "vary"), ["Origin"]);
    assert_eq!(response.headers()["set-cookie"], "pageAccess=3");
}

#[test]
fn preflight_of_a_request_with_credentials_allows_them() {
    let response = exchange(
        "OPTIONS",
        "/credentialed",
        &[
            ("Origin", "https://foo.example"),
            ("Access-Control-Request-Method", "GET"),
        ],
    );
    assert_eq!(
        response.headers()["access-control-allow-credentials"],
        "true"
    );
}
