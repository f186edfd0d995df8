//! The browser that tests drive.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use chromium_suite::{Browser, ColourScheme};
use serde_json::json;

#[test]
fn it_shows_the_page_that_it_opens() {
    let Some(browser) = Browser::start(&[]) else {
        return;
    };
    browser.goto(&page("<title>A page</title>"));
    let said: String = browser.run("return document.title + arguments[0]", &[json!("!")]);
    assert_eq!(said, "A page!");

    browser.set_window(375, 812);
    let size: [u32; 2] = browser.run("return [innerWidth, innerHeight]", &[]);
    assert_eq!(size, [375, 812]);
    let image = browser.screenshot();
    // https://www.w3.org/TR/png-3/#11IHDR
    assert!(image.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!(image[16..24], [0, 0, 1, 119, 0, 0, 3, 44]);

    for (scheme, name) in [(ColourScheme::Dark, "dark"), (ColourScheme::Light, "light")] {
        browser.set_colour_scheme(scheme);
        let query = json!(format!("(prefers-color-scheme: {name})"));
        assert!(browser.run::<bool>("return matchMedia(arguments[0]).matches", &[query]));
    }
}

#[test]
fn nothing_is_left_of_it_when_a_test_fails() {
    let Some(browser) = Browser::start(&[]) else {
        return;
    };
    let line = browser.command("Browser.getBrowserCommandLine", json!({}));
    let flags = line["arguments"].as_array().unwrap().iter();
    let mut flags = flags.filter_map(|flag| flag.as_str()?.strip_prefix("--user-data-dir="));
    let profile = flags.next().unwrap();
    assert!(!processes(profile).is_empty() && Path::new(profile).exists());

    let failed = catch_unwind(AssertUnwindSafe(|| {
        let browser = browser;
        browser.run::<()>("throw new Error('on purpose')", &[]);
    }));
    assert!(failed.is_err());
    // A process that has been killed is there until it is noticed.
    let end = Instant::now() + Duration::from_secs(5);
    while !processes(profile).is_empty() && Instant::now() < end {
        sleep(Duration::from_millis(10));
    }
    assert_eq!(processes(profile), [""; 0]);
    assert!(!Path::new(profile).exists());
}

/// Returns the URL of a page on this machine, which every connection gets.
fn page(html: &'static str) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // Browsers open connections that they do not use.
            spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                let head = "HTTP/1.1 200\r\nContent-Type: text/html\r\nConnection: close";
                let _ = write!(stream, "{head}\r\n\r\n{html}");
            });
        }
    });
    format!("http://{address}/")
}

/// The command lines of processes that name `profile`.
fn processes(profile: &str) -> Vec<String> {
    let entries = fs::read_dir("/proc").unwrap();
    let lines = entries.filter_map(|entry| fs::read(entry.ok()?.path().join("cmdline")).ok());
    lines
        .map(|line| String::from_utf8_lossy(&line).replace('\0', " "))
        .filter(|line| line.contains(profile))
        .collect()
}
