//! Diagnostics in the spelling of configuration.

use super::error::{ConfigError, InvalidSetting};
use super::read::Paths;
use super::spelling::{self, all_words, spell_word};
use crate::diagnostic::{Diagnostic, Diagnostics, Part, Text, WHOLE_LIST, printable, quoted_text};

/// Replacements in texts, in addition to words.
const SPELLINGS: [(&str, &str); 3] = [
    ("`rule(..)`", "`rules`"),
    (
        "a number of seconds, or `minutes(..)`, `hours(..)`, `days(..)`",
        "a number of seconds",
    ),
    ("words and strings", "strings"),
];

/// Parts of texts about the source of a program. Such texts are left out.
const FOREIGN: [&str; 2] = ["macro", "#[cfg("];

/// The title of a diagnostic that has no spelling in configuration. No diagnostic of a configuration is
/// one.
pub(super) const NO_TITLE: &str = "the value is not valid";

/// Returns what is wrong, in the order of the configuration, each mistake once.
pub(super) fn error(diagnostics: Diagnostics, paths: &Paths) -> ConfigError {
    let mut found: Vec<Diagnostic> = diagnostics.into_iter().collect();
    found.sort_by_key(|diagnostic| diagnostic.position);
    // A default is looked at once for each rule that has it.
    found.dedup();
    let settings = found.iter().map(|diagnostic| setting(diagnostic, paths));
    ConfigError {
        settings: settings.collect(),
    }
}

fn setting(diagnostic: &Diagnostic, paths: &Paths) -> InvalidSetting {
    let lines = |texts: &[Text]| texts.iter().filter_map(|text| line(text, paths)).collect();
    let mut corrected = diagnostic.helps.iter().filter_map(corrected);
    InvalidSetting {
        path: paths.get(diagnostic.position),
        check: diagnostic.check.name(),
        title: line(&diagnostic.title, paths).unwrap_or_else(|| NO_TITLE.to_owned()),
        notes: lines(&diagnostic.notes),
        helps: lines(&diagnostic.helps),
        corrected: corrected.next(),
    }
}

/// The value of the advice to write one.
fn corrected(help: &Text) -> Option<String> {
    match help.0.as_slice() {
        [Part::Plain(write), Part::Code(code)] if write == "write " => spelling::list(code),
        [Part::Plain(write), Part::Code(code), Part::Plain(place)]
            if write == "write " && place == WHOLE_LIST =>
        {
            spelling::list(code)
        }
        _ => None,
    }
}

fn spell_text(text: &str) -> String {
    let mut spelled = text.to_owned();
    for (written, replaced) in SPELLINGS {
        spelled = spelled.replace(written, replaced);
    }
    for word in all_words() {
        let written = format!("`{word}`");
        if spelled.contains(&written) {
            spelled = spelled.replace(&written, &format!("`\"{}\"`", spell_word(word)));
        }
    }
    spelled
}

/// A text on one line. Returns `None` if configuration has nothing of the kind.
fn line(text: &Text, paths: &Paths) -> Option<String> {
    let mut line = String::new();
    for part in &text.0 {
        match part {
            Part::Plain(text) => {
                if FOREIGN.iter().any(|foreign| text.contains(foreign)) {
                    return None;
                }
                line += &spell_text(text);
            }
            Part::Quoted(text) => line += &quoted_text(text),
            Part::QuotedCode(code) => line += &quoted_text(&spelling::spell(code)?),
            Part::Code(code) => line += &format!("`{}`", spelling::list(code)?),
            Part::Position(position) => line += &format!("at `{}`", paths.get(*position)),
        }
    }
    Some(printable(&line))
}
