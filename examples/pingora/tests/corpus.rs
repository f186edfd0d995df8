//! The corpus, over real HTTP, through the proxy.

const EXAMPLE: &str = env!("CARGO_BIN_EXE_example-pingora");

#[test]
fn over_http1() {
    conformance::over_http1("pingora", EXAMPLE);
}

#[test]
fn over_http2() {
    conformance::over_http2("pingora", EXAMPLE);
}
