//! Tables by position. Positions are numbered, so a table is a vector.

use super::Position;

/// Values at some positions.
#[derive(Debug)]
pub(crate) struct ByPosition<T> {
    /// By the number of the position.
    values: Vec<Option<T>>,
}

impl<T> ByPosition<T> {
    /// Creates an empty table.
    pub(crate) fn new() -> Self {
        Self { values: Vec::new() }
    }

    /// Returns the value at a position, if there is one.
    pub(crate) fn get(&self, position: Position) -> Option<&T> {
        self.values.get(position.number())?.as_ref()
    }

    /// Returns the place of the value at a position.
    pub(crate) fn at(&mut self, position: Position) -> &mut Option<T> {
        let number = position.number();
        while self.values.len() <= number {
            self.values.push(None);
        }
        &mut self.values[number]
    }

    /// Returns the positions with a value, in their order.
    pub(crate) fn positions(&self) -> Vec<Position> {
        let mut positions = Vec::new();
        for (number, value) in self.values.iter().enumerate() {
            if value.is_some() {
                positions.push(Position::from_number(number));
            }
        }
        positions
    }
}
