//! The host of an entry: an address, or labels with wildcards.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::reason::{Flaws, OriginError, Reason};
use super::{ip, punycode};
use crate::origin::{is_opaque_host_byte, is_special};

/// A host, in the form that browsers send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Host {
    /// An IPv4 address, or an IPv6 address with its brackets.
    Ip(String),
    /// A host that an app chose under its own scheme.
    Opaque(String),
    /// The labels from left to right. The last one is empty in an absolute name (`example.com.`).
    Domain(Vec<Label>),
}

/// A label of a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The parts from left to right. Two texts are never adjacent.
    pub parts: Vec<LabelPart>,
}

/// A part of a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelPart {
    /// This text.
    Text(String),
    /// `*`: one or more bytes of `[a-z0-9_-]`.
    Wildcard,
    /// `**`: one or more whole labels; always the only part of the leftmost label.
    DeepWildcard,
}

impl Host {
    /// Returns whether there is no wildcard.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        match self {
            Self::Ip(_) | Self::Opaque(_) => true,
            Self::Domain(labels) => labels.iter().all(Label::is_exact),
        }
    }

    pub(super) fn append_to(&self, text: &mut String) {
        match self {
            Self::Ip(host) | Self::Opaque(host) => text.push_str(host),
            Self::Domain(labels) => append(labels, text),
        }
    }

    /// Returns a short host that is accepted: each wildcard becomes `letter`, or `net` in the last
    /// label, so that the result is an unexpected domain.
    pub(super) fn example_with(&self, letter: char) -> String {
        let labels = match self {
            Self::Ip(host) | Self::Opaque(host) => return host.clone(),
            Self::Domain(labels) => labels,
        };
        let last = labels.len() - 1;
        let letter = letter.to_string();
        let mut host = String::new();
        for (index, label) in labels.iter().enumerate() {
            if index > 0 {
                host.push('.');
            }
            match label.parts.as_slice() {
                [LabelPart::Wildcard] if last == 0 => host.push_str("intranet"),
                [LabelPart::Wildcard] if index == last => host.push_str("net"),
                [LabelPart::DeepWildcard] if index == last => host.push_str("a.com"),
                _ => host.push_str(&label.example_with(&letter)),
            }
        }
        host
    }
}

/// Appends labels, with dots between them.
fn append(labels: &[Label], text: &mut String) {
    let mut dot = "";
    for label in labels {
        text.push_str(dot);
        label.append_to(text);
        dot = ".";
    }
}

/// Returns the index of the last label with a wildcard.
pub(crate) fn last_wildcard(labels: &[Label]) -> Option<usize> {
    labels.iter().rposition(|label| !label.is_exact())
}

/// Returns the labels to the right of the last wildcard, without the dot of the root.
pub(crate) fn parent(labels: &[Label]) -> String {
    let exact = match last_wildcard(labels) {
        Some(wildcard) => &labels[wildcard + 1..],
        None => labels,
    };
    let mut parent = String::new();
    append(exact, &mut parent);
    if parent.ends_with('.') {
        parent.pop();
    }
    parent
}

impl Label {
    /// Returns whether there is no wildcard.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.parts
            .iter()
            .all(|part| matches!(part, LabelPart::Text(_)))
    }

    /// Returns the label with each wildcard replaced.
    pub(crate) fn example_with(&self, letter: &str) -> String {
        let mut example = String::new();
        for part in &self.parts {
            example.push_str(match part {
                LabelPart::Text(text) => text,
                LabelPart::Wildcard | LabelPart::DeepWildcard => letter,
            });
        }
        example
    }

    fn append_to(&self, text: &mut String) {
        for part in &self.parts {
            text.push_str(match part {
                LabelPart::Text(text) => text,
                LabelPart::Wildcard => "*",
                LabelPart::DeepWildcard => "**",
            });
        }
    }

    /// Creates a label without wildcards.
    pub(crate) fn exact(text: &str) -> Self {
        let parts = match text {
            "" => Vec::new(),
            text => vec![LabelPart::Text(text.into())],
        };
        Self { parts }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.append_to(&mut text);
        f.write_str(&text)
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.append_to(&mut text);
        f.write_str(&text)
    }
}

/// Parses a host like the [host parser](https://url.spec.whatwg.org/#concept-host-parser).
pub(super) fn read(typed: &str, scheme: &str, flaws: &mut Flaws) -> Result<Host, OriginError> {
    if typed.is_empty() {
        return Err(Reason::MissingHost.into());
    }
    if let Some(address) = typed.strip_prefix('[') {
        return ip::v6(address, flaws).map(Host::Ip);
    }
    if !is_special(scheme) {
        let host = opaque(typed, flaws)?;
        return match host.contains('*') {
            true => domain(&host, flaws).map(Host::Domain),
            false => Ok(Host::Opaque(host)),
        };
    }
    let host = lower_case(typed, flaws)?;
    if let Some(byte) = host.bytes().find(|byte| is_forbidden(*byte)) {
        return Err(Reason::ForbiddenCharacter(byte.into()).into());
    }
    if ip::is_like_ipv4(&host) {
        return ip::v4(&host, flaws).map(Host::Ip);
    }
    domain(&host, flaws).map(Host::Domain)
}

