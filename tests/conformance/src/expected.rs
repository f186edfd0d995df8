//! What a request must come to, and where it does not.

use crate::browser::View;
use crate::oracle::Sent;
use crate::request::Request;
use crate::response::{Response, text};

/// The expected result of a request.
#[derive(Debug)]
pub(crate) struct Expected {
    /// `None` if there is to be none: the connection is closed.
    pub(crate) response: Option<ExpectedResponse>,
    /// The consequence in a browser, if a browser sends the request.
    pub(crate) view: Option<View>,
}

/// The expectations about a response.
#[derive(Debug)]
pub(crate) struct ExpectedResponse {
    /// Any of these.
    pub(crate) status: Vec<u16>,
    /// All of the `access-control-` headers, sorted, without that prefix, and `Timing-Allow-Origin`.
    pub(crate) cors: Vec<String>,
    /// All members of `Vary`, in lower case and sorted.
    pub(crate) vary: Vec<String>,
    /// Other lines that must be there.
    pub(crate) headers: Vec<String>,
    /// The body, if it matters.
    pub(crate) body: Option<String>,
}

impl Expected {
    /// Returns what is wrong with this response, line by line, and then in a browser. The expected
    /// response must have the consequence in a browser that the corpus describes.
    pub(crate) fn faults(&self, request: &Request, response: Option<&Response>) -> Vec<String> {
        let mut faults = match (response, &self.response) {
            (None, None) => Vec::new(),
            (None, Some(_)) => vec!["no response".to_owned()],
            (Some(_), None) => vec!["there is a response".to_owned()],
            (Some(response), Some(expected)) => expected.faults(response),
        };
        let (sent, view) = match (Sent::of(request), &self.view) {
            (None, None) => return faults,
            (None, Some(_)) => {
                faults.push("no browser sends this, so none makes anything of it".to_owned());
                return faults;
            }
            (Some(_), None) => {
                faults.push("a browser sends this: what becomes of the script?".to_owned());
                return faults;
            }
            (Some(sent), Some(view)) => (sent, view),
        };
        let consequence = |response: Option<&Response>| sent.fault(response, view);
        faults.extend(consequence(response));
        let wanted = match &self.response {
            Some(expected) => expected.responses().map(Some).collect(),
            None => vec![None],
        };
        let mistaken = wanted
            .iter()
            .find_map(|wanted| consequence(wanted.as_ref()));
        faults.extend(mistaken.map(|fault| format!("as the corpus expects it, {fault}")));
        faults
    }
}

impl ExpectedResponse {
    fn faults(&self, response: &Response) -> Vec<String> {
        let mut faults = Vec::new();
        if !self.status.contains(&response.status) {
            faults.push(format!("status {}, not {:?}", response.status, self.status));
        }
        if response.cors() != self.cors {
            faults.push(format!(
                "CORS headers {:?}, not {:?}",
                response.cors(),
                self.cors
            ));
        }
        if response.vary() != self.vary {
            faults.push(format!("Vary {:?}, not {:?}", response.vary(), self.vary));
        }
        for line in &self.headers {
            let (name, value) = split(line);
            if !response.lines(name).any(|line| line == value) {
                faults.push(format!("no {line}"));
            }
        }
        if let Some(body) = &self.body
            && body.as_bytes() != response.body
        {
            faults.push(format!("body {:?}, not {body:?}", text(&response.body)));
        }
        faults
    }

    /// Responses that are as expected, one for each status.
    fn responses(&self) -> impl Iterator<Item = Response> {
        let cors = self.cors.iter().map(|line| {
            let (name, value) = split(line);
            match name {
                "timing-allow-origin" => (name.to_owned(), value.into()),
                name => (format!("access-control-{name}"), value.into()),
            }
        });
        let other = self.headers.iter().map(|line| {
            let (name, value) = split(line);
            (name.to_owned(), value.into())
        });
        let headers: Vec<_> = cors.chain(other).collect();
        self.status.iter().map(move |status| Response {
            status: *status,
            headers: headers.clone(),
            body: Vec::new(),
        })
    }
}

fn split(line: &str) -> (&str, &str) {
    line.split_once(": ").expect("a header line")
}
