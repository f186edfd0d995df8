//! The playground as its visitors see it.

mod editing;
mod keyboard;
mod looks;
mod open;

use std::collections::BTreeSet;

use open::Playground;
use serde_json::json;

/// Returns the cells of each row of the matrix.
fn rows(playground: &Playground) -> Vec<[String; 4]> {
    let script = "return [...document.querySelectorAll('#rows tr:not(.wire)')]
        .map((row) => [...row.children].map((cell) => cell.innerText))";
    playground.browser.run(script, &[])
}

#[test]
fn it_is_loaded_from_this_machine_and_without_a_fault() {
    let Some(playground) = Playground::open() else {
        return;
    };
    let script = "return performance.getEntries()
        .filter((entry) => ['navigation', 'resource'].includes(entry.entryType))
        .map((entry) => entry.name)";
    let loaded: Vec<String> = playground.browser.run(script, &[]);
    assert!(loaded.len() >= 8, "{loaded:?}");
    let places = [&playground.address]
        .into_iter()
        .chain(&playground.visitors);
    let places: Vec<_> = places.map(|place| format!("{place}/")).collect();
    for url in loaded.iter().filter(|url| *url != "data:,") {
        assert!(places.iter().any(|place| url.starts_with(place)), "{url}");
    }
    assert_eq!(playground.faults(), [""; 0]);
    for visitor in &playground.visitors {
        playground.browser.goto(visitor);
        assert_eq!(playground.faults(), [""; 0]);
    }
}

#[test]
fn the_policy_is_shown_whole() {
    let Some(playground) = Playground::open() else {
        return;
    };
    // The page breaks lines where it likes.
    let script = "const { text, words } = await (await fetch('/policy')).json();
        const shown = (id) => document.querySelector(id).textContent;
        return [text, shown('#copy'), words, shown('#words')]
            .map((text) => text.replaceAll(/\\s/g, ''))";
    let [text, text_shown, words, words_shown]: [String; 4] = playground.browser.run(script, &[]);
    assert_eq!(text_shown, text);
    assert_eq!(words_shown, words);
}

#[test]
fn the_matrix_follows_the_choice() {
    let Some(playground) = Playground::open() else {
        return;
    };
    let get = rows(&playground);
    assert!(get.len() >= 10, "{get:?}");
    let [page, answers, does, why] = &get[0];
    assert_eq!(page, "https://app.example.com");
    assert!(answers.starts_with("GET: 200 OK"), "{answers}");
    assert_eq!(does, "hands the response to the script");
    assert!(why.contains("https://app.example.com allows it"), "{why}");

    playground.choose("method", "PATCH");
    let patch = rows(&playground);
    assert!(
        patch[0][1].starts_with("OPTIONS: 204 No Content"),
        "{:?}",
        patch[0]
    );
    assert_eq!(patch[0][2], "sends a preflight, and then no request");
    assert!(
        patch[0][3].contains("does not allow method PATCH"),
        "{:?}",
        patch[0]
    );

    playground.choose("method", "GET");
    playground.choose("origin", "https://eu.shop.example.org");
    assert_eq!(rows(&playground)[0][2], "hands the response to the script");
    playground.press("[name=credentials]");
    let with_credentials = &rows(&playground)[0];
    assert_eq!(
        with_credentials[2],
        "sends the request and hides the response"
    );
    assert!(with_credentials[3].contains("no Access-Control-Allow-Credentials: true"));

    // The bytes: those of the preflight first.
    playground.press("[name=header]");
    playground.press("#row-0");
    let script =
        "return [...document.querySelectorAll('#wire-0 pre')].map((part) => part.innerText)";
    let wire: Vec<String> = playground.browser.run(script, &[]);
    assert!(wire[0].starts_with("OPTIONS /items HTTP/1.1\n"), "{wire:?}");
    assert!(
        wire[0].contains("access-control-request-headers: content-type\n"),
        "{wire:?}"
    );
    assert!(wire[1].starts_with("HTTP/1.1 204 No Content\n"), "{wire:?}");
}

