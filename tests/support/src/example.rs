//! Examples, run as a reader runs them.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running example, with its output kept open; stopped when dropped.
pub struct Example {
    process: Child,
    output: BufReader<ChildStdout>,
    /// What it has printed.
    pub lines: Vec<String>,
}

impl Drop for Example {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// An example, which cargo builds beside the tests.
pub fn command(name: &str) -> Command {
    let test = std::env::current_exe().unwrap();
    let profile: PathBuf = test.ancestors().nth(2).unwrap().into();
    Command::new(profile.join("examples").join(name))
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
            let mut line = String::new();
            let length = example.output.read_line(&mut line).unwrap();
            assert!(length > 0, "the example stopped: {:?}", example.lines);
            example.lines.push(line.trim_end().to_owned());
        }
        example
    }
}
