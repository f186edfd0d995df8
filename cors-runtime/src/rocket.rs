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
//! Rocket fairings cannot respond to requests. So this one mounts a route when Rocket ignites:
//! `OPTIONS /<..>`, ranked before all other routes. The route responds to preflights, whether or
//! not the path has other routes, so the application's handlers and guards never see one. Any other
//! `OPTIONS` request is forwarded to the next routes, and gets 404 if there is none, as it would
//! without the fairing. Request fairings do see preflights, because Rocket runs them before any
//! route.
//!
//! If the policy has `on_denied` or `allow_hosts`, the fairing has such a route for every method. It
//! responds with status 403 or 421 to the requests that are refused. The body is empty;
//! [`Cors::refusal`] returns the reason, for a response fairing that sends a body.
//!
//! The fairing sets the headers of every response, whether it comes from a route or from a catcher.
//! If a handler panics, Rocket calls a catcher, whose response gets the headers too.
//!
//! # Where it goes
//!
//! **Last among the fairings**, so that no other fairing replaces the headers: response fairings
//! run in the order in which they are attached. Attach only one: the routes of two fairings would collide,
//! and Rocket would not launch. A fairing applies to the whole application; use [`Cors::mount`] to
//! give a part of it a different policy.
//!
//! # Limitations imposed by Rocket
//!
//! - If Rocket does not know a method, such as `PURGE`, it responds with 400 from a catcher without
//!   calling any fairing, so without CORS headers.
//! - Rocket drops header lines that are not UTF-8. No browser sends such an `Origin`.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use ::rocket::fairing::{self, Fairing, Info, Kind};
use ::rocket::http::{HeaderMap, Method, Status};
use ::rocket::route::{Handler, Outcome, Route};
use ::rocket::{Build, Data, Request, Response, Rocket, async_trait};

use crate::decision::{Mirrored, OwnedOutcome};
use crate::explain::{self, Explanation, HeaderLine};
use crate::header_lines::{self, Chunk, HeaderSource};
use crate::into_policy::IntoPolicy;
use crate::log::log_if_denied;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::request::{CorsRequest, RequestKind};
use crate::response::{self, ResponseHeaders};
use crate::rule::{AppendConst, ConstHeader, Rule};
use crate::source::{Chooser, PolicySource};
use crate::vary::Vary;
use cors_origin::header::{HOST, Header, ORIGIN, REQUEST_HEADERS, REQUEST_METHOD, VARY};

/// Every method that Rocket knows.
const METHODS: &[Method] = &[
    Method::Get,
    Method::Put,
    Method::Post,
    Method::Delete,
    Method::Options,
    Method::Head,
    Method::Trace,
    Method::Connect,
    Method::Patch,
];

/// The host that a request is for, in the cache of the request.
struct Authority(String);

/// Enforces a policy on an application, or different policies on parts of it. See the [module](self).
#[derive(Debug, Clone)]
pub struct Cors {
    policy: PolicySource<Choose>,
    parts: Vec<Part>,
    exposes_explanation: bool,
}

