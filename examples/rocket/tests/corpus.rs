//! The corpus, over real HTTP.

const EXAMPLE: &str = env!("CARGO_BIN_EXE_example-rocket");

#[test]
fn over_http1() {
    conformance::over_http1("rocket", EXAMPLE);
}

#[test]
fn over_http2() {
    conformance::over_http2("rocket", EXAMPLE);
}
