//! No identifier of an expansion can be captured by an item of the user, nor captures one.
//!
//! The identifiers come from the expansions themselves. For each kind of item, a program declares all
//! of them next to the policies, and must compile and decide as before.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

/// Policies that have every part of an expansion between them.
const POLICIES: &[&str] = &[
    r#"allow_origins = ["https://a.example"]"#,
    r#"allow_origins = Any, allow_methods = Any, allow_headers = [Any, "authorization"]"#,
    r#"
        allow_origins = [
            "https://a.example", "https://b.example", "https://c.example", "https://d.example",
            "https://e.example", "https://f.example", "https://g.example", "https://h.example",
            "https://i.example", "https://*.a.example", "https://**.b.example", "http://localhost:*",
            "https://x*y*.c.example", "https://*.d.example", "https://*.e.example", "https://*.f.example",
            "https://*.g.example", "https://*.h.example", "https://*.i.example",
            regex("https://[ab]{1,2}\\.j\\.example"),
            #[cfg(all())] "https://k.example",
            env("CORS_HYGIENE_UNSET", default = "https://l.example"),
        ],
        allow_methods = [GET, PUT, "PURGE"],
        allow_headers = ["content-type"],
        expose_headers = ["etag"],
        expose_timing = true,
        allow_credentials = true,
        max_age = hours(2),
        preflight_status = 200,
        assert_denied = ["https://evil.example"]
    "#,
    r#"
        max_age = minutes(10),
        rule(
            allow_origins = [
                "https://a.example",
                Loopback,
                dangerously_allow(null_origin, "null"),
                dangerously_allow(credentialed_predicate, predicate(accepts_nothing)),
            ],
            allow_credentials = true,
            allow_methods = MirrorRequest,
            allow_headers = MirrorRequest,
        ),
        rule(allow_origins = Any, allow_methods = [GET])
    "#,
    r#"
        allow_origins = ["https://a.example"],
        allow_methods = [PUT],
        on_denied = Refuse,
        allow_hosts = ["api.example", "*.api.example", "localhost:*"]
    "#,
];

/// Items that may be in scope, with a place for their name.
const KINDS: &[(&str, &str)] = &[
    ("constant", "const NAME: () = ();"),
    ("static", "static NAME: () = ();"),
    ("function", "fn NAME() {}"),
    ("unit_struct", "struct NAME;"),
    ("tuple_struct", "struct NAME(());"),
    ("enum", "enum NAME {}"),
    ("trait", "trait NAME {}"),
    ("alias", "type NAME = ();"),
    ("module", "mod NAME {}"),
    (
        "macro",
        "macro_rules! NAME { () => { compile_error!(\"captured\") } }",
    ),
];

#[test]
fn no_identifier_of_an_expansion_is_captured() {
    let names = identifiers();
    for expected in ["__origin", "__Rule", "__RULES", "core", "bool", "Policy"] {
        assert!(names.contains(expected), "{expected} is not in {names:?}");
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("identifiers");
    std::fs::create_dir_all(&folder).unwrap();
    let tests = trybuild::TestCases::new();
    for (kind, item) in KINDS {
        let items = names.iter().map(|name| item.replace("NAME", name));
        let path = folder.join(format!("{kind}.rs"));
        std::fs::write(&path, program(items, "")).unwrap();
        tests.pass(path);
    }
    // A pattern with one of these names is a variant of the prelude, not a variable.
    let is_variable = |name: &&String| !matches!(name.as_str(), "None" | "Some");
    let locals = names.iter().filter(is_variable);
    let locals = locals.map(|name| format!("let {name} = ();"));
    let path = folder.join("local_variable.rs");
    std::fs::write(&path, program([], &locals.collect::<String>())).unwrap();
    tests.pass(path);
}

/// Returns the identifiers of the expansions, without keywords.
fn identifiers() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for policy in POLICIES {
        let policy: TokenStream = policy.parse().unwrap();
        let expansion = cors_compiler::tokens::compile(policy, &quote!(::renamed));
        assert!(
            !expansion.to_string().contains("compile_error"),
            "{expansion}"
        );
        collect(expansion, &mut names);
    }
    // The user's own.
    names.remove("accepts_nothing");
    names
}

fn collect(tokens: TokenStream, names: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect(group.stream(), names),
            // A keyword is not a name.
            TokenTree::Ident(word) if syn::parse_str::<syn::Ident>(&word.to_string()).is_ok() => {
                names.insert(word.to_string());
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Returns a program with the policies in statics next to `items`, and in a function after `locals`.
fn program(items: impl IntoIterator<Item = String>, locals: &str) -> String {
    let mut program = String::from("#![allow(warnings)]\n");
    for item in items {
        writeln!(program, "{item}").unwrap();
    }
    program.push_str(
        "fn accepts_nothing(_: &::renamed::Origin<'_>) -> ::core::primitive::bool { false }\n",
    );
    let mut checks = String::new();
    for (index, policy) in POLICIES.iter().enumerate() {
        writeln!(
            program,
            "static POLICY_{index}: ::renamed::Policy = ::renamed::cors_policy!({policy});"
        )
        .unwrap();
        writeln!(
            checks,
            "let policy_{index}: ::renamed::Policy = ::renamed::cors_policy!({policy});
             for policy in [&POLICY_{index}, &policy_{index}] {{
                 ::std::assert!(policy.allows_origin(\"https://a.example\"));
             }}"
        )
        .unwrap();
    }
    writeln!(program, "fn main() {{ {locals} {checks} }}").unwrap();
    program
}
