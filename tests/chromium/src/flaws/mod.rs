//! What servers get wrong: each mistake is made on purpose, to be found.

mod change;
mod oddities;
mod origins;
mod preflights;
mod responses;

use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN};
use http::{HeaderName, HeaderValue, Request};

use self::change::replace;
use crate::answer::Answer;

/// A mistake of a server.
#[derive(Debug)]
pub struct Flaw {
    /// Its name, as a segment of a path.
    pub name: &'static str,
    /// The case that reveals it; empty for an oddity.
    pub shown_by: &'static str,
    /// Whom it takes for somebody who is trusted.
    trusts: fn(&str) -> bool,
    /// Values that replace a header, if it is present.
    says: Option<Lines>,
    /// Other changes of a response.
    answer: fn(&Request<()>, &mut Answer),
}

/// All mistakes.
pub fn flaws() -> impl Iterator<Item = &'static Flaw> {
    let flaws = origins::FLAWS.iter().chain(&preflights::FLAWS);
    flaws.chain(&responses::FLAWS)
}

/// Unusual but correct servers: the model must understand them, and they must not be reported.
pub fn oddities() -> impl Iterator<Item = &'static Flaw> {
    oddities::ODDITIES.iter()
}

/// No flaw: the policy decides.
static SOUND: Flaw = flaw("sound", "", None);

/// A header, and its lines.
type Lines = (HeaderName, &'static [&'static str]);

const fn flaw(name: &'static str, shown_by: &'static str, says: Option<Lines>) -> Flaw {
    Flaw {
        name,
        shown_by,
        trusts: |_| false,
        says,
        answer: |_, _| {},
    }
}

const fn trusts(name: &'static str, shown_by: &'static str, trusts: fn(&str) -> bool) -> Flaw {
    let mut flaw = flaw(name, shown_by, None);
    flaw.trusts = trusts;
    flaw
}

const fn says(
    name: &'static str,
    shown_by: &'static str,
    header: HeaderName,
    lines: &'static [&'static str],
) -> Flaw {
    flaw(name, shown_by, Some((header, lines)))
}

const fn answers(
    name: &'static str,
    shown_by: &'static str,
    answer: fn(&Request<()>, &mut Answer),
) -> Flaw {
    let mut flaw = flaw(name, shown_by, None);
    flaw.answer = answer;
    flaw
}

impl Flaw {
    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        let mut all = flaws().chain(oddities()).chain([&SOUND]);
        all.find(|flaw| flaw.name == name)
    }

    /// Makes a request one of a trusted page, if the flaw trusts it. Returns whether it did.
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
        if let Some((header, lines)) = &self.says {
            replace(answer, header, lines);
        }
        (self.answer)(asked, answer);
    }
}
