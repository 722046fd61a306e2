//! The conventions of a language: plural rules, numbers, durations and the direction of a line. The compiler fills them in
//! from Unicode CLDR.

/// The conventions of one language.
#[derive(Clone, Copy, Debug)]
pub struct Conventions {
    /// The number of its locale.
    pub locale: u16,
    /// Its BCP 47 tag.
    pub tag: &'static str,
    /// Its language and script. Readers of two locales with the same ones understand each other's texts.
    pub language: &'static str,
    /// Whether its lines are written from right to left.
    pub right_to_left: bool,
    /// The cardinal plural rules (UTS 35, language plural rules): the category of a whole number, as its index among the
    /// language's categories in CLDR's order. `other` is the last.
    pub plural: fn(u64) -> u8,
    /// The same for a number with a fraction.
    pub plural_of_fraction: fn(Fraction) -> u8,
    /// The number of categories.
    pub categories: u8,
    /// The conventions for numbers.
    pub numbers: Numbers,
    /// The words for durations. It is a function because rustc seems to follow the references of constants, and the
    /// constants of every entry refer to this: as a value it took rustc seconds for 10,000 entries.
    pub durations: fn() -> &'static Durations,
}

/// A number with a fraction, as plural rules look at it (UTS 35, plural operand meanings).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    /// The digits before the decimal separator.
    pub i: u64,
    /// The number of digits after it, of which the last is not zero.
    pub v: u64,
    /// These digits as a number.
    pub f: u64,
}

/// The conventions of a language for whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// The ten digits, all of the same length in bytes; empty if they are those of ASCII.
    pub digits: &'static str,
    /// The text between groups of digits.
    pub group: &'static str,
    /// The text between the whole number and its fraction.
    pub decimal: &'static str,
    /// The text before a negative number. In some languages it contains an invisible mark of direction.
    pub minus: &'static str,
    /// The number of digits in the last group.
    pub primary: u8,
    /// The number of digits in the groups before it.
    pub secondary: u8,
    /// The number of digits before the last group from which on a number has groups.
    pub minimum: u8,
}

/// The words of a language for durations: the patterns of each unit by category, or one for all categories.
#[derive(Clone, Copy, Debug)]
pub struct Durations {
    /// Days of 24 hours.
    pub days: &'static [Pattern],
    /// Hours.
    pub hours: &'static [Pattern],
    /// Minutes.
    pub minutes: &'static [Pattern],
    /// Seconds.
    pub seconds: &'static [Pattern],
    /// The text between two units.
    pub separators: Separators,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// All units, the longest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Hour, Self::Minute, Self::Second];
}

/// A count of units: `{0} hours`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The text before the number.
    pub before: &'static str,
    /// The text after the number; `None` if the count has no number, as in Arabic for two hours.
    pub after: Option<&'static str>,
}

/// The text between two neighbouring units (UTS 35, list patterns).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Separators {
    /// Between two units, if there are no others.
    pub two: &'static str,
    /// Between the first two of three or more.
    pub start: &'static str,
    /// Between two of four or more of which neither is the first or the last.
    pub middle: &'static str,
    /// Between the last two of three or more.
    pub end: &'static str,
}

impl Separators {
    /// The text after the `index`th of `count` units; empty after the last.
    ///
    /// ```
    /// use lift_errors_core::conventions::Separators;
    ///
    /// let german = Separators { two: ", ", start: ", ", middle: ", ", end: " und " };
    /// assert_eq!([0, 1, 2].map(|index| german.after(index, 3)), [", ", " und ", ""]);
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

impl Conventions {
    /// English, with the number of its locale: the conventions of a catalogue without texts.
    pub const fn english(locale: u16) -> Self {
        Self { locale, ..Self::ENGLISH }
    }

    const ENGLISH: Self = Self {
        locale: 0,
        tag: "en",
        language: "en-Latn",
        right_to_left: false,
        plural: |number| (number != 1) as u8,
        plural_of_fraction: |_| 1,
        categories: 2,
        numbers: Numbers { digits: "", group: ",", decimal: ".", minus: "-", primary: 3, secondary: 3, minimum: 1 },
        durations: || &Self::ENGLISH_DURATIONS,
    };

    const ENGLISH_DURATIONS: Durations = Durations {
        days: &[Pattern::after(" day"), Pattern::after(" days")],
        hours: &[Pattern::after(" hour"), Pattern::after(" hours")],
        minutes: &[Pattern::after(" minute"), Pattern::after(" minutes")],
        seconds: &[Pattern::after(" second"), Pattern::after(" seconds")],
        separators: Separators { two: " ", start: " ", middle: " ", end: " " },
    };
}

impl Pattern {
    const fn after(words: &'static str) -> Self {
        Self { before: "", after: Some(words) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_between_units_has_its_separator() {
        let separators = Separators { two: "two", start: "start", middle: "middle", end: "end" };
        assert_eq!([0, 1].map(|index| separators.after(index, 2)), ["two", ""]);
        assert_eq!([0, 1, 2].map(|index| separators.after(index, 3)), ["start", "end", ""]);
        assert_eq!([0, 1, 2, 3, 9].map(|index| separators.after(index, 4)), ["start", "middle", "end", "", ""]);
    }

    #[test]
    fn english_has_the_number_of_its_locale() {
        assert_eq!(Conventions::english(7).locale, 7);
    }
}
