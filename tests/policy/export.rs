//! Policies as configuration of gateways: what they contain, and the files in a repository. Tests
//! of the compiler prove what the expressions accept, and `.ci/gateways` runs real gateways.

use std::fs;
use std::panic;
use std::path::PathBuf;
use std::process::Command;

use cors_runtime::export::{self, Export, Level, Options, Target};
use cors_runtime::{
    LivePolicy, Origin, Origins, Policy, PolicyConfig, PolicyTemplate, cors_policy,
};

static API: Policy = cors_policy!(
    rule(
        allow_origins = [
            "https://example.com",
            "https://*.example.com",
            r"https://unused.example.org",
            regex(r"https://(shop|blog)\.example\.net"),
            dangerously_allow(null_origin, "null"),
        ],
        allow_methods = [GET, "PURGE"],
        allow_headers = ["authorization"],
        expose_headers = ["etag"],
        allow_credentials = true,
        max_age = 60,
    ),
    rule(allow_origins = Any, allow_methods = [GET]),
    preflight_status = 200,
);

static PREDICATE: Policy =
    cors_policy!(allow_origins = ["https://example.com", predicate(is_known)]);

fn is_known(_: &Origin<'_>) -> bool {
    false
}

fn text(export: &Export) -> &str {
    export.files()[0].text()
}

#[test]
fn every_part_of_a_policy_gets_there() {
    let export = export::haproxy(&API, "api").unwrap();
    for expected in [
        "-m str 'https://example.com'",
        r"'\A(?:https://[a-z0-9_-]+[.]example[.]com)\z'",
        "# regex(r\"https://(shop|blog)\\.example\\.net\")",
        r"'\A(?:https://(shop|blog)[.]example[.]net)\z'",
        "-m str 'null'",
        "# Any, part 1 of 9",
        "Access-Control-Allow-Origin %[var(txn.cors_api_origin)] if { var(txn.cors_api_rule) -m int 1 }",
        "Access-Control-Allow-Credentials 'true'",
        "Access-Control-Allow-Methods 'GET, PURGE'",
        "Access-Control-Allow-Headers 'authorization'",
        "Access-Control-Expose-Headers 'etag'",
        "Access-Control-Max-Age '60'",
        "Access-Control-Allow-Origin * if { var(txn.cors_api_rule) -m int 2 }",
        "return status 200",
    ] {
        assert!(
            text(&export).contains(expected),
            "{expected}\n{}",
            text(&export)
        );
    }
}

#[test]
fn each_gateway_has_a_function() {
    let policy = &cors_policy!(allow_origins = ["https://example.com"]);
    let browser = Options::new("api").level(Level::Browser);
    for (target, export) in [
        (Target::HaProxy, export::haproxy(policy, "api")),
        (Target::Nginx, export::nginx(policy, "api")),
        (Target::Caddy, export::caddy(policy, "api")),
        (Target::Envoy, export::envoy(policy, "api")),
        (Target::Apache, export::apache(policy, "api")),
        (
            Target::GatewayApi,
            export::gateway_api(policy, browser.clone()),
        ),
    ] {
        assert_eq!(
            export,
            export::export(
                target,
                policy,
                browser.clone().level(match target {
                    Target::GatewayApi => Level::Browser,
                    _ => Level::Wire,
                })
            )
        );
        assert!(text(&export.unwrap()).contains(target.name()), "{target:?}");
    }
}

#[test]
fn a_predicate_is_named() {
    let error = export::caddy(&PREDICATE, "api").unwrap_err();
    assert_eq!(error.entry(), Some("predicate(is_known)"));
    assert_eq!(error.target(), Target::Caddy);
    assert_eq!(
        error.to_string(),
        "predicate(is_known) cannot be exported to Caddy: a gateway cannot call Rust functions"
    );
}

/// A folder of its own, which is not there yet.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("export")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn complaint(export: &Export, folder: &PathBuf) -> String {
    let checked = panic::catch_unwind(|| export.check(folder));
    *checked.unwrap_err().downcast::<String>().unwrap()
}

#[test]
fn files_are_compared() {
    let folder = folder("compared");
    let export = export::nginx(&API, "api").unwrap();
    let missing = complaint(&export, &folder);
    for file in [
        "cors-api.map.conf",
        "cors-api.server.conf",
        "CORS_EXPORT=overwrite",
    ] {
        assert!(missing.contains(file), "{missing}");
    }
    export.write(&folder).unwrap();
    export.check(&folder);
    let path = folder.join("cors-api.server.conf");
    let written = fs::read_to_string(&path).unwrap();
    fs::write(&path, written.replace("return 403", "return 404")).unwrap();
    let edited = complaint(&export, &folder);
    assert!(
        edited.contains("- if ($cors_api_answer = 403) { return 404 \"\"; }\n+ if"),
        "{edited}"
    );
    assert!(!edited.contains("map.conf"), "{edited}");
}

/// The variable is that of a whole process, so it is given to another one: this test, again.
#[test]
fn files_are_written_on_request() {
    if let Some(folder) = std::env::var_os("WRITTEN_TO") {
        export::haproxy(&API, "api").unwrap().check(folder);
        return;
    }
    let folder = folder("written");
    let run = |value: &str| {
        let output = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "export::files_are_written_on_request",
                "--nocapture",
            ])
            .env("WRITTEN_TO", &folder)
            .env("CORS_EXPORT", value)
            .output();
        output.unwrap().status.success()
    };
    assert!(!run("check"));
    assert!(run("overwrite"));
    assert!(run("check"));
}

