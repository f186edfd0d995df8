//! Origins and what the Fetch standard says about them: what the policy compiler and the runtime of
//! `cors-runtime` share. Depend on `cors-runtime`, not on this crate.

#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;

pub mod fetch;
pub mod header;
pub mod origin;

pub mod glob;
pub mod summary;

mod parse;
#[cfg(feature = "alloc")]
pub mod pattern;
#[cfg(feature = "public-suffix")]
pub mod public_suffix;

#[cfg(feature = "public-suffix")]
pub mod confinement;
pub mod matcher;

pub use origin::Origin;
pub use parse::ParseOriginError;
