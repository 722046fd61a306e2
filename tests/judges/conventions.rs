//! Prints numbers, plural categories and durations in every language, for `.ci/judges`: ICU has to write them in the same way.

use lift_errors_cldr::{Locale, VERSION, duration, number, plural};

const NUMBERS: [i64; 24] = [
    0, 1, 2, 3, 7, 11, 12, 21, 99, 100, 101, 111, 999, 1_000, 1_234, 9_999, 10_000, 12_345, 99_999, 100_000, 1_000_000,
    1_234_567, -1, -12_345,
];

const SECONDS: [u64; 23] = [
    0, 1, 2, 3, 5, 11, 12, 21, 22, 59, 60, 61, 120, 300, 660, 3_600, 3_661, 7_200, 18_000, 86_400, 90_061, 172_800,
    1_000_000,
];

fn main() {
    println!("version\t{VERSION}");
    for locale in Locale::all() {
        let tag = locale.tag();
        for value in NUMBERS {
            println!("number\t{tag}\t{value}\t{}", number::format_integer(locale, value));
        }
        for value in (0..=220u32).chain([1_000, 1_000_000, 2_000_000]) {
            if let Some(category) = plural::category(locale, &value.into()) {
                println!("plural\t{tag}\t{value}\t{}", category.as_str());
            }
        }
        for value in SECONDS {
            if let Some(text) = duration::format_duration(locale, value) {
                println!("duration\t{tag}\t{value}\t{text}");
            }
        }
    }
}
