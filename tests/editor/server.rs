//! A session with rust-analyzer: the language server protocol over its standard streams.
//!
//! <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/>

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Longer than it takes to build the compiler of policies on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(240);

/// The server with one open file. It ends when this is dropped.
pub(crate) struct Server {
    process: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    last_id: u64,
    uri: String,
    text: String,
}

/// Whether there is a rust-analyzer to be started; rustup has a stand-in that only fails.
pub(crate) fn is_installed() -> bool {
    let version = Command::new("rust-analyzer").arg("--version").output();
    version.is_ok_and(|version| version.status.success())
}

impl Server {
    /// Starts it on a package, opens `file` of that, and waits until all is read and built.
    pub(crate) fn start(package: &Path, file: &str, text: &str) -> Self {
        let mut process = Command::new("rust-analyzer")
            .current_dir(package)
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TARGET_DIR", package.join("target"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (sender, messages) = mpsc::channel();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let root = format!("file://{}", package.display());
        let mut server = Self {
            input: process.stdin.take(),
            process,
            messages,
            last_id: 0,
            uri: format!("{root}/{file}"),
            text: text.to_owned(),
        };
        let answer = server.request(
            "initialize",
            &json!({
                "processId": std::process::id(),
                "rootUri": root,
                "capabilities": {
                    "experimental": {"serverStatusNotification": true},
                    "textDocument": {"hover": {"contentFormat": ["markdown"]}},
                },
                "initializationOptions": {"checkOnSave": false, "cachePriming": {"enable": false}},
            }),
        );
        assert!(answer.is_ok(), "{answer:?}");
        server.notify("initialized", &json!({}));
        let document = json!({"uri": server.uri, "languageId": "rust", "version": 1, "text": text});
        server.notify("textDocument/didOpen", &json!({"textDocument": document}));
        server.wait_for(|message| {
            let is_ready = message["params"]["quiescent"] == true;
            (message["method"] == "experimental/serverStatus" && is_ready).then_some(())
        });
        server
    }

    /// Types another text in place of all that is in the file.
    pub(crate) fn replace(&mut self, text: &str) {
        text.clone_into(&mut self.text);
        let document = json!({"uri": self.uri, "version": 2});
        let changes = json!([{"text": text}]);
        self.notify(
            "textDocument/didChange",
            &json!({"textDocument": document, "contentChanges": changes}),
        );
    }

    /// The text in Markdown over the first `word` after `item`.
    pub(crate) fn hover(&mut self, item: &str, word: &str) -> String {
        let answer = self.ask("textDocument/hover", &self.place(item, word, 1));
        answer["contents"]["value"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Returns the completions of the first `word` after `item`, with the cursor after it.
    pub(crate) fn completions(&mut self, item: &str, word: &str) -> Vec<String> {
        let answer = self.ask(
            "textDocument/completion",
            &self.place(item, word, word.len()),
        );
        let items = answer["items"].as_array().cloned().unwrap_or_default();
        let labels = items
            .iter()
            .map(|item| item["label"].as_str().unwrap().to_owned());
        labels.collect()
    }

    /// The files and lines, counted from 0, that the first `word` after `item` leads to.
    pub(crate) fn definitions(&mut self, item: &str, word: &str) -> Vec<(String, u64)> {
        let answer = self.ask("textDocument/definition", &self.place(item, word, 1));
        let places = answer.as_array().cloned().unwrap_or_default();
        let places = places.iter().map(|place| {
            let uri = place["uri"].as_str().unwrap().to_owned();
            (uri, place["range"]["start"]["line"].as_u64().unwrap())
        });
        places.collect()
    }

    /// Returns the codes and lines of the diagnostics of the file. Lines start at 0.
    pub(crate) fn diagnostics(&mut self) -> Vec<(String, u64)> {
        let document = json!({"textDocument": {"uri": self.uri}});
        let answer = self.ask("textDocument/diagnostic", &document);
        let items = answer["items"].as_array().cloned().unwrap_or_default();
        let diagnostics = items.iter().map(|item| {
            let line = item["range"]["start"]["line"].as_u64().unwrap();
            (item["code"].as_str().unwrap_or_default().to_owned(), line)
        });
        diagnostics.collect()
    }

    /// The line, counted from 0, of the first `word` after `item`.
    pub(crate) fn line(&self, item: &str, word: &str) -> u64 {
        let place = self.place(item, word, 0);
        place["position"]["line"].as_u64().unwrap()
    }

    fn place(&self, item: &str, word: &str, behind: usize) -> Value {
        let item = self.text.find(item).unwrap_or_else(|| panic!("no {item}"));
        let word = self.text[item..]
            .find(word)
            .unwrap_or_else(|| panic!("no {word}"));
        let before = &self.text[..item + word + behind];
        let line = before.matches('\n').count();
        let character = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
        let position = json!({"line": line, "character": character});
        json!({"textDocument": {"uri": self.uri}, "position": position})
    }

    /// Sends a request, and repeats it if the server was loading something.
    fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        loop {
            match self.request(method, parameters) {
                Ok(result) => return result,
                Err(error) if error["code"] == -32801 => thread::sleep(Duration::from_millis(50)),
                Err(error) => panic!("{method}: {error}"),
            }
        }
    }

    fn request(&mut self, method: &str, parameters: &Value) -> Result<Value, Value> {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": parameters}));
        self.wait_for(|message| {
            (message["id"] == id && message.get("method").is_none()).then(|| {
                match message.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(message["result"].clone()),
                }
            })
        })
    }

    fn notify(&mut self, method: &str, parameters: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": parameters}));
    }

    /// Returns the first message that `wanted` accepts. Requests of the server get an empty
    /// response.
    fn wait_for<T>(&mut self, wanted: impl Fn(&Value) -> Option<T>) -> T {
        let end = Instant::now() + TIMEOUT;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let message = self
                .messages
                .recv_timeout(left)
                .expect("rust-analyzer says no more");
            if let Some(found) = wanted(&message) {
                return found;
            }
            if let (Some(id), Some(_)) = (message.get("id"), message.get("method")) {
                self.send(&json!({"jsonrpc": "2.0", "id": id, "result": null}));
            }
        }
    }

    fn send(&mut self, message: &Value) {
        let message = message.to_string();
        let input = self.input.as_mut().unwrap();
        write!(input, "Content-Length: {}\r\n\r\n{message}", message.len()).unwrap();
        input.flush().unwrap();
    }
}

impl Drop for Server {
    /// The server exits when its input ends; otherwise it is killed.
    fn drop(&mut self) {
        drop(self.input.take());
        let end = Instant::now() + Duration::from_secs(5);
        while matches!(self.process.try_wait(), Ok(None)) && Instant::now() < end {
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The next message; `None` at the end.
fn read(output: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", number)) => length = number.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut message = vec![0; length];
    output.read_exact(&mut message).ok()?;
    serde_json::from_slice(&message).ok()
}
