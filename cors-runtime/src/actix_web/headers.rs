//! The headers of a response.

use ::actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::fields::Fields;

impl Fields for HeaderMap {
    type Value = HeaderValue;

    fn constant(text: &'static str) -> HeaderValue {
        HeaderValue::from_static(text)
    }

    fn copied(bytes: &[u8]) -> Option<HeaderValue> {
        HeaderValue::from_bytes(bytes).ok()
    }

    fn may_have_cors(&self) -> bool {
        self.keys()
            .any(|name| name.as_str().starts_with("access-control-"))
    }

    fn remove(&mut self, name: &'static str) {
        Self::remove(self, name);
    }

    fn append(&mut self, name: &'static str, value: HeaderValue) {
        Self::append(self, HeaderName::from_static(name), value);
    }

    fn replace_first(&mut self, name: &'static str, value: HeaderValue) {
        if let Some(first) = self.get_mut(name) {
            *first = value;
        }
    }

    fn vary(&self) -> impl Iterator<Item = &[u8]> {
        self.get_all(header::VARY).map(HeaderValue::as_bytes)
    }
}
