//! Configurations whose origins come from the environment, a file or a database: lists that are checked when they
//! are loaded.

use cors_runtime::{Origins, PolicyTemplate, Risk, cors_policy};

use super::{LIST, Ported, SESSIONS, listed, open, ported};

const EVIL: &str = "https://evil.example";
const APP: &str = "https://app.example.com";
const SHOP: &str = "https://shop.example";

/// Both origins, as they are in a variable.
const BOTH: &str = "https://app.example.com, https://shop.example";

pub(super) fn all() -> Vec<Ported> {
    let mut all = lists();
    all.extend(lists_with_cookies());
    all.extend(with_own_rules());
    all
}

/// Lists of exact origins, in a variable or a file. Some opened the server to everybody if the list was empty or
/// wrong; here both are an error, and `*` is explicit.
fn lists() -> Vec<Ported> {
    vec![
        // `*` or a list.
        ported("l02", listed(&LIST, BOTH), &[APP, SHOP], &[EVIL]),
        open("l04", listed(&LIST, "*")),
        ported(
            "w04",
            listed(&LIST, "http://localhost:3000,https://app.example.com,"),
            &[APP],
            &[EVIL],
        ),
        ported("w08", listed(&LIST, SHOP), &[SHOP], &[APP, EVIL]),
        ported("g07", listed(&LIST, BOTH), &[APP], &[EVIL]),
        open("g15", listed(&LIST, "*")),
        ported("g17", listed(&LIST, APP), &[APP], &[SHOP, EVIL]),
        // A variable with a default: a page of one's own on a shared host.
        ported(
            "g19",
            listed(&LIST, "https://me.github.io"),
            &["https://me.github.io"],
            &["https://you.github.io"],
        ),
        ported("g21", listed(&LIST, APP), &[APP], &[EVIL]),
        // Debug builds allowed everybody.
        ported(
            "k11",
            listed(&LIST, APP),
            &[APP],
            &["http://localhost:3000", EVIL],
        ),
        // Patterns with one wildcard.
        ported(
            "t09",
            listed(&LIST, "https://*.tenants.example https://app.example.com"),
            &["https://a.tenants.example", APP],
            &["https://tenants.example", EVIL],
        ),
        // The addresses of a local tool, with the port of its configuration.
        ported(
            "l06",
            with_port(8384),
            &["http://127.0.0.1:8384", "http://[::1]:8384"],
            &["http://127.0.0.1:8385"],
        ),
    ]
}

/// Returns the policy of a local tool that listens on a port.
fn with_port(port: u16) -> cors_runtime::Policy {
    let hosts = ["127.0.0.1", "localhost", "[::1]"];
    let origins = Origins::new(hosts.map(|host| format!("http://{host}:{port}"))).unwrap();
    LIST.with_origins(&origins).unwrap()
}

/// Lists of exact origins, in a variable or a file, with cookies. Those that mirrored any origin in development have
/// the origins of development in the list.
fn lists_with_cookies() -> Vec<Ported> {
    let development = "http://localhost:5173, https://app.example.com";
    vec![
        ported("m06", listed(&SESSIONS, APP), &[APP], &[EVIL]),
        ported("r02", listed(&SESSIONS, BOTH), &[APP], &[EVIL]),
        ported("g03", listed(&SESSIONS, development), &[APP], &[EVIL]),
        ported(
            "g05",
            listed(&SESSIONS, development),
            &["http://localhost:5173"],
            &[EVIL],
        ),
        // Only the last of a list was allowed.
        ported("g29", listed(&SESSIONS, BOTH), &[APP, SHOP], &[EVIL]),
        // `*` without credentials, or a list.
        ported("e12", listed(&SESSIONS, BOTH), &[SHOP], &[EVIL]),
        ported(
            "e14",
            listed(&SESSIONS, "https://**.app.example.com https://shop.example"),
            &["https://a.b.app.example.com", SHOP],
            &[EVIL, "https://appXexample.com"],
        ),
        // A configuration that is read again: a list that is replaced.
        ported("t07", replaced(), &[SHOP], &[APP, EVIL]),
        ported("p03", replaced(), &[SHOP], &[APP, EVIL]),
    ]
}

