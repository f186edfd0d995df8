//! Policies for the types of the `http` crate, 1.x:
//! [`Policy::answer`](crate::Policy::answer).
//!
//! For services that are built on tower, [`tower`](crate::tower) has a layer that does all of this.
//!
//! ```
//! use cors_runtime::{Policy, cors_policy};
//! use http::{Request, Response};
//!
//! static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
//!
//! fn serve(request: Request<()>) -> Response<String> {
//!     let cors = API.answer(&request);
//!     if let Some(response) = cors.preflight_response() {
//!         return response;
//!     }
//!     let mut response = Response::new("what the application says".to_owned());
//!     cors.apply_to(response.headers_mut());
//!     response
//! }
//!
//! let request = Request::get("/").header("origin", "https://example.com").body(()).unwrap();
//! let response = serve(request);
//! assert_eq!(response.headers()["access-control-allow-origin"], "https://example.com");
//! assert_eq!(response.headers()["vary"], "Origin");
//! ```

mod answer;
mod request;
mod response;

pub use answer::Answer;
