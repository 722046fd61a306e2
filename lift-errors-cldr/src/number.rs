//! How locales write whole numbers.

use alloc::string::String;

use crate::generated::numbers::{NUMBERS, ROOT};
use crate::locale::Locale;
use crate::table::inherited;

pub use crate::number_format::{Numbers, System};

/// How a locale writes numbers. CLDR states it for every locale.
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

/// Writes a whole number as the locale does. What the compiler generates has to write the same.
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
    numbers(locale).format(value)
}
