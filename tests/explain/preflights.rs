//! Which method or header a browser fails a preflight for.

use cors_runtime::Denial;

use crate::{MIRROR, OPEN, PUBLIC, TRUSTED, preflight, request};

#[test]
fn the_method_is_compared_as_browsers_do() {
    let denial = |policy, method| preflight(policy, "https://a.example", method, &[]).denial();
    for allowed in ["GET", "HEAD", "POST", "PUT", "PATCH", "M-SEARCH"] {
        assert_eq!(denial(&TRUSTED, allowed), None, "{allowed}");
    }
    for unlisted in ["DELETE", "patch", "put", "get", "m-search", "PUT2", "*"] {
        assert_eq!(
            denial(&TRUSTED, unlisted),
            Some(Denial::MethodNotAllowed(unlisted.as_bytes()))
        );
    }
    for malformed in ["", "PUT, GET", "PUT ", "P\u{dc}T"] {
        for policy in [&TRUSTED, &PUBLIC, &MIRROR] {
            assert_eq!(
                denial(policy, malformed),
                Some(Denial::MalformedMethod(malformed.as_bytes()))
            );
        }
    }
    for any in ["DELETE", "patch", "*"] {
        assert_eq!(denial(&PUBLIC, any), None);
        assert_eq!(denial(&MIRROR, any), None);
        assert!(denial(&OPEN, any).is_some());
    }
    let asked = ("access-control-request-method", "PUT");
    let twice = request("OPTIONS", &[("origin", "https://a.example"), asked, asked]);
    assert_eq!(
        TRUSTED.explain(&twice).denial(),
        Some(Denial::RepeatedMethod)
    );
}

#[test]
fn the_headers_are_read_as_a_list() {
    let denial = |policy, lines: &[&'static str]| {
        preflight(policy, "https://a.example", "PUT", lines).denial()
    };
    for allowed in [
        &[][..],
        &[""],
        &["content-type"],
        &["x-one,content-type"],
        &["X-ONE , Content-Type"],
        &[",, content-type\t,,"],
        &["content-type", "", "x-one"],
    ] {
        assert_eq!(denial(&TRUSTED, allowed), None, "{allowed:?}");
    }
    for (lines, name) in [
        (&["x-two"][..], "x-two"),
        (&["content-type,X-Two,x-three"], "X-Two"),
        (&["content-type", "x-one, authorization"], "authorization"),
        (&["content-typ"], "content-typ"),
        (&["*"], "*"),
    ] {
        assert_eq!(
            denial(&TRUSTED, lines),
            Some(Denial::HeaderNotAllowed(name.as_bytes()))
        );
    }
    for (line, name) in [
        ("x-one;", "x-one;"),
        ("x one", "x one"),
        ("a,\u{e9}", "\u{e9}"),
        ("x\r", "x\r"),
    ] {
        for policy in [&PUBLIC, &MIRROR] {
            assert_eq!(
                denial(policy, &[line]),
                Some(Denial::MalformedHeader(name.as_bytes()))
            );
        }
    }
    // `*` covers all but one, and that one too if it is listed.
    assert_eq!(denial(&PUBLIC, &["x-any"]), None);
    assert_eq!(
        denial(&PUBLIC, &["Authorization"]),
        Some(Denial::HeaderNotAllowed(b"Authorization"))
    );
    // `*` in the list of a rule with other methods than PUT.
    let open =
        |lines: &[&'static str]| preflight(&OPEN, "https://a.example", "POST", lines).denial();
    assert_eq!(open(&["x-any,authorization,*"]), None);
}

#[test]
fn mirrored_values_are_allowed_and_nothing_else() {
    let denial =
        |lines: &[&'static str]| preflight(&MIRROR, "https://a.example", "PURGE", lines).denial();
    assert_eq!(denial(&["x-one, authorization", "x-two"]), None);
    assert_eq!(
        denial(&["x-one", "x;two"]),
        Some(Denial::MalformedHeader(b"x;two"))
    );
    assert_eq!(denial(&["x-one", ""]), None);
    assert_eq!(denial(&[""]), None);
    for (name, denied) in [
        ("x".repeat(4095), None),
        ("x".repeat(4096), Some(Denial::TooManyHeaders)),
    ] {
        let explanation = preflight(&MIRROR, "https://a.example", "PURGE", &[&name]);
        assert_eq!(explanation.denial(), denied);
    }
    assert_eq!(denial(&["x-one"; 8]), None);
    assert_eq!(denial(&["x-one"; 9]), Some(Denial::TooManyHeaders));
}

/// The browser compares all names with a list, however many there are. Only lines beyond those that a
/// request holds are unknown.
#[test]
fn a_list_of_any_length_is_compared() {
    let long = "x-one,".repeat(100_000);
    let ending = format!("{long}x-two,{long}");
    let name = "x".repeat(100_000);
    for (line, denied) in [
        (&long, None),
        (&ending, Some(Denial::HeaderNotAllowed(b"x-two"))),
        (&name, Some(Denial::HeaderNotAllowed(name.as_bytes()))),
    ] {
        let explanation = preflight(&TRUSTED, "https://a.example", "PUT", &[line]);
        assert_eq!(explanation.denial(), denied);
    }
    for (lines, denied) in [
        (&["x-one"; 8][..], None),
        (&["x-one"; 9], Some(Denial::TooManyHeaders)),
        (&["x-two"; 9], Some(Denial::HeaderNotAllowed(b"x-two"))),
        // The ninth line may have a name.
        (&[" ,"; 9], Some(Denial::TooManyHeaders)),
    ] {
        let explanation = preflight(&TRUSTED, "https://a.example", "PUT", lines);
        assert_eq!(explanation.denial(), denied);
    }
}
