//! The corpus, over real HTTP.

const EXAMPLE: &str = env!("CARGO_BIN_EXE_example-actix-web");

#[test]
fn over_http1() {
    conformance::over_http1("actix-web", EXAMPLE);
}

#[test]
fn over_http2() {
    conformance::over_http2("actix-web", EXAMPLE);
}
