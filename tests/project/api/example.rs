//! A crate with every kind of item, each once where users can name it and once where they cannot;
//! and the expected listing.

pub(crate) const ROOT: &str = r#"
mod private;
pub mod first;
#[cfg(feature = "second")]
pub mod second;
#[cfg(test)]
mod tests { pub struct OfTests; }
#[doc(hidden)]
pub mod __private { pub struct ForMacros; }

pub use private::{Shown, Renamed as Given};

/// Documented.
#[macro_export]
macro_rules! exported {
    ($name:ident) => { $name };
    () => { $crate::__private::ForMacros };
}
#[doc(hidden)]
#[macro_export]
macro_rules! __hidden { () => {} }
macro_rules! local { () => {} }
"#;

pub(crate) const PRIVATE: &str = r#"
use core::fmt;
use ::outside::{self, Foreign};
use super::first;

pub struct Shown(u8);
pub struct Renamed { pub seen: u8, first: u8, second: u8 }
pub struct Hidden;
/// It has the name of one that users can name.
pub struct Same;
trait Private {}

impl Shown {
    /// Documented.
    pub const SEEN: u8 = 7;
    const UNSEEN: u8 = 8;
    #[doc(hidden)]
    pub const FOR_MACROS: u8 = 9;
    #[must_use]
    pub fn seen(&self) -> u8 { self.0 }
    fn unseen(&self) {}
}
impl Shown { fn unseen_too(&self) {} }
impl Iterator for Shown {
    type Item = u8;
    fn next(&mut self) -> Option<u8> { None }
}
impl fmt::Debug for Hidden {}
impl fmt::Debug for Same {}
impl Private for Shown {}
impl Private for Foreign {}
impl From<Hidden> for Shown {}
impl From<&first::Same> for outside::Foreign {}
impl From<Foreign> for u8 {}
"#;

pub(crate) const FIRST: &str = r#"
pub struct Same;
pub enum Choice { #[doc = "Documented."] One(u8), Two { of: u8 } }
pub fn function(number: u8) -> u8 { number }
pub const CONSTANT: u8 = 1;
pub type Alias = u8;
pub trait Trait { fn required(&self); fn provided(&self) { self.required() } }
struct Unseen;
fn unseen() {}
"#;

pub(crate) const SECOND: &str = r#"
use crate::first::Trait;

pin_project_lite::pin_project! {
    /// Documented.
    #[must_use]
    pub struct Pinned<F> { #[pin] future: F }
}
pin_project! {
    struct Unseen { state: u8 }
}
#[derive(Clone)]
pub struct Same;
impl crate::Shown {
    pub fn with_second(&self) {}
}
impl Trait for Same {}
impl Trait for u8 {}
"#;

pub(crate) const SEEN: &str = r#"// example::Given
pub struct Renamed {
    pub seen: u8,
    _private: _,
}

// example::Shown
pub struct Shown(_);
#[cfg(feature = "second")]
impl crate::Shown {
    pub fn with_second(&self) {}
}
impl Shown {
    pub const SEEN: u8 = 7;
    #[must_use]
    pub fn seen(&self) -> u8 {}
}
impl Iterator for Shown {
    type Item = u8;
}

// example::exported!
#[macro_export]
macro_rules! exported {
    ($name:ident) => {};
    () => {};
}

// example::first
pub mod first {}

// example::first::Alias
pub type Alias = u8;

// example::first::CONSTANT
pub const CONSTANT: u8 = 1;

// example::first::Choice
pub enum Choice {
    One(u8),
    Two { of: u8 },
}

// example::first::Same
pub struct Same;
impl From<&first::Same> for outside::Foreign {}

// example::first::Trait
pub trait Trait {
    fn required(&self);
    fn provided(&self) {}
}
#[cfg(feature = "second")]
impl Trait for u8 {}

// example::first::function
pub fn function(number: u8) -> u8 {}

// example::second
#[cfg(feature = "second")]
pub mod second {}

// example::second::Pinned
#[cfg(feature = "second")]
#[must_use]
pub struct Pinned<F> {
    _private: _,
}

// example::second::Same
#[cfg(feature = "second")]
#[derive(Clone)]
pub struct Same;
#[cfg(feature = "second")]
impl Trait for Same {}
"#;
