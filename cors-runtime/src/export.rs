//! Exports a policy to the gateway in front of a service.
//!
//! A gateway with the exported policy makes the same decision as [`Policy::evaluate`] for every request
//! that a browser sends; only implementations of the Kubernetes Gateway API may [differ](Level::Browser).
//! If a gateway cannot enforce the policy, the export returns an error that names the reason. Commit the
//! files to your repository, and let a test next to the policy keep them up to date:
//!
//! ```no_run
//! # use cors_runtime::{Policy, cors_policy, export};
//! static API: Policy = cors_policy!(
//!     allow_origins = ["https://example.com", "https://*.example.com"],
//!     allow_credentials = true,
//! );
//!
//! #[test]
//! fn the_gateway_enforces_the_policy() {
//!     export::haproxy(&API, "api").unwrap().check("deploy/haproxy");
//! }
//! ```
//!
//! See [the guide](crate::guide::gateway#where-the-files-go) for where the files go.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use std::fs;
use std::io;
use std::path::Path;
use std::println;

use cors_compiler::export as compiler;
pub use cors_compiler::export::{
    ByteSet, Edge, EdgeLabel, EntryPath, ExportError, File, Graph, Level, Node, Options, Target,
};
use cors_origin::header::Header;

use crate::configured::OriginsSnapshot;
use crate::policy::Policy;
use crate::refusal::OnDenied;
use crate::rule::{OriginEntry, Rule};

/// Environment variable: with the value `overwrite`, [`Export::check`] writes the files.
const VARIABLE: &str = "CORS_EXPORT";

/// A policy as configuration of a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export(compiler::Export);

/// Exports a policy to HAProxy: rules for a `frontend`.
///
/// # Errors
///
/// Returns an error if HAProxy cannot enforce the policy.
pub fn haproxy(policy: &Policy, options: impl Into<Options>) -> Result<Export, ExportError> {
    export(Target::HaProxy, policy, options)
}

/// Exports a policy to nginx: maps for `http`, and headers for `server`.
///
/// # Errors
///
/// Returns an error if nginx cannot enforce the policy.
pub fn nginx(policy: &Policy, options: impl Into<Options>) -> Result<Export, ExportError> {
    export(Target::Nginx, policy, options)
}

/// Exports a policy to Caddy: the beginning of a `route`.
///
/// # Errors
///
/// Returns an error if Caddy cannot enforce the policy.
pub fn caddy(policy: &Policy, options: impl Into<Options>) -> Result<Export, ExportError> {
    export(Target::Caddy, policy, options)
}

/// Exports a policy to Envoy: a Lua filter.
///
/// # Errors
///
/// Returns an error if Envoy cannot enforce the policy.
pub fn envoy(policy: &Policy, options: impl Into<Options>) -> Result<Export, ExportError> {
    export(Target::Envoy, policy, options)
}

/// Exports a policy to Apache httpd: lines for a `VirtualHost`.
///
/// # Errors
///
/// Returns an error if Apache httpd cannot enforce the policy.
pub fn apache(policy: &Policy, options: impl Into<Options>) -> Result<Export, ExportError> {
    export(Target::Apache, policy, options)
}

/// Exports a policy to the Kubernetes Gateway API: a filter of an `HTTPRoute`. Its implementations
/// differ, so the options must have [`Level::Browser`].
///
/// # Errors
///
/// Returns an error if the filter cannot express the policy.
pub fn gateway_api(policy: &Policy, options: impl Into<Options>) -> Result<Export, ExportError> {
    export(Target::GatewayApi, policy, options)
}

/// Exports a policy to any of the gateways.
///
/// # Errors
///
/// Returns an error if the gateway cannot enforce the policy.
pub fn export(
    target: Target,
    policy: &Policy,
    options: impl Into<Options>,
) -> Result<Export, ExportError> {
    compiler::export(target, &with_list(policy), &options.into()).map(Export)
}

