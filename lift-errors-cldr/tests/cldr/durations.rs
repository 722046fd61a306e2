//! Durations in words in every locale.

use lift_errors_cldr::Locale;
use lift_errors_cldr::duration::{format_duration, words};
use lift_errors_cldr::plural::{self, Category};
use lift_errors_core::conventions::{Pattern, Unit};
use serde_json::Value;

use crate::source::{each_locale, json, without_file};

const UNITS: [(Unit, &str); 4] = [
    (Unit::Day, "duration-day"),
    (Unit::Hour, "duration-hour"),
    (Unit::Minute, "duration-minute"),
    (Unit::Second, "duration-second"),
];

/// The fields of the root, which has symbols and no words.
fn symbols(file: &Value) -> &Value {
    let groups = file.as_array().expect("an array");
    let root = groups.iter().find(|group| group["locales"].as_array().expect("tags").contains(&"und".into()));
    &root.expect("the root")["fields"]
}

/// A pattern with CLDR's mark for the number.
fn as_in_cldr(Pattern { before, after }: Pattern) -> String {
    after.map_or(before.to_owned(), |after| format!("{before}{{0}}{after}"))
}

#[test]
fn patterns_are_those_of_cldr_in_every_locale() {
    let file = json!("durations.json");
    let symbols = symbols(&file);
    let (mut with, mut without) = (0, 0);
    each_locale(&file, |locale, fields| {
        let lacking = UNITS.iter().any(|(_, name)| fields[name] == symbols[name]);
        assert_eq!(words(locale).is_none(), lacking, "{locale}");
        let Some(words) = words(locale) else {
            assert_eq!(format_duration(locale, 5), None, "{locale}");
            without += 1;
            return;
        };
        for (unit, name) in UNITS {
            let patterns = fields[name].as_object().expect("patterns");
            for (key, pattern) in patterns {
                let category = key.strip_prefix("unitPattern-count-").and_then(Category::from_name).expect(key);
                assert_eq!(as_in_cldr(words.pattern(unit, category)), *pattern, "{locale} {name} {category}");
            }
            // What CLDR leaves out is as `other`.
            for category in Category::ALL {
                let pattern = patterns
                    .get(&format!("unitPattern-count-{category}"))
                    .unwrap_or(&fields[name]["unitPattern-count-other"]);
                assert_eq!(as_in_cldr(words.pattern(unit, category)), *pattern, "{locale} {name} {category}");
            }
        }
        let list = &fields["listPattern-type-unit-narrow"];
        let separators = &words.separators;
        for (key, separator) in
            [("2", separators.two), ("start", separators.start), ("middle", separators.middle), ("end", separators.end)]
        {
            assert_eq!(format!("{{0}}{separator}{{1}}"), list[key], "{locale} {key}");
        }
        with += 1;
    });
    assert!(with > 500 && without > 200, "{with} with words, {without} without");
    for locale in without_file() {
        assert_eq!(words(locale), locale.parent().and_then(words), "{locale}");
    }
}

/// Joins as UTS 35 does: the end first, then what comes before.
#[test]
fn lists_are_joined_as_uts_35_does() {
    each_locale(&json!("durations.json"), |locale, fields| {
        let Some(words) = words(locale) else { return };
        let list = &fields["listPattern-type-unit-narrow"];
        let put = |key: &str, first: &str, second: &str| {
            list[key].as_str().expect(key).replace("{0}", first).replace("{1}", second)
        };
        let joined = |count: usize| -> String {
            ["a", "b", "c", "d"]
                .iter()
                .take(count)
                .enumerate()
                .map(|(index, part)| [part, words.separators.after(index, count)].concat())
                .collect()
        };
        assert_eq!(joined(1), "a");
        assert_eq!(joined(2), put("2", "a", "b"), "{locale}");
        assert_eq!(joined(3), put("start", "a", &put("end", "b", "c")), "{locale}");
        assert_eq!(joined(4), put("start", "a", &put("middle", "b", &put("end", "c", "d"))), "{locale}");
    });
}

/// A unit has a form for each category that the language's rules give, so that no number takes another's.
#[test]
fn a_pattern_of_a_category_is_one_that_the_rules_can_give() {
    each_locale(&json!("durations.json"), |locale, fields| {
        let (Some(_), Some(categories)) = (words(locale), plural::categories(locale)) else { return };
        for (_, name) in UNITS {
            for key in fields[name].as_object().expect("patterns").keys() {
                let category = key.strip_prefix("unitPattern-count-").and_then(Category::from_name).expect(key);
                // CLDR keeps the forms of a category that Hebrew lost in version 42.
                assert!(categories.contains(&category) || locale.tag() == "he", "{locale} {name} {category}");
            }
        }
    });
}

#[test]
fn durations_read_well() {
    for (tag, seconds, said) in [
        ("en", 1, "1 second"),
        ("en", 3_661, "1 hour 1 minute 1 second"),
        ("en", 90_061, "1 day 1 hour 1 minute 1 second"),
        ("en", 86_400_000, "1,000 days"),
        ("de", 3_900, "1 Stunde, 5 Minuten"),
        ("de", 93_784, "1 Tag, 2 Stunden, 3 Minuten und 4 Sekunden"),
        ("fr", 3_900, "1\u{a0}heure 5 minutes"),
        ("es", 3_900, "1 hora 5 minutos"),
        ("pt-BR", 3_900, "1 hora 5 minutos"),
        ("nl", 3_900, "1 uur, 5 minuten"),
        ("uk", 12, "12 секунд"),
        ("uk", 22, "22 секунди"),
        ("ru", 21, "21 секунда"),
        ("pl", 300, "5 minut"),
        ("ar", 60, "دقيقة"),
        ("ar", 180, "3 دقائق"),
        ("ar-EG", 180, "٣ دقائق"),
        ("zh-Hans", 3_661, "1小时1分钟1秒钟"),
        ("ja", 3_900, "1 時間5 分"),
        ("qu", 3_600, "1 hora"),
    ] {
        assert_eq!(format_duration(Locale::from_tag(tag).expect(tag), seconds).as_deref(), Some(said), "{tag}");
    }
    for locale in Locale::all() {
        assert_eq!(format_duration(locale, u64::MAX).is_some(), words(locale).is_some(), "{locale}");
    }
}
