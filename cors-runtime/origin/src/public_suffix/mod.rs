//! Where the names that anyone may register end.
//! <https://publicsuffix.org/list/>
//!
//! `rules.txt` is the whole list, as text that is searched where it lies: as code, it takes longer
//! to compile than all the rest of this crate.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::str::Lines;

/// A rule a line, sorted. The labels are in reverse order, so that the rules below a name follow one
/// another: `com.amazonaws.s3` is `s3.amazonaws.com`. Comments sort before everything else.
pub const RULES: &str = include_str!("rules.txt");

/// What a name is, read from its labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// A public suffix (of registries, and of services that give names away): whoever is left of it
    /// may be somebody else.
    PublicSuffix,
    /// Under a public suffix: all of it belongs to the owner of its registrable domain, but for
    /// public suffixes further left, if there are any (`s3.amazonaws.com` is one).
    Registrable {
        /// Whether there are any.
        has_suffixes_below: bool,
    },
    /// Its top-level name is on no list: a namespace that somebody runs for themselves.
    Private,
}

/// Classifies a host without the dot of the root.
pub fn classify(host: &str) -> Name {
    match suffix(host) {
        None => Name::Private,
        Some(suffix) if suffix.len() == host.len() => Name::PublicSuffix,
        Some(_) => Name::Registrable {
            has_suffixes_below: below(&reversed(host)).next().is_some(),
        },
    }
}

/// The registrable domain of a host: its public suffix and one label more; the host itself if it
/// has none.
pub fn registrable(host: &str) -> &str {
    let suffix = suffix(host).unwrap_or_else(|| host.rsplit('.').next().unwrap_or(host));
    let left = host[..host.len() - suffix.len()].trim_end_matches('.');
    match left.rfind('.') {
        Some(dot) => &host[dot + 1..],
        None => host,
    }
}

/// Returns the rules for names below `name`: a name, `*.` and a name, or `!` and the name of an
/// exception. `accepts` is asked about each of their labels, from right to left, with how many labels
/// are between it and `name`; what has a label that is not accepted is passed over.
pub fn rules_below(name: &str, mut accepts: impl FnMut(usize, &str) -> bool) -> Vec<String> {
    let prefix = reversed(name) + ".";
    let mut rules = Vec::new();
    let mut rest = from(&prefix);
    while let Some(rule) = rest.next().filter(|rule| rule.starts_with(&prefix)) {
        let mut end = prefix.len();
        let mut labels = rule[prefix.len()..].split('.').enumerate();
        let refused = labels.find(|(depth, label)| {
            end += label.len() + 1;
            !accepts(*depth, label.trim_start_matches('!'))
        });
        match refused {
            None => rules.push(spelled(rule)),
            // All that is further left of this label: `/` sorts right after the dot.
            Some(_) if end <= rule.len() => rest = from(&format!("{}/", &rule[..end - 1])),
            Some(_) => {}
        }
    }
    rules
}

/// The public suffix of a host, `None` if its top-level name is not on the list.
/// <https://github.com/publicsuffix/list/wiki/Format#algorithm>
fn suffix(host: &str) -> Option<&str> {
    let mut suffix = None;
    let mut parent = String::new();
    let mut start = host.len() + 1;
    for label in host.rsplit('.') {
        if is_listed(&format!("{parent}!{label}")) {
            // An exception prevails: the suffix ends where its parent starts.
            return host.get(start..);
        }
        start -= label.len() + 1;
        let name = format!("{parent}{label}");
        if is_listed(&name) || !parent.is_empty() && is_listed(&format!("{parent}*")) {
            suffix = Some(&host[start..]);
        } else if parent.is_empty() {
            // No rule for the name itself, but maybe for those below it, as in `*.ck`.
            below(&name).next()?;
            suffix = Some(label);
        }
        parent = name + ".";
    }
    suffix
}

/// A rule from left to right.
fn spelled(rule: &str) -> String {
    match rule.split_once('!') {
        Some((parent, label)) => format!("!{}", reversed(&format!("{parent}{label}"))),
        None => reversed(rule),
    }
}

fn is_listed(rule: &str) -> bool {
    from(rule).next() == Some(rule)
}

/// The rules for names below a name, all of them in reverse.
fn below(name: &str) -> impl Iterator<Item = &'static str> {
    let prefix = format!("{name}.");
    from(&prefix).take_while(move |rule| rule.starts_with(&prefix))
}

/// The rules that do not sort before `rule`: a binary search over the bytes of the text.
fn from(rule: &str) -> Lines<'static> {
    let text = RULES.as_bytes();
    let is_end = |byte: &u8| *byte == b'\n';
    let (mut low, mut high) = (0, text.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = text[low..middle]
            .iter()
            .rposition(is_end)
            .map_or(low, |end| low + end + 1);
        let end = text[middle..]
            .iter()
            .position(is_end)
            .map_or(text.len(), |end| middle + end);
        match text[start..end].cmp(rule.as_bytes()) {
            Ordering::Less => low = (end + 1).min(high),
            Ordering::Equal | Ordering::Greater => high = start,
        }
    }
    RULES[low..].lines()
}

fn reversed(name: &str) -> String {
    let labels: Vec<&str> = name.rsplit('.').collect();
    labels.join(".")
}
