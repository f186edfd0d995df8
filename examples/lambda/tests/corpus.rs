//! The corpus, as events: this test is what AWS is to a function, the runtime API over HTTP.
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use conformance::{Request, Response, hold};
use serde_json::{Value, json};

const EXAMPLE: &str = env!("CARGO_BIN_EXE_example-lambda");

/// The function, stopped when dropped.
struct Function {
    process: Child,
    runtime_api: TcpListener,
}

impl Drop for Function {
    fn drop(&mut self) {
        // It may have stopped by itself, which the test has seen.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn event_by_event() {
    let function = Function::start();
    hold("lambda", |_, request| function.invoke(request));
}

#[test]
fn without_events_it_explains_how_to_send_some() {
    let output = Command::new(EXAMPLE).output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("cargo lambda watch"), "{text}");
    assert!(
        text.contains("curl -i http://127.0.0.1:9000/plain"),
        "{text}"
    );
}

impl Function {
    fn start() -> Self {
        let runtime_api = TcpListener::bind("127.0.0.1:0").unwrap();
        let process = Command::new(EXAMPLE)
            .env(
                "AWS_LAMBDA_RUNTIME_API",
                runtime_api.local_addr().unwrap().to_string(),
            )
            .env("AWS_LAMBDA_FUNCTION_NAME", "example")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .stderr(Stdio::null()) // its log
            .spawn()
            .unwrap();
        Self {
            process,
            runtime_api,
        }
    }

    /// Hands an event out, and takes its response; `None` if the function failed.
    fn invoke(&self, request: &Request) -> Option<Response> {
        loop {
            let (stream, _) = self.runtime_api.accept().unwrap();
            let (path, body) = read(&stream);
            match path.rsplit('/').next().unwrap() {
                "next" => answer(stream, "200 OK", &event(request).to_string()),
                "response" => {
                    answer(stream, "202 Accepted", "");
                    return Some(response(request, &serde_json::from_slice(&body).unwrap()));
                }
                "error" => {
                    answer(stream, "202 Accepted", "");
                    return None;
                }
                other => panic!("the runtime API has no {other}"),
            }
        }
    }
}

/// A request in payload format 2.0: the lines of a header are combined with commas.
fn event(request: &Request) -> Value {
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in &request.headers {
        let value: String = value.iter().copied().map(char::from).collect();
        let joined = headers.entry(name.to_lowercase()).or_default();
        *joined = match joined.as_str() {
            "" => value,
            before => format!("{before},{value}"),
        };
    }
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": request.path,
        "rawQueryString": "",
        "headers": headers,
        "isBase64Encoded": false,
        "requestContext": {
            "accountId": "1",
            "apiId": "1",
            "domainName": "api.example",
            "domainPrefix": "api",
            "http": {
                "method": request.method,
                "path": request.path,
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": "test",
            },
            "requestId": "1",
            "routeKey": "$default",
            "stage": "$default",
            "time": "01/Jan/2026:00:00:00 +0000",
            "timeEpoch": 0,
        },
    })
}

/// Converts the response of a function as a gateway does.
fn response(request: &Request, payload: &Value) -> Response {
    let headers = payload["headers"].as_object().unwrap().iter();
    let cookies = payload["cookies"].as_array().unwrap().iter();
    let headers = headers
        .map(|(name, value)| (name.as_str(), value))
        .chain(cookies.map(|cookie| ("set-cookie", cookie)));
    Response {
        status: payload["statusCode"].as_u64().unwrap().try_into().unwrap(),
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.as_str().unwrap().into()))
            .collect(),
        body: match request.method.as_str() {
            "HEAD" => Vec::new(),
            _ => payload["body"].as_str().unwrap_or_default().into(),
        },
    }
}

fn read(stream: &TcpStream) -> (String, Vec<u8>) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let path = line.split(' ').nth(1).unwrap().to_owned();
    let mut length = 0;
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    (path, body)
}

fn answer(mut stream: TcpStream, status: &str, body: &str) {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\nlambda-runtime-aws-request-id: 1\r\n\
         lambda-runtime-deadline-ms: 4102444800000\r\n\
         lambda-runtime-invoked-function-arn: arn:aws:lambda:eu:1:function:example\r\n\r\n{body}"
    )
    .unwrap();
}
