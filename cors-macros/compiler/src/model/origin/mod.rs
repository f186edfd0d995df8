//! One entry of `allow_origins`: an origin, or a pattern for origins.
//!
//! An `Origin` header carries the [ASCII serialization of an origin][html], and the policy is
//! compared with it byte for byte. So an entry must be spelled as browsers spell it; what can never
//! match is refused here, together with the spelling that can.
//!
//! [html]: https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin

mod domain;
mod fault;
mod host;
mod ip;
mod placeholder;
mod port;
mod punycode;
mod scheme;
mod whole;

pub(crate) use domain::{Label, Piece};
pub(crate) use host::Host;
pub(crate) use port::Port;

use core::fmt;

use crate::diagnostic::{Diagnostic, LONGEST_OFFER};
use crate::model::regex;
use cors_origin::origin::default_port;
use fault::{Fault, Flaws};

/// A scheme, a host and a port, each in the form that browsers send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// In lower case.
    pub(crate) scheme: String,
    pub(crate) host: Host,
    pub(crate) port: Port,
}

impl Origin {
    /// A short origin that is accepted: itself, if it is exact.
    pub(crate) fn instance(&self) -> String {
        self.instance_with('a')
    }

    /// The same with another letter or digit for what a wildcard stands for.
    pub(crate) fn instance_with(&self, letter: char) -> String {
        let host = match &self.host {
            Host::Ip(address) => address.clone(),
            Host::Domain(labels) => domain::instance(labels, letter),
        };
        match self.port {
            Port::Number(number) => format!("{}://{host}:{number}", self.scheme),
            Port::Implicit | Port::Any => format!("{}://{host}", self.scheme),
        }
    }

    /// The port that this origin leaves out where its scheme has one.
    pub(crate) fn default_port(&self) -> Option<u16> {
        default_port(&self.scheme)
    }

    /// Whether there is no wildcard, so that exactly one origin matches.
    pub(crate) fn is_exact(&self) -> bool {
        self.host.is_exact() && self.port != Port::Any
    }
}

/// As it is written in a policy, and as browsers send it if it is exact.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.host, self.port)
    }
}

/// The pattern that says the same as a regular expression, or the origin, if there is one.
pub(crate) fn as_pattern(expression: &str) -> Option<Origin> {
    parse(&regex::as_pattern(expression)?).ok()
}

/// Reads one entry.
pub(crate) fn parse(text: &str) -> Result<Origin, Diagnostic> {
    let mut flaws = Flaws::default();
    let origin = read(text, &mut flaws).map_err(|fault| fault.into_problem(text))?;
    match flaws.first() {
        None => Ok(origin),
        Some(flaw) if !reads_as_it_is(&origin) => Err(flaw.into_problem(text)),
        Some(flaw) => Err(flaw.mended(text, &origin)),
    }
}

/// The origin that `text` means, however it is spelled.
pub(crate) fn meant(text: &str) -> Option<Origin> {
    let origin = read(text, &mut Flaws::default()).ok()?;
    reads_as_it_is(&origin).then_some(origin)
}

/// Whether a mended spelling can be offered: once it is mended, a text may read like a list, or its
/// host end in a number.
fn reads_as_it_is(origin: &Origin) -> bool {
    let mut flaws = Flaws::default();
    read(&origin.to_string(), &mut flaws).is_ok_and(|read| read == *origin)
        && flaws.first().is_none()
}

/// The entries that a text was meant for: an origin, or several with something between them.
pub(crate) fn meant_entries(text: &str) -> Option<String> {
    if text.len() > LONGEST_OFFER {
        return None;
    }
    let origins: Vec<Origin> = match meant(text) {
        Some(origin) => vec![origin],
        None => whole::pieces(text)
            .map(|piece| meant(piece).filter(|_| whole::looks_like_an_origin(piece)))
            .collect::<Option<_>>()?,
    };
    let entries = origins.iter();
    let entries: Vec<String> = entries
        .map(|origin| format!("{:?}", origin.to_string()))
        .collect();
    (!entries.is_empty()).then(|| entries.join(", "))
}

/// Reads an entry as a browser reads an address: what has one clear meaning is mended on the way
/// and noted in `flaws`, what has none is a fault.
fn read(text: &str, flaws: &mut Flaws) -> Result<Origin, Fault> {
    whole::check(text)?;
    let text = whole::trim(text, flaws);
    let (scheme, rest) = scheme::split(text, flaws)?;
    let rest = placeholder::filled(rest, flaws)?;
    let authority = port::bracketed(whole::authority(&rest, flaws), flaws);
    let (host, port) = port::split(&authority)?;
    Ok(Origin {
        host: host::read(host, &scheme, flaws)?,
        port: port::read(port, &scheme, flaws)?,
        scheme,
    })
}

#[cfg(test)]
mod tests;
