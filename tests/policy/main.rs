//! Policies as users write them: their meaning, their decisions, and their descriptions.

mod behaviour;
mod config;
mod configured;
mod differential;
mod display;
mod export;
mod graph;
mod language;
mod matchers;
mod origins;
mod real_configurations;