#[test]
fn refusals_get_there() {
    let policy = cors_policy!(
        allow_origins = ["https://example.com"],
        allow_methods = [PUT],
        allow_hosts = ["localhost:*", "api.example.com"],
        on_denied = Refuse,
        expose_timing = true,
    );
    let export = export::haproxy(&policy, "api").unwrap();
    for expected in [
        "# localhost:*",
        "# api.example.com",
        "return status 421",
        "{ method -m str 'PUT' 'GET' 'HEAD' 'POST' }",
        "add-header Vary Sec-Fetch-Mode",
        "set-header Timing-Allow-Origin %[var(txn.cors_api_origin)]",
        "del-header Timing-Allow-Origin",
    ] {
        assert!(
            text(&export).contains(expected),
            "{expected}\n{}",
            text(&export)
        );
    }
}

/// The list is that of the time of the export.
#[test]
fn a_template_is_exported_with_its_list() {
    static TEMPLATE: PolicyTemplate = cors_policy!(
        allow_origins = ["https://app.example.com", Configured],
        allow_methods = [PUT],
    );
    static WRITTEN: Policy = cors_policy!(
        allow_origins = [
            "https://app.example.com",
            "https://a.example",
            "https://*.b.example"
        ],
        allow_methods = [PUT],
    );
    let partners: Origins = "https://a.example, https://*.b.example".parse().unwrap();
    let policy = TEMPLATE.with_origins(&partners).unwrap();
    for target in Target::ALL {
        let exported = |policy: &Policy| {
            let options = Options::new("api").level(Level::Browser);
            let export = export::export(target, policy, options).ok()?;
            let files = export.files().iter().map(|file| file.text().to_owned());
            Some(files.collect::<String>())
        };
        // Apart from comments.
        let with_list = exported(&policy).map(|text| text.replace(", configured", ""));
        assert_eq!(with_list, exported(&WRITTEN), "{target:?}");
    }
    let haproxy = |policy: &Policy| text(&export::haproxy(policy, "api").unwrap()).to_owned();
    assert!(haproxy(&policy).contains("# https://a.example, configured"));
    partners.replace(["https://c.example"]).unwrap();
    assert!(haproxy(&policy).contains("'https://c.example'"));
    assert!(!haproxy(&policy).contains("'https://a.example'"));
}

/// A list of any origin: responses contain the origin itself, unlike those of `Any`.
#[test]
fn a_list_of_any_origin_is_exported() {
    static TEMPLATE: PolicyTemplate =
        cors_policy!(allow_origins = ["https://app.example.com", Configured]);
    static ALONE: PolicyTemplate = cors_policy!(allow_origins = [Configured]);
    for template in [&TEMPLATE, &ALONE] {
        let policy = template.with_origins(&Origins::any()).unwrap();
        let export = export::haproxy(&policy, "api").unwrap();
        let echoes = "Access-Control-Allow-Origin %[var(txn.cors_api_origin)]";
        assert!(text(&export).contains(echoes));
        assert!(!text(&export).contains("Access-Control-Allow-Origin *"));
        assert!(text(&export).contains("# Any, configured, part 1 of"));
    }
}

/// Then nothing is allowed.
#[test]
fn an_empty_list_is_exported() {
    static TEMPLATE: PolicyTemplate = cors_policy!(allow_origins = [Configured]);
    let policy = TEMPLATE.with_origins(&Origins::none()).unwrap();
    for target in Target::ALL {
        let options = Options::new("api").level(Level::Browser);
        let export = export::export(target, &policy, options);
        if target == Target::GatewayApi {
            assert!(export.is_err());
            continue;
        }
        let text = text(&export.unwrap()).to_owned();
        assert!(
            !text.contains("Allow-Origin *") && !text.contains("[Origin"),
            "{text}"
        );
    }
}

/// Both have the same plan.
#[test]
fn a_policy_from_configuration_is_exported_like_a_compiled_one() {
    static COMPILED: Policy = cors_policy!(
        allow_origins = [
            "https://app.example.com",
            "https://*.example.org:*",
            regex(r"https://(shop|blog)[.]example[.]net"),
        ],
        allow_methods = [GET, PUT],
        allow_headers = ["authorization"],
        allow_credentials = true,
        expose_timing = true,
        max_age = 60,
        on_denied = RefuseWrites,
        allow_hosts = ["api.example.com"],
        preflight_status = 204,
    );
    let config: PolicyConfig = toml::from_str(
        r#"
        allow_origins = [
            "https://app.example.com",
            "https://*.example.org:*",
            { regex = 'https://(shop|blog)[.]example[.]net' },
        ]
        allow_methods = ["GET", "PUT"]
        allow_headers = ["authorization"]
        allow_credentials = true
        expose_timing = true
        max_age = 60
        on_denied = "refuse-writes"
        allow_hosts = ["api.example.com"]
        "#,
    )
    .unwrap();
    let loaded = Policy::from_config(&config).unwrap();
    let live = LivePolicy::new(&COMPILED);
    let without_comments = |policy: &Policy, target| {
        let export = export::export(target, policy, "api").unwrap();
        let lines = export.files().iter().flat_map(|file| file.text().lines());
        let is_comment = |line: &&str| ["#", "--"].iter().any(|it| line.trim().starts_with(it));
        let lines = lines.filter(|line| !is_comment(line));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    for target in Target::ALL {
        if matches!(target, Target::GatewayApi) {
            continue;
        }
        let compiled = without_comments(&COMPILED, target);
        assert_eq!(without_comments(&loaded, target), compiled, "{target:?}");
        assert_eq!(without_comments(&live.load(), target), compiled);
        live.replace(&loaded);
        assert_eq!(without_comments(&live.load(), target), compiled);
    }
}
