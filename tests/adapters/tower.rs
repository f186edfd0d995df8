//! The tower layer: readiness, errors, and what reaches the inner service.

use std::cell::{Cell, RefCell};
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use cors_runtime::tower::{CorsLayer, ExplainLayer};
use cors_runtime::{Origin, Policy, cors_policy};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use tower::limit::ConcurrencyLimitLayer;
use tower::{Layer, Service, ServiceExt};

static API: Policy = cors_policy!(allow_origins = ["https://a.example"], allow_methods = [PUT]);

/// A body that can be neither cloned nor sent, and is only created through `Default`.
#[derive(Debug, Default, PartialEq)]
struct Body(Rc<Cell<u8>>);

type Readiness = Poll<Result<(), &'static str>>;

/// A service that records its requests, and responds as configured.
#[derive(Clone, Default)]
struct Inner {
    /// From the last to the first.
    readiness: Rc<RefCell<Vec<Readiness>>>,
    asked: Rc<RefCell<Vec<Method>>>,
    fails: bool,
    status: StatusCode,
}

impl Service<Request<Body>> for Inner {
    type Response = Response<Body>;
    type Error = &'static str;
    type Future = Ready<Result<Response<Body>, &'static str>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Readiness {
        self.readiness
            .borrow_mut()
            .pop()
            .unwrap_or(Poll::Ready(Ok(())))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        self.asked.borrow_mut().push(request.method().clone());
        if self.fails {
            return ready(Err("inner failed"));
        }
        let mut response = Response::new(Body(Rc::new(Cell::new(7))));
        *response.status_mut() = self.status;
        ready(Ok(response))
    }
}

fn request(method: Method, headers: &[(&'static str, &'static str)]) -> Request<Body> {
    let mut request = Request::builder().method(method);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::default()).unwrap()
}

/// Sends a request to the layer around `inner`, which is always ready.
fn ask(inner: &Inner, request: Request<Body>) -> Result<Response<Body>, &'static str> {
    let future = CorsLayer::new(&API).layer(inner.clone()).oneshot(request);
    let mut future = std::pin::pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("nothing to wait for"),
    }
}

const ORIGIN: (&str, &str) = ("origin", "https://a.example");
const REQUESTED: (&str, &str) = ("access-control-request-method", "PUT");

#[test]
fn a_preflight_never_reaches_the_inner_service() {
    let inner = Inner::default();
    for origin in [ORIGIN, ("origin", "https://b.example")] {
        let response = ask(&inner, request(Method::OPTIONS, &[origin, REQUESTED])).unwrap();
        assert_eq!(response.body(), &Body::default());
        assert_eq!(
            response.status().as_u16(),
            if origin == ORIGIN { 204 } else { 403 }
        );
    }
    assert!(inner.asked.borrow().is_empty());
}

#[test]
fn everything_else_reaches_it_and_gets_the_headers() {
    for status in [200, 304, 404, 500] {
        let inner = Inner {
            status: StatusCode::from_u16(status).unwrap(),
            ..Inner::default()
        };
        for method in [Method::GET, Method::OPTIONS, Method::PUT] {
            let response = ask(&inner, request(method, &[ORIGIN])).unwrap();
            assert_eq!(response.status(), status);
            assert_eq!(response.body(), &Body(Rc::new(Cell::new(7))));
            assert_eq!(
                response.headers()["access-control-allow-origin"],
                "https://a.example"
            );
            assert_eq!(response.headers()["vary"], "Origin");
        }
        // Another method is not a preflight, whatever it requests.
        for method in [Method::GET, Method::POST, Method::PUT] {
            let response = ask(&inner, request(method, &[ORIGIN, REQUESTED])).unwrap();
            assert_eq!(response.status(), status);
        }
        let denied = ask(
            &inner,
            request(Method::GET, &[("origin", "https://b.example")]),
        )
        .unwrap();
        assert_eq!(denied.headers().len(), 1, "Vary alone");
        assert_eq!(inner.asked.borrow().len(), 7, "a denied request still runs");
    }
}

#[test]
fn errors_pass_through() {
    let inner = Inner {
        fails: true,
        ..Inner::default()
    };
    assert_eq!(
        ask(&inner, request(Method::GET, &[ORIGIN])).unwrap_err(),
        "inner failed"
    );
    let explained = ExplainLayer::new(&API).layer(inner);
    let future = explained.oneshot(request(Method::GET, &[ORIGIN]));
    let mut context = Context::from_waker(Waker::noop());
    let result = std::pin::pin!(future).as_mut().poll(&mut context);
    assert!(matches!(result, Poll::Ready(Err("inner failed"))));
}

