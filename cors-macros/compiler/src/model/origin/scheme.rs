//! The scheme of an origin.

use super::fault::{Fault, Flaws};
use crate::check::Check;
use crate::diagnostic::{quoted, text};
use cors_origin::origin::{MAX_SCHEME_LEN, default_port, is_scheme};

/// Schemes whose pages have an opaque origin, which is sent as `null`.
/// <https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque>
const OPAQUE: &[&str] = &[
    "about",
    "blob",
    "data",
    "file",
    "filesystem",
    "javascript",
    "mailto",
    "view-source",
];

/// Whether hosts under this scheme are domains and IP addresses in the sense of the
/// [URL Standard](https://url.spec.whatwg.org/#special-scheme), not names that an app chose.
pub(crate) fn is_special(scheme: &str) -> bool {
    default_port(scheme).is_some()
}

/// Splits the scheme off; gives it in lower case.
pub(crate) fn split<'t>(text: &'t str, flaws: &mut Flaws) -> Result<(String, &'t str), Fault> {
    let Some((typed, rest)) = text.split_once("://") else {
        return without_slashes(text, flaws);
    };
    let scheme = typed.to_ascii_lowercase();
    // `blob:https://…` has two.
    let outer = scheme.split(':').next().unwrap_or(&scheme);
    if let Some(fault) = of_no_page(outer) {
        return Err(match outer {
            "ws" => with_scheme("http", rest, fault),
            "wss" => with_scheme("https", rest, fault),
            _ => fault,
        });
    }
    if scheme.is_empty() {
        return Ok((assumed(rest, flaws), rest));
    }
    if scheme.contains('*') {
        let fault = Fault::new(Check::OriginScheme, "has a wildcard in its scheme")
            .note("a page over plain `http` can be forged by anyone on the network path");
        return Err(with_scheme("https", rest, fault));
    }
    if !is_scheme(&scheme) {
        let fault = Fault::new(
            Check::OriginScheme,
            text!["has the invalid scheme ", quoted(typed)],
        );
        return Err(with_scheme("https", rest, fault));
    }
    if scheme.len() > MAX_SCHEME_LEN {
        let fact = format!("has a scheme of more than {MAX_SCHEME_LEN} bytes");
        return Err(Fault::new(Check::OriginTooLong, fact)
            .note("no browser has such a scheme, so this entry never matches"));
    }
    if typed != scheme {
        flaws.add(Fault::uppercase("scheme"));
    }
    Ok((scheme, rest))
}

/// Offers another scheme, unless something else is wrong as well.
fn with_scheme(scheme: &str, rest: &str, fault: Fault) -> Fault {
    let offered = format!("{scheme}://{rest}");
    match super::parse(&offered) {
        Ok(_) => fault.help(format!("write `{offered:?}`")),
        Err(_) => fault,
    }
}

fn without_slashes<'t>(text: &'t str, flaws: &mut Flaws) -> Result<(String, &'t str), Fault> {
    if let Some((scheme, rest)) = text.split_once(':') {
        let scheme = scheme.to_ascii_lowercase();
        if let Some(fault) = of_no_page(&scheme) {
            return Err(fault);
        }
        if is_special(&scheme) {
            flaws.add(
                Fault::new(
                    Check::OriginMissingScheme,
                    "has no `://` between scheme and host",
                )
                .note("browsers send it, so this entry never matches"),
            );
            return Ok((scheme, rest.trim_start_matches('/')));
        }
    }
    let rest = text.trim_start_matches('/');
    Ok((assumed(rest, flaws), rest))
}

/// The scheme that was probably meant.
fn assumed(rest: &str, flaws: &mut Flaws) -> String {
    flaws.add(
        Fault::new(Check::OriginMissingScheme, "has no scheme")
            .note("browsers send scheme, host and port, so this entry never matches"),
    );
    let local = ["localhost", "127.0.0.1", "[::1]"];
    if local.iter().any(|host| rest.starts_with(host)) {
        "http".into()
    } else {
        "https".into()
    }
}

fn of_no_page(scheme: &str) -> Option<Fault> {
    if OPAQUE.contains(&scheme) {
        return Some(
            Fault::new(
                Check::OriginOpaqueScheme,
                format!("has a scheme that browsers send as `null`: `{scheme}`"),
            )
            .note("pages of that scheme have an opaque origin, so this entry never matches")
            .help("serve the page over HTTP, for example from `\"http://localhost:8080\"`"),
        );
    }
    if matches!(scheme, "ws" | "wss" | "ftp") {
        return Some(
            Fault::new(
                Check::OriginOpaqueScheme,
                format!("has a scheme that no page has: `{scheme}`"),
            )
            .note("browsers send the origin of the page that makes the request"),
        );
    }
    None
}
