//! [Punycode](https://www.rfc-editor.org/rfc/rfc3492) for single labels.
//!
//! This is implemented here because a full IDNA implementation needs Unicode tables in about forty
//! crates, which take several times longer to build than this crate. Labels that need the tables
//! are rejected: see [`to_ascii`].

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::reason::Reason;

const PREFIX: &str = "xn--";

// https://www.rfc-editor.org/rfc/rfc3492#section-5
const BASE: u32 = 36;
const TMIN: u32 = 1;
const TMAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 0x80;

/// A label with the prefix must decode to text that needs it.
/// <https://www.unicode.org/reports/tr46/#Validity_Criteria>
pub(super) fn check(label: &str) -> Result<(), Reason> {
    let Some(encoded) = label.strip_prefix(PREFIX) else {
        return Ok(());
    };
    let is_valid = decode(encoded).is_some_and(|decoded| {
        !decoded.is_ascii()
            && !decoded.contains(|c: char| c.is_control() || c.is_whitespace())
            && to_ascii(&decoded).is_none_or(|again| again == label)
    });
    if is_valid {
        return Ok(());
    }
    Err(Reason::InvalidPunycode(label.to_owned()))
}

/// Returns the ASCII form of a label; `None` if only the tables of [UTS
/// #46](https://www.unicode.org/reports/tr46/) can determine it.
pub(super) fn to_ascii(label: &str) -> Option<String> {
    if label.is_ascii() {
        return Some(label.to_ascii_lowercase());
    }
    // Each character by itself: `str::to_lowercase` would convert a final `Σ` in a word
    // differently.
    let mut lower = String::new();
    for character in label.chars() {
        for lower_case in character.to_lowercase() {
            lower.push(lower_case);
        }
    }
    if lower.is_ascii() {
        return Some(lower);
    }
    if lower.starts_with(PREFIX) || !lower.chars().all(maps_to_itself) {
        return None;
    }
    Some(format!("{PREFIX}{}", encode(&lower)?))
}

/// Returns whether UTS #46 certainly does not change a lower-case character: letters and digits of
/// common scripts, without compatibility forms, combining marks and joiners.
fn maps_to_itself(character: char) -> bool {
    match character {
        'a'..='z' | '0'..='9' | '-' | '_' => true,
        'ß'..='ö' | 'ø'..='ÿ' => true,
        '\u{100}'..='\u{131}'
        | '\u{134}'..='\u{13e}'
        | '\u{141}'..='\u{148}'
        | '\u{14a}'..='\u{17e}' => true,
        // Greek and Cyrillic.
        'ά'..='ώ' | 'а'..='џ' => true,
        // Kana, CJK ideographs, Hangul syllables.
        'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '一'..='\u{9fef}' | '가'..='힣' => true,
        _ => false,
    }
}

/// <https://www.rfc-editor.org/rfc/rfc3492#section-6.3>
fn encode(label: &str) -> Option<String> {
    let (mut characters, mut output) = (Vec::new(), String::new());
    for character in label.chars() {
        characters.push(u32::from(character));
        if character.is_ascii() {
            output.push(character);
        }
    }
    let basic = output.len() as u32;
    if basic > 0 {
        output.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (INITIAL_N, 0u32, INITIAL_BIAS, basic);
    while (handled as usize) < characters.len() {
        let mut next = u32::MAX;
        for &character in &characters {
            if character >= n {
                next = next.min(character);
            }
        }
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for &character in &characters {
            if character < n {
                delta = delta.checked_add(1)?;
            }
            if character == n {
                let mut rest = delta;
                let mut k = BASE;
                loop {
                    let t = threshold(k, bias);
                    if rest < t {
                        break;
                    }
                    output.push(digit(t + (rest - t) % (BASE - t)));
                    rest = (rest - t) / (BASE - t);
                    k += BASE;
                }
                output.push(digit(rest));
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        n += 1;
    }
    Some(output)
}

/// <https://www.rfc-editor.org/rfc/rfc3492#section-6.2>
fn decode(encoded: &str) -> Option<String> {
    let (basic, extended) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    let mut output = Vec::new();
    for character in basic.chars() {
        output.push(character);
    }
    let (mut n, mut i, mut bias) = (INITIAL_N, 0u32, INITIAL_BIAS);
    let mut digits = extended.bytes();
    while digits.len() > 0 {
        let before = i;
        let mut weight = 1u32;
        let mut k = BASE;
        loop {
            let value = match digits.next()? {
                letter @ b'a'..=b'z' => u32::from(letter - b'a'),
                number @ b'0'..=b'9' => u32::from(number - b'0') + 26,
                _ => return None,
            };
            i = i.checked_add(value.checked_mul(weight)?)?;
            let t = threshold(k, bias);
            if value < t {
                break;
            }
            weight = weight.checked_mul(BASE - t)?;
            k += BASE;
        }
        let length = u32::try_from(output.len()).ok()? + 1;
        bias = adapt(i - before, length, before == 0);
        n = n.checked_add(i / length)?;
        i %= length;
        output.insert(i as usize, char::from_u32(n)?);
        i += 1;
    }
    let mut label = String::new();
    for character in &output {
        label.push(*character);
    }
    Some(label)
}

fn threshold(k: u32, bias: u32) -> u32 {
    k.saturating_sub(bias).clamp(TMIN, TMAX)
}

fn digit(value: u32) -> char {
    char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[value as usize])
}

/// <https://www.rfc-editor.org/rfc/rfc3492#section-6.1>
fn adapt(delta: u32, length: u32, is_first: bool) -> u32 {
    let mut delta = delta / if is_first { DAMP } else { 2 };
    delta += delta / length;
    let mut k = 0;
    while delta > (BASE - TMIN) * TMAX / 2 {
        delta /= BASE - TMIN;
        k += BASE;
    }
    k + (BASE - TMIN + 1) * delta / (delta + SKEW)
}
