//! What fuzz targets found once, and what they start from: replayed without a fuzzer.

use std::fs;
use std::path::Path;

/// The name of a target, which its file and the folder of its seeds have, and what it checks.
type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 9] = [
    ("adapter", cors_fuzz::adapter::check),
    ("config", cors_fuzz::config::check),
    ("entry", cors_fuzz::entry::check),
    ("evaluate", cors_fuzz::evaluate::check),
    ("explain", cors_fuzz::explain::check),
    ("matchers", cors_fuzz::matchers::check),
    ("origins", cors_fuzz::origins::check),
    ("policy", cors_fuzz::policy::check),
    ("regex", cors_fuzz::regex::check),
];

/// The names of what is in a folder of the fuzz targets, without their extensions, sorted.
fn names_in(folder: &str) -> Vec<String> {
    let folder = Path::new("../fuzz").join(folder);
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn every_target_and_every_seed_is_replayed() {
    let known: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names_in("targets"), known);
    assert_eq!(names_in("seeds"), known);
}

#[test]
fn seeds_are_survived() {
    for (target, check) in TARGETS {
        for seed in names_in(&format!("seeds/{target}")) {
            let path = format!("../fuzz/seeds/{target}/{seed}");
            println!("{path}");
            check(&fs::read(path).unwrap());
        }
    }
}
