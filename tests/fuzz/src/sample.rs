//! Texts that a regular expression matches, found by walking the expression at random.

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// An expression as another engine than the compiler's understands it.
pub(crate) struct Language {
    hir: Hir,
    whole: Regex,
}

impl Language {
    pub(crate) fn of(expression: &str) -> Option<Self> {
        let config = syntax::Config::new().unicode(false).utf8(false);
        let hir = syntax::parse_with(expression, &config).ok()?;
        let parts = vec![Hir::look(Look::Start), hir.clone(), Hir::look(Look::End)];
        let config = Regex::config()
            .utf8_empty(false)
            .nfa_size_limit(Some(1 << 20))
            .dfa(false)
            .onepass(false);
        let whole = Regex::builder()
            .configure(config)
            .build_from_hir(&Hir::concat(parts))
            .ok()?;
        Some(Self { hir, whole })
    }

    /// Whether all of `text` is a match.
    pub(crate) fn matches(&self, text: &[u8]) -> bool {
        self.whole
            .is_match(Input::new(text).anchored(Anchored::Yes))
    }

    /// A short text that is a match, unless an assertion within forbids it.
    pub(crate) fn sample(&self, seed: u64) -> Vec<u8> {
        let mut walk = Walk {
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            text: Vec::new(),
        };
        walk.visit(&self.hir, 0);
        walk.text
    }
}

struct Walk {
    state: u64,
    text: Vec<u8>,
}

impl Walk {
    /// A number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        // xorshift
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 16) as usize % bound
    }

    fn visit(&mut self, hir: &Hir, depth: usize) {
        // Longer than any origin, or too deep to be worth it.
        if self.text.len() > 400 || depth > 200 {
            return;
        }
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => self.text.extend(&literal.0),
            HirKind::Class(Class::Bytes(class)) => {
                let bytes: Vec<u8> = class
                    .iter()
                    .flat_map(|range| range.start()..=range.end())
                    .filter(|byte| b"abcdefghijklmnopqrstuvwxyz0123456789-._:/".contains(byte))
                    .collect();
                if !bytes.is_empty() {
                    let index = self.below(bytes.len());
                    self.text.push(bytes[index]);
                }
            }
            HirKind::Class(Class::Unicode(_)) => {}
            HirKind::Repetition(repetition) => {
                let most = repetition.max.unwrap_or(u32::MAX);
                let more = self.below(4) as u32;
                let count = repetition.min.saturating_add(more).min(most);
                for _ in 0..count.min(400) {
                    self.visit(&repetition.sub, depth + 1);
                }
            }
            HirKind::Capture(capture) => self.visit(&capture.sub, depth + 1),
            HirKind::Concat(parts) => {
                for part in parts {
                    self.visit(part, depth + 1);
                }
            }
            HirKind::Alternation(parts) => {
                let index = self.below(parts.len());
                self.visit(&parts[index], depth + 1);
            }
        }
    }
}
