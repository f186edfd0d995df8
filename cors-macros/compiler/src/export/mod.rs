//! A policy in the language of the gateway in front of a fleet: exact, or an error.
//!
//! ```text
//! Policy ──prepared──▶ expressions, header values ──┬─▶ haproxy, nginx, caddy, apache
//!            │                                      ├─▶ envoy, as the automaton of the policy
//!            └─ expression, eliminate, node         └─▶ gateway_api, for browsers alone
//! Policy ──graph──▶ paths, nodes and edges ─────────────▶ graphviz, and pages that draw
//! ```
//!
//! Each back end is a file that prints, and knows the traps of its gateway; what it prints is read
//! back by the tests, and compared with the automaton of the policy.

mod apache;
mod automata;
mod caddy;
mod eliminate;
mod envoy;
mod expression;
mod gateway_api;
mod graph;
mod graphviz;
mod haproxy;
mod label;
mod nginx;
mod node;
mod prepared;
mod probes;

use core::fmt;

pub use graph::{Edge, EntryPath, Graph, Node};
pub use label::{ByteSet, EdgeLabel};
pub use probes::probes;

use prepared::Prepared;

/// A policy, as far as a gateway is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// In the order of the policy; the first that allows an origin decides.
    pub rules: Vec<Rule>,
    /// The status of a successful preflight.
    pub preflight_status: u16,
}

/// What some origins may do. Values are those of headers; an empty one is not sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rule {
    /// Whom the rule is for.
    pub origins: Vec<Entry>,
    /// Whether credentials are allowed.
    pub allow_credentials: bool,
    /// `Access-Control-Allow-Methods`
    pub allow_methods: String,
    /// Whether `Access-Control-Allow-Methods` is what the preflight asks for.
    pub mirrors_method: bool,
    /// `Access-Control-Allow-Headers`
    pub allow_headers: String,
    /// Whether `Access-Control-Allow-Headers` is what the preflight asks for.
    pub mirrors_headers: bool,
    /// `Access-Control-Expose-Headers`
    pub expose_headers: String,
    /// `Access-Control-Max-Age`
    pub max_age: String,
}

/// An entry of `allow_origins`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it accepts.
    pub kind: EntryKind,
    /// How the policy spells it, for people.
    pub written: String,
}

/// What an entry accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// Everybody.
    Any,
    /// An origin, a pattern or `null`, as policies spell it.
    Pattern(String),
    /// The full matches of this expression that are serialized origins.
    Regex(String),
    /// A list that the program gets when it runs.
    Configured,
    /// What the function of this path says.
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
    /// Envoy, and what is built on it and takes Lua filters.
    Envoy,
    /// Apache httpd.
    Apache,
    /// Implementations of the Kubernetes Gateway API.
    GatewayApi,
}

/// How closely a gateway does what the policy does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Level {
    /// The same on the wire, for every request with one `Origin` and one requested method at most.
    /// What remains is listed in the files, and grants nothing.
    #[default]
    Wire,
    /// Every browser decides alike. The gateway may use another status, or send more to pages that
    /// cannot read it.
    Browser,
}

/// How a policy is exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    name: String,
    level: Level,
    directory: String,
}

/// A policy in the language of a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    files: Vec<File>,
}

/// A file of an [`Export`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    name: String,
    text: String,
}

/// Why a policy cannot be exported.
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
/// If the gateway cannot do what the policy does.
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

    /// Returns the name, as its makers spell it.
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

    /// Returns the oldest version that the files are for.
    #[must_use]
    pub fn least_version(self) -> &'static str {
        match self {
            Self::HaProxy => "2.2",
            // The first with a `$proxy_protocol_tlv_` variable, by which older ones are refused. From
            // 1.23.0 on, `$http_origin` has every line.
            Self::Nginx => "1.23.2",
            Self::Caddy => "2.6",
            Self::Envoy => "1.28",
            Self::Apache => "2.4.10",
            Self::GatewayApi => "1.5",
        }
    }

    /// Returns what the gateway does otherwise than the policy, though the policy is exported.
    #[must_use]
    pub fn differences(self) -> &'static [&'static str] {
        match self {
            Self::HaProxy => &[],
            Self::Nginx => &[
                "an empty Origin or Access-Control-Request-Method counts as none",
                "an origin with a tab behind it is denied",
                "the 403 of a preflight has the error page as its body",
            ],
            Self::Caddy => &["Vary may list Origin twice"],
            Self::Envoy => &[
                "an empty Origin line before or after another one counts as none",
                "Envoy removes a CR inside a value before anything else",
            ],
            Self::Apache => &[
                "an empty Origin or Access-Control-Request-Method counts as none",
                "the 403 of a preflight has a body",
                "Origin joins a Vary that is already `*` if that has several lines",
            ],
            Self::GatewayApi => &[
                "the status of preflights is that of the implementation",
                "a denied preflight may reach the application",
                "Vary, and CORS headers of the application, are left to the implementation",
            ],
        }
    }
}

impl Options {
    /// Creates the options for files and variables of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            level: Level::Wire,
            directory: String::new(),
        }
    }

    /// Accepts a weaker level than [`Level::Wire`].
    #[must_use]
    pub fn level(self, level: Level) -> Self {
        Self { level, ..self }
    }

    /// Sets the directory that the files are in on the gateway, where one of them names another.
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
    /// Returns the files, the one to begin with first.
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

    /// Returns what is in the file.
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

    fn of_entry(target: Target, entry: &Entry, reason: impl Into<String>) -> Self {
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

    /// Returns the entry that cannot be exported, as the policy spells it, if it is one.
    #[must_use]
    pub fn entry(&self) -> Option<&str> {
        self.entry.as_deref()
    }

    /// Returns why it cannot be exported.
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
