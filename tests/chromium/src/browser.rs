//! A browser that a test drives.

use std::env;
use std::io::{self, Write};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};
use tokio::runtime::{self, Runtime};
use tokio::time::timeout;

use crate::driver::{Driver, Programs};
use crate::flags::FLAGS;

/// Nothing takes so long here.
const TIMEOUT: Duration = Duration::from_secs(120);

/// A headless Chromium with a fresh profile, and one window. It ends with the test, however that
/// ends.
///
/// # Panics
///
/// All methods panic with the browser's message, if it fails to execute a command.
pub struct Browser {
    runtime: Runtime,
    session: WebDriver,
    _driver: Driver,
}

/// The user's preference that pages can query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColourScheme {
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

impl Browser {
    /// Starts a browser, with additional flags. Returns `None` and prints a message if none is
    /// found; with `CHROMIUM_REQUIRED` in the environment, that is a failure.
    #[must_use]
    pub fn start(flags: &[String]) -> Option<Self> {
        let programs = match Programs::find() {
            Ok(programs) => programs,
            Err(missing) => {
                assert!(
                    env::var_os("CHROMIUM_REQUIRED").is_none(),
                    "{missing} is not found"
                );
                // Not by `eprintln!`, which tests that pass keep to themselves.
                let packages = "Debian: chromium, chromium-driver";
                let _ = writeln!(
                    io::stderr(),
                    "left out: {missing} is not found ({packages})"
                );
                return None;
            }
        };
        let profile = tempfile::Builder::new()
            .prefix("chromium-suite-")
            .tempdir()
            .expect("a folder for the profile")
            .keep();
        let driver = Driver::start(&programs, &profile);
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");

        let mut capabilities = DesiredCapabilities::chrome();
        let own = format!("--user-data-dir={}", profile.display());
        let all = FLAGS.iter().copied().chain([own.as_str()]);
        for flag in all.chain(flags.iter().map(String::as_str)) {
            capabilities.add_arg(flag).expect("a flag");
        }
        let binary = programs.browser.to_str().expect("a path in UTF-8");
        capabilities.set_binary(binary).expect("a path");

        let client = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client");
        let session = WebDriver::builder(driver.url.as_str(), capabilities)
            .client(client)
            .request_timeout(TIMEOUT);
        let session = runtime.block_on(async {
            let session = session.connect().await?;
            session.set_script_timeout(TIMEOUT).await?;
            WebDriverResult::Ok(session)
        });
        Some(Self {
            runtime,
            session: session.unwrap_or_else(|error| panic!("Chromium does not start: {error}")),
            _driver: driver,
        })
    }

    /// Opens a page, and waits until it is loaded.
    #[track_caller]
    pub fn goto(&self, url: &str) {
        self.wait(self.session.goto(url));
    }

    /// Runs the body of an asynchronous function in the page, with `args` as its `arguments`, and
    /// returns what it returns.
    #[track_caller]
    pub fn run<T: DeserializeOwned>(&self, script: &str, args: &[Value]) -> T {
        let script = format!("return (async function () {{ {script}\n }})(...arguments)");
        let value = self.wait(self.session.execute(script, args.to_vec()));
        let value = value.json();
        serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"))
    }

    /// Returns the contents of the window, as a PNG.
    #[track_caller]
    #[must_use]
    pub fn screenshot(&self) -> Vec<u8> {
        self.wait(self.session.screenshot_as_png())
    }

    /// Makes the window so large inside, in CSS pixels.
    #[track_caller]
    pub fn set_window(&self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", size);
    }

    /// Sets the preference that pages can query.
    #[track_caller]
    pub fn set_colour_scheme(&self, scheme: ColourScheme) {
        let value = match scheme {
            ColourScheme::Light => "light",
            ColourScheme::Dark => "dark",
        };
        let feature = json!({ "name": "prefers-color-scheme", "value": value });
        self.command(
            "Emulation.setEmulatedMedia",
            json!({ "features": [feature] }),
        );
    }

    /// Forgets responses and preflights.
    #[track_caller]
    pub fn clear_caches(&self) {
        self.command("Network.clearBrowserCache", json!({}));
    }

    /// A command of the [DevTools protocol](https://chromedevtools.github.io/devtools-protocol/).
    #[track_caller]
    pub fn command(&self, name: &str, parameters: Value) -> Value {
        self.wait(self.session.cdp().send_raw(name, parameters))
    }

    #[track_caller]
    fn wait<T>(&self, step: impl Future<Output = WebDriverResult<T>>) -> T {
        let result = self.runtime.block_on(step);
        result.unwrap_or_else(|error| panic!("{error}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Politely, so that nothing is written to the profile any more when it is removed. If that
        // fails, what follows is enough.
        let quit = self.session.clone().quit();
        let quit = async { timeout(Duration::from_secs(10), quit).await };
        let _ = self.runtime.block_on(quit);
    }
}
