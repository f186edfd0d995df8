//! A server with policies from a TOML file. It loads them again when the file changes, and keeps the old
//! ones if the new ones are wrong.
//!
//! ```text
//! cargo run -p example-configured                   # with examples/configured/cors.toml
//! cargo run -p example-configured -- FILE
//! cargo run -p example-configured -- --check FILE   # for CI: only checks the file
//! ```

mod policies;

use std::process::ExitCode;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use cors_runtime::LivePolicy;
use cors_runtime::tower::CorsLayer;
use example_app::{PLAIN, announce, port};
use example_axum::routes;
use policies::{PARTS, load, reload};
use tokio::net::TcpListener;

const DEFAULT_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/cors.toml");

/// The file is read again after this time. That works for editors that replace a file, and for volumes that
/// containers mount, where notifications often do not arrive.
const INTERVAL: Duration = Duration::from_millis(500);

fn app(live: &[LivePolicy]) -> Router {
    let app = routes().layer(CorsLayer::new(&live[0]));
    PARTS.iter().zip(&live[1..]).fold(app, |app, (part, live)| {
        let part_routes = Router::new()
            .route("/plain", get(PLAIN).post(PLAIN).put(PLAIN))
            .layer(CorsLayer::new(live));
        app.nest(&format!("/{part}"), part_routes)
    })
}

/// Replaces the policies when the text of the file changes.
async fn watch(file: String, mut text: String, live: Vec<LivePolicy>) {
    loop {
        tokio::time::sleep(INTERVAL).await;
        match tokio::fs::read_to_string(&file).await {
            Ok(new) if new == text => {}
            Ok(new) => {
                match reload(&new, &live) {
                    Ok(()) => println!("{file} is loaded"),
                    Err(error) => {
                        println!("{file} is rejected, and the old policies remain:\n{error}");
                    }
                }
                text = new;
            }
            // An editor may be replacing the file.
            Err(error) => eprintln!("{file}: {error}"),
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (options, files): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|argument| argument.starts_with("--"));
    let is_check = match options.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--check"] => true,
        _ => {
            eprintln!("usage: example-configured [--check] [FILE]");
            return ExitCode::from(2);
        }
    };
    let file = files.into_iter().next();
    let file = file.unwrap_or_else(|| DEFAULT_FILE.to_owned());
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    };
    let policies = match load(&text) {
        Ok(policies) => policies,
        Err(error) => {
            eprintln!("{file} is rejected:\n{error}");
            return ExitCode::FAILURE;
        }
    };
    if is_check {
        println!("{file} has no mistakes");
        return ExitCode::SUCCESS;
    }
    let live: Vec<LivePolicy> = policies.into_iter().map(LivePolicy::new).collect();
    let app = app(&live);
    match serve(app).await {
        Ok(server) => {
            tokio::spawn(watch(file, text, live));
            server.await
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(app: Router) -> std::io::Result<impl Future<Output = ExitCode>> {
    let listener = TcpListener::bind(("127.0.0.1", port())).await?;
    announce(listener.local_addr()?);
    Ok(async {
        match axum::serve(listener, app).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        }
    })
}
