//! Traps that only Apache httpd has.

use conformance::Response;
use cors_gateways::Gateway;

use crate::traps::{ALLOWED, api, preflight, request, send};
use crate::{APPLICATION, program};

/// Pages that replace those of Apache for errors keep the headers, whether they are texts, files or other
/// responses of the application.
#[test]
fn error_documents_of_apache_have_the_headers() {
    let gateway = Gateway::Apache;
    let Some(program) = program(gateway) else {
        return;
    };
    let root = gateway.folder("documents");
    let root = root.display();
    for (document, body) in [
        ("\"a text\"", "a text"),
        ("/cors-api.conf", "CORS policy `api`"),
        ("/plain", "plain"),
        ("/own-cors", "reply"),
    ] {
        let documents = format!(
            "DocumentRoot {root}\nProxyPass /cors-api.conf !\nErrorDocument 403 {document}\n\
            ErrorDocument 503 {document}\n"
        );
        let change = |_: &str, text: String| text + &documents;
        let running = gateway.start(&program, "documents", &api()[..1], *APPLICATION, change);
        let dead = |origin| {
            send(
                &running,
                "api",
                &request("GET", "/dead", &[("origin", origin)]),
            )
        };
        let allow = |response: &Response| -> Vec<String> {
            response.lines("access-control-allow-origin").collect()
        };
        let response = dead(ALLOWED);
        assert!(String::from_utf8_lossy(&response.body).contains(body));
        assert_eq!(allow(&response), [ALLOWED], "{document}");
        let evil = "https://evil.example";
        for response in [dead(evil), preflight(&running, "/plain", evil)] {
            assert!(String::from_utf8_lossy(&response.body).contains(body));
            assert_eq!(allow(&response), [""; 0], "{document}");
            let mut vary = response.lines("vary");
            assert!(vary.any(|line| line.contains("Origin")), "{document}");
        }
    }
}
