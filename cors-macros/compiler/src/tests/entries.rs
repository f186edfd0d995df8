//! Entries that add nothing or mean nothing, rules that are never reached, and what is offered instead.

use super::messages;

#[test]
fn meaningless_entries_are_rejected() {
    for (policy, check) in [
        // The first rule calls the same function.
        (
            "rule(allow_origins = [predicate(f)]), rule(allow_origins = [predicate(f)])",
            "unreachable-rule",
        ),
        (
            r#"rule(allow_origins = [predicate(f)]), rule(allow_origins = [predicate(f), "https://a.example"])"#,
            "duplicate-entry",
        ),
        (
            r#"allow_origins = [env("CORS_TEST_UNSET", default = "")]"#,
            "empty-list",
        ),
        // Set, as is every variable of cargo, but still of no use.
        (
            r#"allow_origins = [env("CARGO_MANIFEST_DIR", default = " , ")]"#,
            "empty-list",
        ),
        (
            "allow_origins = Any, allow_methods = [GET, r#GET]",
            "duplicate-entry",
        ),
        (
            r#"allow_origins = Any, allow_headers = ["set-cookie2"]"#,
            "request-header-response-only",
        ),
    ] {
        let messages = messages(policy);
        assert_eq!(messages.len(), 1, "{policy} {messages:?}");
        assert!(messages[0].ends_with(&format!("#{check}")), "{messages:?}");
    }
    // Under another condition, or another function, is another matter.
    for policy in [
        "rule(allow_origins = [#[cfg(unix)] predicate(f)]), rule(allow_origins = [predicate(f)])",
        "rule(allow_origins = [predicate(f)]), rule(allow_origins = [predicate(g)])",
    ] {
        assert_eq!(messages(policy), [""; 0], "{policy}");
    }
    let repeated = "dangerously_allow(null_origin, ".repeat(2) + "\"null\"))";
    assert_eq!(
        messages(&format!("allow_origins = [{repeated}]")),
        ["risk `null_origin` is accepted twice\n\
          note: an opt-out around this one accepts it already\n\
          help: write `\"null\"`\n\
          see: cors_runtime::diagnostics#opt-out-unneeded"]
    );
    let regex = r#"allow_origins = [regex("https://a!b[0-9]\\.example")]"#;
    assert!(messages(regex)[0].contains("write other hosts as exact entries"));
}

