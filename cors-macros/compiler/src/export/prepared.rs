//! The common input of all back ends: expressions and header values of each rule.

use super::expression::{
    MAX_LEN, RegexFault, any_expressions, pattern_expression, regex_expression,
};
use super::guard::{Guard, Table};
use super::{Entry, EntryKind, ExportError, Level, Options, Policy, Rule, Target};

/// Minimum number of exact origins in a rule for a separate lookup table.
const MIN_LIST: usize = 32;

/// The headers that only the policy may set, apart from [`TIMING`].
const OWNED: [&str; 7] = [
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Access-Control-Expose-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
    "Access-Control-Max-Age",
    "Access-Control-Allow-Private-Network",
];

/// Why no gateway can enforce `Configured`.
pub(super) const UNKNOWN_LIST: &str = "the list is only known when the program runs";

/// Why no gateway can enforce a predicate.
pub(super) const FUNCTION: &str = "a gateway cannot call Rust functions";

/// The header that contains the same origin as `Access-Control-Allow-Origin`, for `expose_timing`.
pub(super) const TIMING: &str = "Timing-Allow-Origin";

/// Maximum length of an origin.
pub(super) const MAX_ORIGIN: usize = cors_origin::origin::MAX_ORIGIN_LEN;

/// A policy, prepared for printing.
pub(super) struct Prepared<'p> {
    pub(super) target: Target,
    pub(super) options: &'p Options,
    pub(super) rules: Vec<PreparedRule<'p>>,
    /// Whether all responses are the same, whatever the origin.
    pub(super) is_public: bool,
    pub(super) status: u16,
    /// The requests that are refused.
    pub(super) guard: Option<Guard>,
}

/// A rule, prepared for printing.
pub(super) struct PreparedRule<'p> {
    /// Starts at 1.
    pub(super) number: usize,
    pub(super) rule: &'p Rule,
    pub(super) is_any: bool,
    /// Entries that are compared, in the order of the policy.
    pub(super) lines: Vec<Line>,
    /// Origins that are looked up, without duplicates.
    pub(super) list: Vec<String>,
}

/// The matcher of one entry.
pub(super) struct Line {
    /// The entry, for a comment.
    pub(super) comment: String,
    /// The origin, if it is exact and needs no escapes in any configuration file.
    pub(super) exact: Option<String>,
    /// An expression for the whole origin.
    pub(super) expression: String,
}

/// The condition for sending a header.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Always,
    Preflight,
    Actual,
}

impl<'p> Prepared<'p> {
    pub(super) fn new(
        target: Target,
        policy: &'p Policy,
        options: &'p Options,
    ) -> Result<Self, ExportError> {
        check_name(target, &options.name)?;
        if options.directory.contains(|c: char| !is_path_character(c)) {
            let reason = "the directory may only contain letters, digits, `/`, `.`, `-` and `_`";
            return Err(ExportError::new(target, reason));
        }
        let is_public = match policy.rules.as_slice() {
            [rule] => is_any(rule),
            _ => false,
        };
        let rules = policy.rules.iter().enumerate();
        let rules = rules.map(|(index, rule)| prepare(target, index + 1, rule, is_public));
        Ok(Self {
            target,
            options,
            rules: rules.collect::<Result<_, _>>()?,
            is_public,
            status: policy.preflight_status,
            guard: Guard::new(policy),
        })
    }

    /// Returns the tables for what is refused, as [`Guard::tables`].
    pub(super) fn refusal_tables(&self) -> Vec<Table> {
        let rules: Vec<&Rule> = self.rules.iter().map(|rule| rule.rule).collect();
        let guard = self.guard.iter();
        guard.flat_map(|guard| guard.tables(&rules)).collect()
    }

