//! A time as support needs it: the same in all languages and time zones.

use crate::catalog::value::Value;
use crate::message::output::Output;
use core::time::Duration;

/// A time in UTC, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UtcTime {
    year: u64,
    month: u64,
    day: u64,
    second_of_day: u64,
}

impl UtcTime {
    /// The time so long after 1970 began. The calendar repeats every 400 years, which have 146,097 days; each of these eras
    /// begins on 1 March, so that the leap day is the last of a year.
    pub(super) const fn new(since_epoch: Duration) -> Self {
        let seconds = since_epoch.as_secs();
        // 719,468 days lie between 1 March of the year 0 and 1970.
        let days = seconds / 86_400 + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        // March to July, August to December, and January with February: each has 153 days or less in five months.
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        Self {
            year: era * 400 + year_of_era + (month <= 2) as u64,
            month,
            day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
            second_of_day: seconds % 86_400,
        }
    }

    /// Appends the time for programs, `2026-11-29T03:13:48Z` (RFC 3339).
    pub(super) fn machine<O: Output>(self, out: &mut O) {
        self.write(out, "T");
        out.push("Z");
    }

    /// Appends the time for people, `2026-11-29 03:13:48 UTC`.
    pub(super) fn people<O: Output>(self, out: &mut O) {
        self.write(out, " ");
        out.push(" UTC");
    }

    fn write<O: Output>(self, out: &mut O, separator: &str) {
        let Self { year, month, day, second_of_day } = self;
        for (before, number) in [
            ("", year),
            ("-", month),
            ("-", day),
            (separator, second_of_day / 3_600),
            (":", second_of_day / 60 % 60),
            (":", second_of_day % 60),
        ] {
            out.push(before);
            out.push(if number < 10 { "0" } else { "" });
            Value::Unsigned(number).machine(out, |_, _| {});
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_200, "2024-03-01T00:00:00Z"),
            (1_795_922_028, "2026-11-29T03:13:48Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            let mut written = String::new();
            UtcTime::new(Duration::from_secs(seconds)).machine(&mut written);
            assert_eq!(written, expected);
        }
        let mut written = String::new();
        UtcTime::new(Duration::MAX).people(&mut written);
        assert!(written.ends_with(" UTC"));
    }
}
