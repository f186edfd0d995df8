//! A policy in actix-web: a middleware around each part of the application.
//!
//! ```text
//! cargo run -p example-actix-web
//! ```

mod edge_cases;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::ErrorUnauthorized;
use actix_web::http::header::{ALLOW, AUTHORIZATION};
use actix_web::middleware::{Next, from_fn};
use actix_web::{App, Error, HttpResponse, HttpServer, Responder, get, options, post, put, web};
use cors_runtime::actix_web::Cors;
use example_app::{API, LOCAL, MIRROR, OPEN, PLAIN, PUBLIC, RULES, WRITES, announce, port};

#[get("/plain")]
async fn plain() -> impl Responder {
    PLAIN
}

#[post("/plain")]
async fn store() -> impl Responder {
    PLAIN
}

#[put("/plain")]
async fn replace() -> impl Responder {
    PLAIN
}

#[options("/plain")]
async fn describe() -> impl Responder {
    HttpResponse::NoContent()
        .insert_header((ALLOW, "GET, POST, OPTIONS"))
        .finish()
}

/// A policy around the whole `App` would apply to every scope in it. So each policy has its own scope,
/// including that of the main application.
fn routes(config: &mut web::ServiceConfig) {
    let private = web::resource("/private")
        .get(async || "private\n")
        .wrap(from_fn(authenticate));
    let rest = web::scope("")
        .service((plain, store, describe, private))
        .configure(edge_cases::routes);
    config
        .service(
            web::scope("/public")
                .service(plain)
                .wrap(Cors::new(&PUBLIC)),
        )
        .service(
            web::scope("/mirror")
                .service(plain)
                .wrap(Cors::new(&MIRROR)),
        )
        .service(web::scope("/rules").service(plain).wrap(Cors::new(&RULES)))
        .service(
            web::scope("/writes")
                .service((plain, store, replace))
                .wrap(Cors::new(&WRITES)),
        )
        .service(
            web::scope("/open")
                .service((plain, store, replace))
                .wrap(Cors::new(&OPEN)),
        )
        .service(
            web::scope("/local")
                .service((plain, store, replace))
                .wrap(Cors::new(&LOCAL)),
        )
        .service(rest.wrap(Cors::new(&API)));
}

async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match request.headers().contains_key(AUTHORIZATION) {
        true => next.call(request).await,
        false => Err(ErrorUnauthorized("who are you?\n")),
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let server = HttpServer::new(|| App::new().configure(routes))
        .workers(1)
        .bind_auto_h2c(("127.0.0.1", port()))?;
    announce(server.addrs()[0]);
    server.run().await
}
