//! Numbers and durations, by the conventions of a language or as digits for programs.

use crate::conventions::{Conventions, Fraction, Numbers, Pattern, Separators, Unit};
use core::fmt;
use core::time::Duration;

/// The numbers below 1,000, which nearly every limit, delay and status is. Each has four bytes, padded with spaces. More
/// padding at the end lets a caller copy each number together with the bytes after it.
pub const SMALL: &str = {
    const DIGITS: [u8; 4_016] = {
        let mut digits = [b' '; 4_016];
        let mut number = 0;
        while number < 1_000 {
            let mut rest = number;
            let mut at = number * 4 + length_of_small(number);
            #[allow(
                clippy::indexing_slicing,
                reason = "`at` is below the length; constant evaluation has no iterators"
            )]
            loop {
                at -= 1;
                digits[at] = b'0' + (rest % 10) as u8;
                rest /= 10;
                if rest == 0 {
                    break;
                }
            }
            number += 1;
        }
        digits
    };
    match core::str::from_utf8(&DIGITS) {
        Ok(digits) => digits,
        Err(_) => "",
    }
};

#[inline]
const fn length_of_small(number: usize) -> usize {
    1 + (number > 9) as usize + (number > 99) as usize
}

/// The position of the digits of a number below 1,000 in [`SMALL`].
#[inline]
pub fn small(number: u64) -> Option<core::ops::Range<usize>> {
    let number = usize::try_from(number).ok().filter(|number| *number < 1_000)?;
    Some(number * 4..number * 4 + length_of_small(number))
}

/// Writes the digits of `number` without groups.
#[inline]
pub fn digits(number: u64, out: &mut dyn FnMut(&str)) {
    out(itoa::Buffer::new().format(number));
}

/// Writes the digits of `number` without groups, with `-` before a negative number.
#[inline]
pub fn signed_digits(number: i64, out: &mut dyn FnMut(&str)) {
    out(itoa::Buffer::new().format(number));
}

/// Writes `number` by the conventions of a language: `1,000`.
#[inline]
pub fn grouped(number: u64, numbers: &Numbers, out: &mut dyn FnMut(&str)) {
    match small(number).filter(|_| numbers.digits.is_empty()) {
        Some(place) => out(SMALL.get(place).unwrap_or_default()),
        None => in_groups(itoa::Buffer::new().format(number), numbers, out),
    }
}

/// Writes ASCII digits in the language's groups, and as the language's own digits.
pub fn in_groups(digits: &str, numbers: &Numbers, out: &mut dyn FnMut(&str)) {
    let (last, other) = (usize::from(numbers.primary), usize::from(numbers.secondary).max(1));
    let mut rest = digits;
    if digits.len() >= last + usize::from(numbers.minimum) {
        let mut next = (digits.len() - last - 1) % other + 1;
        while rest.len() > last {
            let (group, tail) = rest.split_at_checked(next).unwrap_or((rest, ""));
            native(group, numbers, out);
            out(numbers.group);
            (rest, next) = (tail, other);
        }
    }
    native(rest, numbers, out);
}

/// Writes ASCII digits as the language's own.
fn native(digits: &str, numbers: &Numbers, out: &mut dyn FnMut(&str)) {
    if numbers.digits.is_empty() {
        return out(digits);
    }
    let width = numbers.digits.len() / 10;
    for digit in digits.bytes() {
        let start = usize::from(digit.wrapping_sub(b'0')) * width;
        out(numbers.digits.get(start..start + width).unwrap_or_default());
    }
}

/// Writes `number` as [`grouped`] does, with the language's minus sign before a negative number.
pub fn signed_grouped(number: i64, numbers: &Numbers, out: &mut dyn FnMut(&str)) {
    if number < 0 {
        out(numbers.minus);
    }
    grouped(number.unsigned_abs(), numbers, out);
}

/// Writes a decimal number by the conventions of a language: `1,234.5`. It has the fewest digits that tell it from others.
pub fn decimal(number: f64, numbers: &Numbers, out: &mut dyn FnMut(&str)) {
    let text = DecimalText::of(number.abs());
    let (whole, fraction) = text.as_str().split_once('.').unwrap_or((text.as_str(), ""));
    if number < 0.0 {
        out(numbers.minus);
    }
    in_groups(whole, numbers, out);
    if !fraction.is_empty() {
        out(numbers.decimal);
        native(fraction, numbers, out);
    }
}

