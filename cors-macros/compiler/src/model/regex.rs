//! Regular expressions as they are written.

use crate::declaration::{Expr, Function, LiteralStyle};

/// The argument of `regex(..)`.
#[derive(Debug, Clone)]
pub struct Regex {
    /// The expression.
    pub expression: String,
    /// The style of its literal.
    pub style: LiteralStyle,
}

impl Regex {
    /// Returns the call in source form.
    pub(crate) fn to_expr(&self) -> Expr {
        Expr::call(Function::Regex.name(), [self.literal()])
    }

    /// Returns the argument in source form.
    pub(crate) fn literal(&self) -> Expr {
        Expr::styled(&self.expression, self.style)
    }
}

/// Prints the call in source form.
impl core::fmt::Display for Regex {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&Function::Regex.call(self.style.print(&self.expression)))
    }
}
