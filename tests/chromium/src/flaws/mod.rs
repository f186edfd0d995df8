//! What servers get wrong: each mistake is made on purpose, to be found.

mod change;
mod oddities;
mod origins;
mod preflights;
mod responses;

use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN};
use http::{HeaderValue, Request};

use crate::answer::Answer;

/// A mistake of a server.
#[derive(Debug)]
pub struct Flaw {
    /// What it is, as a segment of a path.
    pub name: &'static str,
    /// The case that shows it; empty for what is no mistake.
    pub shown_by: &'static str,
    /// Whom it takes for somebody who is trusted.
    trusts: fn(&str) -> bool,
    /// What becomes of an answer.
    answer: fn(&Request<()>, &mut Answer),
}

/// No mistake: what the policy says goes.
static SOUND: Flaw = answers("sound", "", |_, _| {});

/// All mistakes.
pub fn flaws() -> impl Iterator<Item = &'static Flaw> {
    [origins::FLAWS, preflights::FLAWS, responses::FLAWS]
        .into_iter()
        .flatten()
}

/// What is no mistake, though few servers answer so: not to be found, but to be understood.
pub fn oddities() -> impl Iterator<Item = &'static Flaw> {
    oddities::ODDITIES.iter()
}

const fn trusts(name: &'static str, shown_by: &'static str, trusts: fn(&str) -> bool) -> Flaw {
    Flaw {
        name,
        shown_by,
        trusts,
        answer: |_, _| {},
    }
}

const fn answers(
    name: &'static str,
    shown_by: &'static str,
    answer: fn(&Request<()>, &mut Answer),
) -> Flaw {
    Flaw {
        name,
        shown_by,
        trusts: |_| false,
        answer,
    }
}

impl Flaw {
    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        let mut all = flaws().chain(oddities()).chain([&SOUND]);
        all.find(|flaw| flaw.name == name)
    }

    /// Makes a request one of a trusted page, where it is taken for that. Says whether it did.
    pub(crate) fn mistake(&self, request: &mut Request<()>) -> bool {
        let origin = request.headers().get(ORIGIN);
        let is_taken = |origin: &HeaderValue| origin.to_str().is_ok_and(self.trusts);
        let is_mistaken = origin.is_some_and(is_taken);
        if is_mistaken {
            let trusted = HeaderValue::from_static("https://app.example.com");
            request.headers_mut().insert(ORIGIN, trusted);
        }
        is_mistaken
    }

    /// Changes the answer to a request.
    pub(crate) fn spoil(&self, asked: &Request<()>, is_mistaken: bool, answer: &mut Answer) {
        // Not the one that it was taken for.
        if is_mistaken
            && let Some(named) = answer.headers_mut().get_mut(ACCESS_CONTROL_ALLOW_ORIGIN)
            && named != "*"
            && let Some(origin) = asked.headers().get(ORIGIN)
        {
            *named = origin.clone();
        }
        (self.answer)(asked, answer);
    }
}
