//! The language of everything that people read: pages, documentation, comments, and messages. It is
//! plain English, which a short list of words to avoid keeps so.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// Words and phrases to avoid, each with what to write instead. Text in backticks does not count. `^` is
/// the beginning of a comment, whose first line is a summary; headings and questions do not count.
const AVOIDED: &[(&str, &str)] = &[
    // Software does not talk.
    ("ask", "call, query, request"),
    ("asks", "calls, queries, requests"),
    ("asked", "called, queried, requested"),
    ("asking", "calling, querying, requesting"),
    ("say", "state, report, contain"),
    ("says", "states, reports, contains"),
    ("said", "stated, reported, written"),
    ("tell", "report, distinguish"),
    ("tells", "reports, distinguishes"),
    ("told", "reported, configured"),
    ("hear", "receive"),
    ("hears", "receives"),
    ("speak", "support, use"),
    ("speaks", "supports, uses"),
    // Nor does it stand somewhere, or for something.
    ("stand", "is, appears, belongs"),
    ("stands", "is, appears, belongs"),
    ("stood", "was, appeared, belonged"),
    // Nouns are not negated.
    ("is no", "is not a"),
    ("are no", "are not"),
    ("was no", "was not a"),
    ("were no", "were not"),
    // Clauses are not subjects.
    ("^what", "name the thing"),
    ("^who", "name the person or thing"),
    ("^the same", "repeat what it is"),
    ("^so many", "name the limit"),
    // Summaries are sentences.
    ("^like", "a verb first"),
    ("^as", "a verb first"),
    // Not English.
    ("also with", "even with, including"),
    ("as everywhere", "as elsewhere, as it does elsewhere"),
    ("and what not", "and what it does not do"),
    // Rare words.
    ("anew", "again"),
    ("at leisure", "in detail"),
    ("be it", "whether"),
    ("beside", "next to, compared with"),
    ("besides", "also, apart from"),
    ("in vain", "without effect"),
    ("mend", "fix, correct"),
    ("mended", "fixed, corrected"),
    ("mends", "fixes, corrects"),
    ("unmended", "unfixed"),
    ("whoever", "anyone who"),
    ("whomever", "anyone whom"),
    ("whosoever", "anyone who"),
    ("thereof", "of it"),
    ("therein", "in it"),
    ("hereby", "leave it out"),
    ("heretofore", "until now"),
    ("lest", "so that .. not"),
];

/// Where a word is right, as what precedes and follows it in lower case.
const PERMITTED: &[&str] = &[
    // It exists or not: the noun is not negated.
    "there is no",
    "there are no",
    "there was no",
    "there were no",
    // Comparisons and times.
    "is no longer",
    "are no longer",
    "is no more than",
    "are no more than",
];

#[test]
fn public_text_is_plain_english() {
    let mut faults = Vec::new();
    let mut words = 0;
    for file in files() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        let Ok(source) = fs::read_to_string(path) else {
            continue;
        };
        let is_page = file.extension().is_some_and(|it| it == "md");
        let mut previous = 0;
        for (line, text) in prose(&file, &source) {
            let is_summary = !is_page && line != previous + 1;
            previous = line;
            words += text.split_whitespace().count();
            if let Some(cell) = cell_without_contents(&text) {
                faults.push(format!(
                    "{}:{line}: repeat what \"{cell}\" refers to: {}",
                    file.display(),
                    text.trim()
                ));
            }
            for (avoided, instead) in avoided_words(&text) {
                if avoided.starts_with('^') && !is_summary {
                    continue;
                }
                faults.push(format!(
                    "{}:{line}: avoid \"{avoided}\" (rather: {instead}): {}",
                    file.display(),
                    text.trim()
                ));
            }
        }
    }
    assert!(words > 50_000, "{words} words were checked");
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn avoided_words_are_found() {
    let found = |text: &str| -> Vec<&str> {
        let found = avoided_words(text);
        found.into_iter().map(|(avoided, _)| avoided).collect()
    };
    assert_eq!(found("It is asked last."), ["asked"]);
    assert_eq!(found("A key stands in a rule"), ["stands"]);
    assert_eq!(found("A panic is no response"), ["is no"]);
    assert_eq!(found("There is no response"), [""; 0]);
    assert_eq!(found("It is no longer there"), [""; 0]);
    assert_eq!(found("What is covered"), ["^what"]);
    assert_eq!(found("Done. What is covered"), [""; 0]);
    assert_eq!(found("A wildcard stands for a label"), ["stands"]);
    assert_eq!(found("Like `send`, for futures"), ["^like"]);
    assert_eq!(found("Sends, like a browser"), [""; 0]);
    assert_eq!(found("As an element"), ["^as"]);
    assert_eq!(found("Returns what is covered"), [""; 0]);
    assert_eq!(found("- The same, reversed"), ["^the same"]);
    assert_eq!(found("# What it does"), [""; 0]);
    assert_eq!(found("What does it do?"), [""; 0]);
    assert_eq!(found("The `told` text, task, handstand"), [""; 0]);
    assert_eq!(found("**Beside** the `x`: mended"), ["beside", "mended"]);
    assert_eq!(found("Any text, also with spaces"), ["also with"]);
    assert_eq!(found("It also does, with spaces"), [""; 0]);
    assert_eq!(found("What is promised, and what not?"), ["and what not"]);
}

