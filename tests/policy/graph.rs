//! The graph of a policy: following its labels must give the decision of the compiled matcher, so
//! the drawing is correct.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use cors_runtime::export::{self, Edge, EdgeLabel, EntryPath, Graph, Node};
use cors_runtime::{CorsRequest, Origin, Policy, cors_policy};
use cors_support::{gen_origins, property};
use proptest::prelude::*;

fn is_known(origin: &Origin<'_>) -> bool {
    origin.host().starts_with("tenant-")
}

static REGEXES: Policy = cors_policy!(
    allow_origins = [
        regex("https://(shop|blog)[0-9]{1,3}\\.example\\.(com|net)"),
        "https://*.example.org:*",
        regex("(https|http)://localhost(:[0-9]+)?"),
        dangerously_allow(unconfined_origin, regex("app://[a-z]+")),
        regex("https://\"?[a-z]\\.example\\.edu"),
    ],
);

static RULES: Policy = cors_policy!(
    rule(
        allow_origins = [
            dangerously_allow(null_origin, "null"),
            #[cfg(any())]
            "https://left-out.example",
            predicate(is_known),
            "https://[::1]:8443",
        ]
    ),
    rule(
        allow_origins = [
            regex("https://[a-c](-[a-z]*)?\\.example\\.com"),
            "https://*.example.net"
        ]
    ),
    rule(allow_origins = Any),
);

static PUBLIC: Policy = cors_policy!(allow_origins = Any);

/// A policy and its graph.
struct Drawn {
    policy: &'static Policy,
    graph: Graph,
}

static DRAWN: LazyLock<Vec<Drawn>> = LazyLock::new(|| {
    let listed = cors_support::policies::POLICIES
        .iter()
        .map(|(policy, _)| *policy);
    let policies = listed.chain([&REGEXES, &RULES, &PUBLIC]);
    let drawn = policies.map(|policy| Drawn {
        policy,
        graph: export::graph(policy),
    });
    drawn.collect()
});

/// Returns whether an edge with this label reads `part`. `is_alone` means that there is only one
/// path.
fn reads(label: &EdgeLabel, part: &[u8], is_alone: bool) -> bool {
    let is_wild = |part: &[u8]| {
        let is_wild = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
        !part.is_empty() && part.iter().copied().all(is_wild)
    };
    match label {
        EdgeLabel::Text(text) => text.as_bytes() == part,
        EdgeLabel::Wildcard => is_wild(part),
        EdgeLabel::DeepWildcard => part.split(|byte| *byte == b'.').all(is_wild),
        EdgeLabel::AnyPort(default) => part.is_empty() || is_port(part, *default),
        EdgeLabel::Byte(bytes) => matches!(part, [byte] if bytes.contains(*byte)),
        EdgeLabel::Predicate(path) => {
            assert_eq!(path, "is_known");
            Origin::parse(part).is_ok_and(|origin| is_known(&origin))
        }
        EdgeLabel::Any => is_alone || part == b"null" || Origin::parse(part).is_ok(),
        label => panic!("{label:?} is new"),
    }
}

fn is_port(part: &[u8], default: Option<u16>) -> bool {
    let port = std::str::from_utf8(part)
        .ok()
        .and_then(|text| text.strip_prefix(':'));
    port.is_some_and(|port| {
        let number: Option<u16> = port.parse().ok();
        number.is_some_and(|number| number != 0 && number.to_string() == port) && number != default
    })
}

/// Whether `way` leads to a node that accepts when it has read all of `origin`.
fn leads(path: &EntryPath, origin: &[u8], is_alone: bool) -> bool {
    let edges: Vec<&Edge> = path.edges().collect();
    // All of an origin may be one label; what is made of parts has a limit.
    if edges.len() > 1 && origin.len() > 324 {
        return false;
    }
    let mut places: Vec<_> = path
        .nodes()
        .filter(|node| node.is_start())
        .map(|node| (*node, origin))
        .collect();
    assert_eq!(places.len(), 1);
    let mut seen = HashSet::new();
    while let Some((node, rest)) = places.pop() {
        if rest.is_empty() && node.is_accepting() {
            return true;
        }
        for edge in edges.iter().filter(|edge| edge.source() == node) {
            let ends = match edge.label() {
                EdgeLabel::Text(text) => text.len()..=text.len(),
                EdgeLabel::Byte(_) => 1..=1,
                EdgeLabel::Any | EdgeLabel::Predicate(_) => rest.len()..=rest.len(),
                _ => 0..=rest.len(),
            };
            for end in ends {
                let split = match path.is_reversed() {
                    false => rest.split_at_checked(end),
                    true => rest
                        .len()
                        .checked_sub(end)
                        .map(|start| rest.split_at(start))
                        .map(|(left, part)| (part, left)),
                };
                let Some((part, left)) = split else {
                    continue;
                };
                if reads(edge.label(), part, is_alone) && seen.insert((edge.target(), left.len())) {
                    places.push((edge.target(), left));
                }
            }
        }
    }
    false
}

/// The rule of the first path that accepts.
fn rule_of(graph: &Graph, origin: &[u8]) -> Option<usize> {
    let is_alone = graph.paths().len() == 1;
    let mut paths = graph.paths().iter();
    paths
        .find(|path| leads(path, origin, is_alone))
        .map(EntryPath::rule)
}

