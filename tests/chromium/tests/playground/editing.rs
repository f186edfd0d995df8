//! Policies that are edited in the page.

use chromium_suite::Browser;
use cors_support::net::send;
use serde_json::json;

use crate::keyboard::key;
use crate::open::{MISTAKES, Playground};

/// The parts of the page that show a policy and its mistakes.
#[derive(Debug, PartialEq, serde::Deserialize)]
struct Shown {
    /// The texts that are underlined.
    marks: Vec<String>,
    messages: Vec<String>,
    status: String,
    words: String,
    is_invalid: String,
    is_stale: bool,
}

fn shown(browser: &Browser) -> Shown {
    let script = "const texts = (selector) =>
            [...document.querySelectorAll(selector)].map((element) => element.innerText);
        return {
            marks: texts('#copy mark'),
            messages: texts('#messages li'),
            status: texts('#compiled')[0],
            words: texts('#words')[0],
            is_invalid: document.querySelector('#text').getAttribute('aria-invalid'),
            is_stale: document.querySelector('.stale').checkVisibility(),
        }";
    browser.run(script, &[])
}

#[test]
fn mistakes_are_underlined_and_the_last_policy_stays() {
    let Some(playground) = Playground::open() else {
        return;
    };
    let before = shown(&playground.browser).words;
    playground.edit(MISTAKES);
    let Shown {
        marks,
        messages,
        status,
        words,
        is_invalid,
        is_stale,
    } = shown(&playground.browser);
    assert_eq!(marks, ["\"https://app.example.com/\"", "Any"]);
    let [slash, header] = messages.as_slice() else {
        panic!("{messages:?}");
    };
    assert!(
        slash.starts_with("error: origin `https://app.example.com/` has a trailing slash"),
        "{slash}"
    );
    assert!(
        slash.contains("help: write `\"https://app.example.com\"`"),
        "{slash}"
    );
    assert!(slash.contains("line 3, column 9"), "{slash}");
    assert!(
        slash.contains("3 |         \"https://app.example.com/\",\n"),
        "{slash}"
    );
    assert!(
        header.contains("see: cors_runtime::diagnostics#credentials-any-header"),
        "{header}"
    );
    assert_eq!(
        status,
        "2 mistakes. The server still enforces the last policy that compiled."
    );
    assert_eq!(
        (words, is_invalid.as_str(), is_stale),
        (before, "true", true)
    );

    // The mistakes are fixed.
    let fixed = MISTAKES
        .replace(".com/", ".com")
        .replace("Any", "MirrorRequest");
    playground.edit(&fixed);
    let Shown {
        marks,
        messages,
        status,
        words,
        is_invalid,
        is_stale,
    } = shown(&playground.browser);
    assert_eq!([marks, messages], [[""; 0]; 2]);
    assert_eq!(status, "The policy compiles. The server enforces it.");
    assert!(
        words.starts_with("pages of\nhttps://app.example.com"),
        "{words}"
    );
    assert_eq!((is_invalid.as_str(), is_stale), ("false", false));

    playground.press("#restart");
    let script = "const text = document.querySelector('#text').value;
        while (document.body.dataset.compiled !== text)
            await new Promise((resolve) => setTimeout(resolve, 10));";
    playground.browser.run::<()>(script, &[]);
    assert!(
        shown(&playground.browser)
            .words
            .contains("https://**.example.org")
    );
    assert_eq!(playground.faults(), [""; 0]);
}

/// Typed, corrected and tried without a mouse.
#[test]
fn a_policy_is_edited_by_keyboard() {
    let Some(playground) = Playground::open() else {
        return;
    };
    let browser = &playground.browser;
    let insert = |text: &str| browser.command("Input.insertText", json!({ "text": text }));
    let until = |is_shown: &dyn Fn(&Shown) -> bool| {
        let pause = "await new Promise((resolve) => setTimeout(resolve, 50))";
        let found = (0..200).find(|_| {
            browser.run::<()>(pause, &[]);
            is_shown(&shown(browser))
        });
        assert!(found.is_some(), "{:?}", shown(browser));
    };
    let script = "const text = document.querySelector('#text'); text.focus(); text.select()";
    browser.run::<()>(script, &[]);
    insert("allow_origins = [\"https://a.example/\"]");
    until(&|shown| shown.marks == ["\"https://a.example/\""]);
    // The next stops are the button of the message, and its excerpt; the button leads into the text.
    key(&playground, "Tab", 9, "\t");
    key(&playground, "Enter", 13, "\r");
    let script = "const text = document.activeElement;
        return [text.id, text.value.slice(text.selectionStart, text.selectionEnd)]";
    let [id, selected]: [String; 2] = browser.run(script, &[]);
    assert_eq!([&*id, &*selected], ["text", "\"https://a.example/\""]);
    insert("\"https://a.example\"");
    until(&|shown| shown.status == "The policy compiles. The server enforces it.");
    let script = "const row = () => document.querySelector('#row-0').innerText;
        while (row() !== 'https://a.example')
            await new Promise((resolve) => setTimeout(resolve, 10));";
    browser.run::<()>(script, &[]);
}

