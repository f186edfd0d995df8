//! The automaton of insecure origins against the rule for one host.

use cors_origin::Origin;
use cors_origin::origin::is_loopback_host;
use cors_support::{gen_origins, property};
use proptest::prelude::*;

use crate::automaton::{InsecureOrigins, singleton};

/// Origins on this machine and their look-alikes.
fn origins() -> impl Strategy<Value = Vec<gen_origins::Bytes>> {
    let entries = [
        "http://localhost:*",
        "http://**.localhost:*",
        "http://localhost.:*",
        "http://127.0.0.1:*",
        "http://127.1.20.255",
        "http://[::1]:*",
        "https://localhost",
        "app://localhost",
        "http://a.example",
    ];
    let entries = entries.map(str::to_owned).to_vec();
    prop::collection::vec(gen_origins::origins(entries), 64)
}

proptest! {
    #![proptest_config(property::cases(128))]

    #[test]
    fn an_origin_is_insecure_if_it_is_plain_http_to_another_machine(origins in origins()) {
        let insecure = InsecureOrigins::new();
        for origin in origins {
            let Some(text) = str::from_utf8(&origin).ok() else { continue };
            let Ok(origin) = Origin::parse(text) else { continue };
            let expected = origin.scheme() == "http" && !is_loopback_host(origin.host());
            let found = !insecure.intersection(&singleton(text)).is_empty();
            prop_assert_eq!(found, expected, "{}", text);
        }
    }
}

#[test]
fn loopback_is_every_name_and_address_that_never_leaves_the_machine() {
    let insecure = InsecureOrigins::new();
    for (origin, expected) in [
        ("http://localhost", false),
        ("http://localhost.:3000", false),
        ("http://a.b.localhost:3000", false),
        ("http://127.0.0.1", false),
        ("http://127.255.255.254:8080", false),
        ("http://[::1]:8080", false),
        ("https://a.example", false),
        ("app://a.example", false),
        ("http://a.example", true),
        ("http://localhost.example", true),
        ("http://notlocalhost", true),
        ("http://128.0.0.1", true),
        ("http://127.0.0.1.example", true),
        ("http://[::2]", true),
    ] {
        let found = !insecure.intersection(&singleton(origin)).is_empty();
        assert_eq!(found, expected, "{origin}");
    }
}
