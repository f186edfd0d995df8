//! The filter, around the policies.
//!
//! It reads header values as bytes, because the getters for strings panic on values that are not
//! UTF-8. It keeps the headers of the request, because Envoy no longer has them when the response
//! arrives.

use cors_runtime::{CorsRequest, Decision};
use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::{Action, ContextType};

use crate::policy_at;

proxy_wasm::main! {{
    proxy_wasm::set_root_context(|_| Box::new(Root));
}}

struct Root;

impl Context for Root {}

impl RootContext for Root {
    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }

    fn create_http_context(&self, _: u32) -> Option<Box<dyn HttpContext>> {
        Some(Box::new(Filter::default()))
    }
}

/// One request, with its header lines. Without any it is not CORS, so nothing is allowed.
#[derive(Default)]
struct Filter {
    request: Vec<(String, Vec<u8>)>,
}

impl Filter {
    /// Returns the decision, which is the same each time: policies do not change.
    fn decide(&self) -> Decision<'_> {
        let lines = self.request.iter().map(|(name, value)| (name, value));
        let find = |wanted| lines.clone().find(|(name, _)| *name == wanted);
        let value = |name| find(name).map_or(&[][..], |(_, value)| value);
        // `:authority` is one of the lines.
        let request = CorsRequest::new(value(":method")).with_headers(lines.clone());
        policy_at(value(":path")).evaluate(&request)
    }
}

impl Context for Filter {}

impl HttpContext for Filter {
    fn on_http_request_headers(&mut self, _: usize, _: bool) -> Action {
        self.request = self.get_http_request_headers_bytes();
        match self.decide().immediate_status() {
            None => Action::Continue,
            Some(status) => {
                // It passes through the function below, like every other response.
                self.send_http_response(u32::from(status), Vec::new(), None);
                Action::Pause
            }
        }
    }

    fn on_http_response_headers(&mut self, _: usize, _: bool) -> Action {
        let decision = self.decide();
        let response = self.get_http_response_headers_bytes();
        let names = response.iter().map(|(name, _)| name);
        for name in names.filter(|name| decision.owns_header(name)) {
            self.remove_http_response_header(name);
        }
        for (name, value) in decision.headers() {
            self.add_http_response_header_bytes(name, value);
        }
        let vary = response.iter().filter(|(name, _)| name == "vary");
        for name in decision.missing_vary(vary.map(|(_, line)| line)) {
            self.add_http_response_header_bytes("vary", name.as_bytes());
        }
        Action::Continue
    }
}
