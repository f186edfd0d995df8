//! Requests and responses of the `http` crate.

use alloc::string::String;

use super::message::{Request, Response};

impl TryFrom<Request> for ::http::Request<()> {
    /// The URL, or the value of a header, is one that the `http` crate refuses.
    type Error = ::http::Error;

    fn try_from(request: Request) -> Result<Self, Self::Error> {
        let mut builder = Self::builder()
            .method(request.method.as_bytes())
            .uri(String::as_str(&request.url));
        for (name, value) in request.headers.iter() {
            builder = builder.header(name, value);
        }
        builder.body(())
    }
}

impl<B> From<&::http::Response<B>> for Response {
    fn from(response: &::http::Response<B>) -> Self {
        let status = Self::new(response.status().as_u16());
        let headers = response.headers().iter();
        headers.fold(status, |converted, (name, value)| {
            converted.header(name.as_str(), value)
        })
    }
}

impl<B> From<::http::Response<B>> for Response {
    fn from(response: ::http::Response<B>) -> Self {
        Self::from(&response)
    }
}
