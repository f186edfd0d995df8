//! Plain `http` together with credentials.
//! <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>

use super::{EntryContext, entry_text, opt_out};
use crate::check::Check;
use crate::declaration::{Attribute, Expr, Risk};
use crate::diagnostic::{Diagnostic, quoted, text};
use crate::model::{EntryKind, Host, Pattern};
use crate::suggest::regex::{suggest_https, suggest_sound};
use crate::suggest::{self, Place, Replaced};
use cors_origin::confinement::is_private;

/// Anyone on the network path of a visitor can serve a page with an `http` origin, and use the
/// visitor's credentials. Requests to loopback addresses and `localhost` never leave the machine.
pub(super) fn problem(context: &EntryContext<'_>) -> Option<Diagnostic> {
    let credentials = context.rule.credentials?;
    let witness = context.analysis.insecure_origin(context.index)?;
    let entry = context.entry;
    let place = Place::of_entry(entry, context.rule);
    let problem = Diagnostic::new(
        Check::CredentialsInsecureOrigin,
        text![
            "insecure origin ",
            entry_text(entry),
            " cannot be combined with credentials"
        ],
    )
    .note(text![
        "`allow_credentials` is set ",
        credentials,
        "; anyone on the network path can forge a page of a plain `http` origin"
    ]);
    Some(match &entry.kind {
        EntryKind::Pattern(_) if entry.source.is_some() => {
            problem.help("change the scheme to `https`")
        }
        EntryKind::Pattern(origin) if is_private(&origin.host) => {
            let condition = Attribute::new("cfg", "#[cfg(debug_assertions)]");
            let opt_out = Expr {
                attributes: vec![condition],
                ..opt_out(Risk::InsecureOrigin, entry.to_expr())
            };
            // Names can have certificates, and addresses hardly ever do.
            let problem = match &origin.host {
                Host::Domain(labels) if labels.len() > 1 => https(problem, origin, context),
                _ => problem,
            };
            problem.help(text!["for development, write ", opt_out])
        }
        EntryKind::Pattern(origin) => https(problem, origin, context),
        EntryKind::Regex(regex) => {
            let problem = problem.note(text!["it accepts ", quoted(&witness)]);
            match suggest_sound(regex, place, context.analysis)
                .or_else(|| suggest_https(regex, place, context.analysis))
            {
                Some(secure) => problem.offer(secure),
                None => problem.help("change the regex so that it only accepts `https`"),
            }
        }
        EntryKind::Null | EntryKind::File | EntryKind::Configured | EntryKind::Predicate(_) => {
            problem
        }
    })
}

/// Adds the same entry with `https`.
fn https(problem: Diagnostic, origin: &Pattern, context: &EntryContext<'_>) -> Diagnostic {
    let secure = origin.to_https().to_string();
    let written = origin.to_string();
    let replaced = Replaced::origin(
        suggest::Text::Plain(&written),
        Place::of_entry(context.entry, context.rule),
        context.analysis,
    );
    match suggest::offer_entries(vec![Expr::text(secure)], &replaced) {
        Some(entries) => problem.offer(entries),
        None => problem.help("change the scheme to `https`"),
    }
}
