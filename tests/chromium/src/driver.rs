//! The processes: a driver, and the browser that it starts.

use std::env;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

/// The programs of Debian's packages `chromium` and `chromium-driver`.
pub(crate) struct Programs {
    pub(crate) browser: PathBuf,
    driver: PathBuf,
}

impl Programs {
    /// Looks for them where a shell would.
    ///
    /// # Errors
    ///
    /// The name of one that is not there.
    pub(crate) fn find() -> Result<Self, &'static str> {
        Ok(Self {
            browser: find("chromium")?,
            driver: find("chromedriver")?,
        })
    }
}

fn find(name: &'static str) -> Result<PathBuf, &'static str> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut files = env::split_paths(&path).map(|folder| folder.join(name));
    files.find(|file| file.is_file()).ok_or(name)
}

/// Starts the driver as a group of its own, which browsers are of as well, and ends it when nobody
/// has the other end of the pipe open any more. A process that dies may still write to the profile.
const SHELL: &str = r#"
setsid "$@" &
exec >&-
read -r _
kill -s KILL -- -$!
wait
until rm -rf -- "$0"; do sleep 0.1; done
"#;

/// A driver on a port of its own. When this is dropped, or the test is killed, nothing is left of
/// what it has started, nor of the browser's profile.
pub(crate) struct Driver {
    shell: Child,
    /// The driver runs until this is closed.
    lifeline: Option<ChildStdin>,
    pub(crate) url: String,
}

impl Driver {
    /// # Panics
    ///
    /// If it does not start.
    pub(crate) fn start(programs: &Programs, profile: &Path) -> Self {
        // Another program may take the port that it chooses, before it listens.
        let mut attempts = (0..5).filter_map(|_| Self::attempt(programs, profile));
        attempts.next().expect("chromedriver prints its port")
    }

    /// Starts it, unless it ends before it listens.
    fn attempt(programs: &Programs, profile: &Path) -> Option<Self> {
        let mut shell = Command::new("sh")
            .args(["-c", SHELL])
            .arg(profile)
            .arg(&programs.driver)
            .arg("--port=0")
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("sh");
        let lifeline = shell.stdin.take();
        let output = BufReader::new(shell.stdout.take().expect("a pipe"));
        let mut driver = Self {
            shell,
            lifeline,
            url: String::new(),
        };
        let mut lines = output.lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        driver.url = format!("http://127.0.0.1:{}", port?);
        Some(driver)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        // Nothing more can be done if this fails.
        let _ = self.shell.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Driver, Programs};

    #[test]
    #[should_panic(expected = "chromedriver prints its port")]
    fn a_driver_that_ends_is_noticed() {
        let programs = Programs {
            browser: "false".into(),
            driver: "false".into(),
        };
        let profile = tempfile::tempdir().unwrap();
        let _ = Driver::start(&programs, profile.path());
    }

    /// Kills the browser instead of closing it.
    #[test]
    fn nothing_is_left_of_a_driver() {
        let Ok(programs) = Programs::find() else {
            return; // `Browser::start` prints the reason
        };
        let profile = tempfile::tempdir().unwrap().keep();
        fs::write(profile.join("file"), "").unwrap();
        let driver = Driver::start(&programs, &profile);
        let shell = driver.shell.id();
        let children = fs::read_to_string(format!("/proc/{shell}/task/{shell}/children"));
        let child = children.unwrap().trim().to_owned();
        let line = || fs::read(format!("/proc/{child}/cmdline")).unwrap_or_default();
        assert!(line().ends_with(b"chromedriver\0--port=0\0"));
        drop(driver);
        assert_eq!(line(), b"");
        assert!(!profile.exists());
    }
}
