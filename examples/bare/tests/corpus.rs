//! The corpus, over real HTTP.

const EXAMPLE: &str = env!("CARGO_BIN_EXE_example-bare");

#[test]
fn over_http1() {
    conformance::over_http1("bare", EXAMPLE);
}