    /// Returns the headers that only the policy may set.
    pub(super) fn owned(&self) -> impl Iterator<Item = &'static str> {
        let exposes_timing = self.rules.iter().any(|rule| rule.rule.expose_timing);
        OWNED.into_iter().chain(exposes_timing.then_some(TIMING))
    }

    /// Returns whether the rule of a request, or the lack of one, does not depend on the request.
    pub(super) fn is_constant(&self) -> bool {
        self.is_public && self.guard.is_none()
    }

    pub(super) fn level(&self) -> Level {
        self.options.level
    }

    /// Returns the name of the policy, for file names.
    pub(super) fn name(&self) -> &str {
        &self.options.name
    }

    /// Returns the name of the policy, for variables.
    pub(super) fn variable(&self) -> String {
        format!("cors_{}", self.options.name.replace('-', "_"))
    }

    /// Returns the name of a file.
    pub(super) fn file(&self, ending: &str) -> String {
        format!("cors-{}.{ending}", self.options.name)
    }

    /// Returns the path of a file on the gateway.
    pub(super) fn path(&self, ending: &str) -> String {
        format!("{}{}", self.options.directory, self.file(ending))
    }

    /// Returns the comment at the beginning of every file, with instructions.
    pub(super) fn header(&self, comment: &str, place: &[String]) -> String {
        let mut lines = vec![
            format!(
                "CORS policy `{}`, exported by cors-compiler {}: change the policy, not this file.",
                self.name(),
                env!("CARGO_PKG_VERSION")
            ),
            format!(
                "For {} {} or newer. Level: {}. Decides: {:016x}.",
                self.target.name(),
                self.target.least_version(),
                self.level(),
                self.hash()
            ),
        ];
        let differences = self.target.differences().iter();
        lines.extend(differences.map(|difference| format!("Unlike the policy: {difference}.")));
        let slow: usize = self.rules.iter().map(|rule| rule.list.len()).sum();
        if slow > 0 && matches!(self.target, Target::Caddy | Target::Apache) {
            lines.push(format!(
                "{slow} origins are compared one by one: {} has no table for them.",
                self.target.name()
            ));
        }
        lines.extend(place.iter().cloned());
        let lines = lines.into_iter().map(|line| format!("{comment} {line}\n"));
        lines.collect()
    }

    /// Returns a hash of everything that decides: of expressions and header values, not of
    /// comments.
    fn hash(&self) -> u64 {
        let mut hash = Fnv::new();
        hash.add(&self.status.to_string());
        if let Some(guard) = &self.guard {
            hash.add(guard.on_denied.name());
            let hosts = guard.hosts.iter().flatten();
            hosts.for_each(|line| hash.add(&line.expression));
        }
        for PreparedRule {
            rule,
            is_any,
            lines,
            list,
            ..
        } in &self.rules
        {
            hash.add(match is_any {
                true => "any",
                false => "listed",
            });
            hash.add(match rule.allow_credentials {
                true => "credentials",
                false => "",
            });
            hash.add(match rule.expose_timing {
                true => "timing",
                false => "",
            });
            for value in [
                &rule.allow_methods,
                &rule.allow_headers,
                &rule.expose_headers,
                &rule.max_age,
            ] {
                hash.add(value);
            }
            lines.iter().for_each(|line| hash.add(&line.expression));
            list.iter().for_each(|origin| hash.add(origin));
        }
        hash.0
    }
}

impl PreparedRule<'_> {
    /// Returns the constant headers of this rule.
    pub(super) fn constants(&self) -> impl Iterator<Item = (&'static str, &str, When)> {
        let rule = self.rule;
        let credentials = match rule.allow_credentials {
            true => "true",
            false => "",
        };
        [
            (
                "Access-Control-Allow-Credentials",
                credentials,
                When::Always,
            ),
            (
                "Access-Control-Expose-Headers",
                &rule.expose_headers,
                When::Actual,
            ),
            (
                "Access-Control-Allow-Methods",
                &rule.allow_methods,
                When::Preflight,
            ),
            (
                "Access-Control-Allow-Headers",
                &rule.allow_headers,
                When::Preflight,
            ),
            ("Access-Control-Max-Age", &rule.max_age, When::Preflight),
        ]
        .into_iter()
        .filter(|(_, value, _)| !value.is_empty())
    }

    /// Returns all entries, for gateways without tables.
    pub(super) fn all_lines(&self) -> impl Iterator<Item = (Option<&str>, Option<&str>, String)> {
        let lines = self.lines.iter().map(|line| {
            let exact = line.exact.as_deref();
            (Some(line.comment.as_str()), exact, line.expression.clone())
        });
        let list = self.list.iter();
        lines.chain(list.map(|origin| (None, Some(origin.as_str()), pattern_expression(origin))))
    }
}

