//! What the policy compiler and the runtime of `cors-runtime` share. Depend on `cors-runtime`, not
//! on this crate.

#![no_std]

pub mod fetch;
pub mod hash;
pub mod said;
pub mod serialized;
pub mod token;
