//! Entries that are not confined. <https://publicsuffix.org/learn/>

use std::collections::HashSet;

use super::EntryContext;
use crate::check::Check;
use crate::declaration::{CONFIGURED, Expr};
use crate::diagnostic::{Diagnostic, Text, quoted, quoted_code, text};
use crate::model::{EntryKind, Pattern, Regex};
use crate::suggest::regex::{
    Change, Intent, has_single_dot, intent, suggest_scheme, suggest_sound,
};
use crate::suggest::{self, Place, Replaced};
use cors_origin::confinement::{Unconfined, check_confinement, has_address};
use cors_origin::origin::is_special;

/// Checks that all origins of an entry belong to a few registrable domains, so that strangers
/// cannot own one.
pub(super) fn problem(context: &EntryContext<'_>) -> Option<Diagnostic> {
    let (index, analysis) = (context.index, context.analysis);
    let unconfined = analysis.confinement(index).err()?;
    let place = Place::of_entry(context.entry, context.rule);
    let problem = match &context.entry.kind {
        EntryKind::Pattern(pattern) => {
            let witness = analysis.counterexample(index, &unconfined, HashSet::new());
            let suffix = open_suffix(&unconfined);
            let written = text!["origin pattern ", quoted(pattern.to_string())];
            let problem = unconfined_entry(written, &unconfined, &witness);
            match advice_for_scheme(&unconfined, &witness) {
                Some(advice) => problem.help(advice),
                None => narrower(problem, pattern, suffix, context),
            }
        }
        EntryKind::Regex(regex) if unconfined == Unconfined::AnyScheme => {
            let witness = analysis.counterexample(index, &unconfined, HashSet::new());
            let problem = Diagnostic::new(
                Check::UnconfinedOrigin,
                text![
                    "regex ",
                    quoted_code(regex.literal()),
                    " matches schemes that any app can use"
                ],
            )
            .note(reason(&unconfined, &witness));
            let scheme = suggest_scheme(regex, place, analysis);
            match scheme.or_else(|| suggest_sound(regex, place, analysis)) {
                Some(entries) => problem.suggest(entries),
                None => problem.help("name the schemes, as in `https?://`"),
            }
        }
        EntryKind::Regex(regex) => {
            let Intent { entries, domains } = intent(regex, place, analysis);
            let witness = analysis.counterexample(index, &unconfined, domains);
            let written = text!["regex ", quoted_code(regex.literal())];
            let problem = unconfined_entry(written, &unconfined, &witness);
            match entries {
                Ok(entries) => readings(problem, &regex.expression).suggest(entries),
                Err(change) => {
                    let problem = match advice_for_scheme(&unconfined, &witness) {
                        Some(advice) => problem.help(advice),
                        None => changed(problem, regex, change, &unconfined, &witness),
                    };
                    problem.correct_if(|| suggest_sound(regex, place.with_risks(), analysis))
                }
            }
        }
        EntryKind::Null | EntryKind::File | EntryKind::Configured | EntryKind::Predicate(_) => {
            return None;
        }
    };
    let accepts_any_host = open_suffix(&unconfined) == Some("");
    Some(match context.rule.credentials {
        None if accepts_any_host && problem.correction.is_none() => {
            problem.help("to trust every origin, write `Any` in place of the list")
        }
        _ => problem,
    })
}

/// Explains what a regex matches, if it was probably read in another way.
fn readings(problem: Diagnostic, expression: &str) -> Diagnostic {
    let problem = match has_single_dot(expression) {
        true => problem.note("`.` matches any character, not only a dot"),
        false => problem,
    };
    match expression.starts_with('^') || expression.ends_with('$') {
        true => problem.note("a regex has to match the whole origin, also without `^` and `$`"),
        false => problem,
    }
}

fn unconfined_entry(entry: Text, unconfined: &Unconfined, witness: &str) -> Diagnostic {
    let title = match has_address(witness) {
        true => " matches addresses that anyone can own",
        false => " matches domains that anyone can own",
    };
    Diagnostic::new(Check::UnconfinedOrigin, text![entry, title]).note(reason(unconfined, witness))
}

/// Returns the public suffix under which any name is accepted.
fn open_suffix(unconfined: &Unconfined) -> Option<&str> {
    match unconfined {
        Unconfined::AnyNameUnder(suffix) => Some(suffix),
        _ => None,
    }
}

/// Suggests what to write for any host of a scheme whose hosts are not names of the DNS.
fn advice_for_scheme(unconfined: &Unconfined, witness: &str) -> Option<Text> {
    let (scheme, _) = witness.split_once("://")?;
    match unconfined {
        Unconfined::AnyNameUnder(parent) if parent.is_empty() && !is_special(scheme) => {}
        _ => return None,
    }
    Some(match scheme {
        // An extension has the same identifier in every browser.
        "chrome-extension" => text![
            "list the identifiers of your extensions, as in ",
            Expr::text("chrome-extension://abcdefghijklmnopabcdefghijklmnop")
        ],
        _ if scheme.ends_with("-extension") => {
            "every installation of an extension has a different host, so there is no narrower entry"
                .into()
        }
        _ => text![
            "list the hosts of your app, as in ",
            Expr::text(format!("{scheme}://my-app"))
        ],
    })
}

/// Explains what `witness` shows.
fn reason(unconfined: &Unconfined, witness: &str) -> Text {
    let fact = unconfined.fact(witness);
    text!["it also accepts ", quoted(witness), format!(", and {fact}")]
}