/// The plural category of a number that [`decimal`] writes.
#[cold]
pub fn category_of_decimal(number: f64, conventions: &Conventions) -> u8 {
    let text = DecimalText::of(number.abs());
    match text.as_str().split_once('.') {
        Some((whole, fraction)) => {
            let (i, v, f) = (last_digits(whole), fraction.len() as u64, last_digits(fraction));
            (conventions.plural_of_fraction)(Fraction { i, v, f })
        }
        None => (conventions.plural)(last_digits(text.as_str())),
    }
}

/// Digits as a number. Plural rules only look at the last digits, so a 1 replaces all digits before the last 18.
fn last_digits(digits: &str) -> u64 {
    let last = digits.get(digits.len().saturating_sub(18)..).and_then(|last| last.parse().ok()).unwrap_or(0);
    if digits.len() > 18 { 10_u64.pow(18) + last } else { last }
}

/// The digits of a finite decimal number, which never has an exponent.
struct DecimalText {
    /// The longest number is the one before the smallest: `0.`, 323 zeros and 17 digits.
    bytes: [u8; 352],
    length: usize,
}

impl DecimalText {
    fn of(number: f64) -> Self {
        let mut text = Self { bytes: [0; 352], length: 0 };
        let _ = fmt::write(&mut text, format_args!("{number}"));
        text
    }

    fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl fmt::Write for DecimalText {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        let end = self.length + piece.len();
        self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(piece.as_bytes());
        self.length = end;
        Ok(())
    }
}

/// The largest integer that readers with floating-point numbers, such as JavaScript, know exactly (RFC 7493 §2.2).
pub const MAX_EXACT: u64 = (1 << 53) - 1;

/// The whole seconds of a duration, rounded up, so that a caller that waits as long has waited long enough; at most
/// [`MAX_EXACT`], 285 million years.
#[inline]
pub const fn whole_seconds(duration: Duration) -> u64 {
    let seconds = match duration.subsec_nanos() {
        0 => duration.as_secs(),
        _ => duration.as_secs().saturating_add(1),
    };
    if seconds < MAX_EXACT { seconds } else { MAX_EXACT }
}

/// Writes a duration in words, in whole seconds rounded up: `1 hour 5 minutes`, `12 seconds`.
#[inline]
pub fn duration(duration: Duration, conventions: &Conventions, out: &mut dyn FnMut(&str)) {
    let durations = (conventions.durations)();
    // Nearly every delay is shorter than a minute.
    match whole_seconds(duration) {
        seconds @ 0..60 => unit(seconds, durations.seconds, conventions, out),
        seconds => in_units(seconds, &durations.separators, out, |kind, count, out| {
            let patterns = match kind {
                Unit::Day => durations.days,
                Unit::Hour => durations.hours,
                Unit::Minute => durations.minutes,
                Unit::Second => durations.seconds,
            };
            unit(count, patterns, conventions, out);
        }),
    }
}

#[inline]
fn unit(count: u64, patterns: &[Pattern], conventions: &Conventions, out: &mut dyn FnMut(&str)) {
    let category = usize::from((conventions.plural)(count));
    // A unit has a pattern for each category of its language, or one for all.
    if let Some(pattern) = patterns.get(category).or(patterns.last()) {
        counted(count, pattern, &conventions.numbers, out);
    }
}

/// Calls `write` with every unit of a duration and its count, except those that are zero, and writes the separators between
/// them. A duration of zero has zero seconds.
#[inline]
pub fn in_units(
    seconds: u64,
    separators: &Separators,
    out: &mut dyn FnMut(&str),
    write: impl Fn(Unit, u64, &mut dyn FnMut(&str)),
) {
    if seconds == 0 {
        return write(Unit::Second, 0, out);
    }
    let [day, hour, minute, second] = Unit::ALL;
    // Divisions by constants cost a tenth of those by the entries of a table.
    let (minutes, hours) = (seconds / 60, seconds / 3_600);
    let counts = [(day, seconds / 86_400), (hour, hours % 24), (minute, minutes % 60), (second, seconds % 60)];
    let length = counts.iter().filter(|(_, count)| *count > 0).count();
    for (index, (unit, count)) in counts.iter().filter(|(_, count)| *count > 0).enumerate() {
        write(*unit, *count, out);
        if index + 1 < length {
            out(separators.after(index, length));
        }
    }
}

