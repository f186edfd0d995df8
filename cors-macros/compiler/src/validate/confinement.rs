//! Entries that trust domains without number.
//! <https://publicsuffix.org/learn/>

use super::subject::Subject;
use crate::automaton::{MOST_DOMAINS, as_written, of_pattern};
use crate::check::Check;
use crate::diagnostic::{Diagnostic, quoted, text};
use crate::model::{EntryKind, Host, Label, Origin, Piece, Regex, parse_origin};

/// All origins that an entry accepts have to lie under a few registrable domains, so that nobody
/// but their owners can make a page with such an origin.
pub(super) fn problem(subject: &Subject<'_>) -> Option<Diagnostic> {
    let unconfined = subject.automata.confinement(subject.index).err()?;
    let entry = subject.entry;
    let title = match &entry.kind {
        EntryKind::Regex(regex) => text!["regex ", quoted(&regex.expression)],
        _ => text!["origin pattern ", quoted(entry.text())],
    };
    let problem = Diagnostic::new(
        Check::UnconfinedOrigin,
        text![title, " trusts domains that anyone may own"],
    )
    .note(match &unconfined.public_suffix {
        Some(suffix) => text![
            "it also accepts ",
            quoted(&unconfined.witness),
            ", and anyone can register a name under ",
            quoted(suffix)
        ],
        None => text![
            "it also accepts ",
            quoted(&unconfined.witness),
            format!(", and origins under more than {MOST_DOMAINS} registrable domains in all")
        ],
    });
    let problem = match &entry.kind {
        EntryKind::Regex(regex) => match unconfined.sound_reading {
            Some(reading) => problem.mended(&as_written(reading, regex.spelling)),
            None => problem.help(hint(regex, unconfined.has_loose_dot)),
        },
        EntryKind::Origin(pattern) => {
            problem.help(narrower(pattern, unconfined.public_suffix.as_deref()))
        }
        EntryKind::Null | EntryKind::Predicate(_) => problem,
    };
    Some(match subject.rule.credentials {
        None => problem.help("to trust everybody, write `Any` in place of the list"),
        Some(_) => problem,
    })
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
fn narrower(pattern: &Origin, public_suffix: Option<&str>) -> String {
    const KEEP: &str = "keep wildcards to the left of a domain that you own, as in";
    let Host::Domain(labels) = &pattern.host else {
        unreachable!("an address has no wildcards");
    };
    let with = |labels: Vec<Label>| Origin {
        host: Host::Domain(labels),
        ..pattern.clone()
    };
    let text = |text: &str| Label {
        pieces: vec![Piece::Text(text.to_owned())],
    };
    let open = labels.iter().rposition(|label| !label.is_exact());
    let open = open.expect("an exact origin is confined");
    let replaced = |by: &[Label]| with([&labels[..open], by, &labels[open + 1..]].concat());
    let (advice, patterns) = match (labels[open].pieces.as_slice(), public_suffix) {
        // `*example.com`
        ([Piece::Wildcard, Piece::Text(name)], Some(_)) if !name.starts_with('-') => {
            let wildcard = Label {
                pieces: vec![Piece::Wildcard],
            };
            let apart = replaced(&[wildcard, text(name)]);
            match of_pattern(&apart) {
                Ok(()) => ("write", vec![apart]),
                // `*github.io`
                Err(unconfined) => return narrower(&apart, unconfined.public_suffix.as_deref()),
            }
        }
        (pieces, Some(suffix)) if suffix.contains('.') && pieces != [Piece::DeepWildcard] => {
            let named = labels[open].to_string().replace('*', "your-name");
            let named = replaced(&[text(&named)]);
            ("name the one that is yours, as in", vec![named])
        }
        (_, Some(_)) => {
            let below = replaced(&[labels[open].clone(), text("example")]);
            (KEEP, vec![below])
        }
        // `example.*`
        ([Piece::Wildcard], None) if open > 0 && labels[..open].iter().all(Label::is_exact) => {
            let listed = ["com", "net"].map(|name| with([&labels[..open], &[text(name)]].concat()));
            ("list the domains, as in", listed.into())
        }
        _ => (KEEP, Vec::new()),
    };
    let texts: Vec<String> = patterns.iter().map(ToString::to_string).collect();
    // Under `ck`, even `example.ck` is a public suffix.
    let are_sound = texts.iter().all(|text| parse_origin(text).is_ok())
        && patterns.iter().all(|pattern| of_pattern(pattern).is_ok());
    if texts.is_empty() || !are_sound {
        return format!("{KEEP} `\"https://*.example.com\"`");
    }
    let texts: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
    format!("{advice} `{}`", texts.join(", "))
}
