//! Policies as a fairing of Rocket, 0.5: [`Cors`].
//!
//! ```
//! use cors_runtime::rocket::Cors;
//! use cors_runtime::{Policy, cors_policy};
//! use rocket::{get, routes};
//!
//! static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
//!
//! #[get("/")]
//! fn hello() -> &'static str {
//!     "hello"
//! }
//!
//! # fn main() {
//! use rocket::http::Header;
//! use rocket::local::blocking::Client;
//!
//! let rocket = rocket::build()
//!     .mount("/", routes![hello])
//!     .attach(Cors::new(&API));
//!
//! let client = Client::tracked(rocket).unwrap();
//! let request = client.get("/").header(Header::new("Origin", "https://example.com"));
//! let response = request.dispatch();
//! assert_eq!(response.headers().get_one("access-control-allow-origin"), Some("https://example.com"));
//! # }
//! ```
//!
//! # What it does
//!
//! A fairing of Rocket cannot answer a request by itself. This one mounts a route when Rocket
//! ignites, `OPTIONS /<..>` before all other routes. It answers preflights, so that neither the
//! application's handlers nor its guards see one, whether or not the path has routes. Any other
//! `OPTIONS` request is forwarded to the routes that come next, and is 404 where there is none, as
//! it is without the fairing. Request fairings do see preflights: Rocket runs them before any
//! route.
//!
//! When there is a response, of a route or of a catcher, the fairing sets the headers. A handler
//! that panics is a response of a catcher to Rocket, and gets them too.
//!
//! # Where it goes
//!
//! **Last among the fairings**, so that none replaces the headers; response fairings run in the
//! order in which they are attached. Attach one: with two, their routes collide and Rocket does not
//! launch. A fairing is for the whole application; [`Cors::under`] gives a part of it a policy of
//! its own.
//!
//! # What Rocket does before
//!
//! - A method that Rocket does not know, as `PURGE`, is 400 from a catcher without any fairing, and
//!   so without CORS headers.
//! - A header line that is not UTF-8 is dropped, an `Origin` among them. No browser sends one.

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use ::rocket::fairing::{self, Fairing, Info, Kind};
use ::rocket::http::{Method, Status};
use ::rocket::route::{Handler, Outcome, Route};
use ::rocket::{Build, Data, Request, Response, Rocket, async_trait};

use crate::events;
use crate::explain::{self, HeaderLine};
use crate::fields::{self, Fields};
use crate::policy::Policy;
use cors_origin::header as name;

/// Enforces a policy on an application, or several on its parts. See the [module](self).
#[derive(Debug, Clone)]
pub struct Cors {
    policy: &'static Policy,
    parts: Vec<Part>,
    explains: bool,
}

/// A part of an application, that has a policy of its own.
#[derive(Debug, Clone)]
struct Part {
    /// The segments of the path that it is mounted on.
    base: Vec<String>,
    policy: &'static Policy,
}

impl Cors {
    /// A fairing that enforces `policy`.
    #[must_use]
    pub const fn new(policy: &'static Policy) -> Self {
        Self {
            policy,
            parts: Vec::new(),
            explains: false,
        }
    }

    /// Says in the header `x-cors-explanation` of every response why the request is allowed or
    /// denied, in the words of [`Policy::explain`], if `explains` is true: for development, as in
    /// `Cors::new(&API).explain(cfg!(debug_assertions))`. The network panel of a browser shows it,
    /// whatever the page itself may read.
    ///
    /// **Not for production**: it tells strangers what the policy allows, and it differs from
    /// request to request without `Vary` saying so, which is wrong in a cache.
    #[must_use]
    pub const fn explain(mut self, explains: bool) -> Self {
        self.explains = explains;
        self
    }

