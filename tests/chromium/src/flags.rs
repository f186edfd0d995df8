//! The flags that Chromium is started with.

/// What every browser here is started with.
pub(crate) const FLAGS: &[&str] = &[
    // Without a screen, and as root in a container.
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    // No machine but this one, whatever Chromium itself has to ask. A server of this package has
    // another flag of this name, which replaces this one.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    // Nothing but what a test asks for.
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--disable-quic",
    // A screenshot is the same everywhere.
    "--force-device-scale-factor=1",
    "--hide-scrollbars",
    // As the Fetch Standard has it, `*` does not stand for `Authorization`.
    "--enable-features=CorsNonWildcardRequestHeadersSupport",
    // Any page may fetch from this machine, and `http` is not made `https` on the way. A driver has
    // a list of its own, which this one replaces.
    "--disable-features=LocalNetworkAccessChecks,HttpsUpgrades",
];
