//! Origins and rules of the Fetch standard, shared by the policy compiler and the runtime. Depend
//! on `cors-runtime`, not on this crate.

#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;

pub mod authority;
pub mod edit;
pub mod fetch;
pub mod header;
pub mod origin;

pub mod glob;
pub mod summary;

mod parse;
#[cfg(feature = "patterns")]
pub mod pattern;
#[cfg(feature = "public-suffix")]
pub mod public_suffix;

#[cfg(feature = "public-suffix")]
pub mod confinement;
pub mod matcher;

pub use origin::Origin;
pub use parse::ParseOriginError;
