//! The constant headers of a rule, as code that appends them.
//!
//! A constant that is moved into a map of the `http` crate costs less than a static that is cloned.

use core::marker::PhantomData;

use super::RuleSpec;
use crate::request::RequestKind;
use cors_origin::header::Header;

/// A header whose value is known when the policy is compiled.
pub(crate) trait ConstHeader {
    const NAME: Header;
    const VALUE: &'static str;
}

/// The headers of a response, in the types of a framework.
pub(crate) trait AppendConst {
    fn append_const<H: ConstHeader>(&mut self);
}

/// What appends the constant headers of a rule, for each framework.
pub(crate) struct Constants {
    #[cfg(feature = "http")]
    pub(crate) http: Appenders<fn(&mut ::http::HeaderMap)>,
    #[cfg(feature = "actix-web")]
    pub(crate) actix_web: Appenders<fn(&mut ::actix_web::http::header::HeaderMap)>,
    #[cfg(feature = "rocket")]
    pub(crate) rocket: Appenders<for<'r> fn(&mut ::rocket::Response<'r>)>,
}

impl Constants {
    pub(super) const fn new<S: RuleSpec>() -> Self {
        Self {
            #[cfg(feature = "http")]
            http: Appenders {
                preflight: append_preflight::<S, _>,
                actual: append_actual::<S, _>,
            },
            #[cfg(feature = "actix-web")]
            actix_web: Appenders {
                preflight: append_preflight::<S, _>,
                actual: append_actual::<S, _>,
            },
            #[cfg(feature = "rocket")]
            rocket: Appenders {
                preflight: |response| append_preflight::<S, _>(response),
                actual: |response| append_actual::<S, _>(response),
            },
        }
    }
}

/// Two functions: [some headers](https://fetch.spec.whatwg.org/#http-responses) are for preflights
/// only, one is for all other responses only.
#[derive(Clone, Copy)]
pub(crate) struct Appenders<F> {
    preflight: F,
    actual: F,
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

fn append_preflight<S: RuleSpec, T: AppendConst>(headers: &mut T) {
    append::<S, { Header::AllowOrigin as usize }, T>(headers);
    append::<S, { Header::AllowCredentials as usize }, T>(headers);
    append::<S, { Header::AllowMethods as usize }, T>(headers);
    append::<S, { Header::AllowHeaders as usize }, T>(headers);
    append::<S, { Header::MaxAge as usize }, T>(headers);
}

fn append_actual<S: RuleSpec, T: AppendConst>(headers: &mut T) {
    append::<S, { Header::AllowOrigin as usize }, T>(headers);
    append::<S, { Header::AllowCredentials as usize }, T>(headers);
    append::<S, { Header::ExposeHeaders as usize }, T>(headers);
}

#[inline]
fn append<S: RuleSpec, const HEADER: usize, T: AppendConst>(headers: &mut T) {
    if !Constant::<S, HEADER>::VALUE.is_empty() {
        headers.append_const::<Constant<S, HEADER>>();
    }
}

/// A constant header of the rule `S`, by its place in [`Header::ALL`].
struct Constant<S, const HEADER: usize>(PhantomData<S>);

impl<S: RuleSpec, const HEADER: usize> ConstHeader for Constant<S, HEADER> {
    const NAME: Header = Header::ALL[HEADER];
    const VALUE: &'static str = match Self::NAME {
        Header::AllowOrigin => S::ALLOW_ORIGIN,
        Header::AllowCredentials if S::ALLOW_CREDENTIALS => "true",
        Header::AllowCredentials => "",
        Header::AllowMethods => S::ALLOW_METHODS,
        Header::AllowHeaders => S::ALLOW_HEADERS,
        Header::ExposeHeaders => S::EXPOSE_HEADERS,
        Header::MaxAge => S::MAX_AGE,
    };
}
