//! Converts entries to regular expressions with the same meaning in every gateway.
//!
//! An expression matches whole origins. If an engine searches instead, the back end adds `\A` and
//! `\z`.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::automata;
use super::eliminate;
use super::node::{Bytes, Node};
use cors_origin::authority::SCHEME;
use cors_origin::origin::is_opaque_host_byte;

/// Maximum length of a printed expression: nginx accepts 4096 bytes for a parameter, and nobody
/// reads more.
pub(super) const MAX_LEN: usize = 2000;

const LABEL: &str = "[a-z0-9_-]+";
const LABELS: &str = "[a-z0-9_-]+([.][a-z0-9_-]+)*";

/// All ports with five digits.
const FIVE_DIGITS: &str = "[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]";

/// The reason why a regex cannot be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RegexFault {
    /// No policy accepts it.
    Invalid,
    /// Its expression would be longer than [`MAX_LEN`].
    TooLong,
}

/// Returns the expression of an origin, a pattern or `null`, given in source form.
pub(super) fn pattern_expression(pattern: &str) -> String {
    let Some((scheme, rest)) = pattern.split_once("://") else {
        return Node::text(pattern).to_string();
    };
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !rest.ends_with(']') => (host, Some(port)),
        _ => (rest, None),
    };
    let scheme_text = Node::text(scheme);
    let mut expression = format!("{scheme_text}://");
    match host.starts_with('[') {
        true => expression += &Node::text(host).to_string(),
        false => expression += &domain_expression(host),
    }
    match port {
        None => {}
        Some("*") => expression += &any_port(scheme),
        Some(number) => expression = format!("{expression}:{number}"),
    }
    expression
}

fn domain_expression(host: &str) -> String {
    let label = |label: &str| match label {
        "**" => LABELS.to_owned(),
        label => {
            let texts = label.split('*').map(|text| Node::text(text).to_string());
            texts.collect::<Vec<_>>().join(LABEL)
        }
    };
    host.split('.').map(label).collect::<Vec<_>>().join("[.]")
}

/// Returns an optional port from 1 to 65535 except the default one, without leading zeros.
fn any_port(scheme: &str) -> String {
    // With a count for each length: ports that share the first digit with the default port differ
    // in a later one.
    let shorter = match scheme {
        "http" => "[1-9]|[1-79][0-9]|8[1-9]|[1-9][0-9]{2,3}",
        "https" => "[1-9][0-9]?|[1-35-9][0-9]{2}|4[0-35-9][0-9]|44[0-24-9]|[1-9][0-9]{3}",
        _ => "[1-9][0-9]{0,3}",
    };
    format!("(:({shorter}|{FIVE_DIGITS}))?")
}

/// Returns the expression of an entry of `allow_hosts`, given in source form. The default ports of
/// `http` and `https` are not part of a host.
pub(super) fn host_expression(host: &str) -> String {
    let origin = pattern_expression(&format!("{SCHEME}://{host}"));
    let prefix = format!("{SCHEME}://");
    origin.strip_prefix(&prefix).unwrap_or(&origin).to_owned()
}

/// Returns expressions for all origins of `http` and `https`.
pub(super) fn web_expressions() -> Vec<String> {
    let schemes = ["http", "https"].into_iter();
    let origins = schemes.flat_map(|scheme| {
        [domain(), address()].map(|host| format!("{scheme}://{host}{}", any_port(scheme)))
    });
    origins.collect()
}

/// Returns domains, and IPv4 addresses as browsers send them. No other host ends in a number.
fn domain() -> String {
    // Every label except `0`, `12` and `0x1f`, for example.
    const NOT_A_NUMBER: &str =
        "(([1-9][0-9]*)?[a-z_-]|0([0-9]+[a-z_-]|[a-wyz_-]|x[0-9a-f]*[g-z_-]))[a-z0-9_-]*";
    const OCTET: &str = "([1-9]?[0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
    format!("(({LABEL}[.])*{NOT_A_NUMBER}[.]?|({OCTET}[.]){{3}}{OCTET})")
}

