//! Editor support: the words of a policy that rust-analyzer completes and documents, and the policy
//! in plain words. The compiler ignores it.
//!
//! Words are collected from unvalidated, possibly incomplete input.

use core::slice;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::read::chunks;
use super::source::stream;
use crate::declaration::{ANY, CompletionSet, Function, Key, OnDenied, RULE};
use crate::plan::{Entry, EntryKind, Plan, Rule};
use cors_origin::header::HeaderValues;
use cors_origin::summary::{RefusalSummary, RuleSummary, write_policy_summary};

/// Information about a policy for editors.
#[derive(Default)]
pub(crate) struct IdeHints {
    /// Known and unknown words.
    words: Vec<(CompletionSet, Ident)>,
    /// Literal origins and patterns, `Any`, or otherwise another entry.
    origins: Vec<Span>,
}

/// The remaining input. A stack instead of recursion, because the input may be nested to any depth.
type Pending = Vec<(CompletionSet, TokenStream)>;

impl IdeHints {
    /// Collects the words of `input`.
    pub(crate) fn read(input: TokenStream) -> Self {
        let mut hints = Self::default();
        let mut pending: Pending = vec![(CompletionSet::Keys, input)];
        while let Some((list, tokens)) = pending.pop() {
            for chunk in chunks(tokens) {
                match list {
                    CompletionSet::Keys => hints.entry(&chunk, &mut pending),
                    list => hints.value(list, &chunk, &mut pending),
                }
            }
        }
        hints
    }

    /// Processes `key = value`, or `rule(..)`.
    fn entry(&mut self, tokens: &[TokenTree], pending: &mut Pending) {
        let [TokenTree::Ident(word), rest @ ..] = tokens else {
            return;
        };
        self.add(CompletionSet::Keys, word);
        match rest {
            [TokenTree::Group(group)] if word == RULE => {
                pending.push((CompletionSet::Keys, group.stream()));
            }
            [TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' => {
                let key = Key::from_name(&word.to_string());
                if let Some(list) = key.and_then(|key| key.info().completions) {
                    self.value(list, value, pending);
                }
                // The next key, if the comma before it is missing.
                if let [_, .., TokenTree::Ident(word)] = value {
                    self.add(CompletionSet::Keys, word);
                }
            }
            _ => {}
        }
    }

    /// Processes a word, with or without arguments, or a list, after any attributes.
    fn value(&mut self, list: CompletionSet, mut tokens: &[TokenTree], pending: &mut Pending) {
        while let [TokenTree::Punct(hash), TokenTree::Group(_), rest @ ..] = tokens
            && hash.as_char() == '#'
        {
            tokens = rest;
        }
        match tokens {
            [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Bracket => {
                pending.push((list, group.stream()));
            }
            [TokenTree::Literal(text)] if list == CompletionSet::Origins => {
                self.origins.push(text.span());
            }
            [TokenTree::Ident(word), rest @ ..] => {
                self.add(list, word);
                if list == CompletionSet::Origins && (word == ANY || self.origins.is_empty()) {
                    self.origins.push(word.span());
                }
                if let [TokenTree::Group(group)] = rest
                    && word == Function::DangerouslyAllow.name()
                {
                    self.opt_out(group, pending);
                }
            }
            _ => {}
        }
    }

    /// Processes the arguments of `dangerously_allow`: a risk, and an entry.
    fn opt_out(&mut self, arguments: &Group, pending: &mut Pending) {
        let chunks = chunks(arguments.stream());
        if let Some((risk, entries)) = chunks.split_first() {
            self.value(CompletionSet::Risks, risk, pending);
            let mut tokens = TokenStream::new();
            for entry in entries {
                tokens.extend(stream(entry));
            }
            pending.push((CompletionSet::Origins, tokens));
        }
    }

    fn add(&mut self, list: CompletionSet, word: &Ident) {
        // A keyword would not be a valid path.
        if syn::parse2::<Ident>(word.to_token_stream()).is_ok() {
            self.words.push((list, word.clone()));
        }
    }

    /// Prints the hints. `plan` is given if the policy is valid.
    ///
    /// They are the first statement of an expansion. rust-analyzer finds the word to complete by
    /// its distance from the start, and everything else changes while somebody types.
    ///
    /// ```text
    /// ::cors_runtime::__private::ide!(keys::allow_origins, durations::hours, __SUMMARY);
    /// /// pages of https://example.com
    /// /// ..
    /// const __SUMMARY: () = ();
    /// ```
    pub(crate) fn emit(&self, plan: Option<&Plan>, runtime: &TokenStream) -> TokenStream {
        let mut hints = Vec::new();
        for (list, word) in &self.words {
            let list = Ident::new(list.name(), Span::mixed_site());
            hints.push(quote!(#list::#word));
        }
        let mut documentation = TokenStream::new();
        if let Some(plan) = plan {
            for origin in &self.origins {
                hints.push(Ident::new("__SUMMARY", *origin).into_token_stream());
            }
            for line in format!("```text\n{}```", summary(plan)).lines() {
                let line = format!(" {line}");
                quote!(#[doc = #line]).to_tokens(&mut documentation);
            }
            let name = Ident::new("__SUMMARY", Span::mixed_site());
            quote!(const #name: () = ();).to_tokens(&mut documentation);
        }
        quote! {
            #runtime::__private::ide!(#(#hints),*);
            #documentation
        }
    }
}

/// Returns the output of the policy's `Display`, with conditions, which the program does not know.
fn summary(plan: &Plan) -> String {
    let mut rules = Vec::new();
    for rule in &plan.rules {
        rules.push((rule, entries(rule)));
    }
    let mut text = String::new();
    let summaries = rules
        .iter()
        .map(|(rule, entries)| rule_summary(rule, entries.as_deref()));
    let hosts = plan.hosts.as_ref().map(|hosts| texts(&hosts.entries));
    let refusals = RefusalSummary {
        refuses_writes: plan.on_denied != OnDenied::Continue,
        refuses_reads: plan.on_denied == OnDenied::Refuse,
        hosts: hosts.as_deref().map(<[String]>::iter),
    };
    write_policy_summary(summaries, &refusals, &mut text)
        .expect("writing to a string does not fail");
    text
}

fn rule_summary<'r>(
    rule: &'r Rule,
    origins: Option<&'r [String]>,
) -> RuleSummary<'r, slice::Iter<'r, String>> {
    RuleSummary {
        origins: origins.map(<[String]>::iter),
        values: HeaderValues::from_fn(|header| rule.values[header].as_str()),
        exposes_timing: rule.expose_timing,
        mirrors_method: rule.mirror_method,
        mirrors_headers: rule.mirror_headers,
    }
}

/// Returns the entries, unless all origins are allowed.
fn entries(rule: &Rule) -> Option<Vec<String>> {
    (!rule.is_for_any_origin()).then(|| texts(&rule.entries))
}

/// Entries, with their conditions.
fn texts(entries: &[Entry]) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in entries {
        let text = match &entry.kind {
            EntryKind::Configured => "the configured origins",
            _ => &entry.text,
        };
        texts.push(match &entry.condition {
            None => text.to_owned(),
            Some(_) => format!("{text} if its #[cfg] holds"),
        });
    }
    texts
}
