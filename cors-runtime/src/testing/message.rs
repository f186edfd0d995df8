//! Requests that the model makes, and responses that it judges.

use alloc::string::String;

use super::list::HeaderList;

/// A request as the browser sends it. The body is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: HeaderList,
}

/// A response as the browser gets it. The body is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    pub(super) status: u16,
    pub(super) headers: HeaderList,
}

impl Request {
    /// The method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The whole URL.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The headers, with those that the browser adds for CORS.
    #[must_use]
    pub fn headers(&self) -> &HeaderList {
        &self.headers
    }

    /// What a policy has to know of it.
    #[must_use]
    pub fn as_cors_request(&self) -> crate::Request<'_> {
        self.headers.iter().fold(
            crate::Request::new(self.method.as_bytes()),
            |request, (name, value)| request.header(name.as_bytes(), value),
        )
    }
}

impl Response {
    /// A response with this status and no headers.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: HeaderList::default(),
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.append(name, value);
        self
    }
}

#[cfg(feature = "http")]
impl TryFrom<Request> for ::http::Request<()> {
    /// The URL, or the value of a header, is one that the `http` crate refuses.
    type Error = ::http::Error;

    fn try_from(request: Request) -> Result<Self, Self::Error> {
        let mut builder = Self::builder()
            .method(request.method.as_bytes())
            .uri(request.url.as_str());
        for (name, value) in request.headers.iter() {
            builder = builder.header(name, value);
        }
        builder.body(())
    }
}

#[cfg(feature = "http")]
impl<B> From<&::http::Response<B>> for Response {
    fn from(response: &::http::Response<B>) -> Self {
        let status = Self::new(response.status().as_u16());
        let headers = response.headers().iter();
        headers.fold(status, |converted, (name, value)| {
            converted.header(name.as_str(), value)
        })
    }
}

#[cfg(feature = "http")]
impl<B> From<::http::Response<B>> for Response {
    fn from(response: ::http::Response<B>) -> Self {
        Self::from(&response)
    }
}
