//! Configurations for pages of this machine, of apps and of extensions. Comparisons of beginnings became patterns and
//! `Loopback`, which accept no origin of a stranger.

use cors_runtime::cors_policy;

use super::{Ported, ported};

const DEV: &str = "http://localhost:5173";
const EVIL: &str = "https://evil.example";

pub(super) fn all() -> Vec<Ported> {
    vec![
        // Any port of localhost, by a regex; exposes `authorization`.
        ported(
            "t01",
            cors_policy!(
                allow_origins = ["http://localhost:*", "https://localhost:*"],
                allow_methods = Any,
                expose_headers = ["authorization"],
            ),
            &["http://localhost", "https://localhost:8443"],
            &["http://localhost.evil.example", EVIL],
        ),
        // A daemon: its app, this machine, and the devices of one tailnet, not of all tailnets.
        ported(
            "t03",
            cors_policy!(
                allow_origins = [
                    "tauri://localhost",
                    Loopback,
                    "https://*.tail1234.ts.net",
                    "http://192.168.1.20:8080",
                ],
                allow_methods = [GET, POST],
            ),
            &[
                "http://127.0.0.1:3000",
                "https://pc.tail1234.ts.net",
                "tauri://localhost",
            ],
            &["https://pc.tail9999.ts.net", EVIL],
        ),
        // A print agent.
        ported(
            "t05",
            cors_policy!(
                allow_origins = ["https://shop.example", Loopback],
                allow_headers = ["x-print-token"],
            ),
            &["https://shop.example", "http://localhost"],
            &[EVIL],
        ),
        // A mint: whatever starts with http://localhost.
        ported(
            "a01",
            cors_policy!(allow_origins = ["http://localhost:*"]),
            &["http://localhost:3000"],
            &["http://localhost.evil.example", EVIL],
        ),
        // A chat that allowed everybody, with credentials: its own front end.
        ported("a03", development(), &[DEV], &[EVIL]),
        // A daemon for a desktop: very permissive in the belief that there are no credentials.
        ported(
            "v03",
            cors_policy!(
                allow_origins = [
                    "tauri://localhost",
                    "http://tauri.localhost",
                    "http://localhost:1420"
                ],
                allow_methods = Any,
                allow_headers = Any,
            ),
            &["tauri://localhost", "http://localhost:1420"],
            &["http://localhost:8080", EVIL],
        ),
        // Regexes for localhost, one of them without an anchor.
        ported(
            "r04",
            cors_policy!(allow_origins = ["http://localhost:*"]),
            &["http://localhost:8000"],
            &["https://localhost:8000", EVIL],
        ),
        ported(
            "r10",
            development(),
            &[DEV],
            &["http://localhost:51730", EVIL],
        ),
        // A daemon of an editor, with credentials.
        ported(
            "c05",
            cors_policy!(
                allow_origins = [Loopback, "vscode-file://vscode-app"],
                allow_credentials = true,
            ),
            &["http://localhost:3000", "vscode-file://vscode-app"],
            &[EVIL, "vscode-file://other-app"],
        ),
        // A helper for job applications, for any Chrome extension.
        Ported {
            risk: Some("forks of the extension have ids of their own"),
            ..ported(
                "x01",
                cors_policy!(
                    allow_origins = [
                        dangerously_allow(unconfined_origin, "chrome-extension://*"),
                        "http://localhost:*",
                        "tauri://localhost",
                    ],
                ),
                &[
                    "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb",
                    "http://localhost:7000",
                ],
                &["http://localhost.evil.example", EVIL],
            )
        },
        // A mobile app in development, and Spring with any port.
        ported(
            "k15",
            cors_policy!(
                allow_origins = ["http://localhost:8081"],
                allow_credentials = true
            ),
            &["http://localhost:8081"],
            &[DEV, EVIL],
        ),
        ported(
            "e10",
            cors_policy!(
                allow_origins = ["http://localhost:*"],
                allow_credentials = true
            ),
            &[DEV],
            &["http://localhost.evil.example", EVIL],
        ),
        // Servers that are open to this machine: an MCP server, and a runtime with threads of WebAssembly.
        ported(
            "g13",
            loopback(),
            &[DEV, "http://[::1]:8000"],
            &["http://localhost.evil.example"],
        ),
        ported(
            "g31",
            loopback(),
            &["https://localhost:8443"],
            &["http://192.168.0.1"],
        ),
        // A token for the front ends of an app.
        ported(
            "g33",
            cors_policy!(
                allow_origins = [
                    "tauri://localhost",
                    "http://tauri.localhost",
                    "https://tauri.localhost",
                    "http://*.tauri.localhost",
                    "https://*.tauri.localhost",
                ],
            ),
            &["tauri://localhost", "https://main.tauri.localhost"],
            &["https://tauri.localhost.evil.example", EVIL],
        ),
        // Switches between development and production: `#[cfg(debug_assertions)]`, or one policy of each.
        ported("k13", development(), &[DEV], &[EVIL]),
        ported(
            "g01",
            development(),
            &[DEV, "http://localhost:3000"],
            &[EVIL],
        ),
        ported(
            "o03",
            cors_policy!(
                allow_origins = [
                    "https://app.example",
                    #[cfg(all())]
                    Loopback
                ],
                allow_credentials = true,
            ),
            &["http://localhost:3000", "http://app.localhost"],
            &["https://local.evil.example", EVIL],
        ),
    ]
}

fn development() -> cors_runtime::Policy {
    cors_policy!(
        allow_origins = ["http://localhost:5173", "http://localhost:3000"],
        allow_methods = [GET, POST, PUT, DELETE],
        allow_headers = ["content-type"],
        allow_credentials = true,
    )
}

fn loopback() -> cors_runtime::Policy {
    cors_policy!(
        allow_origins = [Loopback],
        allow_methods = Any,
        allow_headers = Any
    )
}
