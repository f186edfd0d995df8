//! The corpus, over real HTTP.

const EXAMPLE: &str = env!("CARGO_BIN_EXE_example-salvo");

#[test]
fn over_http1() {
    conformance::over_http1("salvo", EXAMPLE);
}

#[test]
fn over_http2() {
    conformance::over_http2("salvo", EXAMPLE);
}
