//! Constant header values.

use core::fmt;

/// A value that is known when the policy is compiled; empty if the header is not sent.
///
/// The expansion makes it with [`value!`](crate::__private::value), because a macro cannot see
/// which features this crate is built with.
#[derive(Clone, Copy)]
pub struct Value {
    /// As text.
    pub text: &'static str,
    /// As a value of the `http` crate. A function, since a constant that is moved in costs less
    /// than a static that is cloned, and leaves the policy free of interior mutability.
    #[cfg(feature = "http")]
    pub header: fn() -> ::http::HeaderValue,
}

/// Makes a [`Value`] of a literal.
#[cfg(feature = "http")]
#[doc(hidden)]
#[macro_export]
macro_rules! __value {
    ($text:literal) => {
        $crate::__private::Value {
            text: $text,
            header: || const { $crate::__private::HeaderValue::from_static($text) },
        }
    };
}

/// Makes a [`Value`] of a literal.
#[cfg(not(feature = "http"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __value {
    ($text:literal) => {
        $crate::__private::Value { text: $text }
    };
}

impl Value {
    /// No value: the header is not sent.
    pub const NONE: Self = crate::__private::value!("");

    pub(crate) fn is_sent(&self) -> bool {
        !self.text.is_empty()
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}