/// Suggests a change of a regex without a sound candidate.
fn changed(
    problem: Diagnostic,
    regex: &Regex,
    change: Change,
    unconfined: &Unconfined,
    witness: &str,
) -> Diagnostic {
    match change {
        Change::LiteralDots => {
            let literal = regex.style.print(r"\.");
            let dot = literal.trim_start_matches(['r', '#']);
            let dot = dot.trim_matches(['"', '#']);
            let help = format!("write `{dot}` for a dot, and `[a-z0-9-]+` for part of a label");
            problem.help(help)
        }
        Change::LiteralEnd => {
            problem.help("end it with the whole domain, and write nothing like `.*` after it")
        }
        Change::NamedDomains if has_address(witness) => {
            problem.help(text!["list each address, as in ", Expr::text(witness)])
        }
        // They have names, but are too many.
        Change::NamedDomains if matches!(unconfined, Unconfined::TooManyDomains) => {
            problem.help("if all of the domains are yours, split the entry into several")
        }
        Change::NamedDomains => match open_suffix(unconfined) {
            Some(suffix) if suffix.contains('.') => {
                // The regex could accept hosts with a common part.
                below(problem, &format!("https://*.{suffix}"), suffix, false)
            }
            _ => {
                let example = Regex {
                    expression: r"https://[a-z0-9-]+\.(example|example-shop)\.com".to_owned(),
                    style: regex.style,
                };
                problem.help(text!["name the domains, as in ", example.to_expr()])
            }
        },
    }
}

/// Suggests a similar pattern, under a domain with one owner.
fn narrower(
    problem: Diagnostic,
    pattern: &Pattern,
    public_suffix: Option<&str>,
    context: &EntryContext<'_>,
) -> Diagnostic {
    let written = pattern.to_string();
    let replaced = Replaced::origin(
        suggest::Text::Plain(&written),
        Place::of_entry(context.entry, context.rule),
        context.analysis,
    );
    for text in [localhost(pattern), apart(&written)] {
        if let Some(text) = text
            && let Some(entries) = suggest::offer_entries(vec![Expr::text(text)], &replaced)
        {
            return problem.offer(entries);
        }
    }
    match public_suffix {
        Some(suffix) if suffix.contains('.') => {
            let is_label = !written.contains("*-") && !written.contains("-*");
            below(problem, &written, suffix, is_label)
        }
        _ => problem.help(text![
            "keep wildcards to the left of a domain that you own, as in ",
            Expr::text("https://*.example.com")
        ]),
    }
}

/// Suggests hosts below a public suffix, for an entry that accepts any name under it, such as a pattern.
/// `is_label` is whether the whole name is a wildcard: hosts with a common part, such as `https://shop-*.vercel.app`,
/// are not below another name.
fn below(problem: Diagnostic, pattern: &str, suffix: &str, is_label: bool) -> Diagnostic {
    let [exact, below] = below_suffix(pattern, suffix);
    let is_confined = Pattern::parse(&below).is_ok_and(|it| check_confinement(&it).is_ok());
    let problem = problem
        .help(text![
            "list each host that you own, as in ",
            Expr::text(exact)
        ])
        .help(text![
            "for hosts that the program loads when it starts, add the entry ",
            Expr::word(CONFIGURED),
            ", which makes the policy a `cors_runtime::PolicyTemplate`"
        ]);
    let problem = match is_confined && (is_label || is_registry(suffix)) {
        true => problem.help(text![
            "to accept all hosts below a name that you own, write the name before ",
            quoted(suffix),
            ", as in ",
            Expr::text(below)
        ]),
        false => problem,
    };
    match is_confined && is_registry(suffix) {
        true => problem,
        false => problem.help(text![
            "to accept all hosts of a domain that you own, write it like ",
            Expr::text("https://*.example.com")
        ]),
    }
}

/// Returns whether domains are registered under a public suffix, such as `co.uk`. Other suffixes belong to
/// providers, whose customers may have domains, too.
fn is_registry(suffix: &str) -> bool {
    suffix.split('.').all(|label| label.len() <= 3)
}

/// Returns an origin and a pattern under a public suffix, similar to a pattern that accepts any name under it.
fn below_suffix(pattern: &str, suffix: &str) -> [String; 2] {
    let (scheme, host) = pattern.split_once("://").unwrap_or(("https", pattern));
    let (labels, port) = host.rsplit_once(suffix).unwrap_or((host, ""));
    let name = labels
        .trim_end_matches('.')
        .rsplit('.')
        .next()
        .unwrap_or_default();
    let name = match name.trim_matches('*') {
        "" => "example".to_owned(),
        _ => name.replace('*', "main"),
    };
    [
        format!("{scheme}://{name}.{suffix}{port}"),
        format!("{scheme}://*.example.{suffix}{port}"),
    ]
}

/// Returns the pattern for any port of this machine, for `http://localhost.*` and `http://localhost*`.
fn localhost(pattern: &Pattern) -> Option<String> {
    let host = pattern.host.to_string();
    let is_local = matches!(host.as_str(), "localhost*" | "localhost.*");
    is_local.then(|| format!("{}://localhost:*", pattern.scheme))
}

/// Returns the pattern with a dot behind the wildcard: `https://*.example.com` for `https://*example.com`.
fn apart(pattern: &str) -> Option<String> {
    let (before, name) = pattern.split_once("*")?;
    let is_name = matches!(name.as_bytes(), [first, ..] if first.is_ascii_alphanumeric());
    (before.ends_with('/') && is_name).then(|| format!("{before}*.{name}"))
}
