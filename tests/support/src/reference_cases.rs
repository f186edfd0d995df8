//! Policies, each with a second description of its meaning.

use cors_runtime::{Policy, cors_policy};

use crate::reference_policy::{
    Case, EMPTY_RULE, MIRROR, NO_REFUSALS, ReferenceRefusals, ReferenceRule,
};

static PUBLIC: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = Any,
    allow_headers = [Any, "authorization"],
    expose_headers = Any,
    max_age = 60,
);

static PUBLIC_MIRROR: Policy = cors_policy!(allow_origins = Any, allow_headers = MirrorRequest);

static TRUSTED: Policy = cors_policy!(
    allow_origins = [
        "https://a.example",
        "https://*.a.example",
        "https://c*.example",
        "http://localhost:*",
    ],
    allow_methods = [GET, PUT, "M-SEARCH"],
    allow_headers = ["content-type", "X-One"],
    expose_headers = ["etag"],
    allow_credentials = true,
    max_age = minutes(10),
);

static MIRRORED: Policy = cors_policy!(
    allow_origins = ["https://a.example", dangerously_allow(null_origin, "null")],
    allow_methods = MirrorRequest,
    allow_headers = MirrorRequest,
    allow_credentials = true,
    preflight_status = 200,
);

static RULES: Policy = cors_policy!(
    max_age = hours(2),
    allow_methods = [PATCH],
    rule(
        allow_origins = ["https://a.example", "https://b.example:8443"],
        allow_credentials = true,
        allow_headers = MirrorRequest,
    ),
    rule(
        allow_origins = ["https://**.a.example"],
        expose_headers = ["etag", "x-one"],
        allow_methods = MirrorRequest,
    ),
    rule(allow_origins = Any, allow_headers = Any),
);

static GUARDED: Policy = cors_policy!(
    on_denied = RefuseWrites,
    rule(
        allow_origins = ["https://a.example", "https://*.a.example"],
        allow_methods = [PUT],
        allow_credentials = true,
        expose_timing = true,
    ),
    rule(allow_origins = Any, allow_methods = [GET, "M-SEARCH"]),
);

static OPEN_TO_WRITES: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = [GET, PUT],
    on_denied = RefuseWrites,
    expose_timing = true,
);

static LOCAL: Policy = cors_policy!(
    allow_origins = [
        "https://a.example",
        "http://localhost:*",
        dangerously_allow(null_origin, "null"),
    ],
    allow_methods = MirrorRequest,
    on_denied = Refuse,
    allow_hosts = ["localhost:*", "*.b.example", "[::1]:8080"],
);

static HOSTS: Policy = cors_policy!(
    allow_origins = Any,
    allow_hosts = ["a.example", "**.c.example:8443"],
);

/// Each policy with its rules.
pub static CASES: &[Case] = &[
    Case {
        policy: &PUBLIC,
        rules: &[ReferenceRule {
            origins: &["*"],
            methods: "*",
            headers: "*, authorization",
            exposed: "*",
            max_age: "60",
            ..EMPTY_RULE
        }],
        preflight_status: 204,
        refusals: NO_REFUSALS,
    },
    Case {
        policy: &PUBLIC_MIRROR,
        rules: &[ReferenceRule {
            origins: &["*"],
            headers: MIRROR,
            ..EMPTY_RULE
        }],
        preflight_status: 204,
        refusals: NO_REFUSALS,
    },
    Case {
        policy: &TRUSTED,
        rules: &[ReferenceRule {
            origins: &[
                "https://a.example",
                "https://*.a.example",
                "https://c*.example",
                "http://localhost:*",
            ],
            credentials: true,
            methods: "GET, PUT, M-SEARCH",
            headers: "content-type, x-one",
            exposed: "etag",
            max_age: "600",
            ..EMPTY_RULE
        }],
        preflight_status: 204,
        refusals: NO_REFUSALS,
    },
    Case {
        policy: &MIRRORED,
        rules: &[ReferenceRule {
            origins: &["https://a.example", "null"],
            credentials: true,
            methods: MIRROR,
            headers: MIRROR,
            ..EMPTY_RULE
        }],
        preflight_status: 200,
        refusals: NO_REFUSALS,
    },
    Case {
        policy: &RULES,
        rules: &[
            ReferenceRule {
                origins: &["https://a.example", "https://b.example:8443"],
                credentials: true,
                methods: "PATCH",
                headers: MIRROR,
                max_age: "7200",
                ..EMPTY_RULE
            },
            ReferenceRule {
                origins: &["https://**.a.example"],
                methods: MIRROR,
                exposed: "etag, x-one",
                max_age: "7200",
                ..EMPTY_RULE
            },
            ReferenceRule {
                origins: &["*"],
                methods: "PATCH",
                headers: "*",
                max_age: "7200",
                ..EMPTY_RULE
            },
        ],
        preflight_status: 204,
        refusals: NO_REFUSALS,
    },
    Case {
        policy: &GUARDED,
        rules: &[
            ReferenceRule {
                origins: &["https://a.example", "https://*.a.example"],
                credentials: true,
                methods: "PUT",
                timing: true,
                ..EMPTY_RULE
            },
            ReferenceRule {
                origins: &["*"],
                methods: "GET, M-SEARCH",
                ..EMPTY_RULE
            },
        ],
        preflight_status: 204,
        refusals: ReferenceRefusals {
            writes: true,
            ..NO_REFUSALS
        },
    },
    Case {
        policy: &OPEN_TO_WRITES,
        rules: &[ReferenceRule {
            origins: &["*"],
            methods: "GET, PUT",
            timing: true,
            ..EMPTY_RULE
        }],
        preflight_status: 204,
        refusals: ReferenceRefusals {
            writes: true,
            ..NO_REFUSALS
        },
    },
    Case {
        policy: &LOCAL,
        rules: &[ReferenceRule {
            origins: &["https://a.example", "http://localhost:*", "null"],
            methods: MIRROR,
            ..EMPTY_RULE
        }],
        preflight_status: 204,
        refusals: ReferenceRefusals {
            writes: true,
            reads: true,
            hosts: &["localhost:*", "*.b.example", "[::1]:8080"],
        },
    },
    Case {
        policy: &HOSTS,
        rules: &[ReferenceRule {
            origins: &["*"],
            ..EMPTY_RULE
        }],
        preflight_status: 204,
        refusals: ReferenceRefusals {
            hosts: &["a.example", "**.c.example:8443"],
            ..NO_REFUSALS
        },
    },
];
