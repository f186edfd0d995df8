//! IP addresses, as the URL Standard writes them.

use core::net::{Ipv4Addr, Ipv6Addr};

use super::fault::{Fault, Flaws};
use crate::check::Check;

/// The [ends-in-a-number checker](https://url.spec.whatwg.org/#ends-in-a-number-checker):
/// such a host is an IPv4 address or nothing.
pub(crate) fn ends_in_a_number(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    // `192.168.0.*` is meant for one as well.
    if host.starts_with(|c: char| c.is_ascii_digit())
        && host
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b".*".contains(&byte))
    {
        return true;
    }
    let last = host.rsplit('.').next().unwrap_or(host);
    let digits = last.strip_prefix("0x");
    !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit())
        || digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Reads an [IPv4 address](https://url.spec.whatwg.org/#concept-ipv4-parser) in any of the forms
/// that browsers understand.
pub(crate) fn v4(host: &str, flaws: &mut Flaws) -> Result<String, Fault> {
    if host.contains('*') {
        return Err(wildcard());
    }
    let Some(address) = v4_number(host) else {
        return Err(Fault::new(
            Check::OriginIpv4,
            "ends in a number, but is no IPv4 address",
        )
        .note("browsers refuse such a host, so this entry never matches"));
    };
    let address = Ipv4Addr::from(address).to_string();
    if address != host {
        flaws.add(
            Fault::new(
                Check::OriginIpv4,
                "has an IPv4 address that browsers write in another way",
            )
            .note("they send four decimal numbers, so this entry never matches"),
        );
    }
    Ok(address)
}

fn v4_number(host: &str) -> Option<u32> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let parts: Vec<u64> = host.split('.').map(v4_part).collect::<Option<_>>()?;
    let (last, leading) = parts.split_last()?;
    if leading.len() > 3 || leading.iter().any(|part| *part > 255) {
        return None;
    }
    // The last part fills all bytes that the others leave.
    let room = 8 * (4 - leading.len() as u32);
    if *last >= 1u64 << room {
        return None;
    }
    let high = leading
        .iter()
        .enumerate()
        .fold(0u64, |sum, (index, part)| sum | part << (24 - 8 * index));
    u32::try_from(high | last).ok()
}

fn v4_part(part: &str) -> Option<u64> {
    let (digits, radix) = if let Some(digits) = part.strip_prefix("0x") {
        (digits, 16)
    } else if part.len() > 1 && part.starts_with('0') {
        (&part[1..], 8)
    } else {
        (part, 10)
    };
    match digits {
        "" if radix == 16 => Some(0),
        "" => None,
        // `from_str_radix` would take a sign.
        _ if digits.starts_with('+') => None,
        _ => u64::from_str_radix(digits, radix).ok(),
    }
}

/// Reads what follows the opening bracket.
pub(crate) fn v6(rest: &str, flaws: &mut Flaws) -> Result<String, Fault> {
    if rest.contains('*') {
        return Err(wildcard());
    }
    let typed = rest.strip_suffix(']');
    let (address, zone) = match typed.and_then(|typed| typed.split_once('%')) {
        Some((address, zone)) => (Some(address), Some(zone)),
        None => (typed, None),
    };
    let Some(address) = address.and_then(|address| address.parse::<Ipv6Addr>().ok()) else {
        return Err(Fault::new(Check::OriginIpv6, "has an invalid IPv6 address")
            .note("browsers refuse such a host, so this entry never matches")
            .help("write the host as in `\"http://[::1]:8080\"`"));
    };
    let address = serialize_v6(address);
    if zone.is_some() {
        flaws.add(
            Fault::new(Check::OriginIpv6, "has an IPv6 zone")
                .note("no origin has one, so this entry never matches"),
        );
    } else if Some(address.as_str()) != typed {
        flaws.add(
            Fault::new(
                Check::OriginIpv6,
                "has an IPv6 address that browsers write in another way",
            )
            .note(
                "they send it compressed, in lower-case hexadecimal, so this entry never matches",
            ),
        );
    }
    Ok(format!("[{address}]"))
}

/// The [IPv6 serializer](https://url.spec.whatwg.org/#concept-ipv6-serializer). Unlike the standard
/// library it has no dotted form for mapped addresses.
fn serialize_v6(address: Ipv6Addr) -> String {
    let segments = address.segments();
    let (mut start, mut length) = (0, 0);
    for from in 0..8 {
        let zeros = segments[from..]
            .iter()
            .take_while(|segment| **segment == 0)
            .count();
        if zeros > length {
            (start, length) = (from, zeros);
        }
    }
    let hexadecimal = |segments: &[u16]| {
        let written: Vec<String> = segments
            .iter()
            .map(|segment| format!("{segment:x}"))
            .collect();
        written.join(":")
    };
    // A single zero is not worth two colons.
    if length < 2 {
        return hexadecimal(&segments);
    }
    format!(
        "{}::{}",
        hexadecimal(&segments[..start]),
        hexadecimal(&segments[start + length..])
    )
}

fn wildcard() -> Fault {
    Fault::new(Check::WildcardIp, "has a wildcard in an IP address")
        .note("addresses are not owned in ranges that a wildcard could name")
        .help("list the addresses one by one")
}
