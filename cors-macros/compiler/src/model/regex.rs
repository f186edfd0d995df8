//! A regular expression as it is written.

use crate::declaration::{Expr, Function, LiteralStyle};

/// What stands in `regex(..)`.
#[derive(Clone)]
pub(crate) struct Regex {
    pub(crate) expression: String,
    pub(crate) spelling: LiteralStyle,
}

impl Regex {
    /// Returns it as it is written.
    pub(crate) fn to_expr(&self) -> Expr {
        let expression = Expr::styled(&self.expression, self.spelling);
        Expr::call(Function::Regex.name(), [expression])
    }
}

/// As it is written.
impl core::fmt::Display for Regex {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&Function::Regex.call(self.spelling.print(&self.expression)))
    }
}
