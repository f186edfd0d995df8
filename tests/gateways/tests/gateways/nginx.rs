//! Traps that only nginx has.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::thread;

use cors_gateways::{Client, Gateway, free_address, sites};

use crate::traps::{ALLOWED, allowed, api, request};
use crate::{APPLICATION, program};

/// nginx of Debian 12 shows only the first of several `Origin` lines, so it must not start.
#[test]
fn an_nginx_that_is_too_old_refuses_to_start() {
    let gateway = Gateway::SystemNginx;
    let Some(program) = program(gateway) else {
        return;
    };
    let folder = gateway.prepare("old", &api(), *APPLICATION);
    let complaint = gateway.complaint(&program, &folder);
    if gateway.version(&program) >= [1, 23, 2] {
        assert_eq!(complaint, None);
        return;
    }
    let complaint = complaint.expect("it is refused");
    let variable = "proxy_protocol_tlv_alpn";
    assert!(
        complaint.contains(&format!("unknown \"{variable}\" variable")),
        "{complaint}"
    );
    let maps = fs::read_to_string(folder.join("cors-api.map.conf")).unwrap();
    let (before, _) = maps.split_once(variable).unwrap();
    assert!(before.contains("older than 1.23.2"), "{before}");
}

/// An `add_header` in a `location` drops those of the server.
#[test]
fn nginx_inherits_headers_if_configured() {
    let gateway = Gateway::Nginx;
    let Some(program) = program(gateway) else {
        return;
    };
    let running = gateway.start(&program, "inherit", &api(), *APPLICATION, |_, text| text);
    assert_eq!(
        allowed(&running, "api", "/own-header", &[ALLOWED]),
        [ALLOWED]
    );
    assert_eq!(allowed(&running, "api", "/dropped", &[ALLOWED]), [""; 0]);
    drop(running);
    let merged = |name: &str, text: String| match name.ends_with("server.conf") {
        true => format!("{text}add_header_inherit merge;\n"),
        false => text,
    };
    let running = gateway.start(&program, "inherit", &api()[..1], *APPLICATION, merged);
    assert_eq!(allowed(&running, "api", "/dropped", &[ALLOWED]), [ALLOWED]);
}

/// A server that responds to each connection with these bytes.
fn responder(response: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // The request is short, and does not matter.
            let _ = stream.read(&mut [0; 8192]);
            let _ = stream.write_all(&response);
        }
    });
    address
}

/// A record of FastCGI: <https://fastcgi-archives.github.io/FastCGI_Specification.html#S3.3>
fn record(kind: u8, content: &[u8]) -> Vec<u8> {
    let [high, low] = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[1, kind, 0, 1, high, low, 0, 0], content].concat()
}

/// `proxy_hide_header` hides headers of proxied applications. For applications behind other protocols, the
/// file refers to the directives of these protocols.
#[test]
fn nginx_hides_headers_of_each_protocol() {
    const RESPONSE: &[u8] = b"Status: 200 OK\r\nContent-Type: text/plain\r\n\
        Access-Control-Allow-Origin: *\r\n\r\ntext";
    let gateway = Gateway::Nginx;
    let Some(program) = program(gateway) else {
        return;
    };
    let text = responder(RESPONSE.to_vec());
    let records = [record(6, RESPONSE), record(6, b""), record(3, &[0; 8])];
    let fast_cgi = responder(records.concat());
    let (front, grpc) = (free_address(), free_address());
    let api = &api()[..1];
    let export = cors_runtime::export::nginx(api[0].policy, "api").unwrap();
    let lines = export.files().iter().flat_map(|file| file.text().lines());
    let lines: Vec<_> = lines
        .filter(|line| line.starts_with("proxy_hide"))
        .collect();
    let protocols = ["fastcgi", "scgi", "uwsgi", "grpc"];
    let hidden = protocols.map(|it| lines.join("\n").replace("proxy_", &format!("{it}_")));
    for (hidden, expected) in [("", &["*", ALLOWED][..]), (&hidden.join("\n"), &[ALLOWED])] {
        let servers = format!(
            "server {{
                listen {front}; include cors-api.server.conf; {hidden}
                location /fastcgi {{ fastcgi_pass {fast_cgi}; }}
                location /scgi {{ scgi_pass {text}; }}
                location /uwsgi {{ uwsgi_pass {text}; }}
                location /grpc {{ grpc_pass grpc://{grpc}; }}
            }}
            server {{
                listen {grpc}; http2 on; add_header Access-Control-Allow-Origin *; return 200 text;
            }}\n"
        );
        let change = |name: &str, text: String| match name.ends_with("map.conf") {
            true => text + &servers,
            false => text,
        };
        let _running = gateway.start(&program, "protocols", api, *APPLICATION, change);
        for protocol in protocols {
            let request = request("GET", &format!("/{protocol}"), &[("origin", ALLOWED)]);
            let response = Client::new(front).send(&request).unwrap();
            assert_eq!(response.status, 200, "{protocol}");
            let mut found: Vec<_> = response.lines("access-control-allow-origin").collect();
            found.sort();
            assert_eq!(found, expected, "{protocol}");
        }
    }
}

/// nginx refuses longer parameters, so that an entry has a line of its own.
#[test]
fn no_parameter_is_longer_than_nginx_takes() {
    for site in sites() {
        let export = cors_runtime::export::nginx(site.policy, site.name).unwrap();
        let lines = export.files().iter().flat_map(|file| file.text().lines());
        assert_eq!(
            lines.filter(|line| line.len() > 4096).count(),
            0,
            "{}",
            site.name
        );
    }
}
