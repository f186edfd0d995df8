//! Exports a policy as configuration of a gateway: exact, or an error.
//!
//! ```text
//! Policy ──prepared──▶ expressions, header values ──┬─▶ haproxy, nginx, caddy, apache
//!            │                                      ├─▶ envoy, as the automaton of the policy
//!            └─ expression, eliminate, node         └─▶ gateway_api, for browsers alone
//! Policy ──graph──▶ paths, nodes and edges ─────────────▶ graphviz, and pages that draw
//! ```
//!
//! Each back end is one file, which documents the traps of its gateway. Tests parse its output, and
//! compare it with the automaton of the policy.

mod apache;
mod automata;
mod caddy;
mod eliminate;
mod envoy;
mod expression;
mod gateway_api;
mod graph;
mod graphviz;
mod guard;
mod haproxy;
mod label;
mod nginx;
mod node;
mod prepared;
mod probes;

use core::fmt;

pub use crate::declaration::OnDenied;
pub use graph::{Edge, EntryPath, Graph, Node};
pub use label::{ByteSet, EdgeLabel};
pub use probes::probes;

use prepared::Prepared;

/// A policy, with everything that a gateway needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// In the order of the policy. The first rule that allows an origin applies.
    pub rules: Vec<Rule>,
    /// The status of a successful preflight.
    pub preflight_status: u16,
    /// The treatment of requests that pages may not send.
    pub on_denied: OnDenied,
    /// The hosts that requests may be for, in source form; `None` for all.
    pub allow_hosts: Option<Vec<String>>,
}

/// The permissions of some origins. Values are those of headers; empty ones are not sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rule {
    /// The entries of the rule.
    pub origins: Vec<Entry>,
    /// Whether credentials are allowed.
    pub allow_credentials: bool,
    /// `Access-Control-Allow-Methods`
    pub allow_methods: String,
    /// Whether `Access-Control-Allow-Methods` echoes the requested method.
    pub mirrors_method: bool,
    /// `Access-Control-Allow-Headers`
    pub allow_headers: String,
    /// Whether `Access-Control-Allow-Headers` echoes the requested headers.
    pub mirrors_headers: bool,
    /// `Access-Control-Expose-Headers`
    pub expose_headers: String,
    /// `Access-Control-Max-Age`
    pub max_age: String,
    /// Whether `Timing-Allow-Origin` is sent.
    pub expose_timing: bool,
}

/// An entry of `allow_origins`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The kind of entry.
    pub kind: EntryKind,
    /// The entry in source form, for people.
    pub written: String,
}

/// The kind of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// All origins. Responses contain `*`.
    Any,
    /// All serialized origins. Responses contain the origin.
    AnySerialized,
    /// An origin, a pattern or `null`, in source form.
    Pattern(String),
    /// Serialized origins that this regex matches as a whole.
    Regex(String),
    /// A list that the program provides at run time.
    Configured,
    /// Origins for which the function with this path returns `true`.
    Predicate(String),
}

/// A gateway that policies are exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Target {
    /// HAProxy.
    HaProxy,
    /// nginx.
    Nginx,
    /// Caddy.
    Caddy,
    /// Envoy, and products based on Envoy that support Lua filters.
    Envoy,
    /// Apache httpd.
    Apache,
    /// Implementations of the Kubernetes Gateway API.
    GatewayApi,
}

/// How closely a gateway must follow the policy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Level {
    /// The decisions and CORS headers of the policy, for every request that a browser sends. The files
    /// list the remaining differences, such as the body of a 403. None of them changes what a page can do.
    #[default]
    Wire,
    /// The decisions of the policy for every page in a browser, whose responses may differ. The Gateway API needs this
    /// level, because its implementations choose the status of preflights, `Vary` and more: see
    /// [`Target::differences`].
    Browser,
}

/// Options of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    name: String,
    level: Level,
    directory: String,
}

/// A policy as configuration of a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    files: Vec<File>,
}

/// A file of an exported policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    name: String,
    text: String,
}

/// The reason why a policy cannot be exported. The text may change in any release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportError {
    target: Target,
    entry: Option<String>,
    reason: String,
}

/// Exports a policy to a gateway.
///
/// # Errors
///
/// Returns an error if the gateway cannot enforce the policy.
pub fn export(target: Target, policy: &Policy, options: &Options) -> Result<Export, ExportError> {
    let prepared = Prepared::new(target, policy, options)?;
    let files = match target {
        Target::HaProxy => haproxy::files(&prepared),
        Target::Nginx => nginx::files(&prepared),
        Target::Caddy => caddy::files(&prepared),
        Target::Envoy => envoy::files(&prepared),
        Target::Apache => apache::files(&prepared),
        Target::GatewayApi => gateway_api::files(&prepared),
    };
    Ok(Export { files: files? })
}

