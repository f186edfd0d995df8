//! Compares the proof that a regex is confined with origins that match according to another engine.

use std::collections::HashSet;

use cors_compiler::analysis::Analysis;
use cors_compiler::tokens::Source;
use quote::quote;
use url::Url;

use crate::compiler;
use crate::sample::Language;
use cors_origin::confinement::MAX_DOMAINS;

const SAMPLES: u64 = 128;

pub fn check(data: &[u8]) {
    let Ok(expression) = std::str::from_utf8(data) else {
        return;
    };
    let tokens = quote!(allow_origins = [regex(#expression)]);
    let (_, policy) = compiler::read(tokens.clone(), &mut Source::default());
    let analysis = Analysis::new(&policy);
    let Some(dfa) = analysis.regex(0) else {
        compiler::assert_printable(&compiler::compile(tokens).expect_err("it has no automaton"));
        return;
    };
    let Some(language) = Language::of(expression) else {
        return;
    };
    let origins = (0..SAMPLES).map(|seed| language.sample(seed));
    let origins: HashSet<Vec<u8>> = origins.filter(|origin| language.matches(origin)).collect();
    let mut domains = HashSet::new();
    for origin in &origins {
        if is_serialized(origin) {
            assert!(
                !dfa.accepting(origin).is_empty(),
                "{}",
                origin.escape_ascii()
            );
            domains.insert(domain(origin));
        }
    }
    let shortest = dfa
        .shortest()
        .expect("one that accepts nothing is an error");
    assert!(language.matches(shortest.as_bytes()), "{shortest}");
    match analysis.confinement(0) {
        Ok(()) => assert!(domains.len() <= MAX_DOMAINS, "{domains:?}"),
        Err(unconfined) => {
            let witness = analysis.counterexample(0, &unconfined, HashSet::new());
            assert!(language.matches(witness.as_bytes()), "{witness}");
            assert!(!dfa.accepting(witness.as_bytes()).is_empty(), "{witness}");
        }
    }
}

/// Whether browsers send it; of other schemes the `url` crate does not know.
fn is_serialized(origin: &[u8]) -> bool {
    std::str::from_utf8(origin).is_ok_and(|text| {
        let is_of_the_web = ["http://", "https://"]
            .iter()
            .any(|start| text.starts_with(start));
        let url = Url::parse(text).ok().filter(|_| is_of_the_web);
        let host = url.as_ref().and_then(Url::domain).unwrap_or("a");
        // The `url` crate accepts hosts that no server has: with bytes that names do not contain,
        // and the port 0.
        let is_name = host
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'));
        let is_filled = host
            .strip_suffix('.')
            .unwrap_or(host)
            .split('.')
            .all(|label| !label.is_empty());
        let has_port = !text.ends_with(":0");
        is_name
            && is_filled
            && has_port
            && url.is_some_and(|url| url.origin().ascii_serialization() == text)
    })
}

/// Returns the owner of an origin, according to the `psl` crate: a registrable domain, or a private
/// top-level name.
fn domain(origin: &[u8]) -> String {
    let url = Url::parse(std::str::from_utf8(origin).expect("it is serialized"));
    let url = url.expect("it is serialized");
    let host = url.host_str().expect("it has a host");
    let Some(domain) = url.domain() else {
        return host.to_owned();
    };
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let is_known = psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.is_known());
    match (is_known, psl::domain_str(domain)) {
        (true, Some(registrable)) => registrable.to_owned(),
        (true, None) => domain.to_owned(),
        (false, _) => domain.rsplit('.').next().unwrap_or(domain).to_owned(),
    }
}
