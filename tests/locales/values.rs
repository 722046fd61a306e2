//! Numbers, durations and words in the texts of every locale.

use crate::cldr::{self, ORDERS};
use crate::{detail, everywhere, locale, locales};
use lift_errors::Locale;
use lift_errors_cldr::duration::format_duration;
use std::time::Duration;

const COUNTS: &[u64] =
    &[0, 1, 9, 10, 999, 1_000, 9_999, 10_000, 12_345, 99_999, 100_000, 1_234_567, 12_345_678, u64::MAX];
const DELTAS: &[i64] =
    &[0, -1, -9, -10, -999, -1_000, -9_999, -10_000, -12_345, -99_999, -100_000, -1_234_567, i64::MAX, i64::MIN];
const DELAYS: &[u64] =
    &[0, 1, 2, 3, 5, 11, 21, 59, 60, 61, 100, 3_600, 3_900, 7_200, 86_400, 90_061, 172_800, 1_000_000_000];

/// The values as a locale writes them: count, delta, delay, name.
fn values(locale: Locale, count: u64, delta: i64, delay: Duration) -> [String; 4] {
    let text = detail(&everywhere::Error::everywhere_values(count, delta, delay, "N"), locale);
    let values = text.strip_prefix("Values: ").unwrap_or_else(|| panic!("{locale}: {text}"));
    let values: Vec<String> = values.split('|').map(str::to_owned).collect();
    values.try_into().unwrap_or_else(|_| panic!("{locale}: {text}"))
}

#[test]
fn numbers_are_written_as_cldr_says() {
    assert_eq!(COUNTS.len(), DELTAS.len());
    for locale in locales() {
        for (&count, &delta) in COUNTS.iter().zip(DELTAS) {
            let [found_count, found_delta, ..] = values(locale, count, delta, Duration::ZERO);
            assert_eq!(found_count, cldr::number(locale.tag(), count.into()), "{locale}: {count}");
            assert_eq!(found_delta, cldr::number(locale.tag(), delta.into()), "{locale}: {delta}");
        }
    }
}

#[test]
fn durations_are_said_as_cldr_says() {
    for locale in locales() {
        let cldr = lift_errors_cldr::Locale::from_tag(locale.tag()).expect("a locale of CLDR");
        for &delay in DELAYS {
            let [_, _, found, _] = values(locale, 0, 0, Duration::from_secs(delay));
            assert_eq!(Some(found), format_duration(cldr, delay), "{locale}: {delay}");
        }
        // A part of a second counts as a second.
        let [_, _, found, _] = values(locale, 0, 0, Duration::from_millis(59_001));
        assert_eq!(Some(found), format_duration(cldr, 60), "{locale}");
    }
}

#[test]
fn words_are_isolated_where_lines_run_from_right_to_left() {
    let mut right_to_left = 0;
    for locale in locales() {
        let [_, _, _, name] = values(locale, 0, 0, Duration::ZERO);
        let expected = match ORDERS.of(locale.tag()).as_str() {
            Some("right-to-left") => "\u{2068}N\u{2069}",
            _ => "N",
        };
        assert_eq!(name, expected, "{locale}");
        right_to_left += usize::from(expected != "N");
    }
    assert!(right_to_left > 30, "{right_to_left}");
}

/// They have the default's conventions, so that a page is tested with numbers that it knows.
#[test]
fn pseudolocales_write_english_numbers() {
    let error = everywhere::Error::everywhere_values(12_345, -12_345, Duration::from_secs(3_900), "N");
    assert_eq!(detail(&error, locale("en-XA")), "[Válúéš:~~ 12,345|-12,345|1 hour 5 minutes|N ·]");
    assert_eq!(
        detail(&error, locale("ar-XB")),
        "\u{202e}Values:\u{202c} 12,345|-12,345|1 hour 5 minutes|\u{2068}N\u{2069}"
    );
}