impl Target {
    /// All gateways.
    pub const ALL: [Self; 6] = [
        Self::HaProxy,
        Self::Nginx,
        Self::Caddy,
        Self::Envoy,
        Self::Apache,
        Self::GatewayApi,
    ];

    /// Returns the official name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HaProxy => "HAProxy",
            Self::Nginx => "nginx",
            Self::Caddy => "Caddy",
            Self::Envoy => "Envoy",
            Self::Apache => "Apache httpd",
            Self::GatewayApi => "the Kubernetes Gateway API",
        }
    }

    /// Returns the oldest supported version.
    #[must_use]
    pub fn least_version(self) -> &'static str {
        match self {
            Self::HaProxy => "2.2",
            // The first version with `$proxy_protocol_tlv_` variables, which make older versions
            // refuse to start. Since 1.23.0, `$http_origin` contains every line.
            Self::Nginx => "1.23.2",
            Self::Caddy => "2.6",
            Self::Envoy => "1.28",
            Self::Apache => "2.4.10",
            Self::GatewayApi => "1.5",
        }
    }

    /// Returns how a gateway with an exported policy differs from the policy itself.
    #[must_use]
    pub fn differences(self) -> &'static [&'static str] {
        match self {
            Self::HaProxy => &[],
            Self::Nginx => &[
                "an empty Origin or Access-Control-Request-Method counts as missing",
                "an origin that is followed by a tab is denied",
                "a 403 or 421 has the error page as its body",
            ],
            Self::Caddy => &["Vary may list Origin twice"],
            Self::Envoy => &[
                "an empty line of Origin or Sec-Fetch-Site next to another one counts as missing",
                "Envoy first removes every CR inside a value",
                "Envoy removes an Upgrade without `Connection: upgrade`, so the request opens no WebSocket",
            ],
            Self::Apache => &[
                "an empty Origin or Access-Control-Request-Method counts as missing",
                "a 403 or 421 has a body",
                "if the application sends several lines of Vary, Origin may be added to a Vary that contains `*`",
            ],
            Self::GatewayApi => &[
                "the implementation chooses the status of preflights",
                "a denied preflight may reach the application",
                "the implementation decides about Vary, and about CORS headers of the application",
            ],
        }
    }
}

impl Options {
    /// Creates options; the name is part of the names of files and variables.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            level: Level::Wire,
            directory: String::new(),
        }
    }

    /// Sets how closely the gateway must follow the policy. The default is [`Level::Wire`].
    #[must_use]
    pub fn level(self, level: Level) -> Self {
        Self { level, ..self }
    }

    /// Sets the directory of the files on the gateway, for files that refer to each other.
    #[must_use]
    pub fn directory(self, directory: impl Into<String>) -> Self {
        let mut directory = directory.into();
        if !directory.is_empty() && !directory.ends_with('/') {
            directory.push('/');
        }
        Self { directory, ..self }
    }
}

impl<T: Into<String>> From<T> for Options {
    fn from(name: T) -> Self {
        Self::new(name)
    }
}

impl Export {
    /// Returns the files, in the order in which to install them. The first lines of each describe where it goes.
    #[must_use]
    pub fn files(&self) -> &[File] {
        &self.files
    }
}

impl File {
    fn new(name: impl Into<String>, text: String) -> Self {
        let name = name.into();
        Self { name, text }
    }

    /// Returns the name, without a directory.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the contents.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl ExportError {
    fn new(target: Target, reason: impl Into<String>) -> Self {
        Self {
            target,
            entry: None,
            reason: reason.into(),
        }
    }

    fn for_entry(target: Target, entry: &Entry, reason: impl Into<String>) -> Self {
        Self {
            entry: Some(entry.written.clone()),
            ..Self::new(target, reason)
        }
    }

    /// Returns the gateway.
    #[must_use]
    pub fn target(&self) -> Target {
        self.target
    }

    /// Returns the entry that cannot be exported, as written in the policy, if a single entry is the reason.
    #[must_use]
    pub fn entry(&self) -> Option<&str> {
        self.entry.as_deref()
    }

    /// Returns the reason.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (target, reason) = (self.target.name(), &self.reason);
        match &self.entry {
            Some(entry) => write!(f, "{entry} cannot be exported to {target}: {reason}"),
            None => write!(f, "the policy cannot be exported to {target}: {reason}"),
        }
    }
}

impl core::error::Error for ExportError {}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wire => "wire",
            Self::Browser => "browser",
        })
    }
}

#[cfg(test)]
mod tests;
