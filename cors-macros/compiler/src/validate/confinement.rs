//! Entries that are not confined. <https://publicsuffix.org/learn/>

use std::collections::HashSet;

use super::EntryContext;
use crate::check::Check;
use crate::declaration::Expr;
use crate::diagnostic::{Diagnostic, Text, quoted, text};
use crate::model::{EntryKind, Host, Label, LabelPart, Pattern, Regex};
use crate::suggest::regex::{Intent, intent, suggest_scheme, suggest_sound, to_entry};
use cors_origin::confinement::{MAX_DOMAINS, MAX_SCHEMES, Unconfined, check_confinement};

/// Checks that all origins of an entry belong to a few registrable domains, so that strangers
/// cannot own one.
pub(super) fn problem(context: &EntryContext<'_>) -> Option<Diagnostic> {
    let (index, analysis) = (context.index, context.analysis);
    let unconfined = analysis.confinement(index).err()?;
    let problem = match &context.entry.kind {
        EntryKind::Pattern(pattern) => {
            let witness = analysis.counterexample(index, &unconfined, HashSet::new());
            let suffix = open_suffix(&unconfined);
            unconfined_entry(text!["origin pattern ", quoted(pattern.to_string())])
                .note(match suffix {
                    Some(suffix) => registers_under(&witness, suffix),
                    None => reason(&unconfined, &witness),
                })
                .help(narrower(pattern, suffix))
        }
        EntryKind::Regex(regex) if unconfined == Unconfined::AnyScheme => {
            let witness = analysis.counterexample(index, &unconfined, HashSet::new());
            let problem = Diagnostic::new(
                Check::UnconfinedOrigin,
                text![
                    "regex ",
                    quoted(&regex.expression),
                    " matches schemes that any app can use"
                ],
            )
            .note(reason(&unconfined, &witness));
            let scheme = suggest_scheme(regex, analysis);
            match scheme.or_else(|| suggest_sound(regex, analysis)) {
                Some(entry) => problem.suggest(entry),
                None => problem.help("name the schemes, as in `https?://`"),
            }
        }
        EntryKind::Regex(regex) => {
            let Intent {
                reading,
                has_loose_dot,
                domains,
            } = intent(&regex.expression, analysis);
            let witness = analysis.counterexample(index, &unconfined, domains);
            let problem = unconfined_entry(text!["regex ", quoted(&regex.expression)])
                .note(reason(&unconfined, &witness));
            match reading {
                Some(reading) => problem.suggest(to_entry(reading, regex.style)),
                None => problem.help(hint(regex, has_loose_dot)),
            }
        }
        EntryKind::Null | EntryKind::File | EntryKind::Configured | EntryKind::Predicate(_) => {
            return None;
        }
    };
    Some(match context.rule.credentials {
        None => problem.help("to trust every origin, write `Any` in place of the list"),
        Some(_) => problem,
    })
}

fn unconfined_entry(entry: Text) -> Diagnostic {
    Diagnostic::new(
        Check::UnconfinedOrigin,
        text![entry, " matches domains that anyone can own"],
    )
}

/// Returns the public suffix under which any name is accepted.
fn open_suffix(unconfined: &Unconfined) -> Option<&str> {
    match unconfined {
        Unconfined::AnyNameUnder(suffix) if !suffix.is_empty() => Some(suffix),
        _ => None,
    }
}

/// Explains what `witness` shows.
fn reason(unconfined: &Unconfined, witness: &str) -> Text {
    match unconfined {
        Unconfined::SharedHost(host) => text![
            "it also accepts ",
            quoted(witness),
            ", and ",
            quoted(host),
            " is a public suffix, where anyone can publish pages"
        ],
        Unconfined::DomainBelow(domain) => {
            let (_, suffix) = domain.split_once('.').unwrap_or_default();
            registers_under(witness, suffix)
        }
        Unconfined::AnyScheme => text![
            "it also accepts ",
            quoted(witness),
            format!(", and more than {MAX_SCHEMES} schemes in all, whose hosts have no owners")
        ],
        Unconfined::AnyNameUnder(_) | Unconfined::TooManyDomains => text![
            "it also accepts ",
            quoted(witness),
            format!(", and origins under more than {MAX_DOMAINS} registrable domains in all")
        ],
    }
}

