//! The constant headers of a rule, as code that appends them.
//!
//! Moving a constant into a map of the `http` crate costs less than cloning a static.

use core::marker::PhantomData;

use super::{Rule, RuleSpec};
use crate::request::RequestKind;
#[cfg(all(feature = "config", any(feature = "actix-web", feature = "http")))]
use cors_origin::fetch::SAFELISTED_METHOD_LIST;
use cors_origin::header::Header;

/// A header whose value is known when the policy is compiled.
pub(crate) trait ConstHeader {
    const NAME: Header;
    const VALUE: &'static str;
}

/// The headers of a response, in the types of a framework.
pub(crate) trait AppendConst {
    /// A header whose value is known when the policy is loaded.
    #[cfg(feature = "config")]
    type Line: Send + Sync + 'static;

    fn append_const<H: ConstHeader>(&mut self);

    #[cfg(feature = "config")]
    fn line(header: Header, value: &str) -> Self::Line;

    #[cfg(feature = "config")]
    fn append_line(&mut self, line: &Self::Line);
}

/// Returns a frequent value of a loaded header as a static one, which header maps clone without counting.
#[cfg(all(feature = "config", any(feature = "actix-web", feature = "http")))]
pub(crate) fn static_value(value: &str) -> Option<&'static str> {
    let values = ["true", "*", SAFELISTED_METHOD_LIST];
    values.into_iter().find(|known| *known == value)
}

/// Functions that append the constant headers of a rule, for each framework. They take the rule for the
/// values of a loaded one.
pub(crate) struct Constants {
    #[cfg(feature = "http")]
    pub(crate) http: Appenders<fn(&Rule, &mut ::http::HeaderMap)>,
    #[cfg(feature = "actix-web")]
    pub(crate) actix_web: Appenders<fn(&Rule, &mut ::actix_web::http::header::HeaderMap)>,
    #[cfg(feature = "rocket")]
    pub(crate) rocket: Appenders<for<'r> fn(&Rule, &mut ::rocket::Response<'r>)>,
    #[cfg(feature = "config")]
    pub(super) loaded: Option<alloc::boxed::Box<super::loaded::LoadedConstants>>,
}

impl Constants {
    pub(super) const fn new<S: RuleSpec>() -> Self {
        Self {
            #[cfg(feature = "http")]
            http: Appenders {
                preflight: append_all::<S, true, _>,
                actual: append_all::<S, false, _>,
            },
            #[cfg(feature = "actix-web")]
            actix_web: Appenders {
                preflight: append_all::<S, true, _>,
                actual: append_all::<S, false, _>,
            },
            #[cfg(feature = "rocket")]
            rocket: Appenders {
                preflight: |rule, response| append_all::<S, true, _>(rule, response),
                actual: |rule, response| append_all::<S, false, _>(rule, response),
            },
            #[cfg(feature = "config")]
            loaded: None,
        }
    }
}

/// Two functions, because [`Header::is_sent`] depends on the kind of the request.
#[derive(Clone, Copy)]
pub(crate) struct Appenders<F> {
    pub(super) preflight: F,
    pub(super) actual: F,
}

impl<F: Copy> Appenders<F> {
    #[inline]
    pub(crate) fn get(&self, kind: RequestKind) -> F {
        match kind {
            RequestKind::Preflight => self.preflight,
            RequestKind::Actual | RequestKind::NotCors => self.actual,
        }
    }
}

// One line for each index of `Header::ALL`, because a loop cannot move constants. More lines are
// harmless.
const _: () = assert!(Header::ALL.len() <= 8);

fn append_all<S: RuleSpec, const IS_PREFLIGHT: bool, T: AppendConst>(_: &Rule, headers: &mut T) {
    append::<S, 0, IS_PREFLIGHT, T>(headers);
    append::<S, 1, IS_PREFLIGHT, T>(headers);
    append::<S, 2, IS_PREFLIGHT, T>(headers);
    append::<S, 3, IS_PREFLIGHT, T>(headers);
    append::<S, 4, IS_PREFLIGHT, T>(headers);
    append::<S, 5, IS_PREFLIGHT, T>(headers);
    append::<S, 6, IS_PREFLIGHT, T>(headers);
    append::<S, 7, IS_PREFLIGHT, T>(headers);
}

#[inline]
fn append<S: RuleSpec, const INDEX: usize, const IS_PREFLIGHT: bool, T: AppendConst>(
    headers: &mut T,
) {
    let is_sent = const {
        INDEX < Header::ALL.len()
            && Constant::<S, INDEX>::NAME.is_sent(IS_PREFLIGHT)
            && !Constant::<S, INDEX>::VALUE.is_empty()
    };
    if is_sent {
        headers.append_const::<Constant<S, INDEX>>();
    }
}

/// A constant header of the rule `S`, by its index in [`Header::ALL`].
struct Constant<S, const INDEX: usize>(PhantomData<S>);

impl<S: RuleSpec, const INDEX: usize> ConstHeader for Constant<S, INDEX> {
    // Indices beyond the last header are not sent.
    const NAME: Header = Header::ALL[INDEX % Header::ALL.len()];
    const VALUE: &'static str = super::value::<S>(Self::NAME);
}