/// The text area has transparent letters: those of the copy below must be exactly where its caret is.
#[test]
fn the_colours_are_below_the_text() {
    let Some(playground) = Playground::open() else {
        return;
    };
    let long = format!("// {}\n\n{MISTAKES}\n", "long ".repeat(60));
    for width in [360, 1280] {
        playground.browser.set_window(width, 800);
        for policy in [MISTAKES, &long, ""] {
            playground.edit(policy);
            let script =
                "const [copy, text] = ['copy', 'text'].map((id) => document.getElementById(id));
                const names = ['fontFamily', 'fontSize', 'lineHeight', 'letterSpacing', 'tabSize',
                    'whiteSpace', 'overflowWrap', 'wordBreak', 'textIndent', 'paddingTop',
                    'paddingLeft', 'paddingRight', 'borderTopWidth', 'borderLeftWidth'];
                const style = (element) => names.map((name) => getComputedStyle(element)[name]);
                const box = (element) => {
                    const { x, y, width, height } = element.getBoundingClientRect();
                    return [x, y, width, height].map(Math.round);
                };
                return [copy, text].map((element) => ({
                    style: style(element), box: box(element), height: element.scrollHeight,
                    isWhole: element.scrollHeight <= element.clientHeight
                        && element.scrollWidth <= element.clientWidth,
                }))";
            let [copy, text]: [serde_json::Value; 2] = playground.browser.run(script, &[]);
            assert_eq!(copy, text, "{width}: {policy}");
            assert_eq!(copy["isWhole"], true, "{width}: {policy}");
        }
    }
}

#[test]
fn a_policy_is_never_markup() {
    let Some(playground) = Playground::open() else {
        return;
    };
    for policy in [
        "allow_origins = [\"https://<img src=x onerror=alert(1)>\"]",
        "<img src=x onerror=alert(1)> = Any",
        "allow_origins = [regex(\"https://a\\.(<img src=x>)?example\\.com\")]",
        "allow_origins = [\"https://a.example\"], allow_headers = [\"<img\"]",
    ] {
        playground.edit(policy);
        let script = "return [document.querySelector('#text').value, document.images.length]";
        let (text, images): (String, usize) = playground.browser.run(script, &[]);
        assert_eq!((text.as_str(), images), (policy, 0));
        assert_eq!(playground.faults(), [""; 0]);
    }
}

/// Another window, or another program on this machine.
#[test]
fn a_policy_that_was_edited_elsewhere_is_shown() {
    let Some(playground) = Playground::open() else {
        return;
    };
    let request = http::Request::post(format!("{}/policy", playground.address));
    let response = send(request.body("allow_origins = Any").unwrap());
    assert_eq!(response.status(), 200);
    playground.choose("method", "PUT");
    let script = "return document.querySelector('#text').value";
    let text: String = playground.browser.run(script, &[]);
    assert_eq!(text, "allow_origins = Any");
    let Shown { words, .. } = shown(&playground.browser);
    assert!(words.starts_with("pages of any origin"), "{words}");
}

/// Both pages, and which of them the policy allows.
#[test]
fn the_pages_follow_the_policy() {
    let Some(playground) = Playground::open() else {
        return;
    };
    let script = "return [...document.querySelectorAll('.allowed')].map((word) => word.innerText)";
    let allowed = || playground.browser.run::<[String; 2]>(script, &[]);
    assert_eq!(allowed(), ["allows", "does not allow"]);
    playground.edit("allow_origins = [\"http://127.0.0.1:*\"]");
    assert_eq!(allowed(), ["does not allow", "allows"]);
    let script = "const verdicts = [...document.querySelectorAll('.verdict')];
        const button = document.querySelector('#send');
        while (button.disabled) await new Promise((resolve) => setTimeout(resolve, 10));
        button.click();
        while (verdicts.some((verdict) => verdict.innerText === ''))
            await new Promise((resolve) => setTimeout(resolve, 10));
        return verdicts.map((verdict) => verdict.innerText)";
    let [first, second]: [String; 2] = playground.browser.run(script, &[]);
    let predicted = "As the model predicts, the browser ";
    assert!(
        first.starts_with(&format!(
            "{predicted}sends the request and hides the response"
        )),
        "{first}"
    );
    assert!(
        second.starts_with(&format!("{predicted}hands the response to the script")),
        "{second}"
    );
}
