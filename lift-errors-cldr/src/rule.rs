//! The relations of plural rules.

use crate::operands::Operands;

/// The property of a number that a relation tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operand {
    /// The absolute value.
    N,
    /// The whole part.
    I,
    /// The number of visible fraction digits.
    V,
    /// The fraction.
    F,
    /// The fraction without trailing zeros.
    T,
    /// The exponent of a compact form.
    E,
}

/// `n % 10 = 2..4`: whether an operand, or its remainder, is within or outside of ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Relation {
    pub(crate) operand: Operand,
    /// The modulus of the remainder; zero for the operand itself.
    pub(crate) modulus: u64,
    /// Whether it must be within the ranges, or else outside.
    pub(crate) within: bool,
    pub(crate) ranges: &'static [(u64, u64)],
}

/// A condition, which holds if all relations of one of its lists hold.
pub(crate) type Condition = &'static [&'static [Relation]];

/// A cell of the generated table.
pub(crate) const fn r(operand: Operand, modulus: u64, within: bool, ranges: &'static [(u64, u64)]) -> Relation {
    Relation { operand, modulus, within, ranges }
}

impl Relation {
    pub(crate) fn holds(&self, number: &Operands) -> bool {
        let value = match self.operand {
            // A number with a fraction is outside of every range (UTS 35, relations).
            Operand::N if number.t != 0 => return !self.within,
            Operand::N | Operand::I => number.i,
            Operand::V => number.v,
            Operand::F => number.f,
            Operand::T => number.t,
            Operand::E => number.e,
        };
        self.holds_for(value)
    }

    /// Whether it holds if the operand is `value`.
    pub(crate) fn holds_for(&self, value: u64) -> bool {
        let value = if self.modulus == 0 { value } else { value % self.modulus };
        self.ranges.iter().any(|&(from, to)| (from..=to).contains(&value)) == self.within
    }
}

pub(crate) fn holds(condition: Condition, number: &Operands) -> bool {
    condition.iter().any(|all| all.iter().all(|relation| relation.holds(number)))
}
