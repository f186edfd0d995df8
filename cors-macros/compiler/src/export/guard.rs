//! Requests that are refused without calling the application: `on_denied` and `allow_hosts`.
//!
//! Gateways with lookup tables, which are nginx and Caddy, share [`Guard::tables`]. The other ones
//! have conditions of their own, from the same expressions.

use super::expression::{host_expression, web_expressions};
use super::node::Node;
use super::{EntryKind, OnDenied, Policy, Rule};
use cors_origin::fetch::SAFELISTED_METHODS;
use cors_origin::origin::{MAX_HOST_LEN, MAX_ORIGIN_LEN};

/// Maximum length of a host with its port.
pub(super) const MAX_HOST: usize = MAX_HOST_LEN + ":65535".len();

/// A default port, or only the colon before it, as an optional expression at the end of an
/// authority.
pub(super) const DEFAULT_PORT: &str = "(:(443|80)?)?";

/// A protocol of `Upgrade`, after a comma.
pub(super) const WEBSOCKET: &str = r"[ \t]*[Ww][Ee][Bb][Ss][Oo][Cc][Kk][Ee][Tt](/|[ \t]*(,|\z))";

/// The methods that change nothing.
pub(super) const READS: [&str; 3] = ["GET", "HEAD", "OPTIONS"];

/// The values of `Sec-Fetch-Site` for requests that no other page makes.
pub(super) const OWN_SITE: [&str; 2] = ["same-origin", "none"];

/// The requests that a policy refuses.
pub(super) struct Guard {
    pub(super) on_denied: OnDenied,
    /// A matcher for each allowed host; `None` if all are allowed.
    pub(super) hosts: Option<Vec<Host>>,
}

/// The matcher of an entry of `allow_hosts`.
pub(super) struct Host {
    /// The entry, which needs no escapes in a comment.
    pub(super) text: String,
    /// An expression for the host without a default port.
    pub(super) expression: String,
}

/// The writes that a rule lets pages send.
pub(super) struct Trust {
    /// `None` for all methods.
    pub(super) methods: Option<Vec<String>>,
    /// Whether WebSocket handshakes are among them, whatever their method.
    pub(super) handshakes: bool,
}

/// A part of the key of a [`Table`].
pub(super) enum Input {
    Method,
    Upgrade,
    FetchSite,
    FetchMode,
    /// The result of another table.
    Variable(&'static str),
}

/// A table of regular expressions, the first of which applies. They match anywhere in the key: the
/// inputs, joined by commas. nginx does not compare an empty key with expressions.
pub(super) struct Table {
    pub(super) variable: &'static str,
    pub(super) inputs: Vec<Input>,
    pub(super) default: &'static str,
    pub(super) lines: Vec<(String, String)>,
}

impl Table {
    /// Returns the key, with the inputs as `spell` writes them.
    pub(super) fn key(&self, spell: impl Fn(&Input) -> String) -> String {
        let inputs: Vec<String> = self.inputs.iter().map(spell).collect();
        inputs.join(",")
    }
}

impl Guard {
    pub(super) fn new(policy: &Policy) -> Option<Self> {
        let hosts = policy.allow_hosts.as_ref();
        if policy.on_denied == OnDenied::Continue && hosts.is_none() {
            return None;
        }
        let line = |host: &String| Host {
            text: host.clone(),
            expression: host_expression(host),
        };
        Some(Self {
            on_denied: policy.on_denied,
            hosts: hosts.map(|hosts| hosts.iter().map(line).collect()),
        })
    }

