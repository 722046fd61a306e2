//! Whole numbers in every locale.

use lift_errors_cldr::Locale;
use lift_errors_cldr::number::{format_integer, numbers};
use serde_json::Value;

use crate::source::{each_locale, json, without_file};

const VALUES: &[i128] = &[
    0,
    7,
    42,
    999,
    1_000,
    1_234,
    -9_999,
    10_000,
    99_999,
    100_000,
    -1_234_567,
    12_345_678,
    987_654_321,
    i64::MIN as i128,
    u64::MAX as i128,
];

/// Puts a number into CLDR's own pattern, as UTS 35 describes it: from the last digit to the first.
fn expected(fields: &Value, value: i128) -> String {
    let field = |name: &str| fields[name].as_str().unwrap_or_else(|| panic!("{name}"));
    let sizes: Vec<usize> =
        field("standard").split('.').next().expect("a whole part").split(',').skip(1).map(str::len).collect();
    let (primary, secondary) = (sizes[sizes.len() - 1], sizes[0]);
    let minimum: usize = field("minimumGroupingDigits").parse().expect("a number");
    let native: Vec<char> = field("digits").chars().collect();

    let plain = value.unsigned_abs().to_string();
    let mut groups = Vec::new();
    let mut rest = plain.as_str();
    let mut size = primary;
    while plain.len() >= primary + minimum && rest.len() > size {
        let (head, group) = rest.split_at(rest.len() - size);
        groups.insert(0, group);
        rest = head;
        size = secondary;
    }
    groups.insert(0, rest);
    let written: String = groups
        .join("\0")
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) => native[digit as usize].to_string(),
            None => field("group").to_owned(),
        })
        .collect();
    if value < 0 { field("minusSign").to_owned() + &written } else { written }
}

#[test]
fn numbers_are_written_as_cldr_says_in_every_locale() {
    let mut checks = 0;
    each_locale(&json!("numbers.json"), |locale, fields| {
        let found = numbers(locale);
        let digits = if found.digits.is_empty() { "0123456789" } else { found.digits };
        assert_eq!(digits, fields["digits"], "{locale}");
        assert_eq!(found.group, fields["group"], "{locale}");
        assert_eq!(found.minus, fields["minusSign"], "{locale}");
        assert_eq!(found.minimum.to_string(), fields["minimumGroupingDigits"], "{locale}");
        for &value in VALUES {
            assert_eq!(format_integer(locale, value), expected(fields, value), "{locale}: {value}");
        }
        checks += 4 + VALUES.len();
    });
    for locale in without_file() {
        assert_eq!(Some(numbers(locale)), locale.parent().map(numbers), "{locale}");
        checks += 1;
    }
    assert!(checks > 14_000, "{checks}");
}

#[test]
fn grouping_that_other_crates_get_wrong() {
    for (tag, value, written) in [
        ("es", 1_234, "1234"),
        ("es", 12_345, "12.345"),
        ("es-MX", 1_234, "1,234"),
        ("it", 1_234, "1234"),
        ("pl", 1_234, "1234"),
        ("pl", 12_345, "12\u{a0}345"),
        ("pt-PT", 1_234, "1234"),
        ("pt-BR", 1_234, "1.234"),
        // CLDR has it so: Angola groups as Portugal does, but from four digits up; Mozambique as Portugal.
        ("pt-AO", 1_234, "1\u{a0}234"),
        ("pt-MZ", 1_234, "1234"),
        ("de-AT", 1_234, "1\u{a0}234"),
        ("de-CH", 1_234, "1'234"),
        ("fr", 1_234, "1\u{202f}234"),
        ("hi", 12_345_678, "1,23,45,678"),
        ("bn", 12_345_678, "১,২৩,৪৫,৬৭৮"),
        ("ar", -1_234, "\u{200e}-1,234"),
        ("ar-EG", 1_234, "١٬٢٣٤"),
        ("ar-MA", 1_234, "1.234"),
        ("fa", 1_234, "۱٬۲۳۴"),
        ("en-ZA", 1_234, "1\u{a0}234"),
    ] {
        assert_eq!(format_integer(Locale::from_tag(tag).expect(tag), value), written, "{tag}");
    }
}
