//! Policies that were compiled while the program runs. They own data that is constant in an expansion.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use core::panic::{RefUnwindSafe, UnwindSafe};

use crate::decision::Outcome;
use crate::refusal::{HostEntries, Hosts, OnDenied};
use crate::request::{RequestKind, SingleHeader};
use crate::rule::{LoadedEntry, LoadedRegex, LoadedRule, Rule, Rules};
use cors_compiler::declaration;
use cors_compiler::plan::{self, EntryKind, Plan};
use cors_origin::header::HeaderValues;
use cors_origin::matcher::dfa::DfaTableBuf;
use cors_origin::matcher::strategy;
use cors_origin::origin::is_serialized_origin;

/// A policy that owns its rules and its matchers.
pub(crate) struct LoadedPolicy {
    rules: Box<[Arc<Rule>]>,
    /// In the order in which they are tried.
    arms: Box<[Arm]>,
    /// The rule for every origin that no arm accepts.
    rest: Option<Arc<Rule>>,
    /// Whether that is the only rule, so that all responses are the same.
    is_public: bool,
    preflight_status: u16,
    on_denied: OnDenied,
    hosts: Option<LoadedHosts>,
    exposes_timing: bool,
    /// How origins are matched, in words.
    matcher: String,
}

/// The hosts that requests may be for.
struct LoadedHosts {
    /// The entries in source form.
    entries: Box<[Box<str>]>,
    accepts: Box<HostMatcher>,
}

/// Returns whether a host is one of the entries, as an origin of `https`.
type HostMatcher = dyn Fn(&[u8]) -> bool + Send + Sync + UnwindSafe + RefUnwindSafe;

impl LoadedHosts {
    fn new(hosts: plan::Hosts) -> Self {
        let entries = hosts.entries.into_iter();
        let matchers = hosts
            .arms
            .into_iter()
            .filter_map(|arm| Matcher::new(arm.strategy));
        let matchers: Box<[Matcher]> = matchers.collect();
        Self {
            entries: entries.map(|entry| entry.text.into()).collect(),
            accepts: Box::new(move |host| matchers.iter().any(|matcher| matcher.matches(host))),
        }
    }
}

struct Arm {
    rule: Arc<Rule>,
    matcher: Matcher,
}

enum Matcher {
    Lookup(strategy::Strategy),
    Automaton(DfaTableBuf),
}

impl Matcher {
    fn new(strategy: plan::Strategy) -> Option<Self> {
        Some(match strategy {
            plan::Strategy::Lookup(strategy) => Self::Lookup(strategy),
            plan::Strategy::Patterns { table, .. } | plan::Strategy::Regex { table, .. } => {
                Self::Automaton(table)
            }
            plan::Strategy::Configured | plan::Strategy::Predicate(_) => return None,
        })
    }

    #[inline]
    fn matches(&self, origin: &[u8]) -> bool {
        match self {
            Self::Lookup(strategy) => strategy.matches(origin),
            Self::Automaton(table) => table.view().matches(origin),
        }
    }
}

impl LoadedPolicy {
    /// Creates a policy from a plan that has no functions, conditions or `Configured`, as all plans of a
    /// configuration.
    pub(crate) fn new(plan: Plan) -> Self {
        let rules: Box<[Arc<Rule>]> = plan
            .rules
            .iter()
            .map(|rule| Arc::new(self::rule(rule, &plan.arms).into()))
            .collect();
        Self {
            is_public: plan.rest.is_some() && rules.len() == 1,
            rest: plan.rest.map(|rule| Arc::clone(&rules[rule])),
            preflight_status: plan.preflight_status,
            on_denied: match plan.on_denied {
                declaration::OnDenied::Continue => OnDenied::Continue,
                declaration::OnDenied::RefuseWrites => OnDenied::RefuseWrites,
                declaration::OnDenied::Refuse => OnDenied::Refuse,
            },
            exposes_timing: plan.rules.iter().any(|rule| rule.expose_timing),
            matcher: plan.description(),
            hosts: plan.hosts.map(LoadedHosts::new),
            arms: plan
                .arms
                .into_iter()
                .filter_map(|arm| {
                    Some(Arm {
                        rule: Arc::clone(&rules[arm.rule]),
                        matcher: Matcher::new(arm.strategy)?,
                    })
                })
                .collect(),
            rules,
        }
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn decide(
        &self,
        kind: RequestKind,
        origin: SingleHeader<'_>,
    ) -> (Outcome<'_>, Option<&Arc<Rule>>) {
        let rule = self.rule_for(origin);
        let decided = rule.map(AsRef::as_ref);
        let (status, owns_timing) = (self.preflight_status, self.exposes_timing);
        let outcome = Outcome::new(kind, decided, self.is_public, status, owns_timing);
        (outcome, rule)
    }

    pub(crate) fn rules(&self) -> Rules<'_> {
        Rules::loaded(&self.rules)
    }

    pub(crate) fn preflight_status(&self) -> u16 {
        self.preflight_status
    }

    pub(crate) fn on_denied(&self) -> OnDenied {
        self.on_denied
    }

    pub(crate) fn hosts(&self) -> Option<Hosts<'_>> {
        let hosts = self.hosts.as_ref()?;
        Some(Hosts {
            entries: HostEntries::Loaded(hosts.entries.iter()),
            accepts: &*hosts.accepts,
        })
    }

    /// Whether requests may be refused.
    pub(crate) fn is_guarded(&self) -> bool {
        self.on_denied != OnDenied::Continue || self.hosts.is_some()
    }

    pub(crate) fn matcher(&self) -> &str {
        &self.matcher
    }

    fn rule_for(&self, origin: SingleHeader<'_>) -> Option<&Arc<Rule>> {
        match self.is_public {
            true => self.rest.as_ref(),
            false => self.find_rule(origin.single()?),
        }
    }

    pub(crate) fn find_rule(&self, origin: &[u8]) -> Option<&Arc<Rule>> {
        let arm = self.arms.iter().find(|arm| arm.matcher.matches(origin));
        match arm {
            Some(arm) => Some(&arm.rule),
            // It is for what browsers send, unless everybody is answered alike.
            None => {
                let rest = self.rest.as_ref()?;
                (self.is_public || is_serialized_origin(origin)).then_some(rest)
            }
        }
    }
}

fn rule(rule: &plan::Rule, arms: &[plan::Arm]) -> LoadedRule {
    LoadedRule {
        entries: rule
            .entries
            .iter()
            .filter_map(|it| entry(it, arms))
            .collect(),
        values: HeaderValues::from_fn(|header| rule.values[header].as_str().into()),
        expose_timing: rule.expose_timing,
        mirror_method: rule.mirror_method,
        mirror_headers: rule.mirror_headers,
    }
}

fn entry(entry: &plan::Entry, arms: &[plan::Arm]) -> Option<LoadedEntry> {
    let text = entry.text.as_str();
    Some(match &entry.kind {
        EntryKind::Any => LoadedEntry::Any,
        EntryKind::Null => LoadedEntry::Null,
        EntryKind::Origin => LoadedEntry::Origin(text.into()),
        EntryKind::Pattern => LoadedEntry::Pattern(text.into()),
        EntryKind::Regex { expression, arm } => match &arms[*arm].strategy {
            plan::Strategy::Regex { table, .. } => LoadedEntry::Regex(Box::new(LoadedRegex {
                text: text.into(),
                expression: expression.clone(),
                automaton: table.clone(),
            })),
            _ => return None,
        },
        EntryKind::Configured | EntryKind::Predicate { .. } => return None,
    })
}
