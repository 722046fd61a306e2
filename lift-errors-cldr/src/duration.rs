//! How locales say a duration in words.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::category::Category;
use crate::generated::durations::WORDS;
use crate::locale::Locale;
use crate::number;
use crate::plural;
use crate::table::inherited;

pub use crate::unit_names::{Pattern, Separators, Unit, UnitNames};

/// A locale's words for durations; `None` where CLDR has only the root's symbols for any of the units.
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

/// Says a duration in days, hours, minutes and seconds, each where it isn't zero. What the compiler generates has to
/// say the same.
///
/// A language without plural rules takes the one pattern that it has.
///
/// ```
/// use lift_errors_cldr::{Locale, duration};
///
/// let said = |tag, seconds| duration::format_duration(Locale::from_tag(tag)?, seconds);
/// assert_eq!(said("en", 3_900).as_deref(), Some("1 hour 5 minutes"));
/// assert_eq!(said("en", 0).as_deref(), Some("0 seconds"));
/// assert_eq!(said("ar", 7_200).as_deref(), Some("ساعتان"));
/// assert_eq!(said("zh", 3_900).as_deref(), Some("1小时5分钟"));
/// ```
pub fn format_duration(locale: Locale, seconds: u64) -> Option<String> {
    let words = words(locale)?;
    let mut rest = seconds;
    let mut parts = Vec::new();
    for unit in Unit::ALL {
        let count = rest / unit.seconds();
        rest %= unit.seconds();
        if count > 0 || (unit == Unit::Second && parts.is_empty()) {
            let category = plural::category(locale, &count.into()).unwrap_or(Category::Other);
            let (before, after) = words.pattern(unit, category).parts();
            let mut part = before.to_string();
            if let Some(after) = after {
                part.push_str(&number::format_integer(locale, count));
                part.push_str(after);
            }
            parts.push(part);
        }
    }
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        text.push_str(part);
        text.push_str(words.separators.after(index, parts.len()));
    }
    Some(text)
}