type Choose = dyn Fn(&Request<'_>) -> Policy + Send + Sync;

/// The policy that was chosen for a request. Rocket calls both the fairing and its route, and both
/// enforce this policy.
struct Chosen(Policy);

/// The decision about a request. Both the fairing and its route enforce it, so that they agree even
/// if a predicate changes its answer in between.
struct Decided(OwnedOutcome);

/// A part of an application with its own policy.
#[derive(Debug, Clone)]
struct Part {
    /// The segments of its base path.
    base: Vec<String>,
    policy: PolicySource<Choose>,
}

impl Cors {
    /// Returns a fairing that enforces `policy`.
    #[must_use]
    pub fn new(policy: impl IntoPolicy) -> Self {
        Self::with_source(PolicySource::new(policy))
    }

    /// Returns a fairing that calls `choose` for each request, and enforces the policy that it returns.
    ///
    /// Use it if hosts or tenants have their own policies. `choose` is called once for each request,
    /// including preflights, and must not block. If only the path matters, [`mount`](Self::mount) is simpler.
    ///
    /// ```
    /// use cors_runtime::rocket::Cors;
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
    /// # static PUBLIC: Policy = cors_policy!(allow_origins = Any);
    ///
    /// let cors = Cors::choose(|request| match request.host() {
    ///     Some(host) if host.domain() == "public.example.com" => &PUBLIC,
    ///     _ => &API,
    /// });
    /// ```
    ///
    /// A preflight must get the same policy as the request that follows, and a cache must not
    /// reuse a response for a request that has a different policy. So let the choice only depend on the URL,
    /// including its host. See [`policies_per_request`](crate::guide::policies_per_request).
    #[must_use]
    pub fn choose<F, P>(choose: F) -> Self
    where
        F: Fn(&Request<'_>) -> P + Send + Sync + 'static,
        P: IntoPolicy,
    {
        let choose = move |request: &Request<'_>| choose(request).into_policy();
        Self::with_source(PolicySource::Chooser(Chooser::new(Arc::new(choose))))
    }

    fn with_source(policy: PolicySource<Choose>) -> Self {
        Self {
            policy,
            parts: Vec::new(),
            exposes_explanation: false,
        }
    }

    /// Sends the explanation of [`Policy::explain`] in the header `x-cors-explanation` of every
    /// response, if `expose` is true. Use it in development, with
    /// `Cors::new(&API).expose_explanation(cfg!(debug_assertions))`, and read it in the network
    /// panel of the browser.
    ///
    /// **Do not use it in production**: it reveals to strangers what the policy allows. Also, an
    /// explanation depends on request headers that `Vary` does not list, so a cache could serve it for
    /// another request.
    #[must_use]
    pub fn expose_explanation(mut self, expose: bool) -> Self {
        self.exposes_explanation = expose;
        self
    }

    /// Enforces a different policy on the paths under `base`, as in Rocket's `mount`. If a path is
    /// under several bases, the longest one applies.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy, rocket::Cors};
    /// # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
    /// # static PUBLIC: Policy = cors_policy!(allow_origins = Any);
    /// let cors = Cors::new(&API).mount("/public", &PUBLIC);
    /// ```
    #[must_use]
    pub fn mount(mut self, base: &str, policy: impl IntoPolicy) -> Self {
        let segments = base.split('/').filter(|segment| !segment.is_empty());
        self.parts.push(Part {
            base: segments.map(ToOwned::to_owned).collect(),
            policy: PolicySource::new(policy),
        });
        self
    }

    /// Returns the policy for a request. Compares decoded segments of the path, as the router does, so
    /// that no other spelling of the path gets a different policy.
    fn policy_for<'r>(&'r self, request: &'r Request<'_>) -> &'r Policy {
        let path = request.uri().path();
        let is_under = |part: &&Part| {
            let mut segments = path.segments();
            part.base
                .iter()
                .all(|base| segments.next() == Some(base.as_str()))
        };
        let part = self.parts.iter().filter(is_under);
        let part = part.max_by_key(|part| part.base.len());
        match part.map_or(&self.policy, |part| &part.policy) {
            PolicySource::Policy(policy) => policy,
            #[cfg(feature = "config")]
            PolicySource::Current(current) => &request.local_cache(|| Chosen(current.load())).0,
            PolicySource::Chooser(chooser) => {
                let chosen = request.local_cache(|| Chosen(chooser.function()(request)));
                &chosen.0
            }
        }
    }

    /// Returns the parts of a request that matter for CORS, and those that matter for refusals.
    fn cors<'r>(policy: &Policy, request: &'r Request<'_>) -> CorsRequest<'r> {
        let method = request.method().as_str().as_bytes();
        let names = [ORIGIN, REQUEST_METHOD];
        let lines = |name| request.headers().get(name).map(str::as_bytes);
        let cors = CorsRequest::from_lookup(method, names, lines, request.headers());
        if !policy.is_guarded() {
            return cors;
        }
        let cors = cors.with_context(None, |name| request.headers().get(name).map(str::as_bytes));
        // In HTTP/2 there is no `Host`; Rocket takes the host from `:authority`.
        match (request.headers().get(HOST).next(), request.host()) {
            (None, Some(_)) => {
                let host =
                    || Authority(request.host().map(ToString::to_string).unwrap_or_default());
                cors.with_authority(&request.local_cache(host).0)
            }
            _ => cors,
        }
    }

    /// Evaluates a request, once.
    fn decide<'r>(policy: &Policy, request: &'r Request<'_>) -> crate::decision::Outcome<'r> {
        let decide = || {
            let cors = Self::cors(policy, request);
            Decided(policy.decide_owned(cors.kind(), cors.origin(), || cors))
        };
        request.local_cache(decide).0.get()
    }

    /// Returns why `on_denied` or `allow_hosts` refuses a request, for a response fairing that sends a
    /// body.
    #[must_use]
    pub fn refusal(&self, request: &Request<'_>) -> Option<Refusal> {
        let policy = self.policy_for(request);
        match policy.is_guarded() {
            true => Self::decide(policy, request).refusal,
            false => None,
        }
    }

    /// Returns whether a policy may refuse requests other than preflights.
    fn is_guarded(&self) -> bool {
        let mut parts = self.parts.iter();
        self.policy.may_be_guarded() || parts.any(|part| part.policy.may_be_guarded())
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
        let methods = match self.is_guarded() {
            true => METHODS,
            false => &[Method::Options],
        };
        // The route with the lowest rank runs first.
        let route = |method: &Method| Route::ranked(isize::MIN, *method, "/<..>", self.clone());
        Ok(rocket.mount("/", methods.iter().map(route).collect::<Vec<_>>()))
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let policy = self.policy_for(request);
        let cors = Self::cors(policy, request);
        // The route has decided about the others before.
        let has_route = policy.is_guarded() || request.method() == Method::Options;
        let outcome = match has_route {
            true => Self::decide(policy, request),
            false => policy.decide_request(&cors),
        };
        log_if_denied(policy, outcome, || (cors, request.uri().path().as_str()));
        if self.exposes_explanation {
            let line = HeaderLine::new(&Explanation::new(policy, outcome, &cors));
            if let Some(line) = to_text(line.as_bytes()) {
                response.set_raw_header(explain::NAME, line);
            }
        }
        response::apply(response, &outcome, |response| {
            if let (true, Some(origin)) = (outcome.echoes_origin(), cors.origin().single()) {
                if outcome.echoes_timing() {
                    response.append(Header::TimingAllowOrigin, origin);
                }
                response.append(Header::AllowOrigin, origin);
            }
            response::append_mirrored(response, &Mirrored::new(&cors, &outcome));
        });
    }
}