/// A request waits for the inner service, and a preflight does not.
#[test]
fn only_requests_wait_for_the_inner_service() {
    let inner = Inner::default();
    let readiness = |states: &[Readiness]| *inner.readiness.borrow_mut() = states.to_vec();
    let service = CorsLayer::new(&API).layer(inner.clone());
    let mut service = ExplainLayer::new(&API).layer(service);
    let mut context = Context::from_waker(Waker::noop());

    readiness(&[Poll::Ready(Ok(())), Poll::Pending, Poll::Pending]);
    assert_eq!(service.poll_ready(&mut context), Poll::Ready(Ok(())));
    let mut future = std::pin::pin!(service.call(request(Method::GET, &[ORIGIN])));
    assert!(future.as_mut().poll(&mut context).is_pending());
    assert!(inner.asked.borrow().is_empty());
    let Poll::Ready(Ok(response)) = future.as_mut().poll(&mut context) else {
        panic!("the inner service is ready");
    };
    assert_eq!(response.headers()["access-control-allow-origin"], ORIGIN.1);
    assert_eq!(*inner.asked.borrow(), [Method::GET]);

    readiness(&[Poll::Pending; 9]);
    assert_eq!(service.poll_ready(&mut context), Poll::Ready(Ok(())));
    let preflight = service.call(request(Method::OPTIONS, &[ORIGIN, REQUESTED]));
    let Poll::Ready(Ok(response)) = std::pin::pin!(preflight).poll(&mut context) else {
        panic!("a preflight waits for nothing");
    };
    assert_eq!(response.status(), StatusCode::NO_CONTENT);

    readiness(&[Poll::Ready(Err("broken")), Poll::Pending]);
    assert_eq!(service.poll_ready(&mut context), Poll::Ready(Ok(())));
    let mut future = std::pin::pin!(service.call(request(Method::GET, &[ORIGIN])));
    let result = future.as_mut().poll(&mut context);
    assert!(matches!(result, Poll::Ready(Err("broken"))));
    readiness(&[Poll::Ready(Err("broken"))]);
    assert_eq!(service.poll_ready(&mut context), Poll::Ready(Err("broken")));
}

/// A service that responds to a preflight does not keep the permit that it got when it became ready.
#[tokio::test]
async fn a_preflight_keeps_no_permit() {
    let respond = |_: Request<String>| async { Ok::<_, Infallible>(Response::new(String::new())) };
    let limited = ConcurrencyLimitLayer::new(1).layer(tower::service_fn(respond));
    let service = CorsLayer::new(&API).layer(limited);
    let preflight = || {
        let request = Request::options("/").header(ORIGIN.0, ORIGIN.1);
        request
            .header(REQUESTED.0, REQUESTED.1)
            .body(String::new())
            .unwrap()
    };
    let get = || {
        Request::get("/")
            .header(ORIGIN.0, ORIGIN.1)
            .body(String::new())
            .unwrap()
    };
    // Each connection of a server has its clone.
    let (mut first, mut second) = (service.clone(), service);
    let response = first
        .ready()
        .await
        .unwrap()
        .call(preflight())
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let response = second.ready().await.unwrap().call(get()).await.unwrap();
    assert_eq!(response.headers()["access-control-allow-origin"], ORIGIN.1);
    // While a request has the only permit, preflights are answered, and requests wait.
    let waiting = first.ready().await.unwrap().call(get());
    let response = second
        .ready()
        .await
        .unwrap()
        .call(preflight())
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let mut blocked = Box::pin(second.ready().await.unwrap().call(get()));
    let mut context = Context::from_waker(Waker::noop());
    assert!(blocked.as_mut().poll(&mut context).is_pending());
    drop(waiting);
    assert!(blocked.await.is_ok());
}

#[test]
#[should_panic(expected = "`ResponseFuture` is polled after its response")]
fn a_future_is_not_polled_again() {
    let mut service = CorsLayer::new(&API).layer(Inner::default());
    let mut context = Context::from_waker(Waker::noop());
    assert!(service.poll_ready(&mut context).is_ready());
    let preflight = service.call(request(Method::OPTIONS, &[ORIGIN, REQUESTED]));
    assert!(format!("{preflight:?}").starts_with("ResponseFuture { decision: "));
    let mut preflight = std::pin::pin!(preflight);
    assert!(preflight.as_mut().poll(&mut context).is_ready());
    let _ = preflight.as_mut().poll(&mut context);
}

#[test]
fn explanations_are_only_sent_if_enabled() {
    let explained = |request| {
        let service = CorsLayer::new(&API).layer(Inner::default());
        let future = ExplainLayer::new(&API).layer(service).oneshot(request);
        let mut context = Context::from_waker(Waker::noop());
        match std::pin::pin!(future).as_mut().poll(&mut context) {
            Poll::Ready(Ok(response)) => response.headers().clone(),
            _ => panic!("nothing to wait for"),
        }
    };
    let evil = ("origin", "https://b.example");
    for (method, headers, explanation) in [
        (Method::GET, &[][..], "the request has no `Origin`"),
        (
            Method::GET,
            &[ORIGIN],
            "pages of `https://a.example` may read the response",
        ),
        (
            Method::PUT,
            &[evil],
            "origin `https://b.example` is not allowed",
        ),
        (
            Method::OPTIONS,
            &[ORIGIN, REQUESTED],
            "pages of `https://a.example` may send `PUT`",
        ),
        (
            Method::OPTIONS,
            &[evil, REQUESTED],
            "origin `https://b.example` is not allowed",
        ),
    ] {
        let sent = explained(request(method.clone(), headers));
        let sent_explanation = sent["x-cors-explanation"].to_str().unwrap();
        assert!(
            sent_explanation.starts_with(explanation),
            "{sent_explanation}"
        );
        // Nothing else is different, and scripts may not read it.
        let usual = ask(&Inner::default(), request(method, headers)).unwrap();
        assert_eq!(sent.len(), usual.headers().len() + 1);
        assert!(!usual.headers().contains_key("x-cors-explanation"));
        assert!(!sent.contains_key("access-control-expose-headers"));
    }
}

