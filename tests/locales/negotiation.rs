//! The locale for a reader, where there is a choice of all of them.

use crate::cldr::{fallback, json};
use crate::{everywhere, locales};
use lift_errors::Locale;
use serde_json::Value;

fn negotiated(range: &str) -> &'static str {
    Locale::negotiate([range], &[&everywhere::CATALOG]).tag()
}

/// The language of a tag.
fn subtag(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

#[test]
fn every_locale_is_found_by_its_tag() {
    for locale in everywhere::CATALOG.locales() {
        let tag = locale.tag();
        assert_eq!(negotiated(tag), tag);
        assert_eq!(negotiated(&tag.to_lowercase().replace('-', "_")), tag);
        assert_eq!(negotiated(&format!("tlh, {tag};q=0.5, *;q=0.1")), tag);
    }
}

/// CLDR's likely subtags say which script a region writes a language in.
#[test]
fn a_region_decides_about_the_script() {
    let file: Value = json!("likelySubtags.json");
    let named = |tag: &str| locales().any(|locale| locale.tag() == tag);
    let mut decided = 0;
    for (short, full) in file.as_object().expect("pairs") {
        let full = full.as_str().expect("a tag");
        let parts: Vec<&str> = short.split('-').collect();
        let is_region = |part: &str| part.len() == 2 || part.starts_with(|first: char| first.is_ascii_digit());
        if parts.len() != 2 || parts[0] == "und" || !is_region(parts[1]) || named(short) {
            continue;
        }
        // The parent of `zh-Hant-HK` is `zh-Hant`, that of `zh-Hant` the root.
        let Some(expected) = fallback(full).find(|tag| named(tag)) else { continue };
        assert_eq!(negotiated(short), expected, "{short} is {full}");
        decided += 1;
    }
    assert!(decided > 25, "{decided}");
}

#[test]
fn tags_that_people_send() {
    for (range, expected) in [
        ("zh-HK", "zh-Hant-HK"),
        ("zh-MO", "zh-Hant-MO"),
        ("zh-TW", "zh-Hant-TW"),
        ("zh-SG", "zh-Hans-SG"),
        ("zh-CN", "zh-Hans-CN"),
        ("sr-ME", "sr-Latn-ME"),
        ("sr-RS", "sr-Cyrl-RS"),
        ("sh", "sr-Latn"),
        ("pa-IN", "pa-Guru-IN"),
        ("uz-UZ", "uz-Latn-UZ"),
        ("iw-IL", "he-IL"),
        ("no-NO", "no"),
        ("es-AR", "es-AR"),
        ("es-AQ", "es"),
        ("en-DE", "en-DE"),
        ("tlh", "en"),
    ] {
        assert_eq!(negotiated(range), expected, "{range}");
    }
}

/// Punjabi and Uzbek in Arabic letters have no words for durations: a reader of the other script reads them more
/// easily than English.
#[test]
fn a_script_that_is_not_there_changes_no_language() {
    for (range, lacking, language) in [("pa-PK", "pa-Arab", "pa"), ("uz-AF", "uz-Arab", "uz")] {
        assert!(locales().all(|locale| !locale.tag().starts_with(lacking)), "{lacking}");
        let found = negotiated(range);
        assert_eq!(subtag(found), language, "{range} has found {found}");
    }
}

#[test]
fn a_region_that_cldr_lacks_changes_no_language() {
    // Bokmål is Norwegian where nothing else is said.
    let language = |tag: &str| if subtag(tag) == "nb" { "no".to_owned() } else { subtag(tag).to_owned() };
    for locale in locales().filter(|locale| !locale.tag().contains('-')) {
        for region in ["AQ", "SE", "US"] {
            let range = format!("{locale}-{region}");
            let found = negotiated(&range);
            assert_eq!(language(found), language(&range), "{range} has found {found}");
        }
    }
}

#[test]
fn a_locale_that_is_there_has_its_own_texts() {
    for known in everywhere::CATALOG.locales() {
        assert_eq!(known.tag().parse(), Ok(known));
        assert_eq!(everywhere::CATALOG.locale(known), known);
    }
}
