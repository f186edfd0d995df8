//! Samples to try with a policy: origins that each entry accepts, and some that are nearly
//! accepted; methods and headers that it names, and some that many pages use.

use std::collections::{HashSet, VecDeque};

use cors_runtime::export::{Edge, EdgeLabel, EntryPath, Graph, Node};

/// Many pages use `patch`, which no policy allows.
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "patch", "TRACE"];

/// Headers that a page may set; the first is safelisted only with other values.
const HEADERS: [(&str, &str); 3] = [
    ("Content-Type", "application/json"),
    ("Authorization", "Bearer 7"),
    ("X-Trace", "7"),
];

/// Maximum numbers of entries with their own origin, and of headers with a checkbox.
const MAX_ENTRIES: usize = 8;
const MAX_HEADERS: usize = 8;

/// Returns origins that entries accept, in the order of the entries, and then some that are nearly
/// what the first one accepts.
pub(crate) fn origins(graph: &Graph) -> Vec<String> {
    let accepted = graph.paths().iter().take(MAX_ENTRIES).filter_map(origin);
    let mut origins: Vec<String> = accepted.collect();
    let nearly = origins.first().map(|first| near_misses(first));
    origins.extend(nearly.into_iter().flatten());
    origins.extend(["https://other.example", "null"].map(str::to_owned));
    let mut seen = HashSet::new();
    origins.retain(|origin| seen.insert(origin.clone()));
    origins
}

pub(crate) fn methods(named: Vec<String>) -> Vec<String> {
    let known = METHODS.map(str::to_owned);
    let new = named
        .into_iter()
        .filter(|name| !METHODS.contains(&name.as_str()));
    known
        .into_iter()
        .chain(new.collect::<HashSet<_>>())
        .collect()
}

pub(crate) fn headers(named: Vec<String>) -> Vec<(String, String)> {
    let mut headers = HEADERS
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
    for name in named {
        let is_known = headers
            .iter()
            .any(|(known, _)| known.eq_ignore_ascii_case(&name));
        if !is_known && headers.len() < MAX_HEADERS {
            headers.push((name, "7".to_owned()));
        }
    }
    headers
}

/// Another scheme, another port, and the host as the beginning of another one.
fn near_misses(origin: &str) -> Vec<String> {
    let Some((scheme, authority)) = origin.split_once("://") else {
        return Vec::new();
    };
    let other = match scheme {
        "https" => "http",
        _ => "https",
    };
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let mut origins = vec![format!("{other}://{authority}")];
    origins.push(match port {
        Some("8443") => format!("{scheme}://{host}:9443"),
        _ => format!("{scheme}://{host}:8443"),
    });
    if !host.ends_with(']') {
        origins.push(format!("{scheme}://{host}.evil.net"));
    }
    origins
}

/// Returns a short origin that an entry accepts: along the fewest edges.
fn origin(path: &EntryPath) -> Option<String> {
    let edges: Vec<&Edge> = path.edges().collect();
    let start = *path.nodes().find(|node| node.is_start())?;
    let mut reached: HashSet<Node> = [start].into();
    let mut queue: VecDeque<(Node, Vec<String>)> = [(start, Vec::new())].into();
    while let Some((node, texts)) = queue.pop_front() {
        if node.is_accepting() {
            let mut texts = texts;
            if path.is_reversed() {
                texts.reverse();
            }
            return Some(texts.concat());
        }
        for edge in edges.iter().filter(|edge| edge.source() == node) {
            if let Some(text) = text(edge.label())
                && reached.insert(edge.target())
            {
                let mut texts = texts.clone();
                texts.push(text);
                queue.push_back((edge.target(), texts));
            }
        }
    }
    None
}

/// Returns a text that an edge reads.
fn text(label: &EdgeLabel) -> Option<String> {
    Some(match label {
        EdgeLabel::Text(text) => text.clone(),
        EdgeLabel::Wildcard => "eu".to_owned(),
        EdgeLabel::DeepWildcard => "eu.shop".to_owned(),
        EdgeLabel::AnyPort(_) => ":5173".to_owned(),
        EdgeLabel::Byte(bytes) => {
            let mut likely = (b'a'..=b'z').chain(b'0'..=b'9').chain(b'!'..=b'~');
            let byte = likely.find(|byte| bytes.contains(*byte))?;
            char::from(byte).to_string()
        }
        EdgeLabel::Any => "https://anybody.example".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::near_misses;

    #[test]
    fn near_misses_are_origins() {
        for (origin, expected) in [
            (
                "https://a.example",
                vec![
                    "http://a.example",
                    "https://a.example:8443",
                    "https://a.example.evil.net",
                ],
            ),
            (
                "http://[::1]:5173",
                vec!["https://[::1]:5173", "http://[::1]:8443"],
            ),
            ("http://[::1]", vec!["https://[::1]", "http://[::1]:8443"]),
            (
                "https://a.example:8443",
                vec![
                    "http://a.example:8443",
                    "https://a.example:9443",
                    "https://a.example.evil.net",
                ],
            ),
            ("null", vec![]),
        ] {
            assert_eq!(near_misses(origin), expected);
        }
    }
}