/// Texts to make hostile origins of: entries, and for regexes and `Any` what they accept.
fn seeds(graph: &Graph) -> Vec<String> {
    let texts = graph.paths().iter().map(|path| path.text().to_owned());
    let mut seeds: Vec<String> = texts.filter(|text| !text.contains('(')).collect();
    seeds.extend(
        [
            "https://shop12.example.com",
            "https://blog*.example.net",
            "http://localhost:*",
            "app://*",
            "https://a-*.example.com",
            "https://a.example.edu",
            "https://tenant-*.example.org",
            "https://left-out.example",
        ]
        .map(str::to_owned),
    );
    seeds
}

fn policy_and_origin() -> impl Strategy<Value = (usize, gen_origins::Bytes)> {
    (0..DRAWN.len()).prop_flat_map(|index| {
        let origins = gen_origins::origins(seeds(&DRAWN[index].graph));
        (Just(index), origins)
    })
}

proptest! {
    #![proptest_config(property::cases(8_000))]

    #[test]
    fn a_walk_gives_the_verdict_of_the_policy((index, origin) in policy_and_origin()) {
        let Drawn { policy, graph } = &DRAWN[index];
        let walked = rule_of(graph, &origin);
        prop_assert_eq!(walked.is_some(), policy.allows_origin(&origin), "{}", origin.escape_ascii());
        let request = CorsRequest::new(b"GET").with_header(b"Origin", &origin);
        prop_assert_eq!(walked, policy.explain(&request).rule_index(), "{}", origin.escape_ascii());
    }
}

#[test]
fn every_node_is_between_the_start_and_acceptance() {
    for path in DRAWN.iter().flat_map(|drawn| drawn.graph.paths()) {
        let nodes: BTreeSet<usize> = path.nodes().map(Node::number).collect();
        let reached = |from: BTreeSet<usize>, step: fn((usize, usize)) -> (usize, usize)| {
            let mut reached = from;
            loop {
                let next: BTreeSet<usize> = path
                    .edges()
                    .map(|edge| step((edge.source().number(), edge.target().number())))
                    .filter(|(from, _)| reached.contains(from))
                    .map(|(_, to)| to)
                    .collect();
                if next.is_subset(&reached) {
                    return reached;
                }
                reached.extend(next);
            }
        };
        let starts = path.nodes().filter(|node| node.is_start());
        let ends = path.nodes().filter(|node| node.is_accepting());
        let forth = reached(starts.map(Node::number).collect(), |edge| edge);
        let back = reached(ends.map(Node::number).collect(), |(from, to)| (to, from));
        assert_eq!(forth, nodes, "{}", path.text());
        assert_eq!(back, nodes, "{}", path.text());
    }
}

#[test]
fn parts_are_those_of_the_entry() {
    let graph = export::graph(&RULES);
    let paths: Vec<(usize, usize, &str, bool)> = graph
        .paths()
        .iter()
        .map(|path| (path.rule(), path.entry(), path.text(), path.is_reversed()))
        .collect();
    assert_eq!(
        paths,
        [
            (0, 0, "null", false),
            (0, 1, "predicate(is_known)", false),
            (0, 2, "https://[::1]:8443", false),
            (
                1,
                0,
                r#"regex("https://[a-c](-[a-z]*)?\\.example\\.com")"#,
                true
            ),
            (1, 1, "https://*.example.net", false),
            (2, 0, "Any", false),
        ]
    );
    let labels = |rule, entry| -> Vec<String> {
        let edges = graph.edges();
        edges
            .filter(|edge| (edge.source().rule(), edge.target().entry()) == (rule, entry))
            .map(|edge| edge.label().to_string())
            .collect()
    };
    assert_eq!(labels(0, 0), ["null"]);
    assert_eq!(labels(0, 1), ["is_known returns true"]);
    assert_eq!(labels(0, 2), ["https://", "[::1]", ":8443"]);
    assert_eq!(
        labels(1, 1),
        ["https://", "* = [a-z0-9_-]+", ".example.net"]
    );
    assert_eq!(labels(2, 0), ["any origin"]);
    let regex = labels(1, 0);
    assert_eq!(regex.first().unwrap(), ".example.com");
    assert_eq!(regex.last().unwrap(), "https://");
    for label in ["[a-c]", "[d-z]", "-"] {
        assert!(regex.iter().any(|of| of == label), "{label}: {regex:?}");
    }
}

/// Another parser of the Graphviz language reads the output.
#[test]
fn the_drawing_is_read_back() {
    for Drawn { graph, .. } in &*DRAWN {
        let dot = graph.to_string();
        let parsed = layout::gv::DotParser::new(&dot).process();
        let parsed = parsed.unwrap_or_else(|error| panic!("{error}\n{dot}"));
        let mut builder = layout::gv::GraphBuilder::new();
        builder.visit_graph(&parsed);
        drop(builder.get());
        assert_eq!(dot.matches(" -> ").count(), graph.edges().count());
        assert_eq!(dot.matches("shape=plaintext").count(), graph.paths().len());
    }
}

#[test]
fn quotation_marks_and_backslashes_are_escaped() {
    let dot = export::graph(&REGEXES).to_string();
    let label = r#"[shape=plaintext, label="regex(\"https://\\\"?[a-z]\\\\.example\\\\.edu\")\nfrom its end"];"#;
    assert!(dot.contains(label), "{dot}");
}
