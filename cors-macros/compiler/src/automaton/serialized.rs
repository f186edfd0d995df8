//! The language of serialized origins, and parts of it.
//! <https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin>

use super::dfa::Dfa;
use super::product::{difference, intersection, intersection_within};
use super::{build, expression};

const HOST: &str = r"(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:]+\])";

/// All serialized origins, as what has their shape and no default port.
pub(crate) struct Serialized {
    shape: Dfa,
    default_port: Dfa,
}

impl Serialized {
    pub(crate) fn new() -> Self {
        let port = expression::any_port(None);
        Self {
            shape: build::of_patterns(&[format!("[a-z][a-z0-9+.-]*://{HOST}{port}")]),
            // The default port is left out.
            default_port: build::of_patterns(&["http://[^/]+:80|https://[^/]+:443".to_owned()]),
        }
    }

    /// What `dfa` accepts of it, unless that takes more than `most` states.
    pub(crate) fn part_within(&self, most: usize, dfa: &Dfa) -> Option<Dfa> {
        let shaped = intersection_within(most, dfa, &self.shape)?;
        Some(difference(&shaped, &self.default_port))
    }
}

/// What `dfa` accepts of a scheme, if it accepts any of it.
pub(crate) fn with_scheme(scheme: &str, dfa: &Dfa) -> Option<Dfa> {
    let all = build::of_patterns(&[format!("{scheme}://.+")]);
    let part = intersection(dfa, &all);
    (!part.is_empty()).then_some(part)
}
