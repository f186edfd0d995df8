//! Configurations for sites, their subdomains and their previews. Comparisons of endings and parts of names became
//! patterns, which accept no origin of a stranger.

use cors_runtime::cors_policy;

use super::{Ported, ported};

const DEV: &str = "http://localhost:5173";
const EVIL: &str = "https://evil.example";

pub(super) fn all() -> Vec<Ported> {
    vec![
        // GraphQL: port 3000 anywhere, or the name of the project anywhere.
        ported(
            "a07",
            cors_policy!(
                allow_origins = [
                    "http://localhost:3000",
                    "https://valley.example",
                    "https://*.valley.example"
                ],
                allow_credentials = true,
            ),
            &["http://localhost:3000", "https://www.valley.example"],
            &[
                "https://valley.example.evil.net",
                "https://evil.example:3000",
            ],
        ),
        // Two lists of an API for politics, with previews on a shared host: those of one's own account.
        ported(
            "o05",
            cors_policy!(
                allow_origins = [
                    "https://www.politics.example",
                    "https://staging.politics.example",
                    "https://web-git-main-politics.vercel.app",
                ],
                allow_credentials = true,
            ),
            &[
                "https://staging.politics.example",
                "https://web-git-main-politics.vercel.app",
            ],
            &[
                "https://web-x-politics.vercel.app",
                "https://www.politics.example.evil.net",
            ],
        ),
        // GraphQL with an origin that is known while it is compiled.
        ported(
            "o07",
            cors_policy!(
                allow_origins = [env("GRAPHQL_FRONT_END", default = "http://localhost:5173")],
                allow_credentials = true,
            ),
            &[DEV],
            &[EVIL],
        ),
        // A portfolio, with development and an app.
        ported(
            "x03",
            cors_policy!(
                allow_origins = [
                    "https://portfolio.example",
                    "http://localhost:3000",
                    "http://localhost:1420",
                    "tauri://localhost",
                ],
                allow_headers = Any,
            ),
            &["https://portfolio.example", "tauri://localhost"],
            &["https://www.portfolio.example", EVIL],
        ),
        // Subdomains by an ending, with any scheme; an API with a regex for one of them.
        ported(
            "g23",
            cors_policy!(allow_origins = ["https://**.site.example"]),
            &["https://a.b.site.example"],
            &["http://a.site.example", "https://evilsite.example"],
        ),
        ported(
            "g25",
            cors_policy!(allow_origins = ["https://**.vulnerabilities.example"]),
            &["https://www.vulnerabilities.example"],
            &["http://www.vulnerabilities.example", EVIL],
        ),
        ported(
            "e08",
            cors_policy!(allow_origins = ["https://api.example", "https://app.api.example"]),
            &["https://app.api.example"],
            &["https://xapp.api.example", "https://app-api.example"],
        ),
        // A hostel, and one shop: previews on a shared host, named one by one.
        ported(
            "e04",
            cors_policy!(
                allow_origins = [
                    "https://hostel.vercel.app",
                    "https://hostel-git-dev-me.vercel.app",
                    "http://localhost:3000"
                ],
                allow_credentials = true,
            ),
            &["https://hostel.vercel.app", "http://localhost:3000"],
            &["https://hostel-x.vercel.app"],
        ),
        ported(
            "e16",
            cors_policy!(
                allow_origins = [
                    "https://front.vercel.app",
                    "https://front-git-main-me.vercel.app"
                ],
                allow_credentials = true,
            ),
            &["https://front.vercel.app"],
            &["https://front-x.vercel.app", EVIL],
        ),
        ported(
            "e18",
            cors_policy!(
                allow_origins = [
                    "https://shop.example",
                    "https://**.shop.example",
                    "https://pr-*.preview.shop.dev"
                ],
                allow_credentials = true,
            ),
            &["https://shop.example", "https://pr-7.preview.shop.dev"],
            &["http://10.0.0.7", "https://evilshop.example"],
        ),
        // A company by a part of the name, and localhost by a beginning.
        ported(
            "e06",
            cors_policy!(
                allow_origins = [
                    "http://localhost:*",
                    "https://company.example",
                    "https://**.company.example"
                ],
                allow_credentials = true,
            ),
            &["https://www.company.example", DEV],
            &[
                "https://company.example.evil.net",
                "http://localhost.evil.example",
            ],
        ),
        // Agents: a list, subdomains, and previews by a part of the name.
        ported(
            "e20",
            cors_policy!(
                allow_origins = [
                    "https://agents.example",
                    "https://*.agents.example",
                    "https://agents-git-*.preview.agents.dev"
                ],
                expose_headers = ["x-ratelimit-limit", "x-ratelimit-remaining"],
                allow_credentials = true,
            ),
            &[
                "https://www.agents.example",
                "https://agents-git-7.preview.agents.dev",
            ],
            &[
                "https://agents.example.evil.net",
                "https://agents-git-7.vercel.app",
            ],
        ),
    ]
}
