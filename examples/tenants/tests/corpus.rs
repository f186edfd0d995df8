//! The corpus, over real HTTP: the origins of the database are those of the compiled policies.

const EXAMPLE: &str = env!("CARGO_BIN_EXE_example-tenants");

#[test]
fn over_http1() {
    conformance::over_http1("axum", EXAMPLE);
}

#[test]
fn over_http2() {
    conformance::over_http2("axum", EXAMPLE);
}
