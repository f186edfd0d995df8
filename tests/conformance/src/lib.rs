//! One corpus of exchanges, `tests/corpus/exchanges.toml`, for everything that responds to
//! requests: the engines in this crate's own tests, and each example as a server. Responses are
//! compared line by line, and checked with the browser model, [`cors_runtime::testing`]: the corpus
//! describes the consequence for the script.
//!
//! ```no_run
//! // In the tests of an example; the name is that of `exception`s in the corpus.
//! conformance::over_http1("axum", "target/debug/example-axum");
//! conformance::over_http2("axum", "target/debug/example-axum");
//! ```

mod browser;
mod corpus;
mod expected;
mod http1;
mod http2;
mod oracle;
mod request;
mod response;
mod run;
mod server;

pub use browser::Outcome;
pub use corpus::{Case, Corpus};
pub use http1::send as send_http1;
pub use http2::send as send_http2;
pub use oracle::SERVER;
pub use request::Request;
pub use response::Response;
pub use run::{faults, faults_in, hold, over_http1, over_http2};
pub use server::Server;
