//! A policy for each request, over HTTP.

use std::net::SocketAddr;
use std::sync::mpsc;
use std::thread;

use actix_web::dev::RequestHead;
use actix_web::rt::System;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, HttpResponse, HttpServer, web};
use cors_runtime::actix_web::Cors;
use cors_support::choose_contract::{self, DENIED, choose, each_host_has_its_policy, policy_for};
use cors_support::recording_subscriber::Noting;
use tracing::Level;

fn host(head: &RequestHead) -> Option<&str> {
    head.headers.get("host")?.to_str().ok()
}

/// Serves until the test process ends.
fn serve() -> SocketAddr {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        System::new().block_on(async {
            let app = || {
                App::new()
                    .route("/", web::get().to(HttpResponse::Ok))
                    .wrap(Cors::choose(|head| choose(host(head))).expose_explanation(true))
            };
            let server = HttpServer::new(app)
                .workers(1)
                .disable_signals()
                .bind("127.0.0.1:0")
                .unwrap();
            sender.send(server.addrs()[0]).unwrap();
            server.run().await.unwrap();
        });
    });
    receiver.recv().unwrap()
}

#[test]
fn the_middleware_enforces_what_is_chosen() {
    each_host_has_its_policy(serve(), Some(1));
}

#[test]
fn the_log_has_the_reason_of_the_chosen_policy() {
    let send = || {
        System::new().block_on(async {
            let app = App::new().wrap(Cors::choose(|head| policy_for(host(head))));
            let app = init_service(app).await;
            let request = DENIED.iter().fold(TestRequest::get(), |request, header| {
                request.insert_header(*header)
            });
            call_service(&app, request.to_request()).await;
        });
    };
    let (events, ()) = Noting::during(Level::DEBUG, send);
    let reason = ("reason", choose_contract::reason_for_tenant());
    assert_eq!(events.len(), 1);
    assert!(events[0].contains(&reason), "{events:?}");
}
