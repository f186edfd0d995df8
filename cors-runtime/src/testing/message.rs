//! Requests and responses of the model, and their conversions to the types of frameworks.

use alloc::string::String;
use alloc::vec::Vec;

#[cfg(feature = "rocket")]
use alloc::borrow::ToOwned;

use super::list::{HeaderList, normalized};
use super::url::authority_of;
#[cfg(feature = "rocket")]
use super::url::origin_of;

/// A request as the browser sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: HeaderList,
    pub(super) body: Vec<u8>,
}

/// A response as the browser receives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    pub(super) status: u16,
    pub(super) headers: HeaderList,
    pub(super) body: Vec<u8>,
}

impl Request {
    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the whole URL.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the headers, including those that the browser adds for CORS.
    #[must_use]
    pub fn headers(&self) -> &HeaderList {
        &self.headers
    }

    /// Returns the body, which is empty if there is none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the parts that matter for CORS.
    #[must_use]
    pub fn as_cors_request(&self) -> crate::CorsRequest<'_> {
        let request = crate::CorsRequest::new(self.method.as_bytes());
        let request = request.with_authority(authority_of(&self.url));
        request.with_headers(self.headers.iter())
    }
}

impl Response {
    /// Creates a response with a status, without headers and body.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: HeaderList::default(),
            body: Vec::new(),
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.append(name, value);
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Returns whether `Vary` lists a header or `*`. If it does, a cache does not reuse this response
    /// for a request with a different value of the header.
    ///
    /// ```
    /// use cors_runtime::testing::Response;
    ///
    /// let response = Response::new(200).header("Vary", "Accept-Encoding, Origin");
    /// assert!(response.varies_on("origin"));
    /// assert!(!response.varies_on("cookie"));
    /// ```
    #[must_use]
    pub fn varies_on(&self, name: &str) -> bool {
        let elements = self
            .headers
            .all("vary")
            .flat_map(|line| line.split(|byte| *byte == b','));
        elements.map(normalized).any(|listed| {
            // https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5
            listed == b"*" || listed.eq_ignore_ascii_case(name.as_bytes())
        })
    }
}

#[cfg(any(feature = "actix-web", feature = "http"))]
fn headers_from<'h>(
    response: Response,
    headers: impl Iterator<Item = (&'h str, &'h [u8])>,
) -> Response {
    headers.fold(response, |response, (name, value)| {
        response.header(name, value)
    })
}

/// Converts the body too, to any type that bytes convert to.
#[cfg(feature = "http")]
impl<B: From<Vec<u8>>> TryFrom<Request> for ::http::Request<B> {
    /// The `http` crate rejects the URL or the value of a header.
    type Error = ::http::Error;

    fn try_from(request: Request) -> Result<Self, Self::Error> {
        let mut builder = ::http::Request::builder()
            .method(request.method.as_bytes())
            .uri(request.url.as_str());
        for (name, value) in request.headers.iter() {
            builder = builder.header(name, value);
        }
        builder.body(request.body.into())
    }
}

/// Converts everything except the body, which you can set with [`Response::body`].
#[cfg(feature = "http")]
impl From<&::http::response::Parts> for Response {
    fn from(parts: &::http::response::Parts) -> Self {
        let headers = parts.headers.iter();
        headers_from(
            Self::new(parts.status.as_u16()),
            headers.map(|(name, value)| (name.as_str(), value.as_bytes())),
        )
    }
}

/// Converts everything except the body.
#[cfg(feature = "http")]
impl<B> From<&::http::Response<B>> for Response {
    fn from(response: &::http::Response<B>) -> Self {
        let headers = response.headers().iter();
        headers_from(
            Self::new(response.status().as_u16()),
            headers.map(|(name, value)| (name.as_str(), value.as_bytes())),
        )
    }
}

/// Converts everything except the body.
#[cfg(feature = "http")]
impl<B> From<::http::Response<B>> for Response {
    fn from(response: ::http::Response<B>) -> Self {
        Self::from(&response)
    }
}

/// Converts the body too.
#[cfg(feature = "actix-web")]
impl From<Request> for ::actix_web::test::TestRequest {
    /// # Panics
    ///
    /// Panics if actix-web rejects the URL, the method, or a header.
    fn from(request: Request) -> Self {
        let method = ::actix_web::http::Method::from_bytes(request.method.as_bytes());
        let mut converted = Self::with_uri(&request.url)
            .method(method.expect("the browser model sends valid methods"))
            .set_payload(request.body);
        for (name, value) in request.headers.iter() {
            converted = converted.append_header((name, value));
        }
        converted
    }
}

