//! Responses that some CORS libraries handle wrongly, for the corpus.

use std::convert::Infallible;

use example_app::{CHUNKS, REPLIES, Reply};
use salvo::http::{HeaderName, HeaderValue, StatusCode};
use salvo::prelude::*;

pub(crate) fn routes(router: Router) -> Router {
    let router = router
        .push(Router::with_path("stream").get(stream))
        .push(Router::with_path("fail").get(fail))
        .push(Router::with_path("panic").get(panics));
    REPLIES.iter().fold(router, |router, reply| {
        router.push(Router::with_path(&reply.path[1..]).get(Replies(reply)))
    })
}

struct Replies(&'static Reply);

#[async_trait]
impl Handler for Replies {
    async fn handle(
        &self,
        _: &mut Request,
        _: &mut Depot,
        response: &mut Response,
        _: &mut FlowCtrl,
    ) {
        let status = StatusCode::from_u16(self.0.status).expect("replies are valid");
        response.status_code(status);
        for (name, value) in self.0.headers {
            let (name, value) = (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
            response.headers_mut().append(name, value);
        }
        response.body(self.0.body);
    }
}

#[handler]
async fn stream(response: &mut Response) {
    response.stream(futures_util::stream::iter(CHUNKS.map(Ok::<_, Infallible>)));
}

#[handler]
async fn fail() -> Result<&'static str, StatusError> {
    Err(StatusError::internal_server_error())
}

#[handler]
async fn panics() -> &'static str {
    panic!("a handler that panics")
}
