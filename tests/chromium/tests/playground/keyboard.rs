//! The playground without a mouse, and for who cannot see it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::open::{MISTAKES, Playground};

/// Presses a key.
pub(crate) fn key(playground: &Playground, name: &str, code: u32, text: &str) {
    for kind in ["keyDown", "keyUp"] {
        let event = json!({
            "type": kind, "key": name, "code": name, "windowsVirtualKeyCode": code,
            "text": if kind == "keyDown" { text } else { "" },
        });
        playground.browser.command("Input.dispatchKeyEvent", event);
    }
}

/// Returns the focused element, and whether the focus is visible.
fn focused(playground: &Playground) -> (usize, String, bool) {
    let script = "const all = [...document.querySelectorAll('*')];
        const style = getComputedStyle(document.activeElement);
        const isSeen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        return [all.indexOf(document.activeElement), document.activeElement.localName, isSeen]";
    playground.browser.run(script, &[])
}

#[test]
fn every_control_is_reached_and_shows_it() {
    let Some(playground) = Playground::open() else {
        return;
    };
    for page in [None, Some(&playground.visitors[0])] {
        if let Some(page) = page {
            playground.browser.goto(page);
        } else {
            // With its hidden part, and with messages.
            playground.press("#row-1");
            playground.edit(MISTAKES);
        }
        let script = "const all = [...document.querySelectorAll('*')];
            const controls = 'a[href], button, input, select, textarea, iframe, [tabindex=\"0\"]';
            return all.flatMap((element, index) =>
                element.matches(controls) && element.checkVisibility() ? [index] : [])";
        let controls: BTreeSet<usize> = playground.browser.run(script, &[]);
        assert!(
            controls.len() >= if page.is_none() { 25 } else { 2 },
            "{controls:?}"
        );
        let mut reached = BTreeSet::new();
        // Frames have stops of their own, and so may the window around the page.
        for _ in 0..2 * controls.len() {
            if reached.is_superset(&controls) {
                break;
            }
            key(&playground, "Tab", 9, "\t");
            let (index, name, is_seen) = focused(&playground);
            assert!(
                is_seen || ["iframe", "html", "body"].contains(&&*name),
                "{name} {index}"
            );
            reached.insert(index);
        }
        let missed: Vec<_> = controls.difference(&reached).collect();
        assert_eq!(missed, [&0; 0]);
    }
}

#[test]
fn a_visit_takes_no_mouse() {
    let Some(playground) = Playground::open() else {
        return;
    };
    let focus = |selector: &str| {
        let script = "document.querySelector(arguments[0]).focus()";
        playground.browser.run::<()>(script, &[json!(selector)]);
    };
    let shown = || {
        let script = "await new Promise((resolve) => setTimeout(resolve, 50));
            return [document.querySelector('#explanation').innerText, document.body.dataset.shown]";
        playground.browser.run::<[String; 2]>(script, &[])
    };
    let until = |is_shown: &dyn Fn(&[String; 2]) -> bool| {
        let found = (0..100).map(|_| shown()).find(is_shown);
        assert!(found.is_some(), "{:?}", shown());
    };
    focus("#origin");
    playground
        .browser
        .run::<()>("document.querySelector('#origin').select()", &[]);
    let text = json!({ "text": "http://app.example.com" });
    playground.browser.command("Input.insertText", text);
    until(&|[explanation, _]| {
        explanation.contains("https://app.example.com has a different scheme")
    });
    focus("[name=credentials]");
    key(&playground, " ", 32, " ");
    until(&|[_, shown]| shown.contains("credentials=yes"));
    focus("#row-0");
    key(&playground, "Enter", 13, "\r");
    let opened = "return document.querySelector('#row-0').getAttribute('aria-expanded') === 'true'
        && document.querySelector('#wire-0').checkVisibility()";
    assert!(playground.browser.run::<bool>(opened, &[]));
}

/// The names for screen readers.
#[test]
fn every_control_has_a_name() {
    let Some(playground) = Playground::open() else {
        return;
    };
    playground.press("#row-1");
    playground.edit(MISTAKES);
    for page in [None, Some(&playground.visitors[0])] {
        if let Some(page) = page {
            playground.browser.goto(page);
        }
        playground
            .browser
            .command("Accessibility.enable", json!({}));
        let tree = playground
            .browser
            .command("Accessibility.getFullAXTree", json!({}));
        let nodes = tree["nodes"].as_array().unwrap();
        let is_control = |node: &&Value| {
            let role = node["role"]["value"].as_str().unwrap_or_default();
            let properties = node["properties"].as_array();
            let mut properties = properties.into_iter().flatten();
            role != "RootWebArea"
                && properties.any(|property| {
                    property["name"] == "focusable" && property["value"]["value"] == true
                })
        };
        let controls: Vec<&Value> = nodes.iter().filter(is_control).collect();
        assert!(
            controls.len() >= if page.is_none() { 25 } else { 2 },
            "{}",
            controls.len()
        );
        for control in controls {
            assert!(
                control["name"]["value"]
                    .as_str()
                    .is_some_and(|name| !name.is_empty()),
                "{control}"
            );
        }
        // The table stays one where it is laid out as a list.
        let has = |role: &str| {
            nodes
                .iter()
                .filter(|node| node["role"]["value"] == role)
                .count()
        };
        if page.is_none() {
            playground.browser.set_window(360, 800);
            assert_eq!(has("table"), 1);
            assert!(has("rowheader") >= 10 && has("columnheader") == 4);
        }
    }
}
