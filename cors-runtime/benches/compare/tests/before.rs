//! What the chapters on migration quote of other libraries, compiled against these, and run: the
//! quotes are blocks that rustdoc ignores, as `cors-runtime` does not depend on its peers.

const CHAPTERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../src/guide/migration/");

#[test]
fn tower_http() {
    use axum::{Router, routing::get};
    use http::{HeaderValue, Method, header};
    use std::time::Duration;
    use tower_http::cors::CorsLayer;

    let cors = CorsLayer::new()
        .allow_origin([
            "https://example.com".parse::<HeaderValue>().unwrap(),
            "https://app.example.com".parse::<HeaderValue>().unwrap(),
        ])
        .allow_methods([Method::GET, Method::PUT])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([header::ETAG])
        .allow_credentials(true)
        .max_age(Duration::from_secs(7200));

    let app: Router = Router::new()
        .route("/", get(|| async { "hello" }))
        .layer(cors);
    drop(app);
    is_quoted("tower_http");
}

#[test]
fn csrf_of_tower_http() -> Result<(), Box<dyn std::error::Error>> {
    use axum::Router;
    use tower_http::cors::CorsLayer;
    use tower_http::csrf::CsrfLayer;

    let (app, cors) = (Router::<()>::new(), CorsLayer::new());
    let csrf = CsrfLayer::new().add_trusted_origin("https://app.example.com")?;
    let app = app.layer(cors).layer(csrf);
    drop(app);
    is_quoted("tower_http");
    Ok(())
}

#[test]
fn a_predicate_of_tower_http() {
    use tower_http::cors::AllowOrigin;

    let _: AllowOrigin =
        AllowOrigin::predicate(|origin, _| origin.as_bytes().ends_with(b"example.com"));
    is_quoted("tower_http");
}

#[test]
fn actix_cors() {
    use actix_cors::Cors;
    use actix_web::http::header;

    let cors = Cors::default()
        .allowed_origin("https://example.com")
        .allowed_origin_fn(|origin, _| origin.as_bytes().ends_with(b".example.com"))
        .allowed_methods(["GET", "PUT"])
        .allowed_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([header::ETAG])
        .supports_credentials()
        .max_age(7200);
    drop(cors);
    is_quoted("actix_cors");
}

/// Every block of a chapter that rustdoc ignores is in this file.
fn is_quoted(chapter: &str) {
    let chapter = std::fs::read_to_string(format!("{CHAPTERS}{chapter}.md")).unwrap();
    let (mut blocks, here) = (0, words(include_str!("before.rs")));
    for block in chapter.split("```rust,ignore\n").skip(1) {
        let (code, _) = block.split_once("```").unwrap();
        assert!(here.contains(&words(code)), "no test compiles\n{code}");
        blocks += 1;
    }
    assert!(blocks > 0, "nothing is quoted");
}

/// Code on one line, however it is indented.
fn words(code: &str) -> String {
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}
