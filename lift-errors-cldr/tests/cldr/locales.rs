//! The list of locales, their parents and their direction.

use std::collections::BTreeSet;

use lift_errors_cldr::{Direction, Locale, VERSION, direction};

use crate::source::{each_locale, json, strings, without_file};

#[test]
fn the_locales_are_those_of_cldr() {
    let (available, default) = (json!("availableLocales.json"), json!("defaultContent.json"));
    let expected: BTreeSet<_> =
        strings(&available["availableLocales"]["full"]).chain(strings(&default["defaultContent"])).collect();
    let found: Vec<_> = Locale::all().map(Locale::tag).collect();
    let with_data: Vec<_> = Locale::all().filter(|locale| locale.has_data()).map(Locale::tag).collect();
    assert!(with_data.iter().eq(&expected));
    assert!(found.is_sorted(), "in the order of their tags");
    assert_eq!((found.len(), found.len() - with_data.len()), (Locale::COUNT, 8));
    for locale in Locale::all() {
        assert_eq!(Locale::from_tag(locale.tag()), Some(locale));
        assert_eq!(Locale::from_tag(&locale.tag().to_uppercase()), Some(locale));
        assert_eq!(Locale::from_number(locale.number()), Some(locale));
    }
}

#[test]
fn parents_are_stated_or_truncated() {
    let file = json!("parentLocales.json");
    let supplemental = &file["supplemental"];
    assert!(VERSION.starts_with(supplemental["version"]["_cldrVersion"].as_str().expect("a version")));
    let stated = supplemental["parentLocales"]["parentLocale"].as_object().expect("parents");
    for locale in Locale::all() {
        let mut tag = locale.tag().to_owned();
        let expected = loop {
            if tag == "und" {
                break None;
            }
            tag = match stated.get(&tag) {
                Some(parent) => parent.as_str().expect("a tag").to_owned(),
                None => tag.rsplit_once('-').map_or("und", |(head, _)| head).to_owned(),
            };
            if let Some(parent) = Locale::from_tag(&tag) {
                break Some(parent);
            }
        };
        assert_eq!(locale.parent(), expected, "{locale}");
        assert_eq!(locale.fallback().last(), Some(Locale::root()), "{locale}");
    }
}

#[test]
fn chains_that_people_expect() {
    for (tag, expected) in [
        ("es-AR", &["es-AR", "es-419", "es", "und"][..]),
        ("es-ES", &["es-ES", "es", "und"]),
        ("zh-Hant-HK", &["zh-Hant-HK", "zh-Hant", "und"]),
        ("zh-Hans-CN", &["zh-Hans-CN", "zh-Hans", "zh", "und"]),
        ("en-AU", &["en-AU", "en-001", "en", "und"]),
        ("en-DE", &["en-DE", "en-150", "en-001", "en", "und"]),
        ("pt-BR", &["pt-BR", "pt", "und"]),
        ("pt-AO", &["pt-AO", "pt-PT", "pt", "und"]),
        ("sr-Latn-RS", &["sr-Latn-RS", "sr-Latn", "und"]),
        ("nb-NO", &["nb-NO", "nb", "no", "und"]),
        ("ca-ES-valencia", &["ca-ES-valencia", "ca-ES", "ca", "und"]),
        ("und", &["und"]),
    ] {
        let locale = Locale::from_tag(tag).expect(tag);
        assert!(locale.fallback().map(Locale::tag).eq(expected.iter().copied()), "{tag}");
    }
}

#[test]
fn what_is_no_locale_is_none() {
    // A deprecated language is a tag of another locale, and not the tag of one.
    for tag in ["", "xx", "iw", "english", "en-", "-en", "en_US", "zh-TW", "root", "../../etc/passwd", "en\0", "é"] {
        assert_eq!(Locale::from_tag(tag), None, "{tag}");
    }
    assert_eq!(Locale::from_tag(&"en-".repeat(10_000)), None);
}

#[test]
fn direction_is_the_order_of_characters() {
    each_locale(&json!("characterOrder.json"), |locale, order| {
        let expected = match order.as_str() {
            Some("right-to-left") => Direction::RightToLeft,
            // Mongolian script, in columns.
            Some("left-to-right" | "top-to-bottom") => Direction::LeftToRight,
            other => panic!("{locale}: {other:?}"),
        };
        assert_eq!(direction(locale), expected, "{locale}");
    });
    for locale in without_file() {
        assert_eq!(Some(direction(locale)), locale.parent().map(direction), "{locale}");
    }
}
