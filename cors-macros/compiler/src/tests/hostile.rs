//! Policies that are large, deep or deceitful: each is answered in time, with messages that can be
//! read.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use proc_macro2::Literal;

use super::{messages, processor_time};

/// Maximum processor time for one policy, unoptimised. Each takes a second or a few; quadratic
/// growth would take minutes.
const MAX_TIME: Duration = Duration::from_secs(60);

/// How long is waited for it, by the clock: other programs may have the processor meanwhile.
const TIMEOUT: Duration = Duration::from_secs(1200);

/// <https://www.unicode.org/reports/tr9/#Bidi_Character_Types>, the property `Bidi_Control`.
const BIDI_CONTROL: [char; 12] = [
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// No message is longer: a regex of the longest kind, written out once with every byte escaped.
const MAX_MESSAGE_LEN: usize = 16 << 10;

/// The messages of a policy, if there are any within the time.
fn in_time(policy: String) -> Vec<String> {
    let start: String = policy.chars().take(100).collect();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let begun = Instant::now();
        let messages = messages(&policy);
        sender.send((messages, processor_time().unwrap_or(begun.elapsed())))
    });
    let answer = receiver.recv_timeout(TIMEOUT);
    let (messages, taken) = answer.unwrap_or_else(|_| panic!("it hangs or panics: {start}"));
    assert!(taken < MAX_TIME, "{taken:?}: {start}");
    for message in &messages {
        assert!(message.len() < MAX_MESSAGE_LEN, "{start}: {message}");
        let deceives = |c: char| c.is_control() || BIDI_CONTROL.contains(&c);
        assert!(!message.replace('\n', "").contains(deceives), "{message:?}");
    }
    messages
}

/// `count` entries with commas between them.
fn entries(count: usize, entry: impl Fn(usize) -> String) -> String {
    let entries: Vec<String> = (0..count).map(entry).collect();
    entries.join(", ")
}