/// Returns the matchers of a policy as a graph. Its `Display` output is in the language of
/// [Graphviz](https://graphviz.org/doc/info/lang.html).
///
/// ```
/// use cors_runtime::{Policy, cors_policy, export};
///
/// static API: Policy = cors_policy!(
///     allow_origins = ["https://example.com", "https://*.example.com:*"],
/// );
///
/// // cargo run | dot -Tsvg > policy.svg
/// let graph = export::graph(&API);
/// print!("{graph}");
///
/// let labels = |entry: usize| {
///     let edges = graph.paths()[entry].edges();
///     edges.map(|edge| edge.label().to_string()).collect::<Vec<_>>()
/// };
/// assert_eq!(labels(0), ["https://", "example.com"]);
/// assert_eq!(labels(1), ["https://", "* = [a-z0-9_-]+", ".example.com", ":* = any port or none"]);
/// ```
#[must_use]
pub fn graph(policy: &Policy) -> Graph {
    let entries = |rule: &Rule| rule.entries().map(|it| entry(&it)).collect();
    Graph::new(&read(policy, |rule| {
        Vec::from([with_origins(rule, entries(rule))])
    }))
}

/// Returns values of `Origin` to test a gateway with. Send each to the gateway, and compare the response
/// with [`Policy::evaluate`].
///
/// If a gateway accepts one label too many, treats a dot as any byte, or lacks an entry, at least one of
/// its responses differs. Predicates are ignored.
#[must_use]
pub fn probes(policy: &Policy) -> Vec<String> {
    compiler::probes(&with_list(policy))
}

/// Returns the policy with its list of origins in place of `Configured`.
fn with_list(policy: &Policy) -> compiler::Policy {
    let list = policy.configured();
    read(policy, |rule| {
        let entries = rule.entries().flat_map(|it| entries(&it, &list));
        rules(rule, entries.collect())
    })
}

fn read(policy: &Policy, rules: impl Fn(&Rule) -> Vec<compiler::Rule>) -> compiler::Policy {
    compiler::Policy {
        rules: policy.rules().iter().flat_map(rules).collect(),
        preflight_status: policy.preflight_status(),
        on_denied: match policy.on_denied() {
            OnDenied::Continue => compiler::OnDenied::Continue,
            OnDenied::RefuseWrites => compiler::OnDenied::RefuseWrites,
            OnDenied::Refuse => compiler::OnDenied::Refuse,
        },
        allow_hosts: policy
            .hosts()
            .map(|hosts| hosts.entries.map(ToOwned::to_owned).collect()),
    }
}

/// Returns a rule with its entries: none if it has no entries, and two if a list allows any origin
/// in addition to other entries. Each of those determines which writes `on_denied` allows.
fn rules(rule: &Rule, entries: Vec<compiler::Entry>) -> Vec<compiler::Rule> {
    let is_any = |entry: &compiler::Entry| entry.kind == compiler::EntryKind::AnySerialized;
    let origins = match entries.iter().any(is_any) {
        false => [entries, Vec::new()],
        true => {
            // The list precedes regexes and predicates, and accepts all that they do.
            let is_pattern =
                |entry: &compiler::Entry| matches!(entry.kind, compiler::EntryKind::Pattern(_));
            let (any, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_any);
            [others.into_iter().filter(is_pattern).collect(), any]
        }
    };
    let origins = origins.into_iter().filter(|origins| !origins.is_empty());
    origins.map(|origins| with_origins(rule, origins)).collect()
}

fn with_origins(rule: &Rule, origins: Vec<compiler::Entry>) -> compiler::Rule {
    compiler::Rule {
        origins,
        allow_credentials: rule.allows_credentials(),
        allow_methods: rule.value(Header::AllowMethods).to_owned(),
        mirrors_method: rule.mirror_method,
        allow_headers: rule.value(Header::AllowHeaders).to_owned(),
        mirrors_headers: rule.mirror_headers,
        expose_headers: rule.value(Header::ExposeHeaders).to_owned(),
        max_age: rule.value(Header::MaxAge).to_owned(),
        expose_timing: rule.expose_timing,
    }
}

/// Returns an entry, or the current entries of the list in its place.
fn entries(entry: &OriginEntry<'_>, list: &OriginsSnapshot) -> Vec<compiler::Entry> {
    let list = list.configured();
    if !matches!(entry, OriginEntry::Configured) {
        return Vec::from([self::entry(entry)]);
    }
    let entries = list.entries().map(|listed| {
        let compiler::Entry { kind, written } = self::entry(&listed);
        compiler::Entry {
            kind: match kind {
                compiler::EntryKind::Any => compiler::EntryKind::AnySerialized,
                kind => kind,
            },
            written: format!("{written}, configured"),
        }
    });
    entries.collect()
}

