//! The names of units of time by plural category.

use crate::category::Category;
use lift_errors_core::conventions::{Pattern, Separators, Unit};

/// A language's words for durations.
///
/// ```
/// use lift_errors_cldr::duration;
/// use lift_errors_cldr::{Locale, plural::Category};
/// use lift_errors_core::conventions::{Pattern, Unit};
///
/// let hebrew = Locale::from_tag("he").and_then(duration::words).ok_or("no words")?;
/// assert_eq!(hebrew.pattern(Unit::Hour, Category::One), Pattern { before: "", after: Some(" שעה") });
/// assert_eq!(hebrew.pattern(Unit::Hour, Category::Two), Pattern { before: "שעתיים", after: None });
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitNames {
    units: [&'static [(Category, &'static str)]; 4],
    /// The text between units.
    pub separators: Separators,
}

/// A row of the generated table.
pub(crate) const fn w(
    units: [&'static [(Category, &'static str)]; 4],
    [two, start, middle, end]: [&'static str; 4],
) -> Option<UnitNames> {
    Some(UnitNames { units, separators: Separators { two, start, middle, end } })
}

impl UnitNames {
    /// The pattern for a count of units in a plural category. Some languages have a word for one or two units, without a
    /// number.
    pub fn pattern(&self, unit: Unit, category: Category) -> Pattern {
        let [day, hour, minute, second] = self.units;
        let patterns = match unit {
            Unit::Day => day,
            Unit::Hour => hour,
            Unit::Minute => minute,
            Unit::Second => second,
        };
        // A category without a pattern has that of `other` (UTS 35, lateral inheritance), which is the last.
        let found = patterns.iter().find(|(known, _)| *known == category).or(patterns.last());
        let pattern = found.map_or("{0}", |(_, pattern)| pattern);
        match pattern.split_once("{0}") {
            Some((before, after)) => Pattern { before, after: Some(after) },
            None => Pattern { before: pattern, after: None },
        }
    }
}
