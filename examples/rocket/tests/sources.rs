//! Policies that are chosen for each request, and those that are replaced, over HTTP.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::mpsc;
use std::thread;

use cors_runtime::rocket::Cors;
use cors_support::choose_contract::{self, DENIED, choose, each_host_has_its_policy, policy_for};
use cors_support::live_contract;
use cors_support::recording_subscriber::Noting;
use example_app::PUBLIC;
use rocket::fairing::AdHoc;
use rocket::http::Header;
use rocket::local::blocking::Client;
use rocket::{Config, Request, get, post, routes};
use tracing::Level;

fn host<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    request.headers().get_one("host")
}

#[get("/")]
fn hello() -> &'static str {
    "hello"
}

#[post("/")]
fn create() -> &'static str {
    "created"
}

/// Serves until the test process ends.
fn serve(workers: usize, cors: Cors) -> SocketAddr {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let config = Config {
            port: 0,
            address: Ipv4Addr::LOCALHOST.into(),
            workers,
            log_level: rocket::log::LogLevel::Off,
            ..Config::debug_default()
        };
        let listening = AdHoc::on_liftoff("address", move |rocket| {
            let config = rocket.config();
            sender.send((config.address, config.port).into()).unwrap();
            Box::pin(async {})
        });
        let rocket = rocket::custom(config)
            .mount("/", routes![hello, create])
            .attach(cors.expose_explanation(true))
            .attach(listening);
        rocket::execute(rocket.launch()).unwrap();
    });
    receiver.recv().unwrap()
}

/// Rocket calls the route for preflights, and the fairing: both for one choice.
#[test]
fn the_fairing_enforces_what_is_chosen() {
    let cors = Cors::choose(|request| choose(host(request)));
    each_host_has_its_policy(serve(1, cors), Some(1));
}

#[test]
fn a_replaced_policy_reaches_every_worker() {
    let live = live_contract::first();
    let address = serve(2, Cors::new(&live));
    live_contract::every_response_is_of_one_policy(address, &live);
}

fn client(cors: Cors) -> Client {
    let rocket = rocket::build().mount("/", routes![hello]).attach(cors);
    Client::untracked(rocket).unwrap()
}

#[test]
fn the_log_has_the_reason_of_the_chosen_policy() {
    let client = client(Cors::choose(|request| policy_for(host(request))));
    let send = || {
        let mut request = client.get("/");
        for (name, value) in DENIED {
            request.add_header(Header::new(name, value));
        }
        request.dispatch();
    };
    let (events, ()) = Noting::during(Level::DEBUG, send);
    let reason = ("reason", choose_contract::reason_for_tenant());
    assert_eq!(events.len(), 1);
    assert!(events[0].contains(&reason), "{events:?}");
}

/// A mounted part has its own policy, and `choose` is not called for it.
#[test]
fn a_part_of_the_application_keeps_its_policy() {
    let client =
        client(Cors::choose(|request| policy_for(host(request))).mount("/public", &PUBLIC));
    for (path, allowed) in [("/public", Some("*")), ("/", None)] {
        let mut request = client.get(path);
        for (name, value) in DENIED {
            request.add_header(Header::new(name, value));
        }
        let response = request.dispatch();
        let headers = response.headers();
        assert_eq!(headers.get_one("access-control-allow-origin"), allowed);
    }
}
