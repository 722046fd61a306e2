//! How locales say a duration in words.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::generated::durations::WORDS;
use crate::locale::Locale;
use crate::number;
use crate::plural::{self, Category};
use crate::table::inherited;

/// A unit of time.
///
/// ```
/// use lift_errors_cldr::duration::Unit;
///
/// assert!(Unit::ALL.iter().map(|unit| unit.seconds()).eq([86_400, 3_600, 60, 1]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// 24 hours.
    Day,
    /// 60 minutes.
    Hour,
    /// 60 seconds.
    Minute,
    /// A second.
    Second,
}

impl Unit {
    /// All units, the longest first, as they are said.
    pub const ALL: [Self; 4] = [Self::Day, Self::Hour, Self::Minute, Self::Second];

    /// How many seconds it has.
    pub const fn seconds(self) -> u64 {
        match self {
            Self::Day => 86_400,
            Self::Hour => 3_600,
            Self::Minute => 60,
            Self::Second => 1,
        }
    }
}

/// CLDR's pattern for a count of units: `{0} hours`. In some languages one or two of a unit are said without a number.
///
/// ```
/// use lift_errors_cldr::duration::{self, Unit};
/// use lift_errors_cldr::{Locale, plural::Category};
///
/// let hebrew = Locale::from_tag("he").and_then(duration::words).ok_or("no words")?;
/// assert_eq!(hebrew.pattern(Unit::Hour, Category::One).as_str(), "{0} שעה");
/// assert_eq!(hebrew.pattern(Unit::Hour, Category::One).parts(), ("", Some(" שעה")));
/// assert_eq!(hebrew.pattern(Unit::Hour, Category::Two).parts(), ("שעתיים", None));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern(&'static str);

impl Pattern {
    /// As CLDR has it, with `{0}` for the number.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// What stands before and after the number; without a number, all of it and `None`.
    pub fn parts(self) -> (&'static str, Option<&'static str>) {
        match self.0.split_once("{0}") {
            Some((before, after)) => (before, Some(after)),
            None => (self.0, None),
        }
    }
}

/// What stands between two units that are said one after the other.
///
/// ```
/// use lift_errors_cldr::{Locale, duration};
///
/// let german = Locale::from_tag("de").and_then(duration::words).ok_or("no words")?;
/// assert_eq!((german.separators.two, german.separators.end), (", ", " und "));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Separators {
    /// Between the only two.
    pub two: &'static str,
    /// Of three or more: between the first two.
    pub start: &'static str,
    /// Of four or more: between those that are neither first nor last.
    pub middle: &'static str,
    /// Of three or more: between the last two.
    pub end: &'static str,
}

impl Separators {
    /// What stands after the `index`th of `count`; nothing after the last.
    ///
    /// ```
    /// # use lift_errors_cldr::{Locale, duration};
    /// let german = Locale::from_tag("de").and_then(duration::words).ok_or("no words")?;
    /// assert_eq!([0, 1, 2].map(|index| german.separators.after(index, 3)), [", ", " und ", ""]);
    /// # Ok::<(), &str>(())
    /// ```
    pub const fn after(&self, index: usize, count: usize) -> &'static str {
        match (index, count.saturating_sub(index)) {
            (_, 0 | 1) => "",
            (0, 2) => self.two,
            (_, 2) => self.end,
            (0, _) => self.start,
            _ => self.middle,
        }
    }
}

/// A language's words for durations.
///
/// ```
/// use lift_errors_cldr::duration::{self, Unit};
/// use lift_errors_cldr::{Locale, plural::Category};
///
/// let french = Locale::from_tag("fr-BE").and_then(duration::words).ok_or("no words")?;
/// assert_eq!(french.pattern(Unit::Minute, Category::Other).as_str(), "{0} minutes");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitNames {
    units: [&'static [(Category, &'static str)]; 4],
    /// What stands between units.
    pub separators: Separators,
}

/// One row of the generated table.
pub(crate) const fn w(
    units: [&'static [(Category, &'static str)]; 4],
    [two, start, middle, end]: [&'static str; 4],
) -> Option<UnitNames> {
    Some(UnitNames { units, separators: Separators { two, start, middle, end } })
}

impl UnitNames {
    /// The pattern for a number of units that is in `category`.
    pub fn pattern(&self, unit: Unit, category: Category) -> Pattern {
        let [day, hour, minute, second] = self.units;
        let patterns = match unit {
            Unit::Day => day,
            Unit::Hour => hour,
            Unit::Minute => minute,
            Unit::Second => second,
        };
        // Where a category has no pattern of its own, `other` is used (UTS 35, lateral inheritance); it is the last.
        let found = patterns.iter().find(|(known, _)| *known == category).or(patterns.last());
        Pattern(found.map_or("{0}", |(_, pattern)| pattern))
    }
}

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
