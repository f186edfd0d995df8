//! The middleware of actix-web, where the corpus does not lead: around and within others.

use std::cell::Cell;
use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Waker};

use actix_web::body::{MessageBody, to_bytes};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, fn_service};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Compress, from_fn};
use actix_web::test::{TestRequest, call_service, init_service, try_call_service};
use actix_web::{App, Error, HttpResponse, ResponseError, web};
use cors_runtime::Refusal;
use cors_runtime::actix_web::Cors;
use example_app::{API, LOCAL, MIRROR, PUBLIC};

const ORIGIN: (&str, &str) = ("Origin", "https://app.example.com");
const REQUESTED: (&str, &str) = ("Access-Control-Request-Method", "PUT");

fn preflight(path: &str) -> TestRequest {
    let request = TestRequest::with_uri(path).method(Method::OPTIONS);
    request.insert_header(ORIGIN).insert_header(REQUESTED)
}

fn line<'r, B>(response: &'r ServiceResponse<B>, header: &str) -> Option<&'r str> {
    response
        .headers()
        .get(header)
        .map(|value| value.to_str().unwrap())
}

#[derive(Debug)]
struct Teapot;

impl fmt::Display for Teapot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("short and stout")
    }
}

impl ResponseError for Teapot {
    fn status_code(&self) -> StatusCode {
        StatusCode::IM_A_TEAPOT
    }
}

/// A middleware that fails gives an error, not a response; it stays one, of its own type, for the
/// middleware around, and the response that is made of it gets the headers.
#[actix_web::test]
async fn an_error_of_a_middleware_stays_what_it_is() {
    let app = App::new()
        .wrap_fn(|_, _| async { Err::<ServiceResponse, Error>(Teapot.into()) })
        .wrap(Cors::new(&API));
    let app = init_service(app).await;
    let request = TestRequest::get().insert_header(ORIGIN).to_request();
    let error = try_call_service(&app, request).await.unwrap_err();
    assert!(error.as_error::<Teapot>().is_some());
    // Made twice, it is the same twice.
    for response in [error.error_response(), error.error_response()] {
        let headers = response.headers();
        assert_eq!(response.status(), StatusCode::IM_A_TEAPOT);
        assert_eq!(
            headers.get("access-control-allow-origin").unwrap(),
            ORIGIN.1
        );
        assert_eq!(headers.get_all("vary").count(), 1);
    }

    let denied = TestRequest::get().insert_header(("Origin", "https://elsewhere.example"));
    let error = try_call_service(&app, denied.to_request())
        .await
        .unwrap_err();
    let response = error.error_response();
    assert!(
        !response
            .headers()
            .contains_key("access-control-allow-origin")
    );
    assert_eq!(response.headers().get("vary").unwrap(), "Origin");
}

#[actix_web::test]
async fn the_policy_of_the_application_decides_about_scopes_as_well() {
    let scope = web::scope("/public")
        .route("/plain", web::get().to(HttpResponse::Ok))
        .wrap(Cors::new(&PUBLIC));
    let app = init_service(App::new().service(scope).wrap(Cors::new(&API))).await;
    let request = TestRequest::with_uri("/public/plain").insert_header(ORIGIN);
    let response = call_service(&app, request.to_request()).await;
    assert_eq!(
        line(&response, "access-control-allow-origin"),
        Some(ORIGIN.1)
    );
    assert_eq!(
        response
            .headers()
            .get_all("access-control-allow-origin")
            .count(),
        1
    );
    let response = call_service(&app, preflight("/public/plain").to_request()).await;
    assert_eq!(
        line(&response, "access-control-allow-methods"),
        Some("GET, PUT, DELETE, PURGE")
    );
}

/// Middleware that is wrapped first is inside, and does not get preflights.
#[actix_web::test]
async fn inner_middleware_gets_no_preflights() {
    let asked = Rc::new(Cell::new(0));
    let count = Rc::clone(&asked);
    let app = App::new()
        .route("/", web::get().to(HttpResponse::Ok))
        .wrap_fn(move |request, service| {
            count.set(count.get() + 1);
            service.call(request)
        })
        .wrap(Cors::new(&API));
    let app = init_service(app).await;
    let response = call_service(&app, preflight("/").to_request()).await;
    assert_eq!(
        (response.status(), asked.get()),
        (StatusCode::NO_CONTENT, 0)
    );
    call_service(&app, TestRequest::get().to_request()).await;
    assert_eq!(asked.get(), 1);
}

/// The documentation warns of this: a guard for a method runs before the middleware of its resource.
#[actix_web::test]
async fn a_guard_of_a_resource_hides_preflights() {
    let guarded = web::resource("/")
        .guard(actix_web::guard::Get())
        .to(HttpResponse::Ok)
        .wrap(Cors::new(&API));
    let app = init_service(App::new().service(guarded)).await;
    let response = call_service(&app, preflight("/").to_request()).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);

    let open = web::resource("/")
        .get(HttpResponse::Ok)
        .wrap(Cors::new(&API));
    let app = init_service(App::new().service(open)).await;
    let response = call_service(&app, preflight("/").to_request()).await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
}

/// A middleware around that changes the request does not change what was decided, and one within
/// that takes `Origin` away does not either.
#[actix_web::test]
async fn a_decision_outlives_the_headers_of_the_request() {
    let app = App::new()
        .route("/", web::get().to(HttpResponse::Ok))
        .wrap(from_fn(
            async |mut request: ServiceRequest, next: actix_web::middleware::Next<_>| {
                request.headers_mut().clear();
                next.call(request).await
            },
        ))
        .wrap(Cors::new(&API));
    let app = init_service(app).await;
    let response = call_service(&app, TestRequest::get().insert_header(ORIGIN).to_request()).await;
    assert_eq!(
        line(&response, "access-control-allow-origin"),
        Some(ORIGIN.1)
    );
}