/// Returns expressions for all origins that browsers send, which is the meaning of `Any` after
/// other rules.
pub(super) fn any_expressions() -> Vec<String> {
    let opaque = Bytes::new((0..=127).filter(|byte| is_opaque_host_byte(*byte)));
    let opaque = format!("{}+", Node::class(opaque));
    let mut expressions = vec!["null".to_owned(), "file://".to_owned()];
    expressions.extend(web_expressions());
    for (scheme, host) in [
        ("(file|ftp|wss?)", &domain()),
        (
            &other_schemes(&["file", "ftp", "http", "https", "ws", "wss"]),
            &opaque,
        ),
        (&other_schemes(&["http", "https"]), &address()),
    ] {
        expressions.push(format!("{scheme}://{host}{}", any_port("")));
    }
    expressions
}

/// Returns the expression for all schemes except the `excluded` ones.
fn other_schemes(excluded: &[&str]) -> String {
    /// Returns what may follow the start that all of `excluded` share. They come without it.
    fn rest(excluded: &[&str], is_first: bool) -> Node {
        let bytes = match is_first {
            true => Bytes::new(b'a'..=b'z'),
            false => scheme_bytes(),
        };
        let any = || {
            Node::class(scheme_bytes())
                .repeat(0, None)
                .expect("a star has no count")
        };
        let starts = Bytes::new(excluded.iter().filter_map(|text| text.bytes().next()));
        let mut alternatives = vec![Node::concat([Node::class(bytes.without(starts)), any()])];
        if !is_first && !excluded.contains(&"") {
            alternatives.push(Node::empty());
        }
        for start in starts.iter() {
            let tails = excluded
                .iter()
                .filter(|text| text.bytes().next() == Some(start));
            let tails: Vec<&str> = tails.map(|text| &text[1..]).collect();
            let byte = Node::class(Bytes::new([start]));
            alternatives.push(Node::concat([byte, rest(&tails, false)]));
        }
        Node::alternation(alternatives)
    }
    fn scheme_bytes() -> Bytes {
        Bytes::new((b'a'..=b'z').chain(b'0'..=b'9').chain(*b"+-."))
    }
    format!("({})", rest(excluded, true))
}

/// Returns IPv6 addresses in brackets, in every form without capitals and dots: some groups before
/// `::`, and at most some groups after it.
fn address() -> String {
    const GROUP: &str = "[0-9a-f]{1,4}";
    let mut ways = vec![
        format!("({GROUP}:){{7}}({GROUP}|:)"),
        format!("({GROUP}:){{6}}(:{GROUP}|:)"),
    ];
    for before in (2..=5).rev() {
        let after = 7 - before;
        ways.push(format!("({GROUP}:){{{before}}}(:{GROUP}){{1,{after}}}"));
        ways.push(format!("({GROUP}:){{{before}}}:"));
    }
    ways.push(format!("{GROUP}:(:{GROUP}){{1,6}}"));
    ways.push(format!("{GROUP}::"));
    ways.push(format!(":(:{GROUP}){{1,7}}"));
    ways.push("::".to_owned());
    format!(r"\[({})\]", ways.join("|"))
}

/// Returns the expression of a policy's regex. It is compared with the automaton of the policy
/// before it is returned.
pub(super) fn regex_expression(regex: &str) -> Result<String, RegexFault> {
    let accepted = automata::regex_automaton(regex).ok_or(RegexFault::Invalid)?;
    let is_exact = |expression: &String| {
        let printed = automata::build_automaton(&[expression]);
        expression.len() <= MAX_LEN
            && printed
                .is_some_and(|printed| automata::distinguishing_text(&printed, &accepted).is_none())
    };
    // The original expression, if it matches no more than the policy does.
    for alphabet in [bytes_of_domains(), bytes_of_apps()] {
        let written = translated(regex, alphabet).map(|node| node.to_string());
        if let Some(written) = written.filter(is_exact) {
            return Ok(written);
        }
    }
    let eliminated = eliminate::expression(&accepted, 2 * MAX_LEN).map(|node| node.to_string());
    eliminated.filter(is_exact).ok_or(RegexFault::TooLong)
}

