//! Every diagnostic, as the compiler prints it.
//!
//! `<area>/fail/<check>.rs` contains the mistake, next to its message; `<area>/pass/<check>.rs`
//! contains the fixed policy. The reference page `cors_runtime::diagnostics` consists of both.
//!
//! ```text
//! TRYBUILD=overwrite cargo test --test ui     # rewrites the messages
//! ```

#[test]
fn ui() {
    let tests = trybuild::TestCases::new();
    tests.compile_fail("ui-tests/*/fail/*.rs");
    tests.pass("ui-tests/*/pass/*.rs");
    // Values that are not policies, passed to an adapter.
    tests.compile_fail("tests/adapters/fail/*.rs");
}
