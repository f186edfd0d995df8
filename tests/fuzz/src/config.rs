//! Policies from configuration: one policy, the same every time, that allows its exact origins, or messages
//! that can be printed.

use cors_runtime::{Policy, PolicyConfig};
use serde_json::Value;

use crate::compiler::assert_printable;

/// Checks a policy in JSON.
pub fn check(data: &[u8]) {
    let Ok(json) = serde_json::from_slice::<Value>(data) else {
        return;
    };
    // Duplicate keys get lost in a value, but not in a configuration.
    let Ok(config) = serde_json::from_slice::<PolicyConfig>(data) else {
        assert!(!json.is_object(), "every table is a configuration: {json}");
        return;
    };
    match (Policy::from_config(&config), Policy::from_config(&config)) {
        (Ok(first), Ok(second)) => {
            let [first_text, second_text] = [&first, &second].map(|it| format!("{it}{it:?}"));
            assert_eq!(first_text, second_text);
            for origin in exact_origins(&json) {
                assert!(first.allows_origin(origin), "{origin}");
            }
        }
        (Err(first), Err(second)) => {
            assert_eq!(first, second);
            assert!(first.iter().len() > 0);
            let lines: Vec<String> = first.to_string().lines().map(str::to_owned).collect();
            assert_printable(&lines);
        }
        _ => panic!("the same policy is valid and is not"),
    }
}

/// The exact origins of a policy and of its rules.
fn exact_origins(policy: &Value) -> Vec<&str> {
    let rules = policy.get("rules").and_then(Value::as_array);
    let sections = [policy].into_iter().chain(rules.into_iter().flatten());
    let lists = sections.filter_map(|section| section.get("allow_origins")?.as_array());
    let texts = lists.flatten().filter_map(Value::as_str);
    let is_exact = |text: &&str| text.contains("://") && !text.contains('*');
    texts.filter(is_exact).collect()
}