/// Converts everything except the body.
#[cfg(feature = "actix-web")]
impl<B> From<&::actix_web::HttpResponse<B>> for Response {
    fn from(response: &::actix_web::HttpResponse<B>) -> Self {
        let headers = response.headers().iter();
        headers_from(
            Self::new(response.status().as_u16()),
            headers.map(|(name, value)| (name.as_str(), value.as_bytes())),
        )
    }
}

/// Converts everything except the body, which `actix_web::test::read_body` returns.
#[cfg(feature = "actix-web")]
impl<B> From<&::actix_web::dev::ServiceResponse<B>> for Response {
    fn from(response: &::actix_web::dev::ServiceResponse<B>) -> Self {
        Self::from(response.response())
    }
}

/// Converts everything except the body.
#[cfg(feature = "actix-web")]
impl<B> From<::actix_web::dev::ServiceResponse<B>> for Response {
    fn from(response: ::actix_web::dev::ServiceResponse<B>) -> Self {
        Self::from(&response)
    }
}

#[cfg(feature = "rocket")]
impl Request {
    /// Converts this request to a `LocalRequest` of a blocking Rocket client, ready to dispatch.
    ///
    /// # Panics
    ///
    /// Panics if Rocket does not know the method: it only supports those of RFC 9110, and `PATCH`.
    #[must_use]
    #[track_caller]
    pub fn to_rocket<'c>(
        &self,
        client: &'c ::rocket::local::blocking::Client,
    ) -> ::rocket::local::blocking::LocalRequest<'c> {
        let mut request = client.req(self.rocket_method(), self.path().to_owned());
        request.add_header(rocket_header("host", authority_of(&self.url).as_bytes()));
        for (name, value) in self.headers.iter() {
            request.add_header(rocket_header(name, value));
        }
        request.body(&self.body)
    }

    /// Converts this request to a `LocalRequest` of an asynchronous Rocket client, ready to dispatch.
    ///
    /// # Panics
    ///
    /// Panics if Rocket does not know the method: it only supports those of RFC 9110, and `PATCH`.
    #[must_use]
    #[track_caller]
    pub fn to_rocket_async<'c>(
        &self,
        client: &'c ::rocket::local::asynchronous::Client,
    ) -> ::rocket::local::asynchronous::LocalRequest<'c> {
        let mut request = client.req(self.rocket_method(), self.path().to_owned());
        request.add_header(rocket_header("host", authority_of(&self.url).as_bytes()));
        for (name, value) in self.headers.iter() {
            request.add_header(rocket_header(name, value));
        }
        request.body(&self.body)
    }

    #[track_caller]
    fn rocket_method(&self) -> ::rocket::http::Method {
        let method = self.method.parse();
        method.unwrap_or_else(|_| panic!("Rocket has no method `{}`", self.method))
    }

    /// Returns the URL without its origin, as servers receive it.
    fn path(&self) -> &str {
        match &self.url[origin_of(&self.url).len()..] {
            "" => "/",
            path => path,
        }
    }
}

#[cfg(feature = "rocket")]
fn rocket_header(name: &str, value: &[u8]) -> ::rocket::http::Header<'static> {
    let value = String::from_utf8_lossy(value).into_owned();
    ::rocket::http::Header::new(name.to_owned(), value)
}

/// Converts the body too.
#[cfg(feature = "rocket")]
impl From<::rocket::local::blocking::LocalResponse<'_>> for Response {
    fn from(response: ::rocket::local::blocking::LocalResponse<'_>) -> Self {
        let converted = rocket_response(response.status(), response.headers());
        converted.body(response.into_bytes().unwrap_or_default())
    }
}

/// Converts everything except the body.
#[cfg(feature = "rocket")]
impl From<&::rocket::local::asynchronous::LocalResponse<'_>> for Response {
    fn from(response: &::rocket::local::asynchronous::LocalResponse<'_>) -> Self {
        rocket_response(response.status(), response.headers())
    }
}

#[cfg(feature = "rocket")]
fn rocket_response(
    status: ::rocket::http::Status,
    headers: &::rocket::http::HeaderMap<'_>,
) -> Response {
    headers
        .iter()
        .fold(Response::new(status.code), |response, header| {
            response.header(header.name().as_str(), header.value())
        })
}
