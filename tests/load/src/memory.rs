//! The memory of a process, according to the kernel.

use std::fs;

/// The resident memory of a process, in kilobytes.
///
/// # Panics
///
/// If there is no such process, or no `/proc`.
#[must_use]
pub fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("/proc");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    number.expect("VmRSS").parse().expect("a number")
}

/// For how many nanoseconds the first thread of a process has run. The examples have no other.
///
/// # Panics
///
/// As [`resident`].
#[must_use]
pub fn cpu(process: u32) -> u64 {
    let times = fs::read_to_string(format!("/proc/{process}/schedstat")).expect("/proc");
    let time = times.split_whitespace().next().expect("three numbers");
    time.parse().expect("a number")
}
