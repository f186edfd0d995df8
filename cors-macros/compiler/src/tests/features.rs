//! Features that the text of a policy can need.

use std::fs;
use std::path::Path;

use crate::feature::Feature;

/// Features that only add items to the runtime.
const OTHERS: [&str; 10] = [
    "actix-web",
    "config",
    "default",
    "export",
    "http",
    "rocket",
    "serde",
    "testing",
    "tower",
    "tracing",
];

/// A feature that is added belongs to one of the two lists.
#[test]
fn every_feature_of_the_runtime_is_known() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cors-runtime/Cargo.toml");
    let manifest = fs::read_to_string(Path::new(manifest)).unwrap();
    let (_, features) = manifest.split_once("\n[features]\n").unwrap();
    let (features, _) = features.split_once("\n[").unwrap();
    let names = features.lines().filter_map(|line| line.split_once(" = "));
    let mut names: Vec<&str> = names.map(|(name, _)| name).collect();
    names.sort_unstable();
    let mut known = OTHERS.to_vec();
    known.extend(Feature::ALL.map(Feature::name));
    known.sort_unstable();
    assert_eq!(names, known);
}
