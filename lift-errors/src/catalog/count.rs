//! The number that selects a plural form.

use lift_errors_core::conventions::Conventions;
use lift_errors_core::display;

/// The number that selects the plural form of a text, and of the terms in it.
#[derive(Clone, Copy)]
pub(crate) enum Count {
    /// The size of a whole number.
    Whole(u64),
    /// A number with a fraction.
    Decimal(f64),
}

impl Count {
    /// The plural category: the number of the form.
    #[inline]
    pub(crate) fn category(self, conventions: &Conventions) -> u8 {
        match self {
            Self::Whole(number) => (conventions.plural)(number),
            Self::Decimal(number) => display::category_of_decimal(number, conventions),
        }
    }
}
