//! Durations in words.

use alloc::string::String;
use lift_errors_core::display;

use crate::category::Category;
use crate::generated::durations::WORDS;
use crate::locale::Locale;
use crate::number;
use crate::plural;
use crate::table::inherited;

pub use crate::unit_names::UnitNames;

/// A locale's words for durations; `None` if CLDR has only the root's symbols for any of the units.
///
/// ```
/// use lift_errors_cldr::{Locale, duration};
///
/// assert!(Locale::from_tag("uk").and_then(duration::words).is_some());
/// assert!(Locale::from_tag("mt").and_then(duration::words).is_none());
/// ```
pub fn words(locale: Locale) -> Option<&'static UnitNames> {
    inherited(WORDS, locale)?.as_ref()
}

/// Writes a duration in days, hours, minutes and seconds, without those that are zero; `None` if the locale does not have
/// words for them.
///
/// A language without plural rules has one pattern for every count.
///
/// ```
/// use lift_errors_cldr::{Locale, duration};
///
/// let written = |tag, seconds| duration::format_duration(Locale::from_tag(tag)?, seconds);
/// assert_eq!(written("en", 3_900).as_deref(), Some("1 hour 5 minutes"));
/// assert_eq!(written("en", 0).as_deref(), Some("0 seconds"));
/// assert_eq!(written("ar", 7_200).as_deref(), Some("ساعتان"));
/// assert_eq!(written("zh", 3_900).as_deref(), Some("1小时5分钟"));
/// ```
pub fn format_duration(locale: Locale, seconds: u64) -> Option<String> {
    let (words, numbers) = (words(locale)?, number::numbers(locale));
    let mut text = String::new();
    display::in_units(seconds, &words.separators, &mut |piece| text.push_str(piece), |unit, count, out| {
        let category = plural::category(locale, &count.into()).unwrap_or(Category::Other);
        display::counted(count, &words.pattern(unit, category), numbers, out);
    });
    Some(text)
}
