//! The playground, opened.

use chromium_suite::Browser;
use serde_json::json;

use cors_support::example::{self, Example};

/// A policy with two mistakes.
pub(crate) const MISTAKES: &str = r#"cors_policy!(
    allow_origins = [
        "https://app.example.com/",
        "https://pr-*.example.com",
    ],
    allow_methods = [GET, PUT],
    allow_headers = Any,
    allow_credentials = true,
)"#;

/// A browser that shows it.
pub(crate) struct Playground {
    pub(crate) browser: Browser,
    pub(crate) address: String,
    /// The pages of an allowed and of a denied origin.
    pub(crate) visitors: [String; 2],
    _example: Example,
}

/// Keeps what goes wrong in a page.
const WATCH: &str = "window.faults = [];
    const fault = (text) => window.faults.push(String(text));
    addEventListener('error', (event) => fault(event.message ?? event.target.outerHTML), true);
    addEventListener('unhandledrejection', (event) => fault(event.reason));
    addEventListener('securitypolicyviolation', (event) => fault(event.blockedURI));
    for (const level of ['error', 'warn']) console[level] = (...words) => fault(words.join(' '));";

/// Waits until the page shows the server's response to the current choice.
const SETTLE: &str = "const form = document.querySelector('#ask');
    const choice = () => new URLSearchParams(new FormData(form)).toString();
    while (document.body.dataset.shown?.split(' ')[1] !== choice())
        await new Promise((resolve) => setTimeout(resolve, 10));";

impl Playground {
    /// Builds it, starts it, and opens it. `None` if there is no browser.
    pub(crate) fn open() -> Option<Self> {
        let browser = Browser::start(&[])?;
        let example = Example::start(example::build("example-playground"), |lines| {
            lines.len() == 2
        });
        let address = example.lines[0].split_once("http://").unwrap().1;
        let address = format!("http://{}", address.trim_end_matches('/'));
        browser.command(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": WATCH }),
        );
        browser.goto(&address);
        browser.run::<()>(SETTLE, &[]);
        let script = "return [...document.querySelectorAll('iframe')].map((frame) => new URL(frame.src).origin)";
        Some(Self {
            visitors: browser.run(script, &[]),
            browser,
            address,
            _example: example,
        })
    }

    /// Chooses a value of the form, as if it was typed.
    pub(crate) fn choose(&self, name: &str, value: &str) {
        let script = "const control = document.querySelector(`#ask [name=${arguments[0]}]`);
            control.value = arguments[1];
            control.dispatchEvent(new Event('input', { bubbles: true }));";
        self.browser.run::<()>(script, &[json!(name), json!(value)]);
        self.browser.run::<()>(SETTLE, &[]);
    }

    /// Replaces the policy, as if it was typed, and waits for the compiler.
    pub(crate) fn edit(&self, policy: &str) {
        let script = "const text = document.querySelector('#text');
            text.value = arguments[0];
            text.dispatchEvent(new Event('input', { bubbles: true }));
            while (document.body.dataset.compiled !== text.value)
                await new Promise((resolve) => setTimeout(resolve, 10));";
        self.browser.run::<()>(SETTLE, &[]);
        self.browser.run::<()>(script, &[json!(policy)]);
        self.browser.run::<()>(SETTLE, &[]);
    }

    /// Presses what a selector finds first.
    pub(crate) fn press(&self, selector: &str) {
        let script = "document.querySelector(arguments[0]).click();";
        self.browser.run::<()>(script, &[json!(selector)]);
        self.browser.run::<()>(SETTLE, &[]);
    }

    /// Returns the errors of the current page.
    pub(crate) fn faults(&self) -> Vec<String> {
        self.browser.run("return window.faults", &[])
    }
}