    /// Enforces another policy on the paths under `base`, as in `mount`. Of several that a path is
    /// under, the longest decides.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy, rocket::Cors};
    /// # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
    /// # static PUBLIC: Policy = cors_policy!(allow_origins = Any);
    /// let cors = Cors::new(&API).under("/public", &PUBLIC);
    /// ```
    #[must_use]
    pub fn under(mut self, base: &str, policy: &'static Policy) -> Self {
        let segments = base.split('/').filter(|segment| !segment.is_empty());
        self.parts.push(Part {
            base: segments.map(ToOwned::to_owned).collect(),
            policy,
        });
        self
    }

    /// The policy for a path. It is compared by segments and percent-decoded, as the router does,
    /// so that no other spelling of it is under another policy.
    fn policy_for(&self, request: &Request<'_>) -> &'static Policy {
        let path = request.uri().path();
        let is_under = |part: &&Part| {
            let mut segments = path.segments();
            part.base
                .iter()
                .all(|base| segments.next() == Some(base.as_str()))
        };
        let part = self.parts.iter().filter(is_under);
        part.max_by_key(|part| part.base.len())
            .map_or(self.policy, |part| part.policy)
    }

    /// What CORS looks at.
    fn cors<'r>(request: &'r Request<'_>) -> crate::Request<'r> {
        let method = request.method().as_str().as_bytes();
        let names = [name::ORIGIN, name::REQUEST_METHOD, name::REQUEST_HEADERS];
        crate::Request::read(method, names, |name| {
            request.headers().get(name).map(str::as_bytes)
        })
    }
}

#[async_trait]
impl Fairing for Cors {
    fn info(&self) -> Info {
        Info {
            name: "CORS",
            kind: Kind::Ignite | Kind::Response,
        }
    }

    async fn on_ignite(&self, rocket: Rocket<Build>) -> fairing::Result {
        // The least rank comes first.
        let preflights = Route::ranked(isize::MIN, Method::Options, "/<..>", self.clone());
        Ok(rocket.mount("/", [preflights]))
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let (policy, cors) = (self.policy_for(request), Self::cors(request));
        events::denied(policy, || cors);
        if self.explains {
            let line = HeaderLine::new(&policy.explain(&cors));
            if let Some(explanation) = Response::copied(line.as_bytes()) {
                response.set_raw_header(explain::NAME, explanation);
            }
        }
        let decision = policy.evaluate(&cors);
        let origin = request.headers().get_one(name::ORIGIN);
        let origin = origin.map(|origin| Cow::Owned(origin.to_owned()));
        fields::apply(response, &decision.verdict(), origin, &decision.mirror());
    }
}

/// Answers preflights. Their headers are set with those of all other responses.
#[async_trait]
impl Handler for Cors {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        let decision = self.policy_for(request).evaluate(&Self::cors(request));
        match decision.preflight_status() {
            Some(status) => {
                Outcome::Success(Response::build().status(Status::new(status)).finalize())
            }
            None => Outcome::Forward((data, Status::NotFound)),
        }
    }
}

impl Fields for Response<'_> {
    type Value = Cow<'static, str>;

    fn constant(text: &'static str) -> Self::Value {
        Cow::Borrowed(text)
    }

    fn copied(bytes: &[u8]) -> Option<Self::Value> {
        // Headers of Rocket are text.
        let text = core::str::from_utf8(bytes).ok()?;
        Some(Cow::Owned(text.to_owned()))
    }

    fn remove(&mut self, name: &'static str) {
        self.remove_header(name);
    }

    fn append(&mut self, name: &'static str, value: Self::Value) {
        self.adjoin_raw_header(name, value);
    }

    fn replace_first(&mut self, name: &'static str, value: Self::Value) {
        let others = self.headers().get(name).skip(1);
        let others: Vec<String> = others.map(ToOwned::to_owned).collect();
        self.set_raw_header(name, value);
        for other in others {
            self.adjoin_raw_header(name, other);
        }
    }

    fn vary(&self) -> impl Iterator<Item = &[u8]> {
        self.headers().get(name::VARY).map(str::as_bytes)
    }
}
