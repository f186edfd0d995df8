//! Whether there are lists of origins. The proc macro does not know the features of the runtime.

/// Expands to nothing.
#[cfg(feature = "origins")]
#[doc(hidden)]
#[macro_export]
macro_rules! __without_origins {
    ($($error:tt)*) => {};
}

/// Expands to its argument: an error that names the feature.
#[cfg(not(feature = "origins"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __without_origins {
    ($($error:tt)*) => { $($error)* };
}
