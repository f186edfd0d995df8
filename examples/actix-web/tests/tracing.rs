//! What the middleware of actix-web logs, and when it logs nothing.

use actix_web::http::Method;
use actix_web::rt::System;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, HttpResponse, web};
use cors_runtime::actix_web::Cors;
use cors_support::log_contract::{self, Line};
use example_app::API;

fn send(method: &str, headers: &[Line]) {
    System::new().block_on(async {
        let app = App::new()
            .route("/plain", web::get().to(HttpResponse::Ok))
            .wrap(Cors::new(&API));
        let app = init_service(app).await;
        let request = TestRequest::with_uri(log_contract::URI)
            .method(Method::from_bytes(method.as_bytes()).unwrap());
        let request = headers
            .iter()
            .fold(request, |request, header| request.insert_header(*header));
        call_service(&app, request.to_request()).await;
    });
}

#[test]
fn a_denied_request_is_one_event() {
    log_contract::a_denied_request_is_one_event(send);
}

#[test]
fn nothing_is_logged_without_denials() {
    log_contract::nothing_is_logged_without_denials(send);
}
