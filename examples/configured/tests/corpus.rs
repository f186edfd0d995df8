//! The corpus, over real HTTP.

const EXAMPLE: &str = env!("CARGO_BIN_EXE_example-configured");

#[test]
fn over_http1() {
    conformance::over_http1("axum", EXAMPLE);
}

#[test]
fn over_http2() {
    conformance::over_http2("axum", EXAMPLE);
}
