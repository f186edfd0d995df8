//! A whole fetch, step by step.

use super::error::NetworkError;
use super::filter::{self, FilteredResponse};
use super::message::{Request, Response};
use super::page::Fetch;
use super::preflight::{self, PreflightResult, cors_check};
use super::redirect::is_redirect;
use crate::policy::Policy;

impl Fetch {
    /// Judges the response to the preflight.
    ///
    /// # Errors
    ///
    /// The check that fails. The browser does not send the request then.
    pub fn check_preflight(&self, response: &Response) -> Result<PreflightResult, NetworkError> {
        preflight::check(self, response)
    }

    /// Judges the response to the request itself. A redirect is an error here; to follow it, ask
    /// [`redirect`](Self::redirect) first.
    ///
    /// # Errors
    ///
    /// The check that fails. The script cannot read anything then.
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

    /// Sends the requests to `endpoint`, one after the other as far as a browser would, follows
    /// redirects, and says what the script can read.
    ///
    /// # Errors
    ///
    /// The check that fails.
    pub fn send<R: Into<Response>>(
        &self,
        mut endpoint: impl FnMut(Request) -> R,
    ) -> Result<FilteredResponse, NetworkError> {
        let mut fetch = self.clone();
        loop {
            let requests = fetch.requests()?;
            if let Some(preflight) = requests.preflight {
                fetch.check_preflight(&endpoint(preflight).into())?;
            }
            let response = endpoint(requests.request).into();
            match fetch.redirect(&response)? {
                Some(next) => fetch = next,
                None => return fetch.check_response(&response),
            }
        }
    }

    /// The same for an asynchronous endpoint.
    ///
    /// # Errors
    ///
    /// The check that fails.
    pub async fn send_async<R: Into<Response>>(
        &self,
        mut endpoint: impl AsyncFnMut(Request) -> R,
    ) -> Result<FilteredResponse, NetworkError> {
        let mut fetch = self.clone();
        loop {
            let requests = fetch.requests()?;
            if let Some(preflight) = requests.preflight {
                fetch.check_preflight(&endpoint(preflight).await.into())?;
            }
            let response = endpoint(requests.request).await.into();
            match fetch.redirect(&response)? {
                Some(next) => fetch = next,
                None => return fetch.check_response(&response),
            }
        }
    }

    /// Sends the requests to an application that answers everything with 200 and without headers
    /// of its own, behind `policy`.
    ///
    /// # Errors
    ///
    /// The check that fails.
    pub fn send_to(&self, policy: &Policy) -> Result<FilteredResponse, NetworkError> {
        self.send(|request| respond(policy, &request))
    }
}

/// What such an application responds.
fn respond(policy: &Policy, request: &Request) -> Response {
    let decision = policy.evaluate(&request.as_cors_request());
    let status = decision.preflight_status().unwrap_or(200);
    decision
        .headers()
        .fold(Response::new(status), |response, (name, value)| {
            response.header(name, value)
        })
}
