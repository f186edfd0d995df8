//! HAProxy with the policy, in front of an application that does not handle CORS.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::thread;

use cors_runtime::export::{Options, haproxy};
use example_gateway::API;

/// Runs until HAProxy is stopped.
pub(crate) fn run() -> io::Result<()> {
    let port = std::env::var("PORT").unwrap_or_else(|_| "3000".into());
    let application = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let behind = application.local_addr()?;
    thread::spawn(move || {
        for stream in application.incoming().flatten() {
            thread::spawn(move || drop(serve(&stream)));
        }
    });
    let folder: PathBuf =
        std::env::temp_dir().join(format!("example-gateway-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let options = Options::new("api").directory(folder.display().to_string());
    let export = haproxy(&API, options).map_err(io::Error::other)?;
    export.write(&folder)?;
    let policy = export.files()[0].text();
    let configuration = format!(
        "defaults\n    mode http\n    timeout connect 2s\n    timeout client 20s\n    timeout server 20s\n\
        frontend api\n    bind 127.0.0.1:{port}\n{policy}    default_backend application\n\
        backend application\n    server application {behind}\n"
    );
    let path = folder.join("haproxy.cfg");
    fs::write(&path, configuration)?;
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
    let status = Command::new("haproxy")
        .arg("-db")
        .arg("-f")
        .arg(&path)
        .status();
    let _ = fs::remove_dir_all(&folder);
    match status?.success() {
        true => Ok(()),
        false => Err(io::Error::other("HAProxy has stopped")),
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