#[test]
fn cells_that_refer_to_others_are_found() {
    assert_eq!(cell_without_contents("| a | the same |"), Some("the same"));
    assert_eq!(
        cell_without_contents("| As above, twice | b |"),
        Some("as above")
    );
    assert_eq!(
        cell_without_contents("| the same: c | b |"),
        Some("the same")
    );
    assert_eq!(cell_without_contents("| the same list | b |"), None);
    assert_eq!(cell_without_contents("One is the same | as above"), None);
}

#[test]
fn every_kind_of_text_is_read() {
    let texts = |file: &str, source: &str| -> Vec<(usize, String)> {
        let prose = prose(Path::new(file), source);
        let texts = prose
            .into_iter()
            .map(|(line, text)| (line, text.trim().to_owned()));
        texts.collect()
    };
    let found = |line: usize, text: &str| (line, text.to_owned());
    assert_eq!(
        texts("page.md", "one\n```\ntwo\n```\nthree\n"),
        [found(1, "one"), found(5, "three")]
    );
    assert_eq!(
        texts("page.md", "one\n```\n# hidden\n// two\n```\n"),
        [found(1, "one"), found(4, "two")]
    );
    assert_eq!(
        texts(
            "tests/code.rs",
            "//! one\nlet x = \"//\"; // two\n/// three\n"
        ),
        [found(1, "one"), found(2, "two"), found(3, "three")]
    );
    assert_eq!(
        texts(
            "tests/code.rs",
            "/// one\n/// ```\n/// let two = 3; // four\n/// ```\n"
        ),
        [found(1, "one"), found(3, "four")]
    );
    assert_eq!(
        texts("cors-runtime/src/code.rs", "const ONE: &str = \"two\";\n"),
        [found(1, "two")]
    );
    assert_eq!(
        texts("run", "#!/bin/sh\necho # one\n# two\n"),
        [found(2, "one"), found(3, "two")]
    );
    assert_eq!(
        texts(
            "ui-tests/a.stderr",
            "error: one\n       note: two\n --> a.rs:1:1\n1 | three\n"
        ),
        [found(1, "error: one"), found(2, "note: two")]
    );
}

