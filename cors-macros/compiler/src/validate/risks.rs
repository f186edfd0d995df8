//! `dangerously_allow`: a risk is only accepted where the entry declares it.

use super::EntryContext;
use super::{confinement, insecure, opt_out, with_source};
use crate::analysis::Analysis;
use crate::check::Check;
use crate::declaration::{ByPosition, Expr, Risk};
use crate::diagnostic::{Diagnostic, Diagnostics, text};
use crate::model::{Entry, EntryKind, EntryRef, Model};

/// Returns whether an entry has a risk. Thousands of entries may have accepted risks, which need no
/// diagnostics.
fn is_taken(risk: Risk, context: &EntryContext<'_>) -> bool {
    let (index, analysis) = (context.index, context.analysis);
    match risk {
        Risk::InsecureOrigin => {
            context.rule.credentials.is_some() && analysis.insecure_origin(index).is_some()
        }
        Risk::UnconfinedOrigin => analysis.confinement(index).is_err(),
        Risk::NullOrigin | Risk::FileOrigin | Risk::CredentialedPredicate => {
            problem(risk, context).is_some()
        }
    }
}

/// Returns the problem if an entry has a risk.
fn problem(risk: Risk, context: &EntryContext<'_>) -> Option<Diagnostic> {
    match risk {
        Risk::InsecureOrigin => insecure::problem(context),
        Risk::UnconfinedOrigin => confinement::problem(context),
        Risk::NullOrigin => null(context),
        Risk::FileOrigin => file(context),
        Risk::CredentialedPredicate => predicate(context),
    }
}

/// A policy that trusts `null` trusts everyone who can open a sandboxed frame.
/// <https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque>
fn null(context: &EntryContext<'_>) -> Option<Diagnostic> {
    let EntryKind::Null = context.entry.kind else {
        return None;
    };
    Some(
        Diagnostic::new(Check::OriginNull, "origin `null` is shared by everyone")
            .note("browsers send `null` for sandboxed frames and local files of any author")
            .help(text![
                "list the origins that you trust, as in ",
                Expr::text("https://example.com")
            ]),
    )
}

/// According to the standard, pages of files have an opaque origin. But Safari extensions,
/// Electron, web views and WebSockets of Chromium send `file://`, for files of any author.
/// <https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque>
fn file(context: &EntryContext<'_>) -> Option<Diagnostic> {
    let EntryKind::File = context.entry.kind else {
        return None;
    };
    Some(
        Diagnostic::new(Check::OriginFile, "origin `file://` is shared by all local files")
            .note("browsers send `null` for them; some apps and extensions send `file://`, for files of any author")
            .help(text![
                "serve the page from an origin of its own, as in ",
                Expr::text("app://my-app")
            ]),
    )
}

/// The result of a function is only known at run time, so it cannot be proved who may send
/// credentials. <https://fetch.spec.whatwg.org/#cors-protocol-and-credentials>
fn predicate(context: &EntryContext<'_>) -> Option<Diagnostic> {
    let credentials = context.rule.credentials?;
    let EntryKind::Predicate(_) = context.entry.kind else {
        return None;
    };
    Some(
        Diagnostic::new(
            Check::CredentialsPredicate,
            "a predicate cannot be combined with credentials",
        )
        .note(text![
            "`allow_credentials` is set ",
            credentials,
            "; the result of the function cannot be checked"
        ])
        .help("list the origins or patterns that may send credentials"),
    )
}

/// Reports risks that are not accepted, and unnecessary opt-outs. Marks the rejected entries.
pub(super) fn check_risks(
    model: &Model,
    analysis: &Analysis<'_>,
    refused: &mut [bool],
    errors: &mut Diagnostics,
) {
    // Entries of one variable share their opt-out, which is necessary if one of them needs it.
    let mut needed: ByPosition<()> = ByPosition::new();
    // Opt-outs around a variable that one of its values already uses.
    let mut used: ByPosition<()> = ByPosition::new();
    for (index, &EntryRef { rule, entry }) in analysis.entries().iter().enumerate() {
        let context = EntryContext {
            rule: &model.rules[rule],
            entry,
            index,
            analysis,
        };
        for risk in Risk::ALL {
            if let Some(accepted) = entry.opt_outs.iter().find(|accepted| accepted.risk == risk) {
                if !is_taken(risk, &context) {
                    continue;
                }
                // The variable must not accept more than the author of the policy knew of.
                if risk == Risk::UnconfinedOrigin
                    && entry.source.is_some()
                    && used.at(accepted.position).replace(()).is_some()
                    && let Some(problem) = problem(risk, &context)
                {
                    refused[index] = true;
                    errors.report(entry.position, second_value(problem, entry));
                } else {
                    needed.at(accepted.position).replace(());
                }
                continue;
            }
            if let Some(problem) = problem(risk, &context) {
                refused[index] = true;
                let problem = with_source(problem, entry.source.as_deref());
                let accepted = opt_out(risk, entry.to_expr());
                let help = text!["to accept the risk, write ", accepted];
                errors.report(entry.position, problem.help(help));
            }
        }
    }
    // The author does not control the value of a variable.
    for EntryRef { entry, .. } in analysis.entries() {
        if entry.source.is_some() {
            continue;
        }
        for (index, accepted) in entry.opt_outs.iter().enumerate() {
            if needed.get(accepted.position).is_none() {
                let mut inner = entry.to_expr();
                for accepted in entry.opt_outs[index + 1..].iter().rev() {
                    inner = opt_out(accepted.risk, inner);
                }
                errors.report(accepted.position, unneeded(accepted.risk, inner));
            }
        }
    }
}

/// Returns the problem of another value with a risk that was accepted for one value.
fn second_value(problem: Diagnostic, entry: &Entry) -> Diagnostic {
    with_source(problem, entry.source.as_deref())
        .note("an opt-out for unconfined origins accepts one value of a variable")
        .replace_help("give each of these values its own variable and opt-out")
}

fn unneeded(risk: Risk, entry: Expr) -> Diagnostic {
    Diagnostic::new(
        Check::OptOutUnneeded,
        text![opt_out(risk, Expr::omitted()), " is not needed"],
    )
    .note(match risk {
        Risk::InsecureOrigin => {
            "this origin is not insecure, or credentials are not allowed for it"
        }
        Risk::UnconfinedOrigin => "this entry only accepts origins of a few owners",
        Risk::NullOrigin => "this entry does not accept `null`",
        Risk::FileOrigin => "this entry does not accept `file://`",
        Risk::CredentialedPredicate => {
            "this is not a predicate, or credentials are not allowed for it"
        }
    })
    .suggest(entry)
}
