//! A server with a policy, and three requests to try on it.
//!
//! ```text
//! cargo run -p example-quickstart
//! PORT=8080 cargo run -p example-quickstart
//! cargo run -p example-quickstart --features log # prints why a request is denied
//! ```

use std::env;
use std::process::ExitCode;

use axum::Router;
use axum::http::header::{SET_COOKIE, VARY};
use axum::routing::{get, post};
use cors_runtime::tower::CorsLayer;
use cors_runtime::{Policy, cors_policy};
use tokio::net::TcpListener;

/// The policy of this server.
static API: Policy = cors_policy!(
    allow_origins = ["https://foo.example", "https://*.foo.example"],
    allow_methods = [POST, GET, OPTIONS],
    allow_headers = ["x-pingother", "content-type"],
    allow_credentials = true,
    max_age = days(1),
);

fn app() -> Router {
    Router::new()
        .route("/resources/public-data/", get(|| async { "some data\n" }))
        .route(
            "/doc",
            post(|| async { ([(VARY, "Accept-Encoding")], "stored\n") }),
        )
        .route(
            "/resources/credentialed-content/",
            get(|| async { ([(SET_COOKIE, "pageAccess=3")], "only for you\n") }),
        )
        .layer(CorsLayer::new(&API)) // the one line
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    // Denied requests are logged at this level, which is not on by default.
    #[cfg(feature = "log")]
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::DEBUG)
        .init();
    let port = env::var("PORT").unwrap_or_else(|_| "3000".into());
    let address = format!("127.0.0.1:{port}");
    let listener = match TcpListener::bind(&address).await {
        Ok(listener) => listener,
        Err(error) => {
            eprintln!("cannot listen on {address}: {error}");
            eprintln!("choose another port: PORT=8080 cargo run -p example-quickstart");
            return ExitCode::FAILURE;
        }
    };
    // With PORT=0 the system chooses.
    let address = listener
        .local_addr()
        .expect("a bound socket has an address");
    println!("The policy:\n\n{API}");
    println!("Listening on http://{address}. Try, in another terminal:\n");
    println!("# 1. a simple request\n{}", simple(&address));
    println!("# 2. a preflight\n{}", preflight(&address));
    println!(
        "# 3. a request with credentials\n{}",
        credentialed(&address)
    );
    match axum::serve(listener, app()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("stopped: {error}");
            ExitCode::FAILURE
        }
    }
}

fn simple(address: &impl std::fmt::Display) -> String {
    format!("curl -i http://{address}/resources/public-data/ -H 'Origin: https://foo.example'\n")
}

fn preflight(address: &impl std::fmt::Display) -> String {
    format!(
        "curl -i -X OPTIONS http://{address}/doc -H 'Origin: https://foo.example' \
         -H 'Access-Control-Request-Method: POST' \
         -H 'Access-Control-Request-Headers: X-PINGOTHER, Content-Type'\n"
    )
}

fn credentialed(address: &impl std::fmt::Display) -> String {
    format!(
        "curl -i http://{address}/resources/credentialed-content/ \
         -H 'Origin: https://foo.example' -H 'Cookie: pageAccess=2'\n"
    )
}
