//! An example, as a process.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running server; stopped when dropped.
#[derive(Debug)]
pub struct Server {
    process: Child,
    /// Kept open, for what it may still print.
    _output: BufReader<ChildStdout>,
    /// Where it listens.
    pub address: SocketAddr,
    /// The `curl` lines that it printed.
    pub suggestions: Vec<String>,
}

impl Server {
    /// Starts an example on a free port, and waits until it listens.
    ///
    /// # Panics
    ///
    /// Panics if it stops early, or does not print how to try it.
    #[must_use]
    pub fn start(program: &str) -> Self {
        Self::start_with(program, &[])
    }

    /// Starts it with arguments.
    ///
    /// # Panics
    ///
    /// As [`start`](Self::start).
    #[must_use]
    pub fn start_with(program: &str, arguments: &[&str]) -> Self {
        let mut process = Command::new(program)
            .args(arguments)
            .env("PORT", "0")
            .env("RUST_BACKTRACE", "0") // it panics where the corpus wants that
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let mut output = BufReader::new(process.stdout.take().expect("a pipe"));
        let (mut address, mut suggestions) = (None, Vec::new());
        while address.is_none() || suggestions.len() < 3 {
            let mut line = String::new();
            let read = output.read_line(&mut line).expect("a pipe");
            assert!(read > 0, "{program} stopped");
            if let Some(rest) = line.strip_prefix("Listening on http://") {
                let (listening, _) = rest.split_once(' ').expect("an address");
                address = Some(listening.parse().expect("an address"));
            } else if line.starts_with("curl ") {
                suggestions.push(line.trim_end().to_owned());
            }
        }
        Self {
            process,
            _output: output,
            address: address.expect("the loop ended"),
            suggestions,
        }
    }

    /// The id of the process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have stopped by itself, which the test has seen.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