/// Returns the bytes of origins whose hosts are domains or addresses.
fn bytes_of_domains() -> Bytes {
    let letters = (b'a'..=b'z').chain(b'0'..=b'9');
    Bytes::new(letters.chain(*b"+-.:/_[]"))
}

/// Returns the bytes of all origins.
fn bytes_of_apps() -> Bytes {
    let of_hosts = (0..=127).filter(|byte| is_opaque_host_byte(*byte));
    Bytes::new(of_hosts.chain(*b":/[]"))
}

/// Whether a position is at an end of the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Surely,
    SurelyNot,
    Perhaps,
}

/// Restricts a regex to some bytes. Returns `None` if the result cannot be printed.
fn translated(regex: &str, alphabet: Bytes) -> Option<Node> {
    let hir = ParserBuilder::new().unicode(false).utf8(false).build();
    let hir = { hir }.parse(regex).ok()?;
    translate(&hir, alphabet, Edge::Surely, Edge::Surely)
}

fn translate(hir: &Hir, alphabet: Bytes, start: Edge, end: Edge) -> Option<Node> {
    Some(match hir.kind() {
        HirKind::Empty => Node::empty(),
        HirKind::Literal(literal) => Node::concat(literal.0.iter().map(|byte| {
            let byte = Bytes::new([*byte]);
            Node::class(byte.intersection(alphabet))
        })),
        HirKind::Class(class) => Node::class(bytes(class).intersection(alphabet)),
        HirKind::Look(look) => {
            // Origins contain no line breaks.
            let edge = match look {
                Look::Start | Look::StartLF | Look::StartCRLF => start,
                Look::End | Look::EndLF | Look::EndCRLF => end,
                _ => return None,
            };
            match edge {
                Edge::Surely => Node::empty(),
                Edge::SurelyNot => Node::nothing(),
                Edge::Perhaps => return None,
            }
        }
        HirKind::Repetition(repetition) => {
            let (start, end) = match repetition.max {
                Some(0 | 1) => (start, end),
                _ => (inner(start), inner(end)),
            };
            let node = translate(&repetition.sub, alphabet, start, end)?;
            node.repeat(repetition.min, repetition.max)?
        }
        HirKind::Capture(capture) => translate(&capture.sub, alphabet, start, end)?,
        HirKind::Concat(parts) => {
            let nodes = parts.iter().enumerate().map(|(index, part)| {
                let start = moved(start, &parts[..index]);
                translate(part, alphabet, start, moved(end, &parts[index + 1..]))
            });
            Node::concat(nodes.collect::<Option<Vec<_>>>()?)
        }
        HirKind::Alternation(parts) => {
            let nodes = parts
                .iter()
                .map(|part| translate(part, alphabet, start, end));
            Node::alternation(nodes.collect::<Option<Vec<_>>>()?)
        }
    })
}

/// Returns the edge of a repeated part.
fn inner(edge: Edge) -> Edge {
    match edge {
        Edge::Surely => Edge::Perhaps,
        edge => edge,
    }
}

/// Returns the edge of a part that has `between` on one side.
fn moved(edge: Edge, between: &[Hir]) -> Edge {
    let (mut is_empty, mut is_text) = (true, false);
    for part in between {
        is_empty &= part.properties().maximum_len() == Some(0);
        is_text |= part.properties().minimum_len() != Some(0);
    }
    match edge {
        Edge::Surely if is_text => Edge::SurelyNot,
        Edge::Surely if !is_empty => Edge::Perhaps,
        Edge::Perhaps if is_text => Edge::SurelyNot,
        edge => edge,
    }
}

fn bytes(class: &Class) -> Bytes {
    match class {
        Class::Bytes(class) => {
            let ranges = class.iter();
            Bytes::new(ranges.flat_map(|range| range.start()..=range.end()))
        }
        Class::Unicode(class) => {
            let ranges = class.iter();
            let ascii = |c: char| u8::try_from(u32::from(c)).unwrap_or(u8::MAX);
            Bytes::new(ranges.flat_map(|range| ascii(range.start())..=ascii(range.end())))
        }
    }
}
