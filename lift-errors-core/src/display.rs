//! Numbers and durations as English reads them. They know nothing of the sentence around them.

use core::time::Duration;

/// The numbers below 1,000, three digits each: nearly every limit, delay and status. Cutting one out costs
/// a third of formatting it.
static SMALL: &str = {
    const DIGITS: [u8; 3_000] = {
        let mut digits = [0; 3_000];
        let mut at = 0;
        while at < digits.len() {
            let number = at / 3;
            let power = match at % 3 {
                0 => 100,
                1 => 10,
                _ => 1,
            };
            #[allow(
                clippy::indexing_slicing,
                reason = "`at` is below the length; constant evaluation has no iterators"
            )]
            {
                digits[at] = b'0' + (number / power % 10) as u8;
            }
            at += 1;
        }
        digits
    };
    match core::str::from_utf8(&DIGITS) {
        Ok(digits) => digits,
        Err(_) => "",
    }
};

/// The digits of a number below 1,000.
#[inline]
fn small(number: u64) -> Option<&'static str> {
    let end = usize::try_from(number).ok().filter(|number| *number < 1_000)? * 3 + 3;
    let length = 1 + usize::from(number > 9) + usize::from(number > 99);
    SMALL.get(end - length..end)
}

/// Writes the digits of `number` without grouping, as machines read them.
#[inline]
pub fn digits(number: u64, out: &mut impl FnMut(&str)) {
    match small(number) {
        Some(digits) => out(digits),
        None => out(itoa::Buffer::new().format(number)),
    }
}

/// Writes the digits of `number`, with a minus sign where it is negative.
#[inline]
pub fn signed_digits(number: i64, out: &mut impl FnMut(&str)) {
    out(itoa::Buffer::new().format(number));
}

/// Writes `number` with its digits in groups of three: `1,000`.
#[inline]
pub fn grouped(number: u64, out: &mut impl FnMut(&str)) {
    if let Some(digits) = small(number) {
        return out(digits);
    }
    let mut buffer = itoa::Buffer::new();
    let mut rest = buffer.format(number);
    while rest.len() > 3 {
        let first = (rest.len() - 1) % 3 + 1;
        let (group, tail) = rest.split_at(first);
        out(group);
        out(",");
        rest = tail;
    }
    out(rest);
}

/// Writes `number` as [`grouped`] does, with a minus sign where it is negative.
pub fn signed_grouped(number: i64, out: &mut impl FnMut(&str)) {
    if number < 0 {
        out("-");
    }
    grouped(number.unsigned_abs(), out);
}

/// The whole seconds of a duration, rounded up: whoever waits so long has waited long enough.
#[inline]
pub const fn whole_seconds(duration: Duration) -> u64 {
    match duration.subsec_nanos() {
        0 => duration.as_secs(),
        _ => duration.as_secs().saturating_add(1),
    }
}

/// Writes a duration in words, in whole seconds rounded up: `1 hour 5 minutes`, `12 seconds`.
#[inline]
pub fn duration(duration: Duration, out: &mut impl FnMut(&str)) {
    let seconds = whole_seconds(duration);
    // Nearly every delay is shorter than a minute or a number of whole minutes; divisions by constants
    // cost a tenth of those by a table's entries.
    if seconds < 60 {
        return unit(seconds, " second", " seconds", out);
    }
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let parts = [
        (days, " day", " days"),
        (hours % 24, " hour", " hours"),
        (minutes % 60, " minute", " minutes"),
        (seconds % 60, " second", " seconds"),
    ];
    let mut before = "";
    for (count, one, many) in parts {
        if count > 0 {
            out(before);
            unit(count, one, many, out);
            before = " ";
        }
    }
}

#[inline]
fn unit(count: u64, one: &str, many: &str, out: &mut impl FnMut(&str)) {
    grouped(count, out);
    out(if count == 1 { one } else { many });
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::*;
    use alloc::string::{String, ToString};

    fn written(write: impl Fn(&mut dyn FnMut(&str))) -> String {
        let mut text = String::new();
        write(&mut |piece| text.push_str(piece));
        text
    }

    #[test]
    fn small_numbers_are_cut_out_right() {
        for number in 0..2_000 {
            assert_eq!(written(|mut out| digits(number, &mut out)), number.to_string());
        }
    }

    #[test]
    fn numbers_are_grouped_by_threes() {
        for (number, expected) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (65_536, "65,536"), (u64::MAX, "18,446,744,073,709,551,615")]
        {
            assert_eq!(written(|mut out| grouped(number, &mut out)), expected);
        }
        assert_eq!(written(|mut out| signed_grouped(i64::MIN, &mut out)), "-9,223,372,036,854,775,808");
    }

    #[test]
    fn durations_are_words() {
        for (milliseconds, expected) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (12_000, "12 seconds"),
            (60_000, "1 minute"),
            (847_000, "14 minutes 7 seconds"),
            (3_900_000, "1 hour 5 minutes"),
            (90_061_000, "1 day 1 hour 1 minute 1 second"),
        ] {
            let value = Duration::from_millis(milliseconds);
            assert_eq!(written(|mut out| duration(value, &mut out)), expected);
        }
        assert_eq!(whole_seconds(Duration::MAX), u64::MAX);
        assert!(written(|mut out| duration(Duration::MAX, &mut out)).contains("days"));
    }
}
