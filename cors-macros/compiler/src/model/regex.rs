//! A regular expression as it is written.

use crate::declaration::{Expr, Function, LiteralStyle};

/// What is written in `regex(..)`.
#[derive(Debug, Clone)]
pub struct Regex {
    /// The expression.
    pub expression: String,
    /// The literal that it is written in.
    pub style: LiteralStyle,
}

impl Regex {
    /// Returns it as it is written.
    pub(crate) fn to_expr(&self) -> Expr {
        let expression = Expr::styled(&self.expression, self.style);
        Expr::call(Function::Regex.name(), [expression])
    }
}

/// As it is written.
impl core::fmt::Display for Regex {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&Function::Regex.call(self.style.print(&self.expression)))
    }
}
