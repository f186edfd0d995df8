//! Prints the policy of the quickstart as configuration of a gateway, runs HAProxy with it, or checks that a
//! deployed gateway enforces it.
//!
//! ```text
//! cargo run -p example-gateway -- haproxy
//! cargo run -p example-gateway -- demo haproxy
//! cargo run -p example-gateway -- verify http://127.0.0.1:3000/
//! ```

mod demo;

use std::process::ExitCode;

use cors_runtime::export::{Level, Options, Target, export};
use example_gateway::API;
use example_gateway::verify::{Report, verify, verify_with_writes};

const USAGE: &str = "\
cargo run -p example-gateway -- haproxy | nginx | caddy | envoy | apache | gateway-api
                                prints the policy as configuration of a gateway, with instructions
cargo run -p example-gateway -- demo haproxy
                                starts HAProxy with it, in front of an application; PORT=8080 chooses the port
cargo run -p example-gateway -- verify [--writes] URL
                                checks that the server at this URL enforces the policy; --writes also sends POST, PUT,
                                PATCH and DELETE requests that on_denied refuses, which a faulty server performs";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["demo", "haproxy"] => match demo::run() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                eprintln!("is HAProxy installed, and the port free?");
                ExitCode::FAILURE
            }
        },
        ["verify", url] => print_report(&verify(&API, url)),
        ["verify", "--writes", url] => print_report(&verify_with_writes(&API, url)),
        [name] => match target(name) {
            Some(target) => print(target),
            None => usage(),
        },
        _ => usage(),
    }
}

fn print_report(report: &Report) -> ExitCode {
    println!("{report}");
    match report.is_equal() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::FAILURE
}

fn target(name: &str) -> Option<Target> {
    Some(match name {
        "haproxy" => Target::HaProxy,
        "nginx" => Target::Nginx,
        "caddy" => Target::Caddy,
        "envoy" => Target::Envoy,
        "apache" => Target::Apache,
        "gateway-api" => Target::GatewayApi,
        _ => return None,
    })
}

fn print(target: Target) -> ExitCode {
    match export(target, &API, Options::new("api").level(level(target))) {
        Ok(export) => {
            for file in export.files() {
                println!("==> {} <==\n{}", file.name(), file.text());
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Implementations of the Gateway API differ in more than [`Level::Wire`] permits.
fn level(target: Target) -> Level {
    match target {
        Target::GatewayApi => Level::Browser,
        _ => Level::Wire,
    }
}