#[actix_web::test]
async fn a_preflight_has_no_body_and_mirrors() {
    let app = init_service(App::new().wrap(Cors::new(&MIRROR))).await;
    let response = call_service(&app, preflight("/").to_request()).await;
    assert_eq!(line(&response, "access-control-allow-methods"), Some("PUT"));
    let body = response.into_body();
    assert_eq!(body.size(), actix_web::body::BodySize::Sized(0));
    assert!(to_bytes(body).await.ok().unwrap().is_empty());
}

/// A future that waits without a waker hangs; this one panics if it is polled too often.
#[actix_web::test]
async fn a_preflight_is_answered_once() {
    let inner = fn_service(async |request: ServiceRequest| {
        Ok(request.into_response(HttpResponse::Ok().finish()))
    });
    let service = Cors::new(&API).new_transform(inner).await.unwrap();
    let mut answer = pin!(service.call(preflight("/").to_srv_request()));
    let mut context = Context::from_waker(Waker::noop());
    assert!(answer.as_mut().poll(&mut context).is_ready());
    let again = AssertUnwindSafe(|| answer.as_mut().poll(&mut context).is_ready());
    assert!(catch_unwind(again).is_err());
}

/// Some gateways of serverless functions only forward the first line.
#[actix_web::test]
async fn vary_grows_on_its_first_line() {
    let varied = async || {
        let mut response = HttpResponse::Ok();
        for line in ["Accept-Encoding", "Cookie"] {
            response.append_header(("Vary", line));
        }
        response.finish()
    };
    let app = App::new().route("/", web::get().to(varied));
    let app = init_service(app.wrap(Cors::new(&API))).await;
    for origin in [ORIGIN.1, "https://elsewhere.example"] {
        let request = TestRequest::get().insert_header(("Origin", origin));
        let response = call_service(&app, request.to_request()).await;
        let lines: Vec<_> = response.headers().get_all("vary").collect();
        assert_eq!(lines, ["Accept-Encoding, Origin", "Cookie"]);
    }
}

/// Both add to `Vary`, in either order.
#[actix_web::test]
async fn compression_may_be_around_or_within() {
    const TEXT: &str = "text that is long enough, text that is long enough";
    let route = || web::get().to(async || TEXT);
    let within = App::new().route("/", route()).wrap(Compress::default());
    let within = init_service(within.wrap(Cors::new(&API))).await;
    let around = App::new().route("/", route()).wrap(Cors::new(&API));
    let around = init_service(around.wrap(Compress::default())).await;
    let request = || {
        let request = TestRequest::get().insert_header(ORIGIN);
        request
            .insert_header(("Accept-Encoding", "gzip"))
            .to_request()
    };
    compressed_once(&call_service(&within, request()).await);
    compressed_once(&call_service(&around, request()).await);
}

fn compressed_once<B>(response: &ServiceResponse<B>) {
    assert_eq!(line(response, "content-encoding"), Some("gzip"));
    assert_eq!(
        line(response, "access-control-allow-origin"),
        Some(ORIGIN.1)
    );
    let lines = response.headers().get_all("vary");
    let mut vary: Vec<_> = lines
        .flat_map(|line| line.to_str().unwrap().split(", "))
        .map(str::to_lowercase)
        .collect();
    vary.sort();
    assert_eq!(vary, ["accept-encoding", "origin"]);
}

#[actix_web::test]
async fn responses_have_explanations_if_enabled() {
    for explains in [false, true] {
        let cors = Cors::new(&API).expose_explanation(explains);
        let app = App::new()
            .route("/", web::get().to(HttpResponse::Ok))
            .route("/teapot", web::get().to(async || Err::<&str, _>(Teapot)))
            .wrap(cors);
        let app = init_service(app).await;
        for path in ["/", "/teapot", "/nowhere"] {
            let request =
                TestRequest::with_uri(path).insert_header(("Origin", "https://other.example"));
            let response = call_service(&app, request.to_request()).await;
            let explanation = line(&response, "x-cors-explanation");
            assert_eq!(explanation.is_some(), explains, "{path}");
            assert!(explanation.is_none_or(|text| text.contains("is not allowed")));
        }
        let response = call_service(&app, preflight("/").to_request()).await;
        assert_eq!(line(&response, "x-cors-explanation").is_some(), explains);
    }
}

/// The reason is in the extensions of the response, so that a middleware around can send a body.
#[actix_web::test]
async fn refused_requests_do_not_reach_the_application() {
    let calls = Rc::new(Cell::new(0));
    let counted = Rc::clone(&calls);
    let app = App::new()
        .default_service(web::to(move || {
            counted.set(counted.get() + 1);
            async { HttpResponse::Ok().finish() }
        }))
        .wrap(Cors::new(&LOCAL));
    let app = init_service(app).await;
    for (host, origin, refusal) in [
        (
            "localhost:3000",
            "https://evil.example",
            Some(Refusal::WriteNotAllowed),
        ),
        (
            "evil.example",
            "https://evil.example",
            Some(Refusal::HostNotAllowed),
        ),
        ("localhost:3000", ORIGIN.1, None),
    ] {
        let request = TestRequest::post().insert_header(("Host", host));
        let request = request.insert_header(("Origin", origin)).to_request();
        let response = call_service(&app, request).await;
        assert_eq!(
            response.response().extensions().get::<Refusal>(),
            refusal.as_ref()
        );
        let status = refusal.map_or(200, Refusal::status);
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(to_bytes(response.into_body()).await.ok().unwrap(), "");
    }
    assert_eq!(calls.get(), 1);
}