fn entry(entry: &OriginEntry<'_>) -> compiler::Entry {
    compiler::Entry {
        kind: match *entry {
            OriginEntry::Any => compiler::EntryKind::Any,
            OriginEntry::Null => compiler::EntryKind::Pattern("null".to_owned()),
            OriginEntry::Origin(text) | OriginEntry::Pattern(text) => {
                compiler::EntryKind::Pattern(text.to_owned())
            }
            OriginEntry::Regex { expression, .. } => {
                compiler::EntryKind::Regex(expression.to_owned())
            }
            OriginEntry::Configured => compiler::EntryKind::Configured,
            OriginEntry::Predicate { path, .. } => compiler::EntryKind::Predicate(path.to_owned()),
        },
        written: entry.text().to_owned(),
    }
}

impl Export {
    /// Returns the files, in the order in which to install them. The first lines of each describe where it goes.
    #[must_use]
    pub fn files(&self) -> &[File] {
        self.0.files()
    }

    /// Compares the files with those in `directory`. With `CORS_EXPORT=overwrite` in the
    /// environment, writes the exported files there instead.
    ///
    /// Call this method in a test, which then fails if you change the policy but not the files, or if somebody edits the
    /// files.
    ///
    /// # Panics
    ///
    /// Panics if a file is missing or different. The message contains the lines that differ.
    #[track_caller]
    pub fn check(&self, directory: impl AsRef<Path>) {
        let directory = directory.as_ref();
        if std::env::var_os(VARIABLE).is_some_and(|value| value == "overwrite") {
            match self.write(directory) {
                Ok(()) => return,
                Err(error) => panic!("{}: {error}", directory.display()),
            }
        }
        let differences: Vec<String> = self
            .files()
            .iter()
            .filter_map(|file| {
                let path = directory.join(file.name());
                let found = fs::read_to_string(&path);
                let difference = match &found {
                    Ok(found) => difference(found, file.text())?,
                    Err(error) => format!("{error}\n"),
                };
                Some(format!("{}: {difference}", path.display()))
            })
            .collect();
        assert!(
            differences.is_empty(),
            "the files of the gateway are not those of the policy:\n\n{}\n\
            to write them, run this test with {VARIABLE}=overwrite",
            differences.join("\n")
        );
    }

    /// Writes the files into `directory`, and creates the directory if it does not exist.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be written.
    pub fn write(&self, directory: impl AsRef<Path>) -> io::Result<()> {
        let directory = directory.as_ref();
        fs::create_dir_all(directory)?;
        for file in self.files() {
            let path = directory.join(file.name());
            if fs::read_to_string(&path).ok().as_deref() != Some(file.text()) {
                fs::write(&path, file.text())?;
                println!("{} is written", path.display());
            }
        }
        Ok(())
    }
}

/// Returns the lines that differ between two texts, after their common beginning.
fn difference(found: &str, expected: &str) -> Option<String> {
    /// Lines of each text that are shown.
    const MAX_LINES: usize = 20;
    if found == expected {
        return None;
    }
    let (found, expected): (Vec<_>, Vec<_>) = (found.lines().collect(), expected.lines().collect());
    let same = found.iter().zip(&expected).take_while(|(a, b)| a == b);
    let start = same.count();
    let rest = (&found[start..], &expected[start..]);
    let same = rest.0.iter().rev().zip(rest.1.iter().rev());
    let end = same.take_while(|(a, b)| a == b).count();
    let lines = |mark: char, lines: &[&str]| -> String {
        let changed = &lines[..lines.len() - end];
        let shown = changed.iter().take(MAX_LINES);
        let shown: String = shown.map(|line| format!("{mark} {line}\n")).collect();
        match changed.len().saturating_sub(MAX_LINES) {
            0 => shown,
            more => format!("{shown}{mark} and {more} more\n"),
        }
    };
    let line = start + 1;
    Some(format!(
        "line {line}\n{}{}",
        lines('-', rest.0),
        lines('+', rest.1)
    ))
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn a_difference_is_what_lies_between_what_is_the_same() {
        assert_eq!(difference("a\nb\n", "a\nb\n"), None);
        let shown = difference("a\nb\nc\nd\n", "a\nx\ny\nd\n").unwrap();
        assert_eq!(shown, "line 2\n- b\n- c\n+ x\n+ y\n");
        assert_eq!(difference("a\n", "").unwrap(), "line 1\n- a\n");
        assert_eq!(difference("", "a\n").unwrap(), "line 1\n+ a\n");
    }
}
