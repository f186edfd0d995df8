//! The playground, without a browser: its responses agree with the policy, the browser model and
//! the server, and it loads everything from the same server.

mod edited;
#[path = "../../src/policy.rs"]
mod policy;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use cors_runtime::export;
use cors_runtime::testing::{NetworkError, Page};
use cors_support::example::Example;
use cors_support::net::{cors, send};
use http::Request;
use policy::API;
use serde_json::Value;

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_example-playground"))
}

/// The playground, and its address.
fn start() -> (Example, String) {
    let example = Example::start(command(), |lines| lines.len() == 2);
    let [address, stop] = example.lines.as_slice() else {
        panic!("{:?}", example.lines);
    };
    let address = address.strip_prefix("The playground is at ").unwrap();
    let address = address.trim_end_matches('/').to_owned();
    assert!(stop.contains("Ctrl-C"));
    (example, address)
}

fn get(url: &str) -> String {
    let response = send(Request::get(url).body(()).unwrap());
    assert_eq!(response.status(), 200, "{url}");
    response.into_body()
}

fn ask(url: &str) -> Value {
    serde_json::from_str(&get(url)).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value}"))
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(text).collect()
}

/// The request of a page, in the form that the form sends.
fn query(fields: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields).finish()
}

#[test]
fn the_matrix_agrees_with_the_policy() {
    let (_example, address) = start();
    let policy = ask(&format!("{address}/policy"));
    let known = policy["headers"].as_array().unwrap();
    let known: Vec<Vec<&str>> = known.iter().map(texts).collect();
    let mut ends = BTreeSet::new();
    for method in texts(&policy["methods"]) {
        // Each header, and credentials, with or without.
        for chosen in 0..2_usize << known.len() {
            let credentials = chosen & 1 != 0;
            let headers = known.iter().enumerate();
            let headers: Vec<_> = headers
                .filter(|(index, _)| chosen & 2 << index != 0)
                .map(|(_, header)| header)
                .collect();
            let mut fields = vec![("origin", "https://blog.example.net"), ("method", method)];
            fields.extend(headers.iter().map(|header| ("header", header[0])));
            fields.extend(credentials.then_some(("credentials", "yes")));
            let rows = ask(&format!("{address}/matrix?{}", query(&fields)));
            let rows = rows.as_array().unwrap();
            assert_eq!(text(&rows[0]["origin"]), "https://blog.example.net");
            for row in rows {
                let page = match text(&row["origin"]) {
                    "null" => Page::opaque(),
                    origin => Page::new(origin),
                };
                let fetch = page.fetch(text(&policy["api"])).method(method);
                let fetch = headers
                    .iter()
                    .fold(fetch, |fetch, header| fetch.header(header[0], header[1]));
                let fetch = match credentials {
                    true => fetch.with_credentials(),
                    false => fetch,
                };
                let expected = fetch.send_to(&API);
                assert_eq!(
                    row["error"].as_str(),
                    expected.as_ref().err().map(ToString::to_string).as_deref()
                );
                let (end, exchanges) = match expected {
                    Ok(_) => ("read", 1),
                    Err(NetworkError::Response(_)) => ("hidden", 1),
                    Err(NetworkError::InvalidMethod(_)) => ("unsent", 0),
                    Err(_) => ("stopped", 0),
                };
                assert_eq!(text(&row["end"]), end, "{row}");
                let preflights = fetch
                    .requests()
                    .map_or(0, |plan| plan.preflight.iter().len());
                assert_eq!(
                    row["exchanges"].as_array().unwrap().len(),
                    exchanges + preflights,
                    "{row}"
                );
                ends.insert(end);
            }
        }
    }
    assert_eq!(ends, ["hidden", "read", "stopped", "unsent"].into());
}

#[test]
fn origins_that_no_page_has_are_not_sent() {
    let (_example, address) = start();
    for origin in [
        "",
        "https://App.example.com",
        "https://app.example.com/",
        "a\r\nb: c",
        "*",
    ] {
        let rows = ask(&format!(
            "{address}/matrix?{}",
            query(&[("origin", origin)])
        ));
        assert_eq!(text(&rows[0]["end"]), "no-page");
        assert_eq!(rows[0]["exchanges"], Value::Array(Vec::new()));
        assert!(text(&rows[0]["explanation"]).ends_with("so no browser sent the request"));
    }
}

/// Sending the exchange in the table again gives the same response.
#[test]
fn the_wire_is_shown_as_it_is() {
    let (_example, address) = start();
    let fields = [("origin", "https://app.example.com"), ("method", "PUT")];
    let rows = ask(&format!("{address}/matrix?{}", query(&fields)));
    let exchanges = rows[0]["exchanges"].as_array().unwrap();
    let [preflight, put] = exchanges.as_slice() else {
        panic!("{exchanges:?}");
    };
    for (exchange, method) in [(preflight, "OPTIONS"), (put, "PUT")] {
        let mut lines = text(&exchange["request"]).split("\r\n");
        assert_eq!(lines.next().unwrap(), format!("{method} /items HTTP/1.1"));
        let mut lines = lines.map(|line| line.split_once(": ").unwrap());
        let (name, host) = lines.next().unwrap();
        assert_eq!(name, "host");
        let request = Request::builder()
            .method(method)
            .uri(format!("http://{host}/items"));
        let request = lines.fold(request, |request, (name, value)| {
            request.header(name, value)
        });
        let response = send(request.body(()).unwrap());
        let shown: Vec<&str> = text(&exchange["response"]).split("\r\n").collect();
        assert_eq!(shown[0], format!("HTTP/1.1 {}", response.status()));
        assert!(!cors(response.headers()).is_empty());
        for (name, value) in cors(response.headers()) {
            assert!(
                shown.contains(&&*format!("access-control-{name}: {value}")),
                "{shown:?}"
            );
        }
    }
}