/// Responds to preflights, and to requests that are refused. The response fairing adds the headers.
#[async_trait]
impl Handler for Cors {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        let policy = self.policy_for(request);
        match Self::decide(policy, request).immediate_status() {
            Some(status) => {
                Outcome::Success(Response::build().status(Status::new(status)).finalize())
            }
            None => Outcome::Forward((data, Status::NotFound)),
        }
    }
}

impl HeaderSource for HeaderMap<'_> {
    fn copy_lines<'r>(&'r self, from: usize, chunk: &mut Chunk<'r>) -> usize {
        let lines = self.get(REQUEST_HEADERS).map(str::as_bytes);
        header_lines::fill(chunk, lines.skip(from))
    }
}

impl AppendConst for Response<'_> {
    #[cfg(feature = "config")]
    type Line = (Header, String);

    fn append_const<H: ConstHeader>(&mut self) {
        self.adjoin_raw_header(H::NAME.name(), H::VALUE);
    }

    #[cfg(feature = "config")]
    fn line(header: Header, value: &str) -> Self::Line {
        (header, value.to_owned())
    }

    #[cfg(feature = "config")]
    fn append_line(&mut self, (header, value): &Self::Line) {
        self.adjoin_raw_header(header.name(), value.clone());
    }
}

impl ResponseHeaders for Response<'_> {
    fn remove(&mut self, header: Header) {
        self.remove_header(header.name());
    }

    fn append_constants(&mut self, rule: &Rule, kind: RequestKind) {
        rule.constants.rocket.get(kind)(rule, self);
    }

    fn append(&mut self, header: Header, value: &[u8]) {
        if let Some(value) = to_text(value) {
            self.adjoin_raw_header(header.name(), value);
        }
    }

    fn vary(&self) -> impl Iterator<Item = &[u8]> {
        self.headers().get(VARY).map(str::as_bytes)
    }

    fn append_vary(&mut self, vary: Vary) -> bool {
        self.adjoin_raw_header(VARY, vary.names());
        true
    }

    fn replace_first_vary(&mut self, line: &[u8]) {
        let Some(line) = to_text(line) else {
            return;
        };
        let others = self.headers().get(VARY).skip(1);
        let others: Vec<String> = others.map(ToOwned::to_owned).collect();
        self.set_raw_header(VARY, line);
        for other in others {
            self.adjoin_raw_header(VARY, other);
        }
    }
}

/// Returns the value of a header as text, which Rocket requires.
fn to_text(value: &[u8]) -> Option<String> {
    Some(str::from_utf8(value).ok()?.to_owned())
}
