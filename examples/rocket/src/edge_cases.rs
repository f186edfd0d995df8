//! Responses that some CORS libraries handle wrongly, for the corpus.

use example_app::{CHUNKS, REPLIES, Reply};
use rocket::http::{Method, Status};
use rocket::response::stream::TextStream;
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request, Response, get, routes};

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = routes![stream, fail, panics];
    for reply in REPLIES {
        routes.push(Route::new(Method::Get, reply.path, Replies(reply)));
    }
    routes
}

#[derive(Clone)]
struct Replies(&'static Reply);

#[rocket::async_trait]
impl Handler for Replies {
    async fn handle<'r>(&self, _: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        let mut response = Response::build();
        response.status(Status::new(self.0.status));
        for (name, value) in self.0.headers {
            response.raw_header_adjoin(*name, *value);
        }
        response.sized_body(self.0.body.len(), std::io::Cursor::new(self.0.body));
        Outcome::Success(response.finalize())
    }
}

#[get("/stream")]
fn stream() -> TextStream![&'static str] {
    TextStream! {
        for chunk in CHUNKS {
            yield chunk;
        }
    }
}

#[get("/fail")]
fn fail() -> Result<&'static str, Status> {
    Err(Status::InternalServerError)
}

#[get("/panic")]
fn panics() -> &'static str {
    panic!("a handler that panics")
}
