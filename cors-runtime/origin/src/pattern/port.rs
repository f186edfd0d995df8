//! The port of an entry.

use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use core::fmt;
use core::net::Ipv6Addr;

use super::reason::{Flaws, OriginError, Reason};
use crate::origin::{default_port, is_number};

/// The ports that an entry allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Port {
    /// The default port of the scheme, which browsers omit.
    Implicit,
    /// A port other than the default one.
    Number(u16),
    /// `:*`: the default port and all from 1 to 65535.
    Any,
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Implicit => Ok(()),
            Self::Number(number) => write!(f, ":{number}"),
            Self::Any => f.write_str(":*"),
        }
    }
}

/// Adds brackets around an IPv6 address.
pub(super) fn bracket<'t>(authority: &'t str, flaws: &mut Flaws) -> Cow<'t, str> {
    let is_address = |host: &str| host.parse::<Ipv6Addr>().is_ok();
    // `::1:3000` is a valid address, but hardly ever intended.
    let with_port = authority
        .rsplit_once(':')
        .filter(|(host, port)| port.len() > 1 && is_address(host) && port.parse::<u16>().is_ok());
    let bracketed = match with_port {
        Some((host, port)) => format!("[{host}]:{port}"),
        None if is_address(authority) => format!("[{authority}]"),
        None => return authority.into(),
    };
    flaws.add(Reason::Ipv6Brackets);
    bracketed.into()
}

/// Splits an authority into host and port.
pub(super) fn split(authority: &str) -> Result<(&str, Option<&str>), OriginError> {
    let after_ipv6 = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    if !authority.starts_with('[') && authority.matches(':').count() > 1 {
        return Err(Reason::Colons.into());
    }
    Ok(match authority[after_ipv6..].rfind(':') {
        Some(colon) => {
            let (host, port) = authority.split_at(after_ipv6 + colon);
            (host, Some(&port[1..]))
        }
        None => (authority, None),
    })
}

/// Parses the text after the colon.
/// <https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin>
pub(super) fn read(
    port: Option<&str>,
    scheme: &str,
    flaws: &mut Flaws,
) -> Result<Port, OriginError> {
    let digits = match port {
        None => return Ok(Port::Implicit),
        Some("*") => return Ok(Port::Any),
        Some("") => {
            flaws.add(Reason::EmptyPort);
            return Ok(Port::Implicit);
        }
        Some(digits) => digits,
    };
    if digits.contains('*') {
        flaws.add(Reason::WildcardPort);
        return Ok(Port::Any);
    }
    let number = match digits.parse::<u16>() {
        Ok(number @ 1..) if is_number(digits) => number,
        _ => {
            let reason = Reason::InvalidPort(digits.to_owned());
            // A word probably is a placeholder for an unknown port.
            if !matches!(digits.as_bytes(), [b'a'..=b'z' | b'A'..=b'Z', ..]) {
                return Err(reason.into());
            }
            flaws.add(reason);
            return Ok(Port::Any);
        }
    };
    if digits.starts_with('0') {
        flaws.add(Reason::LeadingZeros);
    }
    if default_port(scheme) == Some(number) {
        flaws.add(Reason::DefaultPort(scheme.to_owned()));
        return Ok(Port::Implicit);
    }
    Ok(Port::Number(number))
}
