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
    clean_builds(&folder);

    println!(
        "\nA crate with one policy: seconds to check it, and bytes of an optimised binary for each entry\n"
    );
    table::heading(&["", "n", "seconds", "bytes an entry"].map(str::to_owned));
    let package = Package::new(&folder, "policy", &runtime(""));
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

/// A small axum application with one layer: its dependency, and its code.
const LAYERS: [(&str, &str, &str); 3] = [
    (
        "tower-http with `cors`",
        "tower-http = { version = \"0.7\", features = [\"cors\"] }",
        "tower_http::cors::CorsLayer::new().allow_origin([\"https://example.com\".parse().unwrap()])",
    ),
    ("cors-runtime with `tower`", "", LAYER),
    (
        "cors-runtime with `tower`, without `regex`",
        "default-features = false, ",
        LAYER,
    ),
];

const LAYER: &str = "cors_runtime::tower::CorsLayer::new(\
    cors_runtime::cors_policy!(allow_origins = [\"https://example.com\", \"https://*.example.com\"]))";

/// Compares the builds of an application with each layer. They take turns, because the speed of the
/// machine changes.
fn clean_builds(folder: &Path) {
    let packages = LAYERS.map(|(name, dependency, layer)| {
        let dependency = match layer {
            LAYER => runtime(dependency),
            _ => dependency.to_owned(),
        };
        let dependencies = format!(
            "axum = \"0.8\"\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }}\n{dependency}"
        );
        let package = Package::new(folder, &name.replace([' ', '`', ','], ""), &dependencies);
        package.write_program(&format!(
            "#[tokio::main]\nasync fn main() {{\n\
             let app = axum::Router::new().route(\"/\", axum::routing::get(|| async {{ \"hello\" }})).layer({layer});\n\
             let listener = tokio::net::TcpListener::bind(\"127.0.0.1:3000\").await.unwrap();\n\
             axum::serve(listener, app).await.unwrap();\n}}\n"
        ));
        package
    });
    println!("\nA clean build of a small axum application: seconds of processor time\n");
    table::heading(&["", "debug", "release", "crates"].map(str::to_owned));
    let [debug, release] = [false, true].map(|release| {
        let mut times = packages.each_ref().map(|_| Vec::new());
        for _ in 0..RUNS {
            for (package, times) in packages.iter().zip(&mut times) {
                package.clean();
                let start = processor_time();
                package.build(release);
                times.push(processor_time() - start);
            }
        }
        times.map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[RUNS / 2]
        })
    });
    for (index, (name, ..)) in LAYERS.iter().enumerate() {
        let cell = |times: &[f64]| format!("{:.1} ({:.2}×)", times[index], times[index] / times[0]);
        let (debug, release) = (cell(&debug), cell(&release));
        let crates = packages[index].crates();
        println!("| {name} | {debug} | {release} | {crates} |");
    }
}

/// Returns the seconds that processes started by this one have used so far. Only Linux reports them.
fn processor_time() -> f64 {
    /// Linux counts hundredths of a second, on every machine.
    const TICKS: f64 = 100.0;
    let statistics = fs::read_to_string("/proc/self/stat").expect("this is Linux");
    // The name of the program is in parentheses, and may contain anything.
    let (_, fields) = statistics.rsplit_once(") ").expect("there is a name");
    let fields: Vec<&str> = fields.split(' ').collect();
    let ticks = |field: usize| fields[field].parse::<f64>().expect("it is a number");
    (ticks(13) + ticks(14)) / TICKS
}

/// Returns the dependency on the runtime, with its other options.
fn runtime(options: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    format!("cors-runtime = {{ path = {path:?}, {options}features = [\"tower\"] }}")
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
        self.write_program(&format!("{policy}\nfn main() {{ {body} }}\n"));
    }

    fn write_program(&self, program: &str) {
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
