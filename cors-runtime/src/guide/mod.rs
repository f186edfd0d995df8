//! How to use this crate: chapters and a cookbook.
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
//! | [`frameworks`] | How is a policy put in front of an application? |
//! | [`testing`] | How does a test assert which page may call what? |
//! | [`debugging`] | The console shows a CORS error: which line has to change? |
//! | [`caching`] | What do browsers and CDNs keep, and what must they tell apart? |
//! | [`security`] | What is promised, and what is not? |
//! | [`performance`] | What does a policy cost, compiled and at run time? |
//! | [`cookbook`] | A policy for a situation like mine? |
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
#[doc = include_str!("frameworks.md")]
pub mod frameworks {}
#[doc = include_str!("testing.md")]
pub mod testing {}
#[doc = include_str!("debugging.md")]
pub mod debugging {}
#[doc = include_str!("caching.md")]
pub mod caching {}
#[doc = include_str!("security.md")]
pub mod security {}
#[doc = include_str!("performance.md")]
pub mod performance {}
#[doc = include_str!("cookbook.md")]
pub mod cookbook {}