#[test]
fn ten_thousand_entries_are_compiled_in_time() {
    let origins = |count, entry: &dyn Fn(usize) -> String| {
        format!("allow_origins = [{}]", entries(count, entry))
    };
    let public = |key: &str, entry: &dyn Fn(usize) -> String| {
        format!("allow_origins = Any, {key} = [{}]", entries(10_000, entry))
    };
    for policy in [
        origins(10_000, &|n| format!(r#""https://a{n}.example.com""#)),
        origins(10_000, &|n| {
            format!(r#"#[cfg(f{n})] "https://a{n}.example""#)
        }),
        origins(10_000, &|n| format!(r#""https://*.a{n}.example""#)),
        origins(100, &|n| {
            format!(r#"regex("https://[a-z]{{1,9}}\\.a{n}\\.example")"#)
        }),
        origins(10_000, &|n| {
            format!(r#"dangerously_allow(insecure_origin, "http://a{n}.example")"#)
        }) + ", allow_credentials = true",
        {
            let list = entries(10_000, |n| format!("https://a{n}.example"));
            format!(r#"allow_origins = [env("CORS_TEST_UNSET", default = "{list}")]"#)
        },
        public("allow_methods", &|n| format!(r#""M{n}""#)),
        public("allow_headers", &|n| format!(r#""x-{n}""#)),
        public("assert_allowed", &|n| format!(r#""https://a{n}.example""#)),
        entries(300, |n| {
            format!(r#"rule(allow_origins = ["https://*.a{n}.example"])"#)
        }),
    ] {
        assert_eq!(in_time(policy), [""; 0]);
    }
}

#[test]
fn thousands_of_mistakes_are_reported_in_time() {
    let same = |count, entry: &str| entries(count, |_| entry.to_owned());
    for (policy, count) in [
        // Compared each with each, these would be a hundred million.
        (
            format!(
                "allow_origins = [{}]",
                same(10_000, r#""https://a.example""#)
            ),
            9_999,
        ),
        (
            format!(
                "allow_origins = [{}]",
                same(10_000, r#""https://*.a.example""#)
            ),
            9_999,
        ),
        (
            format!("allow_origins = [{}]", same(10_000, r#""https://*.com""#)),
            10_000,
        ),
        (
            format!(
                "allow_origins = [{}]",
                same(1_000, r#"regex("https://[a-z]{1,60}\\.a\\.example")"#)
            ),
            999,
        ),
        (
            format!(
                "allow_origins = [{}]",
                same(10_000, r#""https://A.example""#)
            ),
            10_000,
        ),
        (format!("allow_origins = [{}]", same(10_000, "x")), 10_000),
        (same(100, r#"rule(allow_origins = ["https://*.com"])"#), 199),
        (
            format!(
                "allow_origins = Any, {}",
                entries(10_000, |n| format!("key_{n} = 1"))
            ),
            10_000,
        ),
        (same(10_000, "allow_origins = Any"), 9_999),
        (
            format!(
                r#"allow_origins = ["https://*.a.example"], assert_denied = [{}]"#,
                entries(10_000, |n| format!(r#""https://a{n}.a.example""#))
            ),
            10_000,
        ),
    ] {
        let messages = in_time(policy);
        assert_eq!(messages.len(), count, "{:?}", messages.first());
    }
}

/// The text of a million bytes in each place where a policy has text.
#[test]
fn a_literal_of_a_megabyte_is_refused_in_a_few_words() {
    let text = |text: &str| Literal::string(&text.repeat((1 << 20) / text.len())).to_string();
    for long in [
        text("a"),
        text("https://A.example,"),
        text(&(String::from_iter(BIDI_CONTROL) + "\n")),
        text("(a|"),
        text("*."),
    ] {
        for policy in [
            format!("allow_origins = [{long}]"),
            format!("allow_origins = {long}"),
            format!("allow_origins = [regex({long})]"),
            format!("allow_origins = [env({long})]"),
            format!("allow_origins = [env(\"CORS_TEST_UNSET\", default = {long})]"),
            format!("allow_origins = [dangerously_allow({long}, {long})]"),
            format!("allow_origins = [predicate({long})]"),
            format!("allow_origins = Any, max_age = {long}"),
            format!("allow_origins = Any, preflight_status = {long}"),
            format!("allow_origins = Any, assert_denied = [{long}]"),
        ] {
            assert!(!in_time(policy).is_empty());
        }
    }
    for long in ["9", "1_", "0x9", "0.1", "1e1"] {
        let number = long.to_owned() + &"0".repeat(1 << 20);
        assert_eq!(
            in_time(format!("allow_origins = Any, max_age = {number}")).len(),
            1
        );
    }
    let word = "a".repeat(1 << 20);
    for policy in [
        format!("{word} = 1, allow_origins = Any"),
        format!("allow_origins = [{word}]"),
        format!("allow_origins = [{word}()]"),
        format!("allow_origins = [dangerously_allow({word}, \"null\")]"),
        format!("allow_origins = [#[{word}] \"https://a.example\"]"),
        format!("allow_origins = [#[cfg = {word}] \"https://a.example\"]"),
        format!("allow_origins = Any, max_age = {word}(1)"),
    ] {
        assert_eq!(in_time(policy).len(), 1);
    }
}

/// In one automaton they would multiply.
#[test]
fn patterns_that_share_a_domain_are_compiled_in_time() {
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    let hosts: [Vec<String>; 5] = [
        (0..30).map(|n| format!("*-api{n}-*")).collect(),
        (0..20).map(|n| format!("*-api{n}-*.*.*")).collect(),
        (0..12)
            .map(|n| {
                [0, 1, 2]
                    .map(|more| format!("*{}", letter(n + more)))
                    .concat()
                    + "*"
            })
            .collect(),
        // Under domains that differ as texts.
        (0..20)
            .map(|n| format!("*-{n}-*.{}{}", "*.".repeat(20 - n), "x.".repeat(n) + "y"))
            .collect(),
        // With one wildcard in each label, and any of four endings of labels that distinguish them.
        (0..256)
            .map(|n| [n & 3, n >> 2 & 3, n >> 4 & 3, n >> 6])
            .filter(|counts| counts.iter().sum::<usize>() == 6)
            .map(|counts| {
                let [a, b, c, d] = counts.map(|count| "a".repeat(count));
                format!("{a}*{b}.{c}*{d}")
            })
            .collect(),
    ];
    for hosts in hosts {
        let entry = |n: usize| format!(r#""https://{}.example.com""#, hosts[n]);
        let entries = entries(hosts.len(), entry);
        assert_eq!(in_time(format!("allow_origins = [{entries}]")), [""; 0]);
    }
    let rules = entries(10, |rule| {
        let entry = |n| format!(r#""https://*-{rule}-{n}-*.example.com""#);
        format!("rule(allow_origins = [{}])", entries(3, entry))
    });
    assert_eq!(in_time(rules), [""; 0]);
}

/// It is expensive to compute what the earlier rules accept together, because that depends on which
/// letters occurred before.
#[test]
fn whether_a_rule_can_be_reached_is_decided_in_time() {
    let rules = entries(20, |n| {
        let letter = char::from(b'a' + n as u8);
        format!(r#"rule(allow_origins = ["https://*{letter}*.example.com"])"#)
    });
    let last = r#"rule(allow_origins = [regex("https://[a-z]{3,30}\\.example\\.com")])"#;
    assert_eq!(in_time(format!("{rules}, {last}")), [""; 0]);
    // One by one, out of the automaton that they share.
    let all = entries(1_000, |n| format!(r#""https://*.a{n}.example""#));
    let rules =
        format!(r#"rule(allow_origins = ["https://**.example"]), rule(allow_origins = [{all}])"#);
    assert_eq!(in_time(rules).len(), 1);
}

#[test]
fn no_regex_takes_long() {
    let nested = |open: &str, close: &str| open.repeat(500) + "a" + &close.repeat(500);
    for regex in [
        nested("(", ")"),
        nested("(?:", ")*"),
        nested("(?:", ")?"),
        nested("(?:a|", ")"),
        nested("[a&&[", "]]"),
        "a{4294967295}".into(),
        "(?:){4294967295}".into(),
        "(?:a?){1000}{1000}{1000}".into(),
        "(?:(?:(?:(?:a{99}){99}){99}){99}){99}".into(),
        format!("https://(?:{})", "(?:a|b)*a".repeat(300)),
        format!("https://(?:.*a.{{30}}){{1,20}}{}", r"\.com"),
        format!("https://{}", "[a-z0-9.-]*".repeat(300)),
        format!("https://{}a", "a?".repeat(2_000)),
        format!(
            "https://({})",
            (0..1_000)
                .map(|n| n.to_string())
                .collect::<Vec<_>>()
                .join("|")
        ),
        r"https://[a-z]{1,63}\.[a-z]{1,63}\.[a-z]{1,63}\.example\.com".into(),
        r"https://(?:[a-z]+\.)+(?:amazonaws\.com|co\.uk|com\.br)".into(),
        "https://[^x]*".into(),
    ] {
        let regex = Literal::string(&regex);
        in_time(format!("allow_origins = [regex({regex})]"));
    }
}
