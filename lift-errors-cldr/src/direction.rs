//! The direction of a locale's text.

use crate::generated::directions::DIRECTIONS;
use crate::locale::Locale;
use crate::table::inherited;

/// The direction of a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the left, and for scripts in columns, which HTML lays out from the left as well.
    LeftToRight,
    /// From the right.
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir`.
    ///
    /// ```
    /// use lift_errors_cldr::Direction;
    ///
    /// assert_eq!(Direction::RightToLeft.as_str(), "rtl");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// The direction of a locale's text.
///
/// ```
/// use lift_errors_cldr::{Direction, Locale, direction};
///
/// assert_eq!(Locale::from_tag("ar-EG").map(direction), Some(Direction::RightToLeft));
/// assert_eq!(Locale::from_tag("az-Latn-AZ").map(direction), Some(Direction::LeftToRight));
/// ```
pub fn direction(locale: Locale) -> Direction {
    inherited(DIRECTIONS, locale).copied().unwrap_or(Direction::LeftToRight)
}
