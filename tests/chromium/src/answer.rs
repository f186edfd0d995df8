//! What is answered, as the path has it: `/<flaw>/<policy>/<what the application does>`.

use std::convert::Infallible;

use cors_runtime::tower::CorsLayer;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;
use tower::{Layer, ServiceExt, service_fn};

use crate::application::{application, empty};
use crate::flaws::Flaw;
use crate::policies;

pub(crate) type Answer = Response<Full<Bytes>>;

/// The script that is on every page.
const SCRIPT: &str = include_str!("page.js");

pub(crate) async fn answer(mut request: Request<()>) -> Answer {
    let asked = request.clone();
    let path = asked.uri().path();
    let mut segments = path.trim_start_matches('/').split('/');
    let flaw = segments.next().and_then(Flaw::find);
    let policy = segments.next().and_then(policies::find);
    let (Some(flaw), Some(policy)) = (flaw, policy) else {
        return empty(StatusCode::NOT_FOUND);
    };
    let is_mistaken = flaw.mistake(&mut request);
    let within = service_fn(async |request| Ok::<_, Infallible>(application(&request)));
    let answered = CorsLayer::new(policy).layer(within).oneshot(request).await;
    let mut answer = match answered {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    flaw.spoil(&asked, is_mistaken, &mut answer);
    answer
}

/// Returns a page, which is the same on all hosts.
pub(crate) fn page() -> Answer {
    let mut page = Response::new(Full::from(format!(
        "<!doctype html><link rel=icon href=data:,><script>{SCRIPT}</script>"
    )));
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    page.headers_mut().insert(CONTENT_TYPE, html);
    page
}
