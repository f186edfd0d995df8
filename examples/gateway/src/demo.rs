//! HAProxy with the policy, in front of an application that does not handle CORS.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;

use cors_runtime::export::{Options, haproxy};
use example_gateway::API;
use tokio::process::Command;
use tokio::runtime::Builder;
use tokio::signal::unix::{SignalKind, signal};

/// Runs until HAProxy or this program is stopped.
pub(crate) fn run() -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(run_until_stopped())
}

async fn run_until_stopped() -> io::Result<()> {
    // Before the folder exists, so that it is removed in any case.
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let port = std::env::var("PORT").unwrap_or_else(|_| "3000".into());
    let application = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let behind = application.local_addr()?;
    thread::spawn(move || {
        for stream in application.incoming().flatten() {
            thread::spawn(move || drop(serve(&stream)));
        }
    });
    let folder = TemporaryFolder::new()?;
    let path = write_configuration(&folder.0, &port, behind)?;
    println!(
        "HAProxy listens on http://127.0.0.1:{port}, with {}. Try:\n",
        path.display()
    );
    let url = format!("http://127.0.0.1:{port}/");
    println!("curl -i {url} -H 'Origin: https://foo.example'");
    println!(
        "curl -i -X OPTIONS {url} -H 'Origin: https://foo.example' -H 'Access-Control-Request-Method: POST'"
    );
    println!("cargo run -p example-gateway -- verify {url}");
    let mut haproxy = Command::new("haproxy")
        .arg("-db")
        .arg("-f")
        .arg(&path)
        .kill_on_drop(true)
        .spawn()?;
    tokio::select! {
        biased;
        // Ctrl-C stops HAProxy too, so that it may have ended by now.
        _ = interrupt.recv() => haproxy.kill().await,
        _ = terminate.recv() => haproxy.kill().await,
        status = haproxy.wait() => match status?.success() {
            true => Ok(()),
            false => Err(io::Error::other("HAProxy has stopped")),
        },
    }
}

/// Writes the configuration of HAProxy, and returns the path of its main file.
fn write_configuration(folder: &Path, port: &str, behind: SocketAddr) -> io::Result<PathBuf> {
    let options = Options::new("api").directory(folder.display().to_string());
    let export = haproxy(&API, options).map_err(io::Error::other)?;
    export.write(folder)?;
    let policy = export.files()[0].text();
    let configuration = format!(
        "defaults\n    mode http\n    timeout connect 2s\n    timeout client 20s\n    timeout server 20s\n\
        frontend api\n    bind 127.0.0.1:{port}\n{policy}    default_backend application\n\
        backend application\n    server application {behind}\n"
    );
    let path = folder.join("haproxy.cfg");
    fs::write(&path, configuration)?;
    Ok(path)
}

/// A folder that is removed when it is dropped.
struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    fn new() -> io::Result<Self> {
        let name = format!("example-gateway-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn serve(stream: &TcpStream) -> io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    loop {
        let mut is_request = false;
        // The header lines; no request here has a body.
        for line in lines.by_ref() {
            match line?.is_empty() {
                true => break,
                false => is_request = true,
            }
        }
        if !is_request {
            return Ok(());
        }
        (&mut &*stream).write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nsome data\n")?;
    }
}
