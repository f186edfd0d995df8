//! Rules: their entries, and the values of headers.

use super::listed_once;
use crate::analysis::Analysis;
use crate::model::{self, Condition, NameList, Origins};
use cors_origin::header::{Header, HeaderValues};

/// The permissions of some origins.
#[derive(Debug, PartialEq)]
pub struct Rule {
    /// In the order of the policy. `Any` is always the only entry.
    pub entries: Vec<Entry>,
    /// Header values that do not depend on the request.
    pub values: HeaderValues<String>,
    /// Whether timings are open to them.
    pub expose_timing: bool,
    /// Whether any requested method is allowed.
    pub mirror_method: bool,
    /// Whether any requested headers are allowed.
    pub mirror_headers: bool,
}

/// An entry of `allow_origins`.
#[derive(Debug, PartialEq)]
pub struct Entry {
    /// The condition for including the entry.
    pub condition: Option<Condition>,
    /// The entry in source form.
    pub text: String,
    /// The kind of entry.
    pub kind: EntryKind,
}

/// The kind of an entry.
#[derive(Debug, PartialEq)]
pub enum EntryKind {
    /// Every origin.
    Any,
    /// One origin.
    Origin,
    /// Origins that match a pattern.
    Pattern,
    /// `null`.
    Null,
    /// Origins that match a regex.
    Regex {
        /// The expression.
        expression: String,
        /// The index of the arm that contains its table.
        arm: usize,
    },
    /// A list that the program provides at run time.
    Configured,
    /// Origins for which a function returns `true`.
    Predicate {
        /// The path of the function.
        path: String,
    },
}

impl Rule {
    /// Returns whether every origin is allowed.
    pub fn is_for_any_origin(&self) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| entry.kind == EntryKind::Any)
    }
}

/// Plans a rule. `tables` contains the arms of its regexes, by the index of the entry.
pub(super) fn plan(
    index: usize,
    rule: &model::Rule,
    tables: &[Option<usize>],
    analysis: &Analysis<'_>,
) -> Rule {
    let mut entries = Vec::new();
    match rule.origins {
        Origins::Any(_) => entries.push(Entry {
            condition: None,
            text: "Any".to_owned(),
            kind: EntryKind::Any,
        }),
        Origins::Listed(_) => {
            for (index, listed) in listed_once(index, analysis) {
                entries.push(entry(listed, tables[index]));
            }
        }
    }
    Rule {
        values: HeaderValues::from_fn(|header| match header {
            Header::AllowOrigin => only_origin(&entries),
            Header::AllowCredentials => rule.credentials.map_or("", |_| "true").to_owned(),
            Header::AllowMethods => list(&rule.methods),
            Header::AllowHeaders => list(&rule.headers),
            Header::ExposeHeaders => list(&rule.exposed_headers),
            Header::MaxAge => rule.max_age.map_or_else(String::new, |age| age.to_string()),
            Header::TimingAllowOrigin if rule.expose_timing => only_origin(&entries),
            Header::TimingAllowOrigin => String::new(),
        }),
        entries,
        expose_timing: rule.expose_timing,
        mirror_method: rule.methods.mirror_request,
        mirror_headers: rule.headers.mirror_request,
    }
}

/// Returns the value of `Access-Control-Allow-Origin`, if it is constant.
fn only_origin(entries: &[Entry]) -> String {
    match entries {
        [only] => match only.kind {
            EntryKind::Any => "*".to_owned(),
            EntryKind::Origin | EntryKind::Null => only.text.clone(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

pub(super) fn entry(entry: &model::Entry, arm: Option<usize>) -> Entry {
    Entry {
        condition: entry.condition.clone(),
        text: entry.text(),
        kind: match &entry.kind {
            model::EntryKind::Pattern(pattern) if pattern.is_exact() => EntryKind::Origin,
            model::EntryKind::Pattern(_) => EntryKind::Pattern,
            model::EntryKind::Null => EntryKind::Null,
            model::EntryKind::File => EntryKind::Origin,
            model::EntryKind::Regex(regex) => EntryKind::Regex {
                expression: regex.expression.clone(),
                arm: arm.expect("every regex has an arm"),
            },
            model::EntryKind::Configured => EntryKind::Configured,
            model::EntryKind::Predicate(function) => EntryKind::Predicate {
                path: function.text.clone(),
            },
        },
    }
}

/// Returns a [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1) as the value of a header.
fn list(names: &NameList) -> String {
    let mut list = Vec::new();
    if names.wildcard.is_some() {
        list.push("*");
    }
    for (name, _) in &names.names {
        list.push(name);
    }
    list.join(", ")
}