/// Reads a host as the [opaque-host parser](https://url.spec.whatwg.org/#concept-opaque-host-parser) does.
fn opaque(typed: &str, flaws: &mut Flaws) -> Result<String, OriginError> {
    let mut host = String::new();
    for character in typed.chars() {
        let mut buffer = [0; 4];
        let bytes = character.encode_utf8(&mut buffer).bytes();
        match u8::try_from(character) {
            Ok(byte) if is_opaque_host_byte(byte) => host.push(character),
            _ if character.is_ascii() => return Err(Reason::ForbiddenCharacter(character).into()),
            _ => {
                flaws.add(Reason::NotEncoded);
                for byte in bytes {
                    host.push_str(&format!("%{byte:02X}"));
                }
            }
        }
    }
    match host.len() > MAX_NAME_LEN {
        true => Err(Reason::LongHost.into()),
        false => Ok(host),
    }
}

/// The length of the longest host. <https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4>
const MAX_NAME_LEN: usize = 253;

/// Returns a host in ASCII and lower case.
fn lower_case(typed: &str, flaws: &mut Flaws) -> Result<String, OriginError> {
    if !typed.is_ascii() {
        return to_ascii(typed, flaws);
    }
    if typed.bytes().any(|byte| byte.is_ascii_uppercase()) {
        flaws.add(Reason::UppercaseHost);
    }
    Ok(typed.to_ascii_lowercase())
}

/// Returns the ASCII form of a host in Unicode.
/// <https://url.spec.whatwg.org/#concept-domain-to-ascii>
fn to_ascii(typed: &str, flaws: &mut Flaws) -> Result<String, OriginError> {
    let mut host = String::new();
    let mut dot = "";
    for label in typed.split(DOTS) {
        host.push_str(dot);
        host.push_str(&punycode::to_ascii(label).ok_or(Reason::UnmappedUnicode)?);
        dot = ".";
    }
    flaws.add(Reason::Unicode);
    Ok(host)
}

/// Characters that become the dot.
const DOTS: &[char] = &['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'];

/// Returns whether a byte is a [forbidden domain code
/// point](https://url.spec.whatwg.org/#forbidden-domain-code-point), or a brace, which only
/// placeholders contain.
fn is_forbidden(byte: u8) -> bool {
    byte.is_ascii_control()
        || matches!(
            byte,
            b' ' | b'#'
                | b'/'
                | b':'
                | b'<'
                | b'>'
                | b'?'
                | b'@'
                | b'['
                | b'\\'
                | b']'
                | b'^'
                | b'|'
                | b'%'
                | b'{'
                | b'}'
        )
}

/// Parses a host in ASCII and lower case that is not an IP address.
fn domain(host: &str, flaws: &mut Flaws) -> Result<Vec<Label>, OriginError> {
    if host.strip_suffix('.').unwrap_or(host).len() > MAX_NAME_LEN {
        return Err(Reason::LongHost.into());
    }
    let last = host.matches('.').count();
    let mut labels = Vec::new();
    for (index, text) in host.split('.').enumerate() {
        match text {
            // The root: `example.com.` is an absolute name, and a different origin.
            "" if index == last && index > 0 && !labels.is_empty() => labels.push(Label::exact("")),
            "" if index == last => return Err(Reason::EmptyLabel.into()),
            "" => {
                flaws.add(Reason::EmptyLabel);
                // `.example.com` probably means all subdomains.
                if index == 0 && last > 1 {
                    labels.push(Label {
                        parts: vec![LabelPart::DeepWildcard],
                    });
                }
            }
            text => labels.push(label(text, index == 0, flaws)?),
        }
    }
    Ok(labels)
}

fn label(text: &str, is_leftmost: bool, flaws: &mut Flaws) -> Result<Label, Reason> {
    // https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4
    if text.len() > 63 {
        return Err(Reason::LongLabel);
    }
    if !text.contains('*') {
        punycode::check(text)?;
        return Ok(Label::exact(text));
    }
    if text == "**" && is_leftmost {
        return Ok(Label {
            parts: vec![LabelPart::DeepWildcard],
        });
    }
    if text.contains("**") {
        flaws.add(Reason::WildcardDeep);
    }
    let mut parts = Vec::new();
    for (index, text) in text.split('*').enumerate() {
        if index > 0 && parts.last() != Some(&LabelPart::Wildcard) {
            parts.push(LabelPart::Wildcard);
        }
        if !text.is_empty() {
            parts.push(LabelPart::Text(text.into()));
        }
    }
    Ok(Label { parts })
}