    /// Returns the tables for what is refused. They read the variables `host` (whether the host of
    /// the request is allowed), `has_origin`, `preflight`, `same_host` (whether `Origin` has the
    /// host and the port of the request), and `origin_rule` (the rule that allows the origin). The
    /// results are `refusal` (a status), `rule` (the rule that applies), and `consulted` (the
    /// headers for `Vary`, for which see [`Consulted`]).
    pub(super) fn tables(&self, rules: &[&Rule]) -> Vec<Table> {
        use Input::{FetchMode, FetchSite, Method, Upgrade, Variable};
        let table = |variable, inputs, default, lines: &[(&str, &str)]| {
            let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
            Table {
                variable,
                inputs,
                default,
                lines: lines.iter().map(owned).collect(),
            }
        };
        let mut tables = Vec::new();
        if self.on_denied != OnDenied::Continue {
            tables.extend([
                table(
                    "handshake",
                    vec![Method, Upgrade],
                    "0",
                    &[(r"\ACONNECT,", "1"), (&format!(",{WEBSOCKET}"), "1")],
                ),
                table(
                    "write",
                    vec![Method, Variable("handshake")],
                    "1",
                    &[(&format!(r"\A({}),0\z", READS.join("|")), "0")],
                ),
                // 0 for none, 1 for the same origin, 2 for another page.
                table(
                    "site",
                    vec![Variable("has_origin"), FetchSite],
                    "2",
                    &[
                        (r"\A[01],\z", "0"),
                        (&format!(r"\A[01],({})\z", OWN_SITE.join("|")), "1"),
                    ],
                ),
                table(
                    "same",
                    vec![
                        Variable("site"),
                        Variable("has_origin"),
                        Variable("same_host"),
                    ],
                    "0",
                    &[(r"\A(1|0,0|0,1,1\z)", "1")],
                ),
                Table {
                    variable: "trusted",
                    inputs: vec![Variable("origin_rule"), Variable("handshake"), Method],
                    default: "0",
                    lines: (1..).zip(rules).flat_map(trusted_keys).collect(),
                },
            ]);
        }
        let mut inputs = vec![Variable("host")];
        let mut refusals = vec![(r"\A0", "421")];
        if self.on_denied != OnDenied::Continue {
            let others = ["preflight", "same", "write", "trusted"].map(Variable);
            inputs.extend(others);
            refusals.push((r"\A1,0,0,1,0", "403"));
        }
        if self.on_denied == OnDenied::Refuse {
            tables.push(table(
                "navigates",
                vec![Variable("has_origin"), FetchMode],
                "0",
                &[(r"\A0,navigate\z", "1")],
            ));
            inputs.extend(["origin_rule", "navigates"].map(Variable));
            refusals.push((r"\A1,0,0,0,[01],0,0", "403"));
        }
        tables.push(table("refusal", inputs, "0", &refusals));
        let rules =
            (1..=rules.len()).map(|number| (format!(r"\A0,{number}\z"), number.to_string()));
        tables.push(Table {
            variable: "rule",
            inputs: vec![Variable("refusal"), Variable("origin_rule")],
            default: "0",
            lines: rules.collect(),
        });
        let consulted: &[(&str, &str)] = match self.on_denied {
            OnDenied::Continue => &[],
            OnDenied::RefuseWrites => &[(r"\A0,1\z", "1")],
            OnDenied::Refuse => &[(r"\A0,1\z", "1"), (r"\A0,0\z", "2")],
        };
        if !consulted.is_empty() {
            let inputs = vec![Variable("preflight"), Variable("write")];
            tables.push(table("consulted", inputs, "0", consulted));
        }
        tables
    }
}

/// The keys of writes that a rule allows: its number, whether it is a handshake, and the method.
fn trusted_keys((number, rule): (usize, &&Rule)) -> Vec<(String, String)> {
    let Trust {
        methods,
        handshakes,
    } = Trust::new(rule);
    let mut keys = Vec::new();
    match methods {
        None => keys.push(format!(r"\A{number},")),
        Some(methods) => {
            if handshakes {
                keys.push(format!(r"\A{number},1,"));
            }
            let methods = methods.iter().map(|method| Node::text(method).to_string());
            let methods: Vec<String> = methods.collect();
            if !methods.is_empty() {
                keys.push(format!(r"\A{number},0,({})\z", methods.join("|")));
            }
        }
    }
    keys.into_iter().map(|key| (key, "1".to_owned())).collect()
}

impl Trust {
    /// Returns the writes that a rule lets pages send. A rule for any origin only allows the methods
    /// that it lists.
    pub(super) fn new(rule: &Rule) -> Self {
        let listed = rule.allow_methods.split(", ");
        let listed: Vec<&str> = listed.filter(|method| !method.is_empty()).collect();
        if !rule.allow_credentials && listed.contains(&"*") {
            return Self {
                methods: None,
                handshakes: true,
            };
        }
        let any = [EntryKind::Any, EntryKind::AnySerialized];
        let is_for_all = rule.origins.iter().all(|entry| any.contains(&entry.kind));
        let mut methods: Vec<String> = Vec::new();
        let safelisted = SAFELISTED_METHODS.iter().filter(|_| !is_for_all);
        for method in listed.iter().chain(safelisted) {
            if methods.iter().all(|known| known != method) {
                methods.push((*method).to_owned());
            }
        }
        Self {
            methods: Some(methods),
            handshakes: !is_for_all,
        }
    }
}

/// Returns expressions for an origin and an authority, with `|` between them, which have the same
/// host and the same port. The authority may have the default port. These expressions have
/// lookaheads and back-references, for gateways with PCRE2. HAProxy compiles expressions without
/// groups that have no name, and in nginx the name is also that of a variable.
pub(super) fn same_host_expressions() -> Vec<String> {
    const HOST: &str = r"(?<cors_host>[^:|]+|\[[^|]+\])";
    const SAME: &str = r"[|](?i:\k<cors_host>)";
    let origins = |scheme: &'static str| {
        let origins = web_expressions().into_iter();
        origins.filter(move |origin| origin.starts_with(&format!("{scheme}://")))
    };
    let expressions = [("https", "443"), ("http", "80")].into_iter();
    let expressions = expressions.flat_map(|(scheme, port)| {
        origins(scheme).map(move |origin| {
            let without_port = format!("{HOST}{SAME}(:({port})?)?");
            let with_port = format!("(?<cors_host>[^|]+:[0-9]+){SAME}");
            (scheme, origin, [without_port, with_port])
        })
    });
    let expressions = expressions.flat_map(|(scheme, origin, pairs)| {
        pairs.map(|pair| {
            format!(r"\A(?=[^|]{{1,{MAX_ORIGIN_LEN}}}[|])(?={origin}[|]){scheme}://{pair}\z")
        })
    });
    expressions.collect()
}
