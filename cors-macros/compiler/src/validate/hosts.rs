//! `allow_hosts`: a name that an attacker owns must not be among the hosts, or pages of that name pass for
//! pages of the server once it leads to the server's address.

use super::redundant::{Shown, covered};
use crate::analysis::Analysis;
use crate::check::Check;
use crate::declaration::{ANY, Expr};
use crate::diagnostic::{Diagnostic, Diagnostics, Part, quoted, quoted_code, text};
use crate::model::Entry;
use cors_origin::authority::host_text;
use cors_origin::pattern::{HostError, HostReason, Reason};

/// A text that is not a host.
pub(super) fn host(text: &str, error: &HostError) -> Diagnostic {
    let reason = error.reason();
    let check = match reason {
        HostReason::Scheme => Check::HostScheme,
        HostReason::DefaultPort(_) => Check::HostDefaultPort,
        HostReason::Other(Reason::UppercaseHost) => Check::HostUppercase,
        HostReason::Other(_) => Check::HostInvalid,
    };
    let title = text!["host ", quoted(text), " ", reason.to_string()];
    let diagnostic = Diagnostic::new(check, title).note(reason.note());
    let mut corrected = Vec::new();
    for host in error.corrected() {
        corrected.push(Expr::text(host.to_string()));
    }
    match corrected.is_empty() {
        true => diagnostic.help(text!["write it like ", Expr::text("api.example.com")]),
        false => diagnostic.suggest(corrected),
    }
}

/// Checks what the entries accept, as the origins that they are matched as.
pub(super) fn check_hosts(analysis: &Analysis<'_>, errors: &mut Diagnostics) {
    for (index, listed) in analysis.entries().iter().enumerate() {
        let entry = listed.entry;
        if let Err(reason) = analysis.confinement(index) {
            let witness = analysis.counterexample(index, &reason, Default::default());
            errors.report(entry.position, unconfined(entry, &witness));
            continue;
        }
        let by = analysis.covering(index, &|other| {
            let by = analysis.entries()[other].entry;
            // A pattern of `Loopback` is necessary for what the others accept.
            by.is_present_whenever(entry)
                && (by.is_loopback || !entry.is_loopback)
                && analysis.confinement(other).is_ok()
        });
        if let Some(other) = by {
            let by = analysis.entries()[other].entry;
            let is_mutual = entry.is_present_whenever(by);
            let check = Check::CoveredHost;
            let problem = covered("host", check, shown(entry), shown(by), is_mutual);
            errors.report(entry.position, problem);
        }
    }
}

fn shown(entry: &Entry) -> Shown<'_> {
    Shown {
        entry,
        quoted: entry_text(entry),
        code: match entry.is_loopback {
            true => entry.accepted_expr(),
            false => Expr::text(host_text(&entry.text())),
        },
    }
}

fn unconfined(entry: &Entry, witness: &str) -> Diagnostic {
    Diagnostic::new(
        Check::UnconfinedHost,
        text![
            "host pattern ",
            quoted(host_text(&entry.text())),
            " matches names that anyone can own"
        ],
    )
    .note(text![
        "it also accepts ",
        quoted(host_text(witness)),
        ", whose owner can point it at this server: pages of that host are then same-origin"
    ])
    .help(text![
        "keep wildcards to the left of a domain that you own, as in ",
        Expr::text("*.example.com")
    ])
    .help(text![
        "for a server that any name can point to, write ",
        Expr::word(ANY),
        " in place of the list"
    ])
}

/// Quotes an entry.
fn entry_text(entry: &Entry) -> Part {
    match entry.is_loopback {
        true => quoted_code(entry.accepted_expr()),
        false => quoted(host_text(&entry.text())),
    }
}