fn replaced() -> cors_runtime::Policy {
    let origins: Origins = APP.parse().unwrap();
    let policy = SESSIONS.with_origins(&origins).unwrap();
    assert!(policy.allows_origin(APP));
    assert!(origins.replace(["https://shop.example/"]).is_err());
    origins.replace([SHOP]).unwrap();
    policy
}

/// Lists next to origins and rules that the program knows.
fn with_own_rules() -> Vec<Ported> {
    vec![
        // A trading client, a code runner, a newsletter, a game server, and a game: requests of other origins are
        // refused.
        ported("l08", listed(&REFUSING, BOTH), &[APP, SHOP], &[EVIL]),
        ported("k03", listed(&REFUSING, APP), &[APP], &[EVIL]),
        ported("k01", listed(&NEWSLETTER, BOTH), &[APP, SHOP], &[EVIL]),
        ported("k05", listed(&NEWSLETTER, APP), &[APP], &[EVIL]),
        ported("e02", listed(&NEWSLETTER, BOTH), &[SHOP], &[EVIL]),
        // A server of a desktop: its own pages are same-origin, which needs no CORS.
        ported(
            "g09",
            listed(&DESKTOP, BOTH),
            &[APP, "http://localhost:1420"],
            &[EVIL],
        ),
        // A gateway for language models: its app, one port of this machine, and configured origins.
        ported(
            "n09",
            listed(&MODELS, APP),
            &[APP, "tauri://localhost"],
            &["http://localhost:3000", EVIL],
        ),
        // A listener for sign-ins: credentials for the listed origins alone.
        ported(
            "c01",
            listed(&SIGN_IN, APP),
            &[APP, "http://localhost:9000"],
            &[EVIL],
        ),
        ported("z10", listed(&TOKENS, BOTH), &[APP, SHOP], &[EVIL]),
        // A time tracker: Firefox gives its extension another id in every installation.
        Ported {
            risk: Some("the id of a Firefox extension is random"),
            ..ported(
                "z02",
                TIME_TRACKER.with_origins(&extensions()).unwrap(),
                &[
                    "moz-extension://0b1cbd2c-4c1c-4b6f-9c6c-2a6a55d9a3ef",
                    "http://127.0.0.1:5600",
                    SHOP,
                ],
                &["http://127.0.0.1:5601", EVIL],
            )
        },
    ]
}

static REFUSING: PolicyTemplate = cors_policy!(
    allow_origins = [Configured],
    allow_methods = [POST],
    allow_headers = ["content-type"],
    on_denied = RefuseWrites,
);

static NEWSLETTER: PolicyTemplate = cors_policy!(
    allow_origins = [Configured],
    allow_methods = [GET, POST, PUT, DELETE],
    expose_headers = ["authorization", "expires"],
    allow_credentials = true,
    on_denied = Refuse,
    allow_hosts = ["api.example.com"],
);

static DESKTOP: PolicyTemplate = cors_policy!(
    allow_origins = ["http://localhost:1420", Configured],
    expose_headers = ["content-disposition"],
    allow_credentials = true,
    on_denied = RefuseWrites,
);

static MODELS: PolicyTemplate = cors_policy!(
    allow_origins = [
        "tauri://localhost",
        "http://localhost:1420",
        "http://127.0.0.1:1420",
        Configured
    ],
    allow_methods = [GET, POST],
    allow_headers = MirrorRequest,
);

static SIGN_IN: PolicyTemplate = cors_policy!(
    allow_methods = MirrorRequest,
    allow_headers = MirrorRequest,
    rule(allow_origins = [Configured], allow_credentials = true),
    rule(allow_origins = [Loopback]),
);

static TOKENS: PolicyTemplate = cors_policy!(
    allow_origins = [Configured],
    expose_headers = ["authorization"],
    allow_credentials = true,
);

static TIME_TRACKER: PolicyTemplate = cors_policy!(
    allow_origins = [
        "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb",
        Configured
    ],
);

fn extensions() -> Origins {
    let builder = Origins::builder().dangerously_allow(Risk::UnconfinedOrigin);
    let entries = [
        "moz-extension://*",
        "http://127.0.0.1:5600",
        "http://localhost:5600",
        SHOP,
    ];
    builder.build(entries).unwrap()
}
