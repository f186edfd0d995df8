//! `on_denied` and `allow_hosts`.

use super::entry::LOOPBACK_HOSTS;
use super::shape::{Reader, is_for_all};
use super::{Entry, EntryKind, Origins};
use crate::declaration::{ANY, ExprKind, Key, LOOPBACK, Mistake, OnDenied, Position, Section};
use cors_origin::pattern::HostPattern;

impl Reader<'_> {
    pub(super) fn on_denied(&mut self, section: &Section) -> Option<(OnDenied, Position)> {
        let value = &section.get(Key::OnDenied)?.value;
        self.no_attributes(value);
        let ExprKind::Word(word) = &value.kind else {
            self.wrong_shape(Key::OnDenied, value);
            return None;
        };
        match OnDenied::from_name(word) {
            Some(on_denied) => Some((on_denied, value.position)),
            None => {
                let mistake = Mistake::UnknownOnDenied(word.clone());
                self.mistakes.add(value.position, mistake);
                None
            }
        }
    }

    pub(super) fn hosts(&mut self, section: &Section) -> Option<Origins> {
        let value = &section.get(Key::AllowHosts)?.value;
        if value.is_word(ANY) {
            self.no_attributes(value);
            return Some(Origins::Any(value.position));
        }
        let mut entries = Vec::new();
        for element in self.elements(Key::AllowHosts, value) {
            if is_for_all(element) {
                self.wildcard(Key::AllowHosts, element, value.position);
                continue;
            }
            let condition = self.condition(element);
            let entry = |host: HostPattern, is_loopback| Entry {
                is_loopback,
                position: element.position,
                kind: EntryKind::Pattern(host.into_origin()),
                source: None,
                condition: condition.clone(),
                opt_outs: Vec::new(),
            };
            match &element.kind {
                ExprKind::Text(text, _) => match HostPattern::parse(text) {
                    Ok(host) => entries.push(entry(host, false)),
                    Err(error) => {
                        let mistake = Mistake::Host(text.clone(), error);
                        self.mistakes.add(element.position, mistake);
                    }
                },
                ExprKind::Word(word) if word == LOOPBACK => {
                    for host in loopback_hosts() {
                        entries.push(entry(host, true));
                    }
                }
                _ => self.no_entry(Key::AllowHosts, element),
            }
        }
        Some(Origins::Listed(entries))
    }
}

/// Returns the hosts that `Loopback` replaces, with any port.
fn loopback_hosts() -> Vec<HostPattern> {
    let mut hosts = Vec::new();
    for host in LOOPBACK_HOSTS {
        let host = HostPattern::parse(&format!("{host}:*"));
        hosts.push(host.expect("it is spelled as clients spell it"));
    }
    hosts
}