fn registers_under(witness: &str, suffix: &str) -> Text {
    text![
        "it also accepts ",
        quoted(witness),
        ", and anyone can register a name under ",
        quoted(suffix)
    ]
}

/// Suggests what to change in a regex without a sound candidate.
fn hint(regex: &Regex, has_loose_dot: bool) -> Text {
    let part = |expression: &str| {
        let literal = regex.style.print(expression);
        literal
            .trim_start_matches(['r', '#'])
            .trim_matches(['"', '#'])
            .to_owned()
    };
    match has_loose_dot {
        true => text![format!(
            "write `{}` for a dot, and `[a-z0-9-]+` for part of a label",
            part(r"\.")
        )],
        false => {
            let example = Regex {
                expression: r"https://[a-z0-9-]+\.(example|example-shop)\.com".to_owned(),
                style: regex.style,
            };
            text!["name the domains, as in ", example.to_expr()]
        }
    }
}

/// Suggests a similar pattern, under a domain with one owner.
fn narrower(pattern: &Pattern, public_suffix: Option<&str>) -> Text {
    const KEEP: &str = "keep wildcards to the left of a domain that you own, as in";
    let Host::Domain(labels) = &pattern.host else {
        unreachable!("an address has no wildcards");
    };
    let with = |labels: Vec<Label>| Pattern {
        host: Host::Domain(labels),
        ..pattern.clone()
    };
    let text = |text: &str| Label {
        parts: vec![LabelPart::Text(text.to_owned())],
    };
    let open = labels.iter().rposition(|label| !label.is_exact());
    let open = open.expect("an exact origin is confined");
    let replaced = |by: &[Label]| with([&labels[..open], by, &labels[open + 1..]].concat());
    let (advice, patterns) = match (labels[open].parts.as_slice(), public_suffix) {
        // `*example.com`
        ([LabelPart::Wildcard, LabelPart::Text(name)], Some(_)) if !name.starts_with('-') => {
            let wildcard = Label {
                parts: vec![LabelPart::Wildcard],
            };
            let apart = replaced(&[wildcard, text(name)]);
            match check_confinement(&apart) {
                Ok(()) => ("write", vec![apart]),
                // `*github.io`
                Err(unconfined) => return narrower(&apart, open_suffix(&unconfined.reason)),
            }
        }
        (pieces, Some(suffix)) if suffix.contains('.') && pieces != [LabelPart::DeepWildcard] => {
            let named = labels[open].to_string().replace('*', "your-name");
            let named = replaced(&[text(&named)]);
            ("write your own name, as in", vec![named])
        }
        (_, Some(_)) => {
            let below = replaced(&[labels[open].clone(), text("example")]);
            (KEEP, vec![below])
        }
        // `example.*`
        ([LabelPart::Wildcard], None)
            if open > 0
                && open + 1 == labels.len()
                && labels[..open].iter().all(Label::is_exact) =>
        {
            let listed = ["com", "net"].map(|name| with([&labels[..open], &[text(name)]].concat()));
            ("list the domains, as in", listed.into())
        }
        _ => (KEEP, Vec::new()),
    };
    let texts: Vec<String> = patterns.iter().map(ToString::to_string).collect();
    // Under `ck`, even `example.ck` is a public suffix.
    let are_sound = texts.iter().all(|text| Pattern::parse(text).is_ok())
        && patterns
            .iter()
            .all(|pattern| check_confinement(pattern).is_ok());
    if texts.is_empty() || !are_sound {
        return text![KEEP, " ", Expr::text("https://*.example.com")];
    }
    let texts: Vec<Expr> = texts.into_iter().map(Expr::text).collect();
    text![advice, " ", texts]
}
