//! Every diagnostic, as the compiler prints it.
//!
//! `<area>/fail/<check>.rs` has the mistake and, beside it, the message; `<area>/pass/<check>.rs`
//! has the mended policy. The reference page `cors_runtime::diagnostics` is made of both.
//!
//! ```text
//! TRYBUILD=overwrite cargo test --test ui     # writes the messages anew
//! ```

#[test]
fn ui() {
    let tests = trybuild::TestCases::new();
    tests.compile_fail("ui-tests/*/fail/*.rs");
    tests.pass("ui-tests/*/pass/*.rs");
    // What is no policy, where an adapter takes one.
    tests.compile_fail("tests/adapters/fail/*.rs");
}
