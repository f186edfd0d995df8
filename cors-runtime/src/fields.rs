//! Setting the header fields of a response, whatever a framework keeps them in.

use crate::mirror::Mirror;
use crate::vary;
use crate::verdict::Verdict;
use cors_origin::header::{Header, VARY};

/// The header fields of a response, in the types of a framework.
pub(crate) trait Fields {
    /// The value of a field.
    type Value;

    /// A value that is known when the policy is compiled.
    fn constant(text: &'static str) -> Self::Value;

    /// A value that is known at run time only; `None` if the framework cannot have it in a field.
    fn copied(bytes: &[u8]) -> Option<Self::Value>;

    /// Whether there is a CORS header, as far as one look at the names can tell: it spares a look-up
    /// for each.
    fn may_have_cors(&self) -> bool {
        true
    }

    /// Removes all lines of a field.
    fn remove(&mut self, name: &'static str);

    /// Adds a line.
    fn append(&mut self, name: &'static str, value: Self::Value);

    /// Puts a value into the first line of a field, which has one.
    fn replace_first(&mut self, name: &'static str, value: Self::Value);

    /// The lines of `Vary`.
    fn vary(&self) -> impl Iterator<Item = &[u8]>;
}

/// Makes the CORS headers those that were decided on, and adds to `Vary` what it does not list.
///
/// `origin` is that of the request.
pub(crate) fn apply<F: Fields>(
    fields: &mut F,
    verdict: &Verdict,
    origin: Option<F::Value>,
    mirror: &Mirror<'_>,
) {
    if fields.may_have_cors() {
        for header in Header::ALL {
            fields.remove(header.name());
        }
    }
    let allow_origin = match verdict.allows_any_origin() {
        true => Some(F::constant("*")),
        false => origin.filter(|_| verdict.rule.is_some()),
    };
    if let Some(origin) = allow_origin {
        fields.append(Header::AllowOrigin.name(), origin);
        if verdict.allows_credentials() {
            fields.append(Header::AllowCredentials.name(), F::constant("true"));
        }
        verdict.constants(|header, value| {
            fields.append(header.name(), F::constant(value));
        });
        if let Some(method) = mirror.method.and_then(F::copied) {
            fields.append(Header::AllowMethods.name(), method);
        }
        for line in mirror.headers.get() {
            if let Some(line) = F::copied(line) {
                fields.append(Header::AllowHeaders.name(), line);
            }
        }
    }
    let Some(names) = verdict.vary() else {
        return;
    };
    if fields.vary().next().is_none() {
        fields.append(VARY, F::constant(names));
        return;
    }
    let grown = vary::first_line(|| fields.vary(), names);
    // A value and names make a value.
    if let Some(grown) = grown.and_then(|line| F::copied(&line)) {
        fields.replace_first(VARY, grown);
    }
}
