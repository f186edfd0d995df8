//! Explanations in response headers, for development.

use core::future::Future;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, ready};

use ::http::request::Parts;
use ::http::{HeaderName, HeaderValue, Request, Response};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use super::{Source, choose_by};
use crate::explain::{self, Explanation};
use crate::http::Decision;
use crate::into_policy::IntoPolicy;
use crate::policy::Policy;
use crate::request::CorsRequest;
use crate::source::PolicySource;

/// A layer that sends the explanation of [`Policy::explain`](crate::Policy::explain) in the header `x-cors-explanation` of
/// every response. Use it in development, and read the header in the network panel of the browser.
///
/// **Do not use it in production**: it reveals to strangers what the policy allows. Also, an explanation depends
/// on request headers that `Vary` does not list, so a cache could serve it for another request.
///
/// `ExplainLayer` is a separate layer, so that it costs nothing if you leave it out. Put it outside
/// [`CorsLayer`](super::CorsLayer), with the same policy, so that it gets preflights. In axum, the layer
/// added last is the outermost one:
///
/// ```
/// use axum::{Router, routing::get};
/// use cors_runtime::tower::{CorsLayer, ExplainLayer};
/// # use cors_runtime::{Policy, cors_policy};
/// # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
///
/// let mut app: Router = Router::new()
///     .route("/", get(|| async { "hello" }))
///     .layer(CorsLayer::new(&API));
/// if cfg!(debug_assertions) {
///     app = app.layer(ExplainLayer::new(&API));
/// }
/// ```
#[derive(Debug, Clone)]
pub struct ExplainLayer {
    policy: Source,
}

/// The service that [`ExplainLayer`] creates. It only adds one header. Readiness and errors are
/// those of the inner service.
#[derive(Debug, Clone)]
pub struct Explain<S> {
    policy: Source,
    inner: S,
}

/// The decision that is explained, in the extensions of the request. [`CorsLayer`](super::CorsLayer) enforces it,
/// if its policy is the same. So both agree, and predicates are called once.
#[derive(Clone)]
struct Explained {
    policy: Policy,
    decision: Decision,
}

/// Whether decisions may have been explained. A program without [`ExplainLayer`] does not look for them.
static IS_IN_USE: AtomicBool = AtomicBool::new(false);

/// Returns the decision of `policy` on a request.
#[inline]
pub(super) fn decide<B>(policy: &Policy, request: &mut Request<B>) -> Decision {
    match IS_IN_USE.load(Ordering::Relaxed) {
        true => explained(policy, request),
        false => policy.evaluate_parts(request.method(), request.uri(), request.headers()),
    }
}

#[cold]
fn explained<B>(policy: &Policy, request: &mut Request<B>) -> Decision {
    match request.extensions_mut().remove::<Explained>() {
        Some(explained) if explained.policy.is_same(policy) => explained.decision,
        _ => policy.evaluate_http(request),
    }
}

/// Explains a decision, and passes it to the inner service.
#[inline]
fn explain(policy: &Policy, parts: &mut Parts) -> HeaderValue {
    let decision = policy.evaluate_parts(&parts.method, &parts.uri, &parts.headers);
    let request = CorsRequest::from(&*parts);
    let explanation = Explanation::new(policy, decision.outcome(), &request).to_header_value();
    parts.extensions.insert(Explained {
        policy: policy.clone(),
        decision,
    });
    explanation
}

pin_project! {
    /// The response of an [`Explain`] service.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct ExplainFuture<F> {
        #[pin]
        future: F,
        explanation: Option<HeaderValue>,
    }
}

impl ExplainLayer {
    /// Returns a layer that explains the decisions of `policy`.
    #[must_use]
    pub fn new(policy: impl IntoPolicy) -> Self {
        Self {
            policy: PolicySource::new(policy),
        }
    }

    /// Returns a layer that explains the decisions of the policy that `choose` returns for each request.
    /// Pass the same function to [`CorsLayer::choose`](super::CorsLayer::choose). Each of the two layers calls it once
    /// for each request.
    ///
    /// ```
    /// use cors_runtime::tower::{CorsLayer, ExplainLayer};
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
    /// # static PUBLIC: Policy = cors_policy!(allow_origins = Any);
    ///
    /// fn policy_for(parts: &http::request::Parts) -> &'static Policy {
    ///     match parts.uri.path().split('/').nth(1) {
    ///         Some("public") => &PUBLIC,
    ///         _ => &API,
    ///     }
    /// }
    ///
    /// let layers = (ExplainLayer::choose(policy_for), CorsLayer::choose(policy_for));
    /// ```
    #[must_use]
    pub fn choose<F, P>(choose: F) -> Self
    where
        F: Fn(&Parts) -> P + Send + Sync + 'static,
        P: IntoPolicy,
    {
        Self {
            policy: choose_by(choose),
        }
    }
}

impl<S> Layer<S> for ExplainLayer {
    type Service = Explain<S>;

    fn layer(&self, inner: S) -> Self::Service {
        IS_IN_USE.store(true, Ordering::Relaxed);
        Explain {
            policy: self.policy.clone(),
            inner,
        }
    }
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for Explain<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = ExplainFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let (mut parts, body) = request.into_parts();
        let explanation = match &self.policy {
            PolicySource::Policy(policy) => explain(policy, &mut parts),
            #[cfg(feature = "config")]
            PolicySource::Current(current) => explain(&current.load(), &mut parts),
            PolicySource::Chooser(chooser) => {
                let policy = chooser.function()(&parts);
                explain(&policy, &mut parts)
            }
        };
        ExplainFuture {
            future: self.inner.call(Request::from_parts(parts, body)),
            explanation: Some(explanation),
        }
    }
}

impl<F, ResponseBody, Error> Future for ExplainFuture<F>
where
    F: Future<Output = Result<Response<ResponseBody>, Error>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = ready!(this.future.poll(context))?;
        if let Some(explanation) = this.explanation.take() {
            let name = const { HeaderName::from_static(explain::NAME) };
            // Left out if the map is full.
            let _ = response.headers_mut().try_insert(name, explanation);
        }
        Poll::Ready(Ok(response))
    }
}
