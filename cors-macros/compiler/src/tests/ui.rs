//! The policies of `ui-tests/` and their messages, without the compiler around them.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use syn::visit::Visit;

use super::messages_of;

struct Policies(Vec<TokenStream>);

impl Visit<'_> for Policies {
    fn visit_macro(&mut self, policy: &syn::Macro) {
        if policy.path.is_ident("cors_policy") {
            self.0.push(policy.tokens.clone());
        }
    }
}

/// The policies of a file, each token with its place.
pub(crate) fn policies(file: &Path) -> Vec<TokenStream> {
    let file = syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap();
    let mut policies = Policies(Vec::new());
    policies.visit_file(&file);
    policies.0
}

/// The ui tests of some kinds, in order.
pub(crate) fn files(kinds: &[&str]) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui-tests");
    let mut files = Vec::new();
    for area in fs::read_dir(root).unwrap() {
        for kind in kinds {
            let folder = area.as_ref().unwrap().path().join(kind);
            let folder = fs::read_dir(folder).into_iter().flatten();
            files.extend(folder.map(|file| file.unwrap().path()));
        }
    }
    // The messages in `types` are those of rustc alone.
    let is_policy = |file: &Path| {
        file.extension().is_some_and(|extension| extension == "rs")
            && !file
                .parent()
                .is_some_and(|folder| folder.ends_with("types/fail"))
    };
    files.retain(|file| is_policy(file));
    files.sort();
    files
}

/// The ui tests themselves check the output of rustc around a message.
#[test]
fn every_message_is_the_one_that_the_ui_test_shows() {
    let files = files(&["fail"]);
    assert!(files.len() > 50);
    for file in files {
        let shown = fs::read_to_string(file.with_extension("stderr")).unwrap();
        let shown: Vec<&str> = shown
            .lines()
            .filter_map(|line| {
                let message = line.strip_prefix("error: ");
                message.or_else(|| line.strip_prefix("       "))
            })
            .collect();
        let messages: Vec<String> = policies(&file).into_iter().flat_map(messages_of).collect();
        // Outside of rustc, tokens that a message quotes have other spaces between them.
        let [messages, shown] =
            [messages.join("\n"), shown.join("\n")].map(|text| text.replace(' ', ""));
        assert_eq!(messages, shown, "{}", file.display());
    }
}

#[test]
fn fixed_policies_have_no_messages() {
    let files = files(&["pass"]);
    assert!(files.len() > 50, "{}", files.len());
    for file in files {
        let policies = policies(&file);
        assert!(!policies.is_empty(), "{}", file.display());
        for policy in policies {
            assert_eq!(messages_of(policy), [""; 0], "{}", file.display());
        }
    }
}
