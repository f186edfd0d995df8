//! An MCP server on loopback, over [streamable HTTP](https://modelcontextprotocol.io/specification/2025-11-25/basic/transports).
//! Any page can send requests to it. The policy only admits listed pages, and clients that are not browsers.
//!
//! ```text
//! cargo run -p example-mcp
//! ```

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use cors_runtime::tower::CorsLayer;
use cors_runtime::{Policy, Refusal, cors_policy};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// The policy for CORS, for the check of `Origin` that MCP requires, and against DNS rebinding.
static MCP: Policy = cors_policy!(
    allow_origins = ["https://inspector.example.com", "http://localhost:6274"],
    allow_methods = [GET, POST, DELETE],
    allow_headers = [
        "content-type",
        "mcp-session-id",
        "mcp-protocol-version",
        "last-event-id"
    ],
    expose_headers = ["mcp-session-id"],
    on_denied = Refuse,
    allow_hosts = [Loopback],
);

const SESSION: &str = "mcp-session-id";

fn app() -> Router {
    Router::new()
        // There are no streams, so `GET` gets 405, as MCP requires.
        .route("/mcp", post(message))
        .layer(CorsLayer::new(&MCP))
        .layer(axum::middleware::map_response(name_refusals))
}

/// Adds the reason to the response to a refused request, as its body.
async fn name_refusals(response: Response) -> Response {
    match response.extensions().get::<Refusal>().copied() {
        Some(refusal) => response.map(|_| format!("{refusal}\n").into()),
        None => response,
    }
}

/// Handles a message of JSON-RPC.
async fn message(headers: HeaderMap, Json(message): Json<Value>) -> Response {
    let Some(id) = message.get("id") else {
        return StatusCode::ACCEPTED.into_response();
    };
    let result = match message["method"].as_str() {
        Some("initialize") => json!({
            "protocolVersion": "2025-11-25",
            "capabilities": { "tools": {} },
            "serverInfo": { "name": "example-mcp", "version": "0.0.0" },
        }),
        _ if !headers.contains_key(SESSION) => return StatusCode::BAD_REQUEST.into_response(),
        Some("ping") => json!({}),
        Some("tools/list") => json!({ "tools": [{
            "name": "delete_all",
            "description": "Deletes all files of the user.",
            "inputSchema": { "type": "object" },
        }] }),
        Some("tools/call") => json!({ "content": [{ "type": "text", "text": "deleted" }] }),
        _ => {
            let error = json!({ "code": -32601, "message": "method not found" });
            return Json(json!({ "jsonrpc": "2.0", "id": id, "error": error })).into_response();
        }
    };
    let body = Json(json!({ "jsonrpc": "2.0", "id": id, "result": result }));
    ([(SESSION, "1")], body).into_response()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let port = std::env::var("PORT").map_or(3000, |port| port.parse().expect("PORT is a number"));
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let address = listener.local_addr()?;
    println!("The policy:\n\n{MCP}");
    println!("Listening on http://{address} for requests. Try, in another terminal:\n");
    let call = r#"-H 'Content-Type: application/json' -d '{"jsonrpc":"2.0","id":1,"method":"initialize"}'"#;
    println!("curl -i http://{address}/mcp {call}");
    println!("curl -i http://{address}/mcp -H 'Origin: https://evil.example' {call}");
    println!("curl -i http://{address}/mcp -H 'Host: rebound.evil.example' {call}");
    axum::serve(listener, app()).await
}
