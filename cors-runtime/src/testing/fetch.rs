//! A whole fetch, step by step.

use super::error::NetworkError;
use super::filter::{self, FilteredResponse};
use super::message::{Request, Response};
use super::page::Fetch;
use super::preflight::{self, PreflightResult, cors_check};
use super::redirect::{after_redirects, is_redirect};
use crate::policy::Policy;

impl Fetch {
    /// Checks the response to the preflight.
    ///
    /// # Errors
    ///
    /// Returns the check that fails. The browser then does not send the request.
    pub fn check_preflight(&self, response: &Response) -> Result<PreflightResult, NetworkError> {
        preflight::check(self, response)
    }

    /// Checks the response to the actual request. A redirect is an error here; to follow it, call
    /// [`redirect`](Self::redirect) first.
    ///
    /// # Errors
    ///
    /// Returns the check that fails. The script then cannot read anything.
    pub fn check_response(&self, response: &Response) -> Result<FilteredResponse, NetworkError> {
        if !self.is_same_origin() {
            cors_check(self, response).map_err(NetworkError::Response)?;
        }
        if is_redirect(response.status) && response.headers.contains("location") {
            return Err(NetworkError::Redirect(response.status));
        }
        Ok(match self.is_same_origin() {
            true => filter::basic(response),
            false => filter::cors(response, self.includes_credentials),
        })
    }

    /// Sends the requests to `endpoint` like a browser, stops at the first failed check, follows
    /// redirects, and returns what the script can read.
    ///
    /// # Errors
    ///
    /// Returns the check that fails, wrapped in [`NetworkError::AfterRedirect`] if it fails after a redirect.
    pub fn send<R: Into<Response>>(
        &self,
        mut endpoint: impl FnMut(Request) -> R,
    ) -> Result<FilteredResponse, NetworkError> {
        let mut fetch = self.clone();
        loop {
            let failed = |error| after_redirects(&fetch, error);
            let requests = fetch.requests().map_err(failed)?;
            if let Some(preflight) = requests.preflight {
                let response = endpoint(preflight).into();
                fetch.check_preflight(&response).map_err(failed)?;
            }
            let response = endpoint(requests.request).into();
            match fetch.redirect(&response).map_err(failed)? {
                Some(next) => fetch = next,
                None => return fetch.check_response(&response).map_err(failed),
            }
        }
    }

    /// Sends the requests to an asynchronous endpoint, as [`send`](Self::send) does to a synchronous one.
    ///
    /// # Errors
    ///
    /// Returns the check that fails, wrapped in [`NetworkError::AfterRedirect`] if it fails after a redirect.
    pub async fn send_async<R: Into<Response>>(
        &self,
        mut endpoint: impl AsyncFnMut(Request) -> R,
    ) -> Result<FilteredResponse, NetworkError> {
        let mut fetch = self.clone();
        loop {
            let failed = |error| after_redirects(&fetch, error);
            let requests = fetch.requests().map_err(failed)?;
            if let Some(preflight) = requests.preflight {
                let response = endpoint(preflight).await.into();
                fetch.check_preflight(&response).map_err(failed)?;
            }
            let response = endpoint(requests.request).await.into();
            match fetch.redirect(&response).map_err(failed)? {
                Some(next) => fetch = next,
                None => return fetch.check_response(&response).map_err(failed),
            }
        }
    }

    /// Sends the requests to an application behind `policy` that responds to everything with 200
    /// and without headers of its own.
    ///
    /// # Errors
    ///
    /// Returns the check that fails.
    pub fn send_to(&self, policy: &Policy) -> Result<FilteredResponse, NetworkError> {
        self.send(|request| respond(policy, &request))
    }
}

/// Returns the response of such an application.
fn respond(policy: &Policy, request: &Request) -> Response {
    let decision = policy.evaluate(&request.as_cors_request());
    let status = decision.immediate_status().unwrap_or(200);
    let response = Response::new(status);
    let response = match decision.vary() {
        Some(names) => response.header("vary", names),
        None => response,
    };
    decision
        .headers()
        .fold(response, |response, (name, value)| {
            response.header(name, value)
        })
}
