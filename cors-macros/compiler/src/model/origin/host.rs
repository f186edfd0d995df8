//! The host of an origin.

use core::fmt;

use super::domain::{self, Label};
use super::fault::{Fault, Flaws};
use super::{ip, scheme};
use crate::check::Check;
use crate::diagnostic::{quoted, text};

/// The host of an entry, in the form that browsers send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Host {
    /// An IPv4 address, or an IPv6 address with its brackets.
    Ip(String),
    /// The labels from left to right; the last is empty in an absolute name (`example.com.`).
    Domain(Vec<Label>),
}

impl Host {
    pub(crate) fn is_exact(&self) -> bool {
        match self {
            Self::Ip(_) => true,
            Self::Domain(labels) => labels.iter().all(Label::is_exact),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ip(address) => f.write_str(address),
            Self::Domain(labels) => {
                for (index, label) in labels.iter().enumerate() {
                    if index > 0 {
                        f.write_str(".")?;
                    }
                    write!(f, "{label}")?;
                }
                Ok(())
            }
        }
    }
}

/// Reads a host as the [host parser](https://url.spec.whatwg.org/#concept-host-parser) does.
pub(crate) fn read(typed: &str, scheme: &str, flaws: &mut Flaws) -> Result<Host, Fault> {
    if typed.is_empty() {
        return Err(Fault::new(Check::OriginMissingHost, "has no host")
            .note("an origin is a scheme, a host and an optional port")
            .help("write `\"https://example.com\"`"));
    }
    if let Some(address) = typed.strip_prefix('[') {
        return ip::v6(address, flaws).map(Host::Ip);
    }
    let host = lower_case(typed, flaws)?;
    if let Some(byte) = host.bytes().find(|byte| is_forbidden(*byte)) {
        let character = char::from(byte).to_string();
        return Err(Fault::new(
            Check::OriginHost,
            text!["has ", quoted(&character), " in its host"],
        )
        .note("no host contains it, so this entry never matches"));
    }
    if scheme::is_special(scheme) && ip::ends_in_a_number(&host) {
        return ip::v4(&host, flaws).map(Host::Ip);
    }
    domain::read(&host, flaws).map(Host::Domain)
}

/// In ASCII and lower case.
fn lower_case(typed: &str, flaws: &mut Flaws) -> Result<String, Fault> {
    if !typed.is_ascii() {
        return domain::to_ascii(typed, flaws);
    }
    if typed.bytes().any(|byte| byte.is_ascii_uppercase()) {
        flaws.add(Fault::uppercase("host"));
    }
    Ok(typed.to_ascii_lowercase())
}

/// A [forbidden domain code point](https://url.spec.whatwg.org/#forbidden-domain-code-point), or a
/// brace, which only a placeholder has.
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
