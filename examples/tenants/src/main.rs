//! Tenants whose origins are in a database, in axum with SQLite. An origin that a tenant adds is allowed from
//! the next request on, without a restart.
//!
//! ```text
//! cargo run -p example-tenants                  # in memory
//! cargo run -p example-tenants -- tenants.db    # in a file
//! ```

mod database;

use std::env;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use cors_runtime::tower::CorsLayer;
use cors_runtime::{Origins, PolicyTemplate, cors_policy};
use example_app::{announce, port};
use tokio::net::TcpListener;

use database::{Database, Error};

/// The policy of the other examples, with the origins of the database.
static API: PolicyTemplate = cors_policy!(
    allow_origins = [Configured],
    allow_methods = [GET, PUT, DELETE, "PURGE"],
    allow_headers = ["authorization", "content-type"],
    expose_headers = ["etag", "x-request-id"],
    allow_credentials = true,
    max_age = hours(2),
);

/// The rows of an empty database: the origins of the other examples.
const SEED: [(&str, &str); 3] = [
    ("app", "https://app.example.com"),
    ("app", "https://*.preview.example.com"),
    ("local", "http://localhost:*"),
];

#[derive(Clone)]
struct Tenants(Arc<Mutex<Database>>);

impl Tenants {
    /// Changes the database, on a thread that may block.
    async fn change(
        &self,
        change: impl FnOnce(&mut Database) -> Result<(), Error> + Send + 'static,
    ) -> Response {
        let Self(database) = self.clone();
        let change = move || {
            let mut database = database.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut database)
        };
        match tokio::task::spawn_blocking(change).await {
            Ok(Ok(())) => StatusCode::NO_CONTENT.into_response(),
            Ok(Err(Error::Origins(refused))) => {
                (StatusCode::UNPROCESSABLE_ENTITY, format!("{refused}\n")).into_response()
            }
            Ok(Err(Error::Database(_))) | Err(_) => {
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

async fn add(
    State(tenants): State<Tenants>,
    Path(tenant): Path<String>,
    origin: String,
) -> Response {
    let change = move |database: &mut Database| database.add(&tenant, origin.trim());
    tenants.change(change).await
}

async fn remove(
    State(tenants): State<Tenants>,
    Path(tenant): Path<String>,
    origin: String,
) -> Response {
    let change = move |database: &mut Database| database.remove(&tenant, origin.trim());
    tenants.change(change).await
}

/// Only a client that knows the token may change origins. Pages of strangers do not know it.
async fn authenticate(request: Request, next: Next) -> Response {
    let token = env::var("ADMIN_TOKEN").unwrap_or_else(|_| "secret".to_owned());
    let expected = format!("Bearer {token}");
    match request.headers().get(AUTHORIZATION) {
        Some(given) if given.as_bytes() == expected.as_bytes() => next.run(request).await,
        _ => StatusCode::UNAUTHORIZED.into_response(),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let origins = Origins::none();
    let policy = API.with_origins(&origins)?;
    let path = env::args().nth(1).unwrap_or_else(|| ":memory:".to_owned());
    let database = Database::open(&path, &SEED, origins.clone())?;

    let tenants = Router::new()
        .route("/{tenant}/origins", post(add).delete(remove))
        .route_layer(from_fn(authenticate))
        .route("/", get(move || async move { format!("{origins}\n") }))
        .with_state(Tenants(Arc::new(Mutex::new(database))));
    // Without a layer, so that no page of another origin can use it.
    let app = example_axum::with_parts(example_axum::routes().layer(CorsLayer::new(policy)))
        .nest("/tenants", tenants);

    let listener = TcpListener::bind(("127.0.0.1", port())).await?;
    let address = listener.local_addr()?;
    announce(address);
    println!(
        "curl http://{address}/tenants/shop/origins -H 'Authorization: Bearer secret' -d https://shop.example"
    );
    Ok(axum::serve(listener, app).await?)
}
