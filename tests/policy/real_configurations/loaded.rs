//! Configurations that are whole policies: origins, methods, headers, credentials and ages of an operator. They are
//! checked like those in a program. Regexes were unanchored; here they match whole origins.

use cors_runtime::{Policy, PolicyConfig};
use serde::Deserialize;

use super::{Ported, ported};

#[derive(Deserialize)]
struct Config {
    cors: PolicyConfig,
}

fn load(text: &str) -> Policy {
    let config: Config = toml::from_str(text).expect("TOML");
    Policy::from_config(&config.cors.named("cors")).expect("a sound policy")
}

const EVIL: &str = "https://evil.example";
const APP: &str = "https://app.example.com";

pub(super) fn all() -> Vec<Ported> {
    vec![
        ported("n07", load(EVERYTHING), &[APP], &[EVIL]),
        ported("k07", load(EVERYTHING), &[APP], &[EVIL]),
        ported("z12", load(EVERYTHING), &[APP], &[EVIL]),
        // Open to everybody by default.
        ported("z08", load("cors.allow_origins = 'any'"), &[EVIL], &[]),
        ported(
            "c03",
            load(CREDENTIALS),
            &[APP, "https://shop.example"],
            &[EVIL],
        ),
        ported(
            "r06",
            load(FILES),
            &["https://eu.files.example"],
            &["https://eu.files.example.evil.net"],
        ),
        ported(
            "r08",
            load(DIARY),
            &["https://diary.example"],
            &["https://xdiary.example", EVIL],
        ),
        ported(
            "z04",
            load(ROUTER),
            &[APP, "https://pr-7.router.example"],
            &["https://pr-x.router.example"],
        ),
    ]
}

const EVERYTHING: &str = r#"
    [cors]
    allow_origins = ["https://app.example.com"]
    allow_methods = ["GET", "PUT", "DELETE"]
    allow_headers = ["authorization", "content-type"]
    expose_headers = ["authorization", "x-request-id"]
    allow_credentials = true
    max_age = 3600
"#;

const CREDENTIALS: &str = r#"
    [cors]
    allow_origins = ["https://app.example.com", "https://shop.example"]
    allow_credentials = true
"#;

const FILES: &str = r#"
    [cors]
    allow_origins = [{ regex = 'https://(eu|us)\.files\.example' }]
    expose_headers = ["x-upload-token"]
"#;

const DIARY: &str = r#"
    [cors]
    allow_origins = [{ regex = 'https://(www\.)?diary\.example' }]
    allow_headers = "mirror-request"
    expose_headers = ["location"]
    allow_credentials = true
"#;

const ROUTER: &str = r#"
    [cors]
    allow_origins = ["https://app.example.com", { regex = 'https://pr-[0-9]+\.router\.example' }]
    allow_methods = ["GET", "POST"]
    allow_headers = ["content-type", "x-apollo-operation-name"]
    expose_headers = ["x-trace-id"]
    allow_credentials = true
    max_age = 86400
"#;
