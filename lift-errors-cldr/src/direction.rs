//! The direction of a locale's text.

use crate::generated::directions::DIRECTIONS;
use crate::locale::Locale;
use crate::table::inherited;
use crate::writing_direction::Direction;

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