/// Where a policy may be written: compiling is most of the test.
#[test]
fn a_layer_takes_a_policy_by_value_by_reference_and_in_place() {
    const CONSTANT: Policy = cors_policy!(allow_origins = ["https://a.example"]);
    const REFERENCE: &Policy = const { &cors_policy!(allow_origins = ["https://a.example"]) };
    static BOTH: [Policy; 2] = [
        CONSTANT,
        cors_policy!(allow_origins = ["https://a.example"]),
    ];
    struct State {
        policy: Policy,
    }
    fn by_value(policy: Policy) -> CorsLayer {
        CorsLayer::new(policy)
    }
    fn by_reference(policy: &Policy) -> CorsLayer {
        CorsLayer::new(policy)
    }
    trait Tenants {
        fn is_known(_: &Origin<'_>) -> bool;
    }
    impl Tenants for State {
        fn is_known(_: &Origin<'_>) -> bool {
            false
        }
    }
    impl State {
        const POLICY: Policy =
            cors_policy!(allow_origins = ["https://a.example", predicate(Self::is_known)]);
    }
    fn generic<T: Tenants>() -> CorsLayer {
        CorsLayer::new(cors_policy!(
            allow_origins = ["https://a.example", predicate(T::is_known)]
        ))
    }
    let local = cors_policy!(allow_origins = ["https://a.example"]);
    let state = State {
        policy: local.clone(),
    };
    let layers = [
        CorsLayer::new(&API),
        CorsLayer::new(API.clone()),
        CorsLayer::new(cors_policy!(allow_origins = ["https://a.example"])),
        CorsLayer::new(&cors_policy!(allow_origins = ["https://a.example"])),
        CorsLayer::new(CONSTANT),
        CorsLayer::new(REFERENCE),
        CorsLayer::new(&BOTH[0]),
        CorsLayer::new(&BOTH[1]),
        CorsLayer::new(&state.policy),
        CorsLayer::new(if local.allows_origin("null") {
            &API
        } else {
            &state.policy
        }),
        by_value(local.clone()),
        by_reference(&local),
        generic::<State>(),
        CorsLayer::new(State::POLICY),
    ];
    drop((local, state));
    for layer in layers {
        let mut layer = layer.layer(Inner::default());
        let response = layer.call(request(Method::GET, &[("origin", "https://a.example")]));
        let mut response = std::pin::pin!(response);
        match response
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(Ok(response)) => {
                let allowed = &response.headers()["access-control-allow-origin"];
                assert_eq!(allowed, "https://a.example");
            }
            other => panic!("{other:?}"),
        }
    }
}

/// The application may have used all names that a header map has room for.
#[test]
fn a_full_header_map_is_no_panic() {
    for room in 0..6 {
        let mut headers = HeaderMap::new();
        while headers.keys_len() < 24_576 - room {
            let name = format!("x-{}", headers.keys_len());
            headers.insert(
                HeaderName::try_from(name).unwrap(),
                HeaderValue::from_static(""),
            );
        }
        assert!(
            room > 0
                || headers
                    .try_insert("x-more", HeaderValue::from_static(""))
                    .is_err()
        );
        for request in [
            request(Method::GET, &[ORIGIN]),
            request(Method::OPTIONS, &[ORIGIN, REQUESTED]),
        ] {
            let mut headers = headers.clone();
            API.evaluate_http(&request).apply_to(&mut headers);
            // Responses that a cache must distinguish have `Vary`.
            let is_allowed = headers.contains_key("access-control-allow-origin");
            assert!(!is_allowed || headers.contains_key("vary"), "{room}");
        }
    }
}

#[test]
fn the_inner_service_is_within_reach() {
    let mut service = CorsLayer::new(&API).layer(Inner::default());
    service.get_mut().fails = true;
    assert!(service.get_ref().fails);
    assert!(service.into_inner().fails);
}

/// It is moved along with every response that is waited for.
#[test]
fn a_future_stays_small() {
    fn added<S>(_: S) -> usize
    where
        S: Service<Request<Body>>,
    {
        size_of::<S::Future>() - size_of::<<Inner as Service<Request<Body>>>::Future>()
    }
    assert!(added(CorsLayer::new(&API).layer(Inner::default())) <= 88);
}