/// Writes a count of units.
#[inline]
pub fn counted(count: u64, pattern: &Pattern, numbers: &Numbers, out: &mut dyn FnMut(&str)) {
    out(pattern.before);
    if let Some(after) = pattern.after {
        grouped(count, numbers, out);
        out(after);
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::*;
    use alloc::string::{String, ToString};

    const ENGLISH: &Conventions = &Conventions::english(0);

    fn written(write: impl Fn(&mut dyn FnMut(&str))) -> String {
        let mut text = String::new();
        write(&mut |piece| text.push_str(piece));
        text
    }

    #[test]
    fn small_numbers_are_found() {
        for number in 0..1_000 {
            let digits = small(number).and_then(|place| SMALL.get(place));
            assert_eq!(digits, Some(number.to_string().as_str()));
        }
        assert_eq!(small(1_000), None);
        assert_eq!(SMALL.get(4_000..).map(str::trim), Some(""));
    }

    #[test]
    fn digits_for_programs_have_no_groups() {
        assert_eq!(written(|mut out| digits(65_536, &mut out)), "65536");
        assert_eq!(written(|mut out| signed_digits(-65_536, &mut out)), "-65536");
    }

    #[test]
    fn the_last_digits_of_a_decimal_select_its_category() {
        let rules = Conventions {
            plural: |number| (number % 100) as u8,
            plural_of_fraction: |number| {
                assert!(number.i > 1_000 || number.v < 6, "{number:?}");
                (number.i % 10 * 100 + number.f % 10 * 10 + number.v) as u8
            },
            ..*ENGLISH
        };
        for (number, expected) in [(1.5, 151), (-0.25, 52), (7.0, 7), (1e20, 0), (1_234_567_890.625, 53)] {
            assert_eq!(category_of_decimal(number, &rules), expected, "{number}");
        }
        assert_eq!(last_digits("123456789012345678901"), 1_000_000_000_000_000_000 + 456_789_012_345_678_901);
    }

    #[test]
    fn decimals_have_the_fewest_digits_that_tell_them_apart() {
        let arabic = Numbers { digits: "٠١٢٣٤٥٦٧٨٩", decimal: "٫", ..ENGLISH.numbers };
        for (number, expected) in
            [(0.0, "0"), (-0.0, "0"), (1.0, "1"), (0.1, "0.1"), (1_234.5, "1,234.5"), (-1_234.25, "-1,234.25")]
        {
            assert_eq!(written(|mut out| decimal(number, &ENGLISH.numbers, &mut out)), expected);
        }
        assert_eq!(written(|mut out| decimal(17.25, &arabic, &mut out)), "١٧٫٢٥");
        // The longest there are.
        let smallest = written(|mut out| decimal(f64::from_bits(1), &ENGLISH.numbers, &mut out));
        assert_eq!((smallest.len(), smallest.parse()), (326, Ok(f64::from_bits(1))));
        let largest = written(|mut out| decimal(f64::MAX, &ENGLISH.numbers, &mut out));
        assert_eq!(largest.replace(',', "").parse(), Ok(f64::MAX));
    }

    #[test]
    fn english_groups_by_threes() {
        for (number, expected) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (65_536, "65,536"), (u64::MAX, "18,446,744,073,709,551,615")]
        {
            assert_eq!(written(|mut out| grouped(number, &ENGLISH.numbers, &mut out)), expected);
        }
        assert_eq!(
            written(|mut out| signed_grouped(i64::MIN, &ENGLISH.numbers, &mut out)),
            "-9,223,372,036,854,775,808"
        );
        assert_eq!(written(|mut out| signed_grouped(0, &ENGLISH.numbers, &mut out)), "0");
    }

    #[test]
    fn other_languages_have_other_groups_and_digits() {
        let indian = Numbers { secondary: 2, ..ENGLISH.numbers };
        let spanish = Numbers { group: ".", minimum: 2, ..ENGLISH.numbers };
        let arabic = Numbers { digits: "٠١٢٣٤٥٦٧٨٩", group: "٬", ..ENGLISH.numbers };
        for (numbers, number, expected) in [
            (&indian, 12_345_678, "1,23,45,678"),
            (&indian, 100_000, "1,00,000"),
            (&spanish, 1_234, "1234"),
            (&spanish, 12_345, "12.345"),
            (&arabic, 7, "٧"),
            (&arabic, 12_345, "١٢٬٣٤٥"),
        ] {
            assert_eq!(written(|mut out| grouped(number, numbers, &mut out)), expected);
        }
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
            assert_eq!(written(|mut out| duration(value, ENGLISH, &mut out)), expected);
        }
        // The largest number that every reader of JSON has exactly (RFC 7493 §2.2).
        assert_eq!(whole_seconds(Duration::MAX), (1 << 53) - 1);
        assert!(written(|mut out| duration(Duration::MAX, ENGLISH, &mut out)).contains("days"));
    }
}