/// Of two that accept the same it is the later, or the one with a condition.
#[test]
fn the_entry_that_adds_nothing_is_reported() {
    let pattern = r#""https://*.example.com""#;
    let regex = r#"regex("https://[a-z0-9_-]+\\.example\\.com")"#;
    for (entries, covered) in [
        (format!("{pattern}, {regex}"), "regex"),
        (format!("{regex}, {pattern}"), "https"),
        (format!("#[cfg(unix)] {pattern}, {regex}"), "https"),
        (format!("{pattern}, #[cfg(unix)] {regex}"), "regex"),
        // Other entries do not hide it.
        (
            format!(r#""https://x.example", {pattern}, {regex}"#),
            "regex",
        ),
        (format!(r#"{regex}, "https://*.a.com", {pattern}"#), "https"),
        // A regex for one origin.
        (r#""https://a.b", regex("https://a[.]b")"#.into(), "regex"),
    ] {
        let messages = messages(&format!("allow_origins = [{entries}]"));
        assert_eq!(messages.len(), 1, "{entries} {messages:#?}");
        let expected = format!("origin `{covered}");
        assert!(messages[0].starts_with(&expected), "{messages:#?}");
        assert!(
            messages[0].contains("is already covered by"),
            "{messages:#?}"
        );
    }
}

#[test]
fn a_rule_is_reached_unless_rules_before_it_allow_all_of_it_together() {
    let two = r#""https://a.b", "https://b.b""#;
    for (first, second, is_reached) in [
        (two, r#"regex("https://[ab][.]b")"#, false),
        (two, r#"regex("https://[abc][.]b")"#, true),
        (r#""https://a.a.b""#, r#""https://*.a.b""#, true),
        (
            r#""https://**.c.b""#,
            r#""https://*.a.c.b", "https://a-*.c.b""#,
            false,
        ),
        (r#""https://*.a.b""#, r#""https://*.a.b:*""#, true),
        (
            r#"regex("https://[a-z0-9_-]+[.]a[.]b")"#,
            r#""https://*.a.b""#,
            false,
        ),
        (
            r#""https://*.a.b", "https://*.a.b:81""#,
            r#"regex("https://[ab][.]a[.]b(:81)?")"#,
            false,
        ),
    ] {
        let rules = format!("rule(allow_origins = [{first}]), rule(allow_origins = [{second}])");
        let messages = messages(&rules);
        assert_eq!(messages.is_empty(), is_reached, "{rules} {messages:#?}");
        let is_about_the_rule =
            |message: &String| message.starts_with("this rule can never be reached");
        assert!(messages.iter().all(is_about_the_rule), "{messages:#?}");
    }
}

/// One mistake, however many rules are below the one for any origin.
#[test]
fn a_rule_for_any_origin_that_comes_too_early_is_one_mistake() {
    let listed = |host: &str| format!("rule(allow_origins = [\"https://{host}.example\"]),\n");
    let any = "rule(allow_origins = Any),\n";
    let policy = format!("{}{any}{}{}", listed("a"), listed("b"), listed("c"));
    assert_eq!(
        messages(&policy),
        [
            "this rule allows any origin, so later rules can never be reached\n\
             note: the first rule that allows an origin applies\n\
             help: move this rule below the one on line 4\n\
             see: cors_runtime::diagnostics#unreachable-rule"
        ]
    );
    let moved = format!("{}{}{}{any}", listed("a"), listed("b"), listed("c"));
    assert_eq!(messages(&moved), [""; 0]);
    // To move one of two would not do.
    let messages = messages(&format!("{any}{}{any}", listed("a")));
    assert_eq!(messages.len(), 2, "{messages:#?}");
    assert!(messages[1].contains("the rule for any origin on line 1 comes before it"));
}

/// The author does not control the value of a variable: it may repeat entries, be covered by others, and
/// not need an opt-out that another value needs.
#[test]
fn the_values_of_variables_may_add_nothing() {
    let env = |value: &str| format!("env(\"CORS_TEST_UNSET\", default = \"{value}\")");
    let allow = |risk: &str, entry: &str| format!("dangerously_allow({risk}, {entry})");
    let many: Vec<String> = (0..20)
        .map(|n| format!("https://a{n}.example.com"))
        .collect();
    for entries in [
        allow("insecure_origin", &env("https://a.example")),
        allow(
            "insecure_origin",
            &env("https://a.example,http://b.example"),
        ),
        allow("insecure_origin", &env("http://a.example,http://b.example")),
        allow("unconfined_origin", &env("https://a.example")),
        allow("null_origin", &env("null,https://a.example")),
        env("https://a.example,https://a.example"),
        format!("\"https://a.example\", {}", env("https://a.example")),
        format!("{}, \"https://a.example\"", env("https://a.example")),
        format!(
            "\"https://*.a.com\", {}",
            env("https://x.a.com,https://*.a.com")
        ),
        format!("{}, \"https://x.a.com\"", env("https://*.a.com")),
        format!(
            "\"https://*.a.com\", {}",
            allow("unconfined_origin", &env("https://*.a.com"))
        ),
        env(&format!("{0},{0}", many.join(","))),
        env(&format!("{0},{0}", many.join(",").replace("//", "//*."))),
    ] {
        let policy = format!("allow_origins = [{entries}], allow_credentials = true");
        assert_eq!(messages(&policy), [""; 0], "{policy}");
    }
    let rules = format!(
        "rule(allow_origins = [\"https://a.example\"]), rule(allow_origins = [{}])",
        env("https://a.example")
    );
    assert_eq!(messages(&rules), [""; 0]);
}

/// An opt-out around a variable accepts a risk of one value only.
#[test]
fn an_opt_out_around_a_variable_accepts_one_value_that_is_not_confined() {
    let env = r#"env("CORS_TEST_UNSET", default = "https://*-team.vercel.app,https://**.com")"#;
    let messages = messages(&format!(
        "allow_origins = [dangerously_allow(unconfined_origin, {env})]"
    ));
    assert_eq!(messages.len(), 1, "{messages:#?}");
    for part in [
        "`https://**.com` matches",
        "accepts one value of a variable",
        "`CORS_TEST_UNSET`",
        "help: give each of these values its own variable and opt-out",
    ] {
        assert!(messages[0].contains(part), "{messages:#?}");
    }
    // It is about one risk.
    let other = format!(
        "allow_origins = [dangerously_allow(unconfined_origin, {})], allow_credentials = true",
        r#"env("CORS_TEST_UNSET", default = "https://*-team.vercel.app,http://a.example")"#
    );
    let messages = super::messages(&other);
    assert_eq!(messages.len(), 1, "{messages:#?}");
    assert!(
        messages[0].starts_with("insecure origin `http://a.example`"),
        "{messages:#?}"
    );
}

/// `Loopback` covers other entries, wherever it is, and is never covered by them.
#[test]
fn entries_next_to_loopback_are_covered() {
    for (entries, message) in [
        (
            r#"Loopback, "http://localhost:3000""#,
            "origin `http://localhost:3000` is already covered by `Loopback`",
        ),
        (
            r#""https://a.localhost", Loopback"#,
            "origin `https://a.localhost` is already covered by `Loopback`",
        ),
        (
            r#""http://localhost:*", Loopback"#,
            "duplicate origin `http://localhost:*`",
        ),
        ("Loopback, Loopback", "duplicate origin `Loopback`"),
        (
            "dangerously_allow(insecure_origin, Loopback)",
            "`dangerously_allow(insecure_origin, ..)` is not needed",
        ),
    ] {
        let messages = messages(&format!(
            "allow_origins = [{entries}], allow_credentials = true"
        ));
        assert_eq!(messages.len(), 1, "{entries} {messages:#?}");
        assert!(messages[0].starts_with(message), "{messages:#?}");
    }
    let policy = r#"allow_origins = [#[cfg(debug_assertions)] Loopback, "https://a.example"]"#;
    assert_eq!(messages(policy), [""; 0]);
}

/// The word is the same for hosts, without a scheme.
#[test]
fn hosts_next_to_loopback_are_covered() {
    for (entries, message) in [
        (
            r#"Loopback, "localhost:3000""#,
            "host `localhost:3000` is already covered by `Loopback`",
        ),
        (
            r#""a.localhost", Loopback"#,
            "host `a.localhost` is already covered by `Loopback`",
        ),
        (r#""[::1]:*", Loopback"#, "duplicate host `[::1]:*`"),
        ("Loopback, Loopback", "duplicate host `Loopback`"),
        ("Configured", "unknown word `Configured` in `allow_hosts`"),
    ] {
        let messages = messages(&format!(
            r#"allow_origins = ["https://a.example"], allow_hosts = [{entries}]"#
        ));
        assert_eq!(messages.len(), 1, "{entries} {messages:#?}");
        assert!(messages[0].starts_with(message), "{messages:#?}");
    }
    let policy = r#"allow_origins = ["https://a.example"], allow_hosts = ["a.example", Loopback]"#;
    assert_eq!(messages(policy), [""; 0]);
    let word = messages(r#"allow_origins = ["https://a.example"], allow_hosts = Loopback"#);
    assert!(word[0].contains("[Loopback]"), "{word:#?}");
}

/// One of two entries under opposite conditions is there, whichever way the condition goes.
#[test]
fn entries_under_opposite_conditions_are_always_there() {
    let entry = |condition: &str| format!("#[cfg({condition})] \"https://a.com\"");
    for (a, b, holds) in [
        ("unix", "not(unix)", true),
        ("not(unix)", "unix", true),
        ("feature = \"x\"", "not(feature = \"x\")", true),
        ("all(unix, test)", "not(all(unix, test))", true),
        ("unix", "windows", false),
        ("unix", "not(windows)", false),
        ("not(unix)", "not(not(windows))", false),
        ("feature = \"x y\"", "not(feature = \"xy\")", false),
    ] {
        let entries = format!("{}, {}", entry(a), entry(b));
        let policy = format!("allow_origins = [{entries}], assert_allowed = [\"https://a.com\"]");
        let messages = messages(&policy);
        assert_eq!(messages.is_empty(), holds, "{policy} {messages:#?}");
    }
    // Another entry that accepts it will do, and a second attribute is another condition.
    let policy = |entries: &str| {
        format!("allow_origins = [{entries}], assert_allowed = [\"https://x.a.com\"]")
    };
    let twins = r#"#[cfg(unix)] "https://x.a.com", #[cfg(not(unix))] "https://*.a.com""#;
    assert_eq!(messages(&policy(twins)), [""; 0]);
    let others = twins.replace("#[cfg(unix)]", "#[cfg(unix)] #[cfg(test)]");
    assert_eq!(messages(&policy(&others)).len(), 1);
}

/// Suggestions keep the rest of an entry: variables, and necessary opt-outs.
#[test]
fn help_with_an_entry_knows_where_it_came_from() {
    let env = r#"env("CORS_TEST_UNSET", default = "https://a.example,https://b.example")"#;
    for (entry, credentials, present, absent) in [
        (
            "dangerously_allow(unconfined_origin, dangerously_allow(insecure_origin, \"http://a.example\"))".into(),
            true,
            vec![
                "(unconfined_origin, ..)",
                r#"help: write `dangerously_allow(insecure_origin, "http://a.example")`"#,
            ],
            vec![],
        ),
        (
            "dangerously_allow(unconfined_origin, regex(\"https://a[0-9]\\\\.example\"))".into(),
            false,
            vec!["help: write `regex(\"https://a[0-9]\\\\.example\")`\n"],
            vec![],
        ),
        (
            env.replace("s://b", "://b"),
            true,
            vec![
                "`http://b.example`",
                "note: it is in the default of the environment variable `CORS_TEST_UNSET`\n",
                "help: change the scheme to `https`\n",
                r#"`dangerously_allow(insecure_origin, env("CORS_TEST_UNSET", default = "https://a.example,http://b.example"))`"#,
            ],
            vec!["write `\""],
        ),
        (
            env.replace("//b", "//B"),
            false,
            vec!["note: it is in the default of the environment variable `CORS_TEST_UNSET`\n"],
            vec![],
        ),
        (
            "\"http://a.example)\"".into(),
            true,
            vec![r#"`dangerously_allow(insecure_origin, "http://a.example)")`"#],
            vec![],
        ),
    ] {
        let policy = format!("allow_origins = [{entry}], allow_credentials = {credentials}");
        let messages = messages(&policy);
        assert_eq!(messages.len(), 1, "{policy} {messages:?}");
        for part in present {
            assert!(messages[0].contains(part), "{part} {messages:?}");
        }
        for part in absent {
            assert!(!messages[0].contains(part), "{part} {messages:?}");
        }
    }
}
