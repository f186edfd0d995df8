//! Writes what is too long to write: a policy, and a set of phf, for each length of list.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

#[path = "src/names.rs"]
mod names;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/names.rs");
    let mut code = String::new();
    for count in names::COUNTS {
        let exact: Vec<String> = (0..count).map(names::exact).collect();
        policy(&mut code, &format!("EXACT_{count}"), &exact);
        let alike: Vec<String> = (0..count).map(names::alike).collect();
        policy(&mut code, &format!("ALIKE_{count}"), &alike);
        let mut set = phf_codegen::Set::new();
        for origin in &exact {
            set.entry(origin.as_bytes());
        }
        writeln!(
            code,
            "static PHF_{count}: phf::Set<&'static [u8]> = {};",
            set.build()
        )
        .expect("memory");
    }
    for count in names::PATTERN_COUNTS {
        let patterns: Vec<String> = (0..count).map(names::pattern).collect();
        policy(&mut code, &format!("PATTERNS_{count}"), &patterns);
        let irregular: Vec<String> = (0..count).map(names::irregular).collect();
        policy(&mut code, &format!("IRREGULAR_{count}"), &irregular);
    }
    let many: Vec<String> = (0..names::MANY).map(names::alike).collect();
    let policy = format!("allow_origins = {many:?}, {}", names::OTHER_KEYS);
    writeln!(
        code,
        "pub(crate) static MANY: Policy = cors_policy!({policy});"
    )
    .expect("memory");
    writeln!(
        code,
        "pub(crate) static TEMPLATE: PolicyTemplate = cors_policy!(allow_origins = [Configured], {});",
        names::OTHER_KEYS
    )
    .expect("memory");
    for count in names::LIST_COUNTS {
        let listed: Vec<String> = (0..count).map(names::alike).collect();
        writeln!(
            code,
            "pub(crate) static LISTED_{count}: Policy = cors_policy!(allow_origins = {listed:?}, {});",
            names::OTHER_KEYS
        )
        .expect("memory");
    }
    // The names that hand-written matchers compare.
    let (exact, pattern) = (names::exact(0), names::pattern(0));
    let suffix = pattern.trim_start_matches("https://*");
    writeln!(
        code,
        "const EXACT: &[u8] = b{exact:?};\nconst SUFFIX: &[u8] = b{suffix:?};"
    )
    .expect("memory");
    let path = Path::new(&env::var_os("OUT_DIR").expect("set by cargo")).join("policies.rs");
    fs::write(path, code).expect("the folder is there");
}

fn policy(code: &mut String, name: &str, entries: &[String]) {
    writeln!(
        code,
        "static {name}: Policy = cors_policy!(allow_origins = {entries:?});"
    )
    .expect("memory");
}
