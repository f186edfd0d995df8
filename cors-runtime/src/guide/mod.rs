//! How to use this crate: chapters, a cookbook, and the way here from other libraries.
//!
//! Every policy on these pages compiles, and what is said about it is asserted.
//!
//! | page | what it answers |
//! |---|---|
//! | [`quick_start`] | What has to be known of the pages, and what is written for it? |
//! | [`patterns`] | Which origins does an entry accept, and which entries are refused? |
//! | [`credentials`] | Cookies or tokens, and what changes with them? |
//! | [`rules`] | How does one endpoint trust some origins more than others? |
//! | [`environments`] | How do development, staging and production differ? |
//! | [`run_time_origins`] | Origins from the environment, a file or a database? |
//! | [`frameworks`] | How is a policy put in front of an application? |
//! | [`testing`] | How does a test assert which page may call what? |
//! | [`debugging`] | The console shows a CORS error: which line has to change? |
//! | [`gateway`] | How does the gateway in front of a fleet enforce the same policy? |
//! | [`caching`] | What do browsers and CDNs keep, and what must they tell apart? |
//! | [`security`] | What is promised, and what is not? |
//! | [`performance`] | What does a policy cost, compiled and at run time? |
//! | [`cookbook`] | A policy for a situation like mine? |
//! | [`migration`] | What becomes of the policy that I have? |
//!
//! Every key and every kind of entry is listed at [`cors_policy!`](crate::cors_policy), and all
//! that is refused, at [`diagnostics`](crate::diagnostics).

#[doc = include_str!("quick_start.md")]
pub mod quick_start {}
#[doc = include_str!("patterns.md")]
pub mod patterns {}
#[doc = include_str!("credentials.md")]
pub mod credentials {}
#[doc = include_str!("rules.md")]
pub mod rules {}
#[doc = include_str!("environments.md")]
pub mod environments {}
#[doc = include_str!("run_time_origins.md")]
pub mod run_time_origins {}
#[doc = include_str!("frameworks.md")]
pub mod frameworks {}
#[doc = include_str!("testing.md")]
pub mod testing {}
#[doc = include_str!("debugging.md")]
pub mod debugging {}
#[doc = include_str!("gateway.md")]
pub mod gateway {}
#[doc = include_str!("caching.md")]
pub mod caching {}
#[doc = include_str!("security.md")]
pub mod security {}
#[doc = include_str!("performance.md")]
pub mod performance {}
#[doc = include_str!("cookbook.md")]
pub mod cookbook {}

/// The way here from other libraries: their policy beside the one of this crate, a table of their
/// options, and what changes in behaviour.
///
/// What all five have in common: a policy is a value that is built when the program starts, from
/// strings that are not looked at, or looked at then. Here it is checked while the program is
/// compiled, so that a mistake they keep to themselves (an entry that no browser ever sends, a
/// method in lower case, a header that browsers forbid) is an error in the editor.
pub mod migration {
    #[doc = include_str!("migration/tower_http.md")]
    pub mod tower_http {}
    #[doc = include_str!("migration/actix_cors.md")]
    pub mod actix_cors {}
    #[doc = include_str!("migration/rocket_cors.md")]
    pub mod rocket_cors {}
    #[doc = include_str!("migration/expressjs_cors.md")]
    pub mod expressjs_cors {}
    #[doc = include_str!("migration/jub0bs_cors.md")]
    pub mod jub0bs_cors {}
}
