//! Policies that are chosen for each request, and those that are replaced, over HTTP.

use std::net::SocketAddr;
use std::sync::mpsc;
use std::thread;

use actix_web::dev::RequestHead;
use actix_web::rt::System;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, HttpResponse, HttpServer, web};
use cors_runtime::actix_web::Cors;
use cors_support::choose_contract::{self, DENIED, choose, each_host_has_its_policy, policy_for};
use cors_support::live_contract;
use cors_support::recording_subscriber::Noting;
use tracing::Level;

fn host(head: &RequestHead) -> Option<&str> {
    head.headers.get("host")?.to_str().ok()
}

/// Serves until the test process ends.
fn serve(workers: usize, cors: impl Fn() -> Cors + Clone + Send + 'static) -> SocketAddr {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        System::new().block_on(async {
            let app = move || {
                App::new()
                    .route("/", web::get().to(HttpResponse::Ok))
                    .route("/", web::post().to(HttpResponse::Ok))
                    .wrap(cors().expose_explanation(true))
            };
            let server = HttpServer::new(app)
                .workers(workers)
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
    let cors = || Cors::choose(|head| choose(host(head)));
    each_host_has_its_policy(serve(1, cors), Some(1));
}

/// Each worker has its own middleware, with the same policy.
#[test]
fn a_replaced_policy_reaches_every_worker() {
    let live = live_contract::first();
    let shared = live.clone();
    let address = serve(2, move || Cors::new(&shared));
    live_contract::every_response_is_of_one_policy(address, &live);
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
