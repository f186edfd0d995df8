//! Entries that trust domains without number.
//! <https://publicsuffix.org/learn/>

use super::subject::Subject;
use crate::analysis::Confinement;
use crate::check::Check;
use crate::diagnostic::{Diagnostic, Text, quoted, text};
use crate::model::{EntryKind, Host, Label, LabelPart, Pattern, Regex, parse_origin};
use crate::suggest::regex::{Intent, intent, to_entry};
use cors_origin::confinement::{MAX_DOMAINS, check_confinement};

/// All origins that an entry accepts have to lie under a few registrable domains, so that nobody
/// but their owners can make a page with such an origin.
pub(super) fn problem(subject: &Subject<'_>) -> Option<Diagnostic> {
    let problem = match (
        &subject.entry.kind,
        subject.automata.confinement(subject.index),
    ) {
        (EntryKind::Origin(pattern), Confinement::OpenPattern(unconfined)) => {
            let suffix = unconfined.public_suffix.as_deref();
            unconfined_entry(text!["origin pattern ", quoted(pattern.to_string())])
                .note(match suffix {
                    Some(suffix) => text![
                        "it also accepts ",
                        quoted(&unconfined.witness),
                        ", and anyone can register a name under ",
                        quoted(suffix)
                    ],
                    None => too_many_domains(&unconfined.witness),
                })
                .help(narrower(pattern, suffix))
        }
        (EntryKind::Regex(regex), Confinement::OpenRegex) => {
            let Intent {
                reading,
                has_loose_dot,
                domains,
            } = intent(&regex.expression, subject.automata);
            let witness = subject.automata.counterexample(subject.index, domains);
            let problem = unconfined_entry(text!["regex ", quoted(&regex.expression)])
                .note(too_many_domains(&witness));
            match reading {
                Some(reading) => problem.mended(&to_entry(reading, regex.spelling)),
                None => problem.help(hint(regex, has_loose_dot)),
            }
        }
        _ => return None,
    };
    Some(match subject.rule.credentials {
        None => problem.help("to trust everybody, write `Any` in place of the list"),
        Some(_) => problem,
    })
}

fn unconfined_entry(entry: Text) -> Diagnostic {
    Diagnostic::new(
        Check::UnconfinedOrigin,
        text![entry, " trusts domains that anyone may own"],
    )
}

fn too_many_domains(witness: &str) -> Text {
    text![
        "it also accepts ",
        quoted(witness),
        format!(", and origins under more than {MAX_DOMAINS} registrable domains in all")
    ]
}

/// What a regex needs that has no sound reading.
fn hint(regex: &Regex, has_loose_dot: bool) -> String {
    let part = |expression: &str| {
        let literal = regex.spelling.print(expression);
        literal
            .trim_start_matches(['r', '#'])
            .trim_matches(['"', '#'])
            .to_owned()
    };
    match has_loose_dot {
        true => format!(
            "write `{}` for a dot, and `[a-z0-9-]+` for part of a label",
            part(r"\.")
        ),
        false => format!(
            "name the domains, as in `regex({})`",
            regex
                .spelling
                .print(r"https://[a-z0-9-]+\.(example|example-shop)\.com")
        ),
    }
}

/// A pattern that is like the one that was written, under a domain with one owner.
fn narrower(pattern: &Pattern, public_suffix: Option<&str>) -> String {
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
                Err(unconfined) => return narrower(&apart, unconfined.public_suffix.as_deref()),
            }
        }
        (pieces, Some(suffix)) if suffix.contains('.') && pieces != [LabelPart::DeepWildcard] => {
            let named = labels[open].to_string().replace('*', "your-name");
            let named = replaced(&[text(&named)]);
            ("name the one that is yours, as in", vec![named])
        }
        (_, Some(_)) => {
            let below = replaced(&[labels[open].clone(), text("example")]);
            (KEEP, vec![below])
        }
        // `example.*`
        ([LabelPart::Wildcard], None) if open > 0 && labels[..open].iter().all(Label::is_exact) => {
            let listed = ["com", "net"].map(|name| with([&labels[..open], &[text(name)]].concat()));
            ("list the domains, as in", listed.into())
        }
        _ => (KEEP, Vec::new()),
    };
    let texts: Vec<String> = patterns.iter().map(ToString::to_string).collect();
    // Under `ck`, even `example.ck` is a public suffix.
    let are_sound = texts.iter().all(|text| parse_origin(text).is_ok())
        && patterns
            .iter()
            .all(|pattern| check_confinement(pattern).is_ok());
    if texts.is_empty() || !are_sound {
        return format!("{KEEP} `\"https://*.example.com\"`");
    }
    let texts: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
    format!("{advice} `{}`", texts.join(", "))
}
