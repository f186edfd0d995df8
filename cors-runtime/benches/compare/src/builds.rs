//! Build costs: clean builds compared with tower-http, and policies of many entries.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use crate::names;
use crate::table;

/// Builds are long, and their medians close.
const RUNS: usize = 3;

pub(crate) fn print() {
    let folder = env::temp_dir().join(format!("cors-runtime-builds-{}", std::process::id()));
    println!("\nA clean build, unoptimised\n");
    table::heading(&["", "seconds", "crates"].map(str::to_owned));
    let ours = format!(
        "cors-runtime = {{ path = {:?}, features = [\"tower\"] }}",
        runtime()
    );
    for (name, dependency) in [
        ("cors-runtime with `tower`", ours.as_str()),
        (
            "tower-http with `cors`",
            "tower-http = { version = \"0.7\", features = [\"cors\"] }",
        ),
        (
            "regex-automata, of which the proofs are made",
            "regex-automata = { version = \"0.4.9\", default-features = false, features = [\"dfa-build\", \"syntax\"] }",
        ),
        (
            "syn, quote and proc-macro2, as every macro has them",
            "syn = { version = \"3\", default-features = false, features = [\"parsing\", \"proc-macro\"] }\nquote = \"1\"",
        ),
    ] {
        let package = Package::new(&folder, "clean", dependency);
        package.write("");
        let crates = package.crates();
        let seconds = median(|| {
            package.clean();
            package.build(false)
        });
        println!("| {name} | {seconds:.1} | {crates} |");
    }

    println!(
        "\nA crate with one policy: seconds to check it, and bytes of an optimised binary for each entry\n"
    );
    table::heading(&["", "n", "seconds", "bytes an entry"].map(str::to_owned));
    let package = Package::new(&folder, "policy", &ours);
    package.write("");
    package.build(false);
    let (empty, empty_size) = (package.time(""), package.size(""));
    for (kind, entry, counts) in [
        (
            "exact origins",
            names::exact as fn(usize) -> String,
            &[1, 10, 100, 1_000, 10_000][..],
        ),
        (
            "patterns `https://*.domain`",
            names::pattern,
            &[1, 10, 100, 1_000, 10_000],
        ),
        ("irregular patterns", names::irregular, &[1, 10, 100, 1_000]),
    ] {
        for count in counts {
            let policy = policy(*count, entry);
            let seconds = package.time(&policy) - empty;
            let bytes = package.size(&policy).saturating_sub(empty_size) / *count as u64;
            println!("| {kind} | {count} | {seconds:.2} | {bytes} |");
        }
    }
    fs::remove_dir_all(folder).expect("it was made here");
}

fn runtime() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn policy(count: usize, entry: fn(usize) -> String) -> String {
    let entries: Vec<String> = (0..count).map(entry).collect();
    format!(
        "static API: cors_runtime::Policy = cors_runtime::cors_policy!(allow_origins = {entries:?});"
    )
}

fn median(mut run: impl FnMut() -> f64) -> f64 {
    let mut times: Vec<f64> = (0..RUNS).map(|_| run()).collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}

/// A package in a folder of its own.
struct Package(PathBuf);

impl Package {
    fn new(folder: &Path, name: &str, dependencies: &str) -> Self {
        let path = folder.join(name);
        fs::create_dir_all(path.join("src")).expect("the folder is writable");
        let manifest = format!(
            "[package]\nname = \"subject\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
             [dependencies]\n{dependencies}\n[workspace]\n"
        );
        fs::write(path.join("Cargo.toml"), manifest).expect("the folder is writable");
        let package = Self(path);
        package.write("");
        // Everything is downloaded before the clock starts.
        package.cargo(&["fetch", "--quiet"]);
        package
    }

    /// Writes a program that checks its first argument with the policy, if there is one.
    fn write(&self, policy: &str) {
        let body = match policy {
            "" => "",
            _ => {
                "let origin = std::env::args().nth(1).unwrap_or_default();\n\
                  println!(\"{}\", API.allows_origin(origin.as_bytes()));"
            }
        };
        let program = format!("{policy}\nfn main() {{ {body} }}\n");
        fs::write(self.0.join("src/main.rs"), program).expect("the folder is writable");
    }

    fn clean(&self) {
        self.cargo(&["clean", "--quiet"]);
    }

    /// Seconds.
    fn build(&self, release: bool) -> f64 {
        let start = Instant::now();
        match release {
            true => self.cargo(&["build", "--quiet", "--offline", "--release"]),
            false => self.cargo(&["build", "--quiet", "--offline"]),
        };
        start.elapsed().as_secs_f64()
    }

    /// The seconds that this crate takes alone, its dependencies built.
    fn time(&self, policy: &str) -> f64 {
        median(|| {
            self.write(policy);
            self.build(false)
        })
    }

    /// The bytes of the optimised program.
    fn size(&self, policy: &str) -> u64 {
        self.write(policy);
        self.build(true);
        let program = self.0.join("target/release/subject");
        fs::metadata(program).expect("it was built").len()
    }

    fn crates(&self) -> usize {
        let tree = self.cargo(&[
            "tree",
            "--offline",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--no-dedupe",
        ]);
        let mut crates: Vec<&str> = tree
            .lines()
            .skip(1)
            .filter_map(|line| line.split(' ').next())
            .collect();
        crates.sort_unstable();
        crates.dedup();
        crates.len()
    }

    fn cargo(&self, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", self.0.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .output()
            .expect("cargo runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}
