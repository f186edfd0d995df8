//! The filter, around the policy.
//!
//! Header values are taken as bytes: the getters for strings stop the filter at the first that is not
//! UTF-8. What the response needs is kept from the request, whose headers are gone by then.

use cors_runtime::CorsRequest;
use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::{Action, ContextType};

use crate::API;

/// The headers that the policy alone decides about.
const OWNED: [&str; 7] = [
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-expose-headers",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-max-age",
    "access-control-allow-private-network",
];

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

/// The decision about a request. Denies until there is a request.
struct Filter {
    headers: Vec<(&'static str, Vec<u8>)>,
    vary: Option<&'static str>,
}

impl Default for Filter {
    fn default() -> Self {
        let headers = Vec::new();
        let vary = Some("Origin");
        Self { headers, vary }
    }
}

impl Context for Filter {}

impl HttpContext for Filter {
    fn on_http_request_headers(&mut self, _: usize, _: bool) -> Action {
        let headers = self.get_http_request_headers_bytes();
        let method = headers.iter().find(|(name, _)| name == ":method");
        let method = method.map_or(&[][..], |(_, method)| method);
        let request = headers
            .iter()
            .fold(CorsRequest::new(method), |request, (name, value)| {
                request.with_header(name, value)
            });
        let decision = API.evaluate(&request);
        let kept = decision
            .headers()
            .map(|(name, value)| (name, value.to_vec()));
        self.headers = kept.collect();
        self.vary = decision.vary();
        match decision.immediate_status() {
            None => Action::Continue,
            Some(status) => {
                // It passes through the function below, as every other response.
                self.send_http_response(u32::from(status), Vec::new(), None);
                Action::Pause
            }
        }
    }

    fn on_http_response_headers(&mut self, _: usize, _: bool) -> Action {
        for name in OWNED {
            self.set_http_response_header_bytes(name, None);
        }
        for (name, value) in &self.headers {
            self.add_http_response_header_bytes(name, value);
        }
        let lines = self.get_http_response_headers_bytes();
        let lines = || lines.iter().filter(|(name, _)| name == "vary");
        let members = || lines().flat_map(|(_, line)| line.split(|byte| *byte == b','));
        let is_listed = |wanted: &str| {
            let mut members = members().map(<[u8]>::trim_ascii);
            members.any(|member| member == b"*" || member.eq_ignore_ascii_case(wanted.as_bytes()))
        };
        for name in self.vary.into_iter().flat_map(|names| names.split(", ")) {
            if !is_listed(name) {
                self.add_http_response_header_bytes("vary", name.as_bytes());
            }
        }
        Action::Continue
    }
}
