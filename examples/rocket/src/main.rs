//! A policy in Rocket: a fairing.
//!
//! ```text
//! cargo run -p example-rocket
//! ```

mod edge_cases;

use cors_runtime::rocket::Cors;
use example_app::{API, LOCAL, MIRROR, OPEN, PLAIN, PUBLIC, RULES, WRITES, announce, port};
use rocket::fairing::AdHoc;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::{Build, Config, Request, Responder, Rocket, get, launch, options, post, put, routes};

#[get("/plain")]
fn plain() -> &'static str {
    PLAIN
}

#[post("/plain")]
fn store() -> &'static str {
    PLAIN
}

#[put("/plain")]
fn replace() -> &'static str {
    PLAIN
}

#[derive(Responder)]
#[response(status = 204)]
struct Methods {
    body: (),
    allow: rocket::http::Header<'static>,
}

#[options("/plain")]
fn describe() -> Methods {
    Methods {
        body: (),
        allow: rocket::http::Header::new("allow", "GET, POST, OPTIONS"),
    }
}

#[get("/private")]
fn private(_user: User) -> &'static str {
    "private\n"
}

struct User;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for User {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.headers().contains("authorization") {
            true => Outcome::Success(Self),
            false => Outcome::Error((Status::Unauthorized, ())),
        }
    }
}

#[launch]
fn rocket() -> Rocket<Build> {
    let config = Config {
        port: port(),
        log_level: rocket::log::LogLevel::Off,
        ..Config::default()
    };
    let cors = Cors::new(&API)
        .mount("/public", &PUBLIC)
        .mount("/mirror", &MIRROR)
        .mount("/rules", &RULES)
        .mount("/writes", &WRITES)
        .mount("/open", &OPEN)
        .mount("/local", &LOCAL);
    rocket::custom(config)
        .mount("/", routes![plain, store, describe, private])
        .mount("/public", routes![plain])
        .mount("/mirror", routes![plain])
        .mount("/rules", routes![plain])
        .mount("/writes", routes![plain, store, replace])
        .mount("/open", routes![plain, store, replace])
        .mount("/local", routes![plain, store, replace])
        .mount("/", edge_cases::routes())
        .attach(AdHoc::on_liftoff("announce", |rocket| {
            Box::pin(async {
                let config = rocket.config();
                announce((config.address, config.port).into());
            })
        }))
        .attach(cors) // the last fairing
}
