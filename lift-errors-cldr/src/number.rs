//! Whole numbers.

use alloc::string::{String, ToString};
use lift_errors_core::conventions::Numbers;
use lift_errors_core::display;

use crate::generated::numbers::{NUMBERS, ROOT};
use crate::locale::Locale;
use crate::table::inherited;

/// The conventions of a locale for whole numbers. CLDR states them for every locale.
///
/// ```
/// use lift_errors_cldr::{Locale, number};
///
/// let locale = Locale::from_tag("en-IN").ok_or("no such locale")?;
/// assert_eq!((number::numbers(locale).primary, number::numbers(locale).secondary), (3, 2));
/// # Ok::<(), &str>(())
/// ```
pub fn numbers(locale: Locale) -> &'static Numbers {
    inherited(NUMBERS, locale).unwrap_or(&ROOT)
}

/// Writes a whole number by the conventions of a locale.
///
/// ```
/// use lift_errors_cldr::{Locale, number};
///
/// let written = |tag, value: i64| Some(number::format_integer(Locale::from_tag(tag)?, value));
/// assert_eq!(written("de", -1234567).as_deref(), Some("-1.234.567"));
/// assert_eq!(written("es", 1234).as_deref(), Some("1234"));
/// assert_eq!(written("bn", 123456).as_deref(), Some("১,২৩,৪৫৬"));
/// ```
pub fn format_integer(locale: Locale, value: impl Into<i128>) -> String {
    let (value, numbers) = (value.into(), numbers(locale));
    let mut text = String::from(if value < 0 { numbers.minus } else { "" });
    display::in_groups(&value.unsigned_abs().to_string(), numbers, &mut |piece| text.push_str(piece));
    text
}
