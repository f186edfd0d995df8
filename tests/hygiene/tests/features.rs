//! What a user reads if a policy needs a feature that is off: here, all but `regex`.

#[test]
fn an_error_names_the_feature_that_a_policy_needs() {
    trybuild::TestCases::new().compile_fail("tests/features/*.rs");
}
