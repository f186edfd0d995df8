//! IP addresses in the form of the URL standard.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::{Ipv4Addr, Ipv6Addr};

use super::reason::{Flaws, OriginError, Reason};
use crate::origin::ends_in_a_number;

/// Returns whether a host is meant to be an IPv4 address: it ends in a number, or has wildcards in place of numbers.
pub(super) fn is_like_ipv4(host: &str) -> bool {
    // `192.168.0.*`
    let has_numbers_alone = matches!(host.as_bytes(), [b'0'..=b'9', ..])
        && host
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b".*".contains(&byte));
    has_numbers_alone || ends_in_a_number(host)
}

/// Parses an [IPv4 address](https://url.spec.whatwg.org/#concept-ipv4-parser) in any form that
/// browsers accept.
pub(super) fn v4(host: &str, flaws: &mut Flaws) -> Result<String, OriginError> {
    if host.contains('*') {
        return Err(Reason::WildcardIp.into());
    }
    let Some(address) = v4_number(host) else {
        return Err(Reason::InvalidIpv4.into());
    };
    let address = Ipv4Addr::from(address).to_string();
    if address != host {
        flaws.add(Reason::Ipv4Spelling);
    }
    Ok(address)
}

fn v4_number(host: &str) -> Option<u32> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let mut parts = Vec::new();
    for part in host.split('.') {
        parts.push(v4_part(part)?);
    }
    let (last, leading) = parts.split_last()?;
    if leading.len() > 3 {
        return None;
    }
    // The last part fills all remaining bytes.
    let room = 8 * (4 - leading.len() as u32);
    if *last >= 1u64 << room {
        return None;
    }
    let mut address = *last;
    for (index, part) in leading.iter().enumerate() {
        address |= u64::from(u8::try_from(*part).ok()?) << (24 - 8 * index);
    }
    u32::try_from(address).ok()
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
        // `from_str_radix` would accept a sign.
        _ if digits.starts_with('+') => None,
        _ => u64::from_str_radix(digits, radix).ok(),
    }
}

/// Parses the text after the opening bracket.
pub(super) fn v6(rest: &str, flaws: &mut Flaws) -> Result<String, OriginError> {
    if rest.contains('*') {
        return Err(Reason::WildcardIp.into());
    }
    let typed = rest.strip_suffix(']');
    let (address, zone) = match typed.and_then(|typed| typed.split_once('%')) {
        Some((address, zone)) => (Some(address), Some(zone)),
        None => (typed, None),
    };
    let Some(address) = address.and_then(|address| address.parse::<Ipv6Addr>().ok()) else {
        return Err(Reason::InvalidIpv6.into());
    };
    let address = serialize_v6(address);
    if zone.is_some() {
        flaws.add(Reason::Ipv6Zone);
    } else if Some(address.as_str()) != typed {
        flaws.add(Reason::Ipv6Spelling);
    }
    Ok(format!("[{address}]"))
}

/// Serializes an address like the [IPv6
/// serializer](https://url.spec.whatwg.org/#concept-ipv6-serializer). Unlike the standard library,
/// it does not use the dotted form for mapped addresses.
fn serialize_v6(address: Ipv6Addr) -> String {
    let segments = address.segments();
    // The first of the longest runs of zeros.
    let (mut start, mut length, mut zeros) = (0, 0, 0);
    for (index, segment) in segments.iter().enumerate() {
        zeros = if *segment == 0 { zeros + 1 } else { 0 };
        if zeros > length {
            (start, length) = (index + 1 - zeros, zeros);
        }
    }
    // A single zero is not abbreviated.
    if length < 2 {
        return hexadecimal(&segments);
    }
    format!(
        "{}::{}",
        hexadecimal(&segments[..start]),
        hexadecimal(&segments[start + length..])
    )
}

fn hexadecimal(segments: &[u16]) -> String {
    let mut text = String::new();
    let mut colon = "";
    for segment in segments {
        text.push_str(&format!("{colon}{segment:x}"));
        colon = ":";
    }
    text
}
