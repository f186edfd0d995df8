//! The flags that Chromium is started with.

/// Flags of every browser in these tests.
pub(crate) const FLAGS: &[&str] = &[
    // Without a screen, and as root in a container.
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    // No connection to another machine, for whatever purpose. A server of this package sets this
    // flag to another value, which replaces this one.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    // Nothing that a test does not need.
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
    // By the Fetch Standard, `*` does not cover `Authorization`.
    "--enable-features=CorsNonWildcardRequestHeadersSupport",
    // Any page may fetch from this machine, and `http` is not made `https` on the way. A driver has
    // a list of its own, which this one replaces.
    "--disable-features=LocalNetworkAccessChecks,HttpsUpgrades",
];
