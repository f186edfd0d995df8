//! Domains: labels, and the wildcards in them.

use core::fmt;

use super::fault::{Fault, Flaws};
use super::punycode;
use crate::check::Check;

/// A label of a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// From left to right; no two texts beside each other.
    pub(crate) pieces: Vec<Piece>,
}

/// A part of a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// These very bytes.
    Text(String),
    /// `*`: one or more bytes of `[a-z0-9_-]`.
    Wildcard,
    /// `**`: one whole label or more; the only piece of the leftmost label.
    DeepWildcard,
}

impl Label {
    pub(crate) fn is_exact(&self) -> bool {
        self.pieces
            .iter()
            .all(|piece| matches!(piece, Piece::Text(_)))
    }

    fn text(text: &str) -> Self {
        let pieces = match text {
            "" => Vec::new(),
            text => vec![Piece::Text(text.into())],
        };
        Self { pieces }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| {
            f.write_str(match piece {
                Piece::Text(text) => text,
                Piece::Wildcard => "*",
                Piece::DeepWildcard => "**",
            })
        })
    }
}

/// A short domain that `labels` accept: a wildcard stands for `letter`, or for `net` where it is the
/// last label, so that it is not the domain that comes to mind.
pub(crate) fn instance(labels: &[Label], letter: char) -> String {
    let last = labels.len() - 1;
    let letter = letter.to_string();
    let instances: Vec<String> = labels
        .iter()
        .enumerate()
        .map(|(index, label)| match label.pieces.as_slice() {
            [Piece::Wildcard] if last == 0 => "intranet".into(),
            [Piece::Wildcard] if index == last => "net".into(),
            [Piece::DeepWildcard] if index == last => "a.com".into(),
            _ => label
                .to_string()
                .replace("**", &letter)
                .replace('*', &letter),
        })
        .collect();
    instances.join(".")
}

/// Reads a host in ASCII and lower case that is no IP address.
pub(crate) fn read(host: &str, flaws: &mut Flaws) -> Result<Vec<Label>, Fault> {
    // https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4
    if host.strip_suffix('.').unwrap_or(host).len() > 253 {
        return Err(too_long("has a host of more than 253 bytes"));
    }
    let typed: Vec<&str> = host.split('.').collect();
    let last = typed.len() - 1;
    let mut labels = Vec::new();
    for (index, text) in typed.iter().enumerate() {
        match *text {
            // The root: `example.com.` is an absolute name, and an origin of its own.
            "" if index == last && index > 0 && !labels.is_empty() => labels.push(Label::text("")),
            "" => {
                let fault = Fault::new(Check::OriginEmptyLabel, "has an empty label in its host")
                    .note("no page has such a host, so this entry never matches");
                if index == last {
                    return Err(fault);
                }
                flaws.add(fault);
                // `.example.com` is meant for all subdomains.
                if index == 0 && last > 1 {
                    labels.push(Label {
                        pieces: vec![Piece::DeepWildcard],
                    });
                }
            }
            text => labels.push(label(text, index == 0, flaws)?),
        }
    }
    Ok(labels)
}

fn label(text: &str, is_leftmost: bool, flaws: &mut Flaws) -> Result<Label, Fault> {
    // https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4
    if text.len() > 63 {
        return Err(too_long("has a label of more than 63 bytes"));
    }
    if !text.contains('*') {
        punycode::check(text)?;
        return Ok(Label::text(text));
    }
    if text == "**" && is_leftmost {
        return Ok(Label {
            pieces: vec![Piece::DeepWildcard],
        });
    }
    if text.contains("**") {
        flaws.add(
            Fault::new(
                Check::WildcardDeep,
                "has `**` where it is not the whole leftmost label",
            )
            .note("`*` stands for part of a label, `**` for one whole label or more on the left"),
        );
    }
    let mut pieces = Vec::new();
    for (index, text) in text.split('*').enumerate() {
        if index > 0 && pieces.last() != Some(&Piece::Wildcard) {
            pieces.push(Piece::Wildcard);
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text.into()));
        }
    }
    Ok(Label { pieces })
}

/// The ASCII form of a host in Unicode.
/// <https://url.spec.whatwg.org/#concept-domain-to-ascii>
pub(crate) fn to_ascii(typed: &str, flaws: &mut Flaws) -> Result<String, Fault> {
    let fault = Fault::new(Check::OriginUnicode, "has a Unicode host")
        .note("browsers send hosts in Punycode, so this entry never matches");
    let labels: Option<Vec<String>> = typed
        .split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'])
        .map(punycode::to_ascii)
        .collect();
    match labels {
        Some(labels) => {
            flaws.add(fault);
            Ok(labels.join("."))
        }
        None => Err(fault.help(
            "write what `new URL(\"https://…\").origin` gives for it in the console of a browser",
        )),
    }
}

fn too_long(fact: &'static str) -> Fault {
    Fault::new(Check::OriginTooLong, fact)
        .note("no name server can hold it, so this entry never matches")
}
