//! `on_denied`: its requirements for refusing something, and for doing so safely.

use crate::check::Check;
use crate::declaration::{ANY, Declaration, Expr, Key, LOOPBACK, OnDenied, Position};
use crate::diagnostic::{Diagnostic, Diagnostics, text};
use crate::model::{EntryKind, Model, Origins, Rule};

/// Checks `on_denied` and `allow_hosts` against the rules.
pub(super) fn check_refusals(declaration: &Declaration, model: &Model, errors: &mut Diagnostics) {
    let refuses = matches!(model.on_denied, Some((OnDenied::Refuse, _)));
    if let (Some(Origins::Any(position)), false) = (&model.hosts, refuses) {
        errors.report(*position, any_host_unneeded());
    }
    let Some((on_denied, position)) = model.on_denied else {
        return;
    };
    if refuses && declaration.defaults.get(Key::AllowHosts).is_none() {
        errors.report(position, missing_hosts());
    }
    // A rule for any origin is the last one.
    let Some((rule, any)) = model
        .rules
        .iter()
        .find_map(|rule| Some((rule, rule.origins.any()?)))
    else {
        return;
    };
    for conflict in &conflicts(rule, on_denied) {
        match conflict {
            Conflict::RefusesNothing => {
                errors.report(position, refuses_nothing(on_denied, any));
            }
            Conflict::RefusesNoReading => errors.report(position, refuses_no_reading(any)),
            Conflict::UnnamedMethods => errors.report(any, unnamed_methods(position)),
        }
    }
}

/// A reason why a rule for any origin contradicts `on_denied`.
enum Conflict {
    RefusesNothing,
    RefusesNoReading,
    UnnamedMethods,
}

/// Returns the conflicts of a rule, if it is for any origin.
fn conflicts(rule: &Rule, on_denied: OnDenied) -> Vec<Conflict> {
    let allows_every_method = rule.methods.wildcard.is_some() || rule.methods.mirror_request;
    let mut conflicts = Vec::new();
    match on_denied {
        OnDenied::Continue => return conflicts,
        _ if allows_every_method => conflicts.push(Conflict::RefusesNothing),
        OnDenied::RefuseWrites => {}
        OnDenied::Refuse => conflicts.push(Conflict::RefusesNoReading),
    }
    if rule.written_methods.is_none() {
        conflicts.push(Conflict::UnnamedMethods);
    }
    conflicts
}

/// Returns why the list in place of `Configured` may not allow any origin, as phrases that follow `*`. Credentials
/// are another reason.
pub(crate) fn reasons_against_any(model: &Model) -> Vec<String> {
    let mut phrases = Vec::new();
    let Some((on_denied, _)) = model.on_denied else {
        return phrases;
    };
    let word = on_denied.name();
    let is_configured = |rule: &Rule| match &rule.origins {
        Origins::Any(_) => false,
        Origins::Listed(entries) => {
            let mut entries = entries.iter();
            entries.any(|entry| matches!(entry.kind, EntryKind::Configured))
        }
    };
    // A policy has at most one `Configured`.
    let Some(rule) = model.rules.iter().find(|rule| is_configured(rule)) else {
        return phrases;
    };
    for conflict in &conflicts(rule, on_denied) {
        phrases.push(match conflict {
            Conflict::RefusesNothing => format!(
                "cannot be combined with `on_denied = {word}`, which would refuse nothing: the policy allows every method"
            ),
            Conflict::RefusesNoReading => {
                format!("cannot be combined with `on_denied = {word}`, which would refuse no reads")
            }
            Conflict::UnnamedMethods => format!(
                "cannot be combined with `on_denied = {word}` without `allow_methods`, the methods that pages of any origin may use"
            ),
        });
    }
    phrases
}

/// A page that points its own domain at the server's address is same-origin by every header.
fn missing_hosts() -> Diagnostic {
    Diagnostic::new(Check::MissingHosts, "`Refuse` needs `allow_hosts`")
        .note(
            "the owner of a domain can point it at this server (DNS rebinding): pages of that domain are then same-origin, and only the host distinguishes them",
        )
        .help(text![
            "add the names of this server; for a server on the user's machine, ",
            Expr::named(
                Key::AllowHosts.name(),
                Expr::list([Expr::word(LOOPBACK)])
            )
        ])
        .help(text![
            "for a server that any name can point to, add ",
            Expr::named(Key::AllowHosts.name(), Expr::word(ANY))
        ])
}

fn any_host_unneeded() -> Diagnostic {
    Diagnostic::new(
        Check::AnyHostUnneeded,
        format!("`allow_hosts = {ANY}` checks nothing"),
    )
    .note("without the key, any host is accepted too; only `on_denied = Refuse` needs it")
    .help("remove it, or list the names of this server")
}

fn refuses_nothing(on_denied: OnDenied, any: Position) -> Diagnostic {
    let word = on_denied.name();
    Diagnostic::new(
        Check::RefusesNothing,
        format!("`on_denied = {word}` refuses nothing"),
    )
    .note(text![
        "the rule for any origin ",
        any,
        " allows every method"
    ])
    .help("list the origins, or the methods that any page may use; or remove `on_denied`")
}

fn refuses_no_reading(any: Position) -> Diagnostic {
    Diagnostic::new(
        Check::RefusesNothing,
        "`on_denied = Refuse` refuses no reads",
    )
    .note(text!["there is a rule for any origin ", any])
    .suggest(Expr::word(OnDenied::RefuseWrites.name()))
}

/// Without a list, `POST` needs no permission, but is refused anyway.
fn unnamed_methods(on_denied: Position) -> Diagnostic {
    let list = |names: &[&str]| {
        let mut methods = Vec::new();
        for name in names {
            methods.push(Expr::word(*name));
        }
        Expr::named(Key::AllowMethods.name(), Expr::list(methods))
    };
    Diagnostic::new(
        Check::UnnamedMethods,
        "the rule for any origin has no `allow_methods`",
    )
    .note(text![
        "`on_denied` is set ",
        on_denied,
        "; pages of other origins could only send GET and HEAD, although the policy does not mention that"
    ])
    .help(text![
        "to refuse requests that may change something, add ",
        list(&["GET", "HEAD"])
    ])
    .help(text![
        "to accept such requests from any page, add ",
        list(&["GET", "HEAD", "POST"])
    ])
}