/// The files of the project that contain text for people.
fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let is_hidden = name.starts_with('.') && ![".ci", ".cargo"].contains(&name);
            if is_hidden || ["target", "seeds", "corpus"].contains(&name) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("english.rs") {
                found.push(path.strip_prefix(root).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// The lines of a file that are prose, with their numbers.
fn prose(file: &Path, source: &str) -> Vec<(usize, String)> {
    let lines = source.lines().enumerate();
    let lines = lines.map(|(index, line)| (index + 1, line));
    let extension = file.extension().and_then(|extension| extension.to_str());
    match extension {
        Some("md") => {
            let mut is_code = false;
            let lines = lines.filter_map(move |(number, line)| {
                if line.trim_start().starts_with("```") {
                    is_code = !is_code;
                    return None;
                }
                match is_code {
                    true => comment(line, "//").map(|text| (number, text)),
                    false => Some((number, line.to_owned())),
                }
            });
            lines.collect()
        }
        Some("stderr") => lines
            .filter(|(_, line)| {
                let start = line.trim_start();
                let kinds = ["error: ", "note: ", "help: "];
                kinds.iter().any(|kind| start.starts_with(kind))
            })
            .map(|(number, line)| (number, line.to_owned()))
            .collect(),
        Some("rs") => {
            let mut is_code = false;
            let mut found = Vec::new();
            for (number, line) in lines {
                let Some(text) = comment(line, "//") else {
                    is_code = false;
                    continue;
                };
                let text = text.trim_start_matches(['/', '!']).trim_start();
                if text.starts_with("```") {
                    is_code = !is_code;
                } else if is_code {
                    found.extend(comment(text, "//").map(|text| (number, text)));
                } else {
                    found.push((number, text.to_owned()));
                }
            }
            if is_shipped(file) {
                let tokens: Option<TokenStream> = source.parse().ok();
                texts(tokens.unwrap_or_default(), &mut found);
            }
            found
        }
        Some("toml" | "yml" | "yaml") | None => lines
            .filter(|(_, line)| !line.starts_with("#!"))
            .filter_map(|(number, line)| comment(line, "#").map(|text| (number, text)))
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether users see the texts of a source file, in messages.
fn is_shipped(file: &Path) -> bool {
    let sources = ["cors-macros", "cors-runtime"];
    let tests = ["tests", "tests.rs", "benches"];
    sources.iter().any(|source| file.starts_with(source))
        && !file
            .iter()
            .any(|name| tests.iter().any(|test| name == *test))
}

/// The comment of a line, if it has one.
fn comment(line: &str, sign: &str) -> Option<String> {
    let start = line.trim_start();
    if let Some(text) = start.strip_prefix(sign) {
        return Some(text.to_owned());
    }
    let (before, text) = line.split_once(&format!(" {sign} "))?;
    let is_quoted = before.matches('"').count() % 2 == 1;
    (!is_quoted).then(|| text.to_owned())
}

/// Collects string literals, but not those of documentation, which are comments.
fn texts(tokens: TokenStream, found: &mut Vec<(usize, String)>) {
    let mut is_documentation = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => texts(group.stream(), found),
            TokenTree::Ident(ident) if ident == "doc" => {
                is_documentation = true;
                continue;
            }
            TokenTree::Punct(punct) if punct.as_char() == '=' => continue,
            TokenTree::Literal(literal) if !is_documentation => {
                let line = literal.span().start().line;
                let text = literal.to_string();
                if let Some(text) = text
                    .strip_prefix('"')
                    .and_then(|text| text.strip_suffix('"'))
                {
                    found.push((line, text.replace("\\\"", "\"").replace("\\n", " ")));
                }
            }
            _ => {}
        }
        is_documentation = false;
    }
}

/// Returns the beginning of a table cell that only refers to another cell: readers look up single rows.
fn cell_without_contents(text: &str) -> Option<&'static str> {
    let row = text.trim().strip_prefix('|')?;
    row.split('|').find_map(|cell| {
        let cell = cell.trim().to_lowercase();
        let references = [
            "the same",
            "same as above",
            "as above",
            "see above",
            "ditto",
        ];
        references.into_iter().find(|reference| {
            let rest = cell.strip_prefix(reference);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([',', ':', ';', '.']))
        })
    })
}

/// The words of a text that are to be avoided, each with what to write instead.
fn avoided_words(text: &str) -> Vec<(&'static str, &'static str)> {
    let words = words(text);
    let mut found = Vec::new();
    for start in 0..words.len() {
        for &(avoided, instead) in AVOIDED {
            let phrase = avoided.trim_start_matches('^');
            let count = phrase.split(' ').count();
            let is_first = words[start].1;
            let is_heading = !is_first || text.contains(['#', '?']);
            let is_exempt = avoided.starts_with('^') && is_heading;
            if is_exempt || !matches(&words[start..], phrase) {
                continue;
            }
            let is_permitted = PERMITTED.iter().any(|permitted| {
                let length = permitted.split(' ').count();
                let first = start.saturating_sub(length - count);
                (first..=start).any(|from| matches(&words[from..], permitted))
            });
            if !is_permitted {
                found.push((avoided, instead));
            }
        }
    }
    found
}

/// Whether `words` start with the words of a phrase.
fn matches(words: &[(String, bool)], phrase: &str) -> bool {
    let mut words = words.iter();
    phrase
        .split(' ')
        .all(|part| words.next().is_some_and(|(word, _)| word == part))
}

/// The words of a text in lower case, without code, and whether each is the first of the text.
fn words(text: &str) -> Vec<(String, bool)> {
    let mut words = Vec::new();
    let mut is_first = true;
    for prose in text.split('`').enumerate() {
        let (index, prose) = prose;
        if index % 2 == 1 {
            words.push(("`".to_owned(), is_first));
            is_first = false;
            continue;
        }
        for part in prose.split_whitespace() {
            let word = part.trim_matches(|c: char| !c.is_alphanumeric());
            if !word.is_empty() {
                let is_sentence = is_first && word.starts_with(char::is_uppercase);
                words.push((word.to_lowercase(), is_sentence));
                is_first = false;
            }
        }
    }
    words
}