fn is_any(rule: &Rule) -> bool {
    matches!(rule.origins.as_slice(), [entry] if entry.kind == EntryKind::Any)
}

fn prepare(
    target: Target,
    number: usize,
    rule: &Rule,
    is_public: bool,
) -> Result<PreparedRule<'_>, ExportError> {
    if rule.mirrors_method || rule.mirrors_headers {
        let reason = "`MirrorRequest` sends back requested names that are valid and not too long, which no export checks: list the allowed ones";
        return Err(ExportError::new(target, reason));
    }
    let mut lines: Vec<Line> = Vec::new();
    for entry in &rule.origins {
        lines.extend(lines_of(target, entry, is_public)?);
    }
    let mut list: Vec<String> = Vec::new();
    let is_exact = |line: &&Line| line.exact.is_some();
    if lines.iter().filter(is_exact).count() >= MIN_LIST {
        let (exact, others) = lines.into_iter().partition(|line| is_exact(&line));
        let exact: Vec<Line> = exact;
        list = exact.into_iter().filter_map(|line| line.exact).collect();
        list.sort_unstable();
        list.dedup();
        lines = others;
    }
    Ok(PreparedRule {
        number,
        rule,
        is_any: is_any(rule),
        lines,
        list,
    })
}

/// Converts an entry to lines.
fn lines_of(target: Target, entry: &Entry, is_public: bool) -> Result<Vec<Line>, ExportError> {
    let line = |exact, expression| Line {
        comment: comment(&entry.written),
        exact,
        expression,
    };
    Ok(match &entry.kind {
        EntryKind::Any if is_public => Vec::new(),
        EntryKind::Any | EntryKind::AnySerialized => {
            let expressions = any_expressions();
            let count = expressions.len();
            let lines = expressions.into_iter().enumerate();
            let lines = lines.map(|(index, expression)| Line {
                comment: format!(
                    "{}, part {} of {count}: what browsers send, and nothing else",
                    comment(&entry.written),
                    index + 1
                ),
                exact: None,
                expression,
            });
            lines.collect()
        }
        EntryKind::Pattern(pattern) => {
            let is_exact = !pattern.contains('*') && pattern.chars().all(is_plain);
            vec![line(
                is_exact.then(|| pattern.clone()),
                pattern_expression(pattern),
            )]
        }
        EntryKind::Regex(regex) => {
            let expression = regex_expression(regex).map_err(|fault| {
                let reason = match fault {
                    RegexFault::Invalid => "no policy accepts it".to_owned(),
                    RegexFault::TooLong => format!(
                        "what it accepts takes an expression of more than {MAX_LEN} bytes: list \
                        patterns, or lower its counts"
                    ),
                };
                ExportError::for_entry(target, entry, reason)
            })?;
            vec![line(None, expression)]
        }
        EntryKind::Configured => {
            return Err(ExportError::for_entry(target, entry, UNKNOWN_LIST));
        }
        EntryKind::Predicate(_) => {
            return Err(ExportError::for_entry(target, entry, FUNCTION));
        }
    })
}

/// Returns whether a character needs no escape in any quoted configuration value.
fn is_plain(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || "+-.:/_[]".contains(c)
}

fn is_path_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "/._-".contains(c)
}

/// Returns text on one line that is safe in a comment of any configuration file.
fn comment(written: &str) -> String {
    let mut comment = String::new();
    for c in written.chars() {
        match c {
            c if c.is_control() || !c.is_ascii() => comment.extend(c.escape_default()),
            c => comment.push(c),
        }
    }
    match comment.ends_with('\\') {
        true => comment + ".",
        false => comment,
    }
}

fn check_name(target: Target, name: &str) -> Result<(), ExportError> {
    let is_sound = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 64
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    match is_sound {
        true => Ok(()),
        false => Err(ExportError::new(
            target,
            "its name has to start with a letter, and may have letters, digits, `-` and `_` only",
        )),
    }
}

/// The Fowler–Noll–Vo hash of texts.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