#[test]
fn an_origin_is_led_along_the_entry_that_accepts_it() {
    let (_example, address) = start();
    let policy = ask(&format!("{address}/policy"));
    let long = format!("https://{}example.org", "a.".repeat(200));
    let others = [
        "https://pr-.preview.example.com",
        "https://shop12.example.net",
        "https://shop.example.net",
        "http://localhost",
        "http://localhost:80",
        "http://localhost:65536",
        "https://a..example.org",
        "https://Shop.example.org",
        "https://app.example.com/",
        "",
        "<b>&\"",
        &long,
    ];
    for origin in texts(&policy["origins"]).into_iter().chain(others) {
        let shown = ask(&format!(
            "{address}/origin?{}",
            query(&[("origin", origin)])
        ));
        let request =
            cors_runtime::CorsRequest::new(b"GET").with_header(b"Origin", origin.as_bytes());
        let explanation = API.explain(&request);
        assert_eq!(text(&shown["explanation"]), explanation.to_string());
        assert_eq!(
            shown["allowed"],
            API.allows_origin(origin.as_bytes()),
            "{origin}"
        );
        let ways = shown["ways"].as_array().unwrap();
        let graph = export::graph(&API);
        let accepting = graph
            .paths()
            .iter()
            .zip(ways)
            .filter(|(_, way)| way["accepted"] == true);
        let accepting: Vec<&str> = accepting.map(|(path, _)| path.text()).collect();
        let named = explanation.entry().and_then(|entry| entry.text());
        assert_eq!(accepting, Vec::from_iter(named), "{origin}");
    }
}

#[test]
fn the_drawing_has_every_entry_and_every_edge() {
    let (_example, address) = start();
    let policy = ask(&format!("{address}/policy"));
    let drawing = text(&policy["drawing"]);
    for (number, path) in export::graph(&API).paths().iter().enumerate() {
        assert!(drawing.contains(path.text()), "{}", path.text());
        for (index, edge) in path.edges().enumerate() {
            let id = format!("id=\"way-{number}-edge-{index}\"");
            let (_, edge_drawn) = drawing.split_once(&id).unwrap();
            let (edge_drawn, _) = edge_drawn.split_once("</g>").unwrap();
            assert!(
                edge_drawn.contains(&format!(">{}<", edge.label())),
                "{edge_drawn}"
            );
        }
        for node in path.nodes() {
            assert!(drawing.contains(&format!("id=\"way-{number}-node-{}\"", node.number())));
        }
    }
}

#[test]
fn the_first_policy_is_shown() {
    let (_example, address) = start();
    let policy = ask(&format!("{address}/policy"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = fs::read_to_string(root.join("src/policy.rs")).unwrap();
    assert_eq!(text(&policy["text"]), source);
    assert_eq!(text(&policy["words"]), API.to_string());
    let [allowed, denied] = policy["visitors"].as_array().unwrap().as_slice() else {
        panic!("{policy}");
    };
    for (visitor, is_allowed) in [(allowed, true), (denied, false)] {
        assert_eq!(visitor["allowed"], is_allowed);
        let origin = text(&visitor["origin"]);
        assert_eq!(API.allows_origin(origin.as_bytes()), is_allowed, "{origin}");
    }
}

#[test]
fn nothing_comes_from_elsewhere() {
    let (_example, address) = start();
    let policy = ask(&format!("{address}/policy"));
    let visitors = policy["visitors"].as_array().unwrap().iter();
    let visitors: Vec<&str> = visitors.map(|visitor| text(&visitor["origin"])).collect();
    for site in [&*address].into_iter().chain(visitors.clone()) {
        let mut paths = vec!["/".to_owned()];
        while let Some(path) = paths.pop() {
            let response = send(Request::get(format!("{site}{path}")).body(()).unwrap());
            assert_eq!(response.status(), 200, "{path}");
            let allowed = response.headers()["content-security-policy"]
                .to_str()
                .unwrap();
            let sources = allowed
                .split([' ', ';'])
                .filter(|word| word.contains("://"));
            for source in sources {
                let is_own = text(&policy["api"]).starts_with(source) || visitors.contains(&source);
                assert!(is_own, "{source}");
            }
            assert!(allowed.starts_with("default-src 'none';"));
            let body = response.into_body();
            assert!(
                !body.contains("@import") && !body.contains("url("),
                "{path}"
            );
            // Files that it loads, by HTML or by an import.
            let lead = ["src=\"", "href=\"", "from \""];
            for loaded in lead.iter().flat_map(|lead| body.split(lead).skip(1)) {
                let (loaded, _) = loaded.split_once('"').unwrap();
                match loaded
                    .strip_prefix("./")
                    .or_else(|| loaded.strip_prefix('/'))
                {
                    Some(file) => paths.push(format!("/{file}")),
                    None => assert_eq!(loaded, "data:,", "{path}"),
                }
            }
        }
    }
}

#[test]
fn a_busy_port_is_a_clear_error() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = command().arg(&port).output().unwrap();
    assert!(!output.status.success());
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.contains(&format!("cannot start on 127.0.0.1:{port}")),
        "{message}"
    );
    assert!(message.contains("-- 8080"), "{message}");
}
