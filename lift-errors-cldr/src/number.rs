//! How locales write whole numbers.

use alloc::string::{String, ToString};

use crate::generated::numbers::{NUMBERS, ROOT};
use crate::locale::Locale;
use crate::table::inherited;

/// A numbering system with ten digits.
///
/// ```
/// use lift_errors_cldr::{Locale, number};
///
/// let locale = Locale::from_tag("ar-EG").ok_or("no such locale")?;
/// assert_eq!(number::numbers(locale).system.name, "arab");
/// assert_eq!(number::numbers(locale).system.digits[3], '٣');
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct System {
    /// CLDR's name, such as `latn` or `deva`.
    pub name: &'static str,
    /// The digits from zero to nine.
    pub digits: [char; 10],
}

/// What a locale needs to write a number, in its default numbering system.
///
/// ```
/// use lift_errors_cldr::{Locale, number};
///
/// let locale = Locale::from_tag("pt-PT").ok_or("no such locale")?;
/// let numbers = number::numbers(locale);
/// assert_eq!((numbers.decimal, numbers.group, numbers.minimum_grouping), (",", "\u{a0}", 2));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Numbers {
    /// The default numbering system.
    pub system: &'static System,
    /// What stands before a fraction.
    pub decimal: &'static str,
    /// What stands between groups of digits.
    pub group: &'static str,
    /// What stands before a negative number: in some locales with an invisible mark of direction.
    pub minus: &'static str,
    /// How many digits the last group has.
    pub primary: u8,
    /// How many digits all groups before the last one have.
    pub secondary: u8,
    /// How many digits must stand before the last group for there to be groups at all.
    pub minimum_grouping: u8,
}

/// One row of the generated table.
#[allow(clippy::too_many_arguments, reason = "a row of seven cells, for a table that one can read")]
pub(crate) const fn n(
    system: &'static System,
    decimal: &'static str,
    group: &'static str,
    minus: &'static str,
    primary: u8,
    secondary: u8,
    minimum_grouping: u8,
) -> Numbers {
    Numbers { system, decimal, group, minus, primary, secondary, minimum_grouping }
}

impl Numbers {
    /// Writes a whole number.
    ///
    /// ```
    /// use lift_errors_cldr::{Locale, number};
    ///
    /// let locale = Locale::from_tag("hi").ok_or("no such locale")?;
    /// assert_eq!(number::numbers(locale).format(u64::MAX), "1,84,46,74,40,73,70,95,51,615");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn format(&self, value: impl Into<i128>) -> String {
        let value = value.into();
        let digits = value.unsigned_abs().to_string();
        let (primary, secondary) = (usize::from(self.primary), usize::from(self.secondary));
        let grouped = digits.len() >= primary + usize::from(self.minimum_grouping);
        let mut text = String::new();
        if value < 0 {
            text.push_str(self.minus);
        }
        for (index, digit) in digits.bytes().enumerate() {
            let rest = digits.len() - index;
            if grouped && index > 0 && rest >= primary && (rest - primary) % secondary.max(1) == 0 {
                text.push_str(self.group);
            }
            text.extend(self.system.digits.get(usize::from(digit - b'0')));
        }
        text
    }
}

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
