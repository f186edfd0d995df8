//! The compiler as a whole: an expansion, the same every time, or messages that can be printed.

use proc_macro2::TokenStream;

use crate::compiler::{assert_printable, compile};

pub fn check(data: &[u8]) {
    // Invalid tokens never reach a macro. Sources that take rustc's own parser a long time are
    // skipped.
    let Some(tokens) = std::str::from_utf8(data)
        .ok()
        .filter(|text| text.len() < 4096)
        .and_then(|text| text.parse::<TokenStream>().ok())
    else {
        return;
    };
    let (first, second) = (compile(tokens.clone()), compile(tokens));
    match (first, second) {
        (Ok(first), Ok(second)) => {
            let text = first.to_string();
            assert_eq!(text, second.to_string());
            text.parse::<TokenStream>()
                .expect("the expansion is tokens");
        }
        (Err(first), Err(second)) => {
            assert_eq!(first, second);
            assert!(!first.is_empty());
            assert_printable(&first);
        }
        _ => panic!("the same policy is valid and is not"),
    }
}
