//! Requests that `on_denied` and `allow_hosts` refuse: forms, fetches, WebSockets, links, frames and images of
//! foreign pages, and a page whose name leads to the server.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chromium_suite::Browser;
use chromium_suite::refusals::{HOSTS, Server, check_names, check_pages, policies};
use cors_gateways::{Gateway, Running};

use crate::GATEWAYS;

/// Starts a gateway with the policies, and a server in front of it.
fn start(
    gateway: Gateway,
    test: &str,
    application: &Server,
    change: impl Fn(&str, String) -> String,
) -> Option<(Running, Server)> {
    let running = crate::start(gateway, test, &policies(), application.address, change)?;
    assert!(running.refused.is_empty(), "{:?}", running.refused);
    let sites = running.sites.iter();
    let addresses = sites.map(|(site, address)| (site.name, *address));
    let server = Server::in_front_of(addresses.collect());
    Some((running, server))
}

#[test]
fn foreign_pages_and_hosts_are_refused() {
    let Some(browser) = Browser::start(&[HOSTS.to_owned()]) else {
        return;
    };
    let application = Server::application();
    for (gateway, _) in GATEWAYS {
        let test = "browser-refusals";
        if let Some((_running, server)) = start(gateway, test, &application, |_, text| text) {
            println!("{gateway:?}");
            check_pages(&browser, &server);
            check_names(&browser, &server);
        }
    }
}

/// The checks find mistakes in exported files.
#[test]
fn mistakes_are_found() {
    let Some(browser) = Browser::start(&[HOSTS.to_owned()]) else {
        return;
    };
    let application = Server::application();
    for (gateway, from, to) in [
        (
            Gateway::HaProxy,
            "_handshake req.fhdr(upgrade)",
            "_handshake req.fhdr(x)",
        ),
        (Gateway::Nginx, "return 421 \"\";", ""),
    ] {
        let test = "browser-mistakes";
        let change = |_: &str, text: String| text.replace(from, to);
        if let Some((_running, server)) = start(gateway, test, &application, change) {
            let check = AssertUnwindSafe(|| {
                check_pages(&browser, &server);
                check_names(&browser, &server);
            });
            assert!(catch_unwind(check).is_err(), "{gateway:?}: {from} is {to}");
        }
    }
}
