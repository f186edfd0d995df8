//! A page to try policies: it compiles what you type, shows its mistakes or its meaning, and what a
//! browser does with the responses of a real server that enforces it.
//!
//! ```text
//! cargo run -p example-playground
//! cargo run -p example-playground -- 8080
//! ```

mod api;
mod compile;
mod current;
mod drawing;
mod files;
mod guard;
mod matrix;
mod questions;
mod samples;
mod visit;
mod wire;

use std::error::Error;
use std::io;
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use current::State;
use questions::Places;
use tokio::net::TcpListener;

/// The policy that the page starts with.
const FIRST: &str = include_str!("policy.rs");

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let port = std::env::args().nth(1).unwrap_or_else(|| "0".into());
    match run(&port).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot start on 127.0.0.1:{port}: {error}");
            eprintln!("choose another port: cargo run -p example-playground -- 8080");
            ExitCode::FAILURE
        }
    }
}

/// Serves the playground on a port, and starts three servers on free ports: one for the API, and two for the same
/// small page. Browsers call the host of one `localhost`, and that of the other `127.0.0.1`.
async fn run(port: &str) -> Result<(), Box<dyn Error>> {
    let first = compile::compile(FIRST).map_err(|_| "the first policy has mistakes")?;
    let state = State::new(FIRST.to_owned(), first);
    let (page, address) = listen(port, "127.0.0.1").await?;
    let (api, api_address) = listen("0", "127.0.0.1").await?;
    let (allowed, allowed_address) = listen("0", "localhost").await?;
    let (denied, denied_address) = listen("0", "127.0.0.1").await?;

    let frames = format!("connect-src 'self'; frame-src {allowed_address} {denied_address}");
    let fetches = format!("connect-src 'self' {api_address}");
    let places = Arc::new(Places {
        api: api_address + api::PATH,
        visitors: [allowed_address, denied_address],
    });
    tokio::spawn(serve(api, api::app(&state)));
    for visitor in [allowed, denied] {
        let api = places.api.clone();
        let app = files::serve(files::VISITOR, &fetches).route("/api", get(async move || api));
        tokio::spawn(serve(visitor, app));
    }
    println!("The playground is at {address}/");
    println!("Stop it with Ctrl-C.");
    let app = files::serve(files::PLAYGROUND, &frames).merge(questions::app(places, state));
    Ok(serve(page, guard::protect(app, &address)?).await?)
}

/// Listens on a port. Also returns the origin of this server for browsers that call its host `name`.
async fn listen(port: &str, name: &str) -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    let port = listener.local_addr()?.port();
    Ok((listener, format!("http://{name}:{port}")))
}

async fn serve(listener: TcpListener, app: Router) -> io::Result<()> {
    axum::serve(listener, app).await
}
