//! The browser model with the types of actix-web.

use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use cors_runtime::actix_web::Cors;
use cors_runtime::testing::{NetworkError, Page, Request, Response};
use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_headers = ["content-type"],
);

#[actix_web::test]
async fn pages_call_an_application() {
    let echo = web::post().to(|body: String| async { body });
    let app = App::new().wrap(Cors::new(&API)).route("/items", echo);
    let app = init_service(app).await;
    let send = async |request: Request| {
        let response = call_service(&app, TestRequest::from(request).to_request()).await;
        Response::from(&response).body(read_body(response).await)
    };
    let create = |origin| {
        let fetch = Page::new(origin).fetch("https://api.example.com/items");
        fetch.method("POST").json("[1]")
    };
    let allowed = create("https://app.example.com").send_async(send).await;
    assert_eq!(allowed.unwrap().body(), b"[1]");
    let denied = create("https://elsewhere.example").send_async(send).await;
    assert!(
        matches!(denied, Err(NetworkError::Preflight(_))),
        "{denied:?}"
    );
}
