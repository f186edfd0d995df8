//! Policies as users write them: what they mean, what they decide, and what they say of themselves.

mod behaviour;
mod differential;
mod display;
mod export;
mod graph;
mod language;
mod matchers;
mod origins;
