//! How to use this crate: a tutorial in chapters, a cookbook, and migration guides.
//!
//! Every policy on these pages is tested. It behaves as described or, where the text shows an error, does not
//! compile.
//!
//! | page | the question it answers |
//! |---|---|
//! | [`quick_start`] | What do I need to know, and how do I write my first policy? |
//! | [`frameworks`] | How do I add a policy to my application? |
//! | [`patterns`] | Which origins does an entry accept, and which entries do not compile? |
//! | [`credentials`] | Should I use cookies or tokens, and how do I allow them? |
//! | [`rules`] | How do I give some origins more permissions than others? |
//! | [`testing`] | How do I test which page may call what? |
//! | [`debugging`] | The console shows a CORS error. Which line do I have to change? |
//! | [`environments`] | How do I allow different origins in development, staging and production? |
//! | [`run_time_origins`] | How do I load origins from the environment, a file or a database? |
//! | [`configuration`] | How do I let operators configure the whole policy in a file? |
//! | [`policies_per_request`] | How do I give hosts, paths and tenants their own policies? |
//! | [`cross_site_request_forgery`] | How do I refuse requests, not only hide responses? |
//! | [`caching`] | What do browsers and CDNs cache, and what must they distinguish? |
//! | [`gateway`] | How do I enforce the same policy at a gateway? |
//! | [`web_assembly`] | How do I run a policy as WebAssembly, in Envoy or in a Cloudflare Worker? |
//! | [`security`] | What does a policy promise, and what does it not promise? |
//! | [`performance`] | What does a policy cost, at compile time and at run time? |
//! | [`cookbook`] | Is there a policy for my situation? |
//! | [`migration`] | How do I convert the policy that I have? |
//!
//! [`cors_policy!`](crate::cors_policy) lists every key and every kind of entry, and
//! [`diagnostics`](crate::diagnostics) explains every error.

#[doc = include_str!("quick_start.md")]
pub mod quick_start {}
#[doc = include_str!("frameworks.md")]
pub mod frameworks {}
#[doc = include_str!("patterns.md")]
pub mod patterns {}
#[doc = include_str!("credentials.md")]
pub mod credentials {}
#[doc = include_str!("rules.md")]
pub mod rules {}
#[doc = include_str!("testing.md")]
pub mod testing {}
#[doc = include_str!("debugging.md")]
pub mod debugging {}
#[doc = include_str!("environments.md")]
pub mod environments {}
#[doc = include_str!("run_time_origins.md")]
pub mod run_time_origins {}
#[doc = include_str!("configuration.md")]
pub mod configuration {}
#[doc = include_str!("policies_per_request.md")]
pub mod policies_per_request {}
#[doc = include_str!("cross_site_request_forgery.md")]
pub mod cross_site_request_forgery {}
#[doc = include_str!("caching.md")]
pub mod caching {}
#[doc = include_str!("gateway.md")]
pub mod gateway {}
#[doc = include_str!("web_assembly.md")]
pub mod web_assembly {}
#[doc = include_str!("security.md")]
pub mod security {}
#[doc = include_str!("performance.md")]
pub mod performance {}
#[doc = include_str!("cookbook.md")]
pub mod cookbook {}

/// Migration guides: the policy of another library next to one of this crate and, for the CORS libraries, a
/// table of the options and the changes in behaviour.
///
/// The CORS libraries build a policy when the program starts, from strings that they check at that time or
/// not at all. This crate checks the policy at compile time. So mistakes that the other libraries accept
/// silently, such as an origin that no browser sends or a method in lower case, become errors in your editor.
pub mod migration {
    #[doc = include_str!("migration/tower_http.md")]
    pub mod tower_http {}
    #[doc = include_str!("migration/actix_cors.md")]
    pub mod actix_cors {}
    #[doc = include_str!("migration/rmcp.md")]
    pub mod rmcp {}
    #[doc = include_str!("migration/axum_csrf.md")]
    pub mod axum_csrf {}
    #[doc = include_str!("migration/rocket_cors.md")]
    pub mod rocket_cors {}
    #[doc = include_str!("migration/expressjs_cors.md")]
    pub mod expressjs_cors {}
    #[doc = include_str!("migration/jub0bs_cors.md")]
    pub mod jub0bs_cors {}
}
