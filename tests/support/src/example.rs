//! Examples, run as a reader runs them.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running example, with its output kept open; stopped when dropped.
pub struct Example {
    process: Child,
    output: BufReader<ChildStdout>,
    /// The lines that it has printed.
    pub lines: Vec<String>,
}

impl Drop for Example {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// The program of an example of another package than that of the test, built where the test was.
pub fn build(package: &str) -> Command {
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().nth(2).unwrap();
    let profile = match folder.file_name().unwrap().to_str().unwrap() {
        "debug" => "dev",
        other => other,
    };
    let status = Command::new(std::env::var_os("CARGO").unwrap())
        .args(["build", "--quiet", "--locked", "--package", package])
        .args(["--profile", profile, "--target-dir"])
        .arg(folder.parent().unwrap())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(status.unwrap().success(), "{package}");
    Command::new(folder.join(package))
}

impl Example {
    /// Starts it, and waits until it has printed what is waited for.
    pub fn start(mut command: Command, is_ready: impl Fn(&[String]) -> bool) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let mut example = Self {
            process,
            output,
            lines: Vec::new(),
        };
        while !is_ready(&example.lines) {
            example.read_line();
        }
        example
    }

    /// Waits for the next line of its output, and returns it.
    pub fn read_line(&mut self) -> &str {
        let mut line = String::new();
        let length = self.output.read_line(&mut line).unwrap();
        assert!(length > 0, "the example stopped: {:?}", self.lines);
        self.lines.push(line.trim_end().to_owned());
        &self.lines[self.lines.len() - 1]
    }
}
