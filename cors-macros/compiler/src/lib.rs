//! The compiler behind `cors_runtime::cors_policy!`. Depend on `cors-runtime`, not on this crate.
//!
//! A front end reads a policy into a [`Declaration`], [`compile`] checks it, and a back end prints
//! or stores the [`Plan`]. Each stage is a module, and only imports modules to its left:
//!
//! ```text
//! front end ─▶ declaration ─▶ model ─▶ analysis ─▶ validate ─▶ plan ─▶ back end
//!                                                     └─▶ diagnostic ─▶ front end
//! ```
//!
//! The stages depend neither on the source of a policy nor on its target. The front end and the
//! back end for Rust are in `tokens`, behind the feature of that name. Other front ends need no
//! tokens:
//!
//! ```
//! use cors_compiler::declaration::{Declaration, Expr, Mistakes, Position, Section, Setting};
//! use cors_compiler::model::EnvValue;
//!
//! let mut mistakes = Mistakes::default();
//! let mut section = Section::new(Position::new(0), ["allow_origins"]);
//! let position = Position::new(1);
//! let key = section.read_key("allow_origins", false, position, &mut mistakes).unwrap();
//! let value = Expr::list([Expr::text("https://example.com/")]);
//! section.add(Setting { key, position, value }, &mut mistakes);
//! let declaration = Declaration::new(position, section, Vec::new(), true, mistakes);
//!
//! let diagnostics = cors_compiler::compile(&declaration, &|_: &str| EnvValue::Unset).unwrap_err();
//! let checks: Vec<&str> = diagnostics.into_iter().map(|it| it.check.name()).collect();
//! assert_eq!(checks, ["origin-trailing-slash"]);
//! ```

pub mod check;
pub mod declaration;
pub mod diagnostic;
pub mod feature;
pub mod model;

pub mod automaton;

pub mod analysis;
mod suggest;
mod validate;

pub mod plan;

#[cfg(feature = "config")]
pub mod config;
#[cfg(feature = "tokens")]
pub mod tokens;

#[cfg(feature = "export")]
pub mod export;

#[cfg(all(test, feature = "regex", feature = "tokens"))]
mod tests;
#[cfg(all(test, not(feature = "regex"), feature = "tokens"))]
#[path = "tests/without_regexes.rs"]
mod without_regexes;

use analysis::Analysis;
use declaration::Declaration;
use diagnostic::Diagnostics;
use model::Environment;
use plan::Plan;

/// Compiles a declaration to a plan.
///
/// # Errors
///
/// Returns all mistakes in the policy.
pub fn compile(
    declaration: &Declaration,
    environment: &dyn Environment,
) -> Result<Plan, Diagnostics> {
    check(declaration, environment, MAX_CORRECTIONS)
}

/// Maximum number of times that a policy is corrected, to find the mistakes that would remain.
const MAX_CORRECTIONS: usize = 2;

fn check(
    declaration: &Declaration,
    environment: &dyn Environment,
    corrections: usize,
) -> Result<Plan, Diagnostics> {
    let model = model::read(declaration, environment);
    let analysis = Analysis::new(&model);
    let hosts = Analysis::for_hosts(&model);
    let diagnostics = validate::check(declaration, &model, &analysis, &hosts);
    match corrections.checked_sub(1) {
        _ if diagnostics.is_empty() => Ok(Plan::new(&model, &analysis, &hosts)),
        None => Err(diagnostics),
        Some(left) => Err(validate::with_remaining(
            diagnostics,
            declaration,
            &|corrected| {
                check(corrected, environment, left)
                    .err()
                    .unwrap_or_default()
            },
        )),
    }
}
