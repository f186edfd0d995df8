//! The constant headers of a loaded rule, as values that are cloned: their bytes are shared.

use alloc::boxed::Box;

use crate::rule::constants::{AppendConst, Appenders, Constants};
use cors_origin::header::{Header, HeaderValues};

/// The headers of a rule, for each framework.
pub(in crate::rule) struct LoadedConstants {
    #[cfg(feature = "http")]
    http: Lines<::http::HeaderMap>,
    #[cfg(feature = "actix-web")]
    actix_web: Lines<::actix_web::http::header::HeaderMap>,
    #[cfg(feature = "rocket")]
    rocket: Lines<::rocket::Response<'static>>,
}

/// The headers of responses to preflights, and of all others.
struct Lines<T: AppendConst> {
    preflight: Box<[T::Line]>,
    actual: Box<[T::Line]>,
}

impl<T: AppendConst> Lines<T> {
    fn new(values: &HeaderValues<Box<str>>) -> Self {
        let lines = |is_preflight| {
            let is_sent =
                |header: &Header| header.is_sent(is_preflight) && !values[*header].is_empty();
            let sent = Header::ALL.into_iter().filter(is_sent);
            sent.map(|header| T::line(header, &values[header]))
                .collect()
        };
        Self {
            preflight: lines(true),
            actual: lines(false),
        }
    }
}

impl Constants {
    pub(super) fn loaded(values: &HeaderValues<Box<str>>) -> Self {
        Self {
            #[cfg(feature = "http")]
            http: Appenders {
                preflight: |rule, headers| {
                    let loaded = rule.constants.loaded.as_ref();
                    append(loaded.map(|loaded| &*loaded.http.preflight), headers);
                },
                actual: |rule, headers| {
                    let loaded = rule.constants.loaded.as_ref();
                    append(loaded.map(|loaded| &*loaded.http.actual), headers);
                },
            },
            #[cfg(feature = "actix-web")]
            actix_web: Appenders {
                preflight: |rule, headers| {
                    let loaded = rule.constants.loaded.as_ref();
                    append(loaded.map(|loaded| &*loaded.actix_web.preflight), headers);
                },
                actual: |rule, headers| {
                    let loaded = rule.constants.loaded.as_ref();
                    append(loaded.map(|loaded| &*loaded.actix_web.actual), headers);
                },
            },
            #[cfg(feature = "rocket")]
            rocket: Appenders {
                preflight: |rule, response| {
                    let loaded = rule.constants.loaded.as_ref();
                    append(loaded.map(|loaded| &*loaded.rocket.preflight), response);
                },
                actual: |rule, response| {
                    let loaded = rule.constants.loaded.as_ref();
                    append(loaded.map(|loaded| &*loaded.rocket.actual), response);
                },
            },
            loaded: Some(Box::new(LoadedConstants {
                #[cfg(feature = "http")]
                http: Lines::new(values),
                #[cfg(feature = "actix-web")]
                actix_web: Lines::new(values),
                #[cfg(feature = "rocket")]
                rocket: Lines::new(values),
            })),
        }
    }
}

fn append<T: AppendConst>(lines: Option<&[T::Line]>, headers: &mut T) {
    for line in lines.unwrap_or_default() {
        headers.append_line(line);
    }
}
