//! The constant headers of a rule, as code that appends them to a map of the `http` crate.
//!
//! A constant that is moved into a map costs less than a static that is cloned. A macro cannot see
//! which features this crate is built with, so the expansion leaves this to [`prepared!`].
//!
//! [`prepared!`]: crate::__private::prepared

#[cfg(feature = "http")]
use ::http::header::HeaderMap;

/// Functions that append what responses to allowed requests have in common.
#[cfg(feature = "http")]
#[derive(Clone, Copy)]
pub struct Prepared {
    /// For the response to a preflight.
    pub preflight: fn(&mut HeaderMap),
    /// For all other responses.
    pub actual: fn(&mut HeaderMap),
}

#[cfg(feature = "http")]
impl Prepared {
    /// Appends nothing.
    pub const NOTHING: Self = Self {
        preflight: |_| {},
        actual: |_| {},
    };
}

/// Adds the functions to a rule.
#[cfg(feature = "http")]
#[doc(hidden)]
#[macro_export]
macro_rules! __prepared {
    ($rule:ident) => {
        $crate::__private::Rule {
            prepared: $crate::__private::Prepared {
                preflight: |headers| {
                    $crate::__private::append!(headers, ALLOW_ORIGIN, $rule.allow_origin);
                    $crate::__private::append!(headers, ALLOW_CREDENTIALS, $rule.allow_credentials);
                    $crate::__private::append!(headers, ALLOW_METHODS, $rule.allow_methods);
                    $crate::__private::append!(headers, ALLOW_HEADERS, $rule.allow_headers);
                    $crate::__private::append!(headers, MAX_AGE, $rule.max_age);
                },
                actual: |headers| {
                    $crate::__private::append!(headers, ALLOW_ORIGIN, $rule.allow_origin);
                    $crate::__private::append!(headers, ALLOW_CREDENTIALS, $rule.allow_credentials);
                    $crate::__private::append!(headers, EXPOSE_HEADERS, $rule.expose_headers);
                },
            },
            ..$rule
        }
    };
}

/// Leaves a rule as it is.
#[cfg(not(feature = "http"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __prepared {
    ($rule:ident) => {
        $rule
    };
}

/// Appends a constant header, unless it is empty.
#[cfg(feature = "http")]
#[doc(hidden)]
#[macro_export]
macro_rules! __append {
    ($headers:ident, $name:ident, $value:expr) => {
        if !$value.is_empty() {
            $headers.append(
                $crate::__private::names::$name,
                const { $crate::__private::HeaderValue::from_static($value) },
            );
        }
    };
}