#[test]
fn an_origin_shows_its_entry_or_the_nearest() {
    let Some(playground) = Playground::open() else {
        return;
    };
    let script = "return [
        document.querySelector('#explanation').innerText,
        [...document.querySelectorAll('#drawing .accepted .entry')].map((entry) => entry.textContent).join(),
        [...document.querySelectorAll('#drawing .accepted .lit .label')].map((label) => label.textContent).join(' '),
    ]";
    for (origin, said, entry, passed) in [
        (
            "https://pr-7.preview.example.com",
            "https://pr-*.preview.example.com allows it (rule 1)",
            "https://pr-*.preview.example.com",
            "https:// pr- * = [a-z0-9_-]+ .preview.example.com",
        ),
        (
            "https://app.example.com:8443",
            "https://app.example.com has a different port",
            "",
            "",
        ),
        (
            "https://a.pr-7.preview.example.com",
            "is not allowed",
            "",
            "",
        ),
        ("<img src=x>", "so no browser sent the request", "", ""),
    ] {
        playground.choose("origin", origin);
        let [explanation, accepted, labels]: [String; 3] = playground.browser.run(script, &[]);
        assert!(explanation.contains(said), "{explanation}");
        assert_eq!([accepted, labels], [entry, passed], "{origin}");
    }
    assert_eq!(playground.faults(), [""; 0]);
}

/// The contents that the two pages can read, each in its own window.
#[test]
fn one_page_is_allowed_and_the_other_is_not() {
    let Some(playground) = Playground::open() else {
        return;
    };
    let script = "document.querySelector('#send').click();
        const outcome = document.querySelector('#outcome');
        while (outcome.className === '') await new Promise((resolve) => setTimeout(resolve, 10));
        return [outcome.className, outcome.innerText]";
    let outcomes = playground.visitors.each_ref().map(|visitor| {
        playground.browser.goto(visitor);
        playground.browser.run::<[String; 2]>(script, &[])
    });
    let [[allowed, read], [denied, error]] = &outcomes;
    assert_eq!([allowed, denied], ["yes", "no"]);
    assert!(
        read.contains("200 OK") && read.contains("GET has reached the API"),
        "{read}"
    );
    assert!(
        read.contains("x-request-id: 7") && read.contains("x-internal: null"),
        "{read}"
    );
    assert!(error.contains("TypeError: Failed to fetch"), "{error}");
}

/// The model predicts what the browser does with both pages, for all requests.
#[test]
fn the_browser_and_the_model_agree() {
    let Some(playground) = Playground::open() else {
        return;
    };
    let script =
        "return [...document.querySelectorAll('#method option')].map((option) => option.value)";
    let methods: Vec<String> = playground.browser.run(script, &[]);
    let script = "const verdicts = [...document.querySelectorAll('.verdict')];
        const isSilent = () => verdicts.some((verdict) => verdict.innerText === '');
        const button = document.querySelector('#send');
        while (button.disabled) await new Promise((resolve) => setTimeout(resolve, 10));
        button.click();
        while (isSilent()) await new Promise((resolve) => setTimeout(resolve, 10));
        return verdicts.map((verdict) => verdict.innerText)";
    let mut said = BTreeSet::new();
    for header in ["", "Content-Type", "Authorization", "X-Trace"] {
        if !header.is_empty() {
            playground.press(&format!("[value={}]", json!(header)));
        }
        for method in &methods {
            playground.choose("method", method);
            for _ in ["with credentials", "or without"] {
                playground.press("[name=credentials]");
                let verdicts: [String; 2] = playground.browser.run(script, &[]);
                for verdict in &verdicts {
                    let verdict = verdict.strip_prefix("As the model predicts, ");
                    assert!(verdict.is_some(), "{method}: {verdicts:?}");
                }
                said.extend(verdicts.map(|verdict| verdict.split(';').next().unwrap().to_owned()));
            }
        }
    }
    assert_eq!(said.len(), 4, "{said:?}");
}
