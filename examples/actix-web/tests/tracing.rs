//! What the middleware of actix-web logs, and when it logs nothing.

#[path = "../../../tests/support/logged.rs"]
mod logged;

use actix_web::http::Method;
use actix_web::rt::System;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, HttpResponse, web};
use app::API;
use cors_runtime::actix_web::Cors;
use logged::Line;

fn send(method: &str, headers: &[Line]) {
    System::new().block_on(async {
        let app = App::new()
            .route("/", web::get().to(HttpResponse::Ok))
            .wrap(Cors::new(&API));
        let app = init_service(app).await;
        let request = TestRequest::get().method(Method::from_bytes(method.as_bytes()).unwrap());
        let request = headers
            .iter()
            .fold(request, |request, header| request.insert_header(*header));
        call_service(&app, request.to_request()).await;
    });
}

#[test]
fn a_denied_request_is_one_event() {
    logged::a_denied_request_is_one_event(send);
}

#[test]
fn nothing_is_said_where_nothing_is_denied() {
    logged::nothing_is_said_where_nothing_is_denied(send);
}
