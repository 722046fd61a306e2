//! Likely subtags, added and removed.

use lift_errors_cldr::Locale;
use lift_errors_cldr::likely::{maximize, minimize};
use lift_errors_core::tag::TagKey;

use crate::source::json;

#[test]
fn every_pair_of_cldr_is_found() {
    let file = json!("likelySubtags.json");
    let pairs = file.as_object().expect("pairs");
    assert!(pairs.len() > 800, "{}", pairs.len());
    for (from, to) in pairs {
        let tag = TagKey::parse_whole(from).expect(from);
        assert_eq!(tag.to_string(), *from);
        let full = maximize(tag).expect(from);
        assert_eq!(full.to_string(), *to, "{from}");
        let short = minimize(tag).expect(from);
        assert_eq!(maximize(short), Some(full), "{from} as {short}");
    }
}

/// Each locale keeps what it states, and comes back from its short form.
#[test]
fn every_locale_can_be_completed() {
    for locale in Locale::all() {
        let Some(tag) = TagKey::parse_whole(locale.tag()) else {
            assert!(["ca-ES-valencia", "be-tarask", "el-polyton"].contains(&locale.tag()), "{locale}");
            continue;
        };
        let full = maximize(tag).unwrap_or_else(|| panic!("{locale}"));
        assert!(tag.has_unknown_language() || tag.language() == full.language(), "{locale}");
        assert!(!tag.has_script() || tag.script() == full.script(), "{locale}");
        assert!(!tag.has_region() || tag.region() == full.region(), "{locale}");
        assert_eq!(minimize(tag).and_then(maximize), Some(full), "{locale}");
    }
}

#[test]
fn examples_of_uts_35() {
    for (tag, full, short) in [
        ("ZH-ZZZZ-SG", "zh-Hans-SG", "zh-SG"),
        ("zh_TW", "zh-Hant-TW", "zh-TW"),
        ("zh-Hant", "zh-Hant-TW", "zh-TW"),
        ("en-Latn", "en-Latn-US", "en"),
        ("ja-Jpan-JP", "ja-Jpan-JP", "ja"),
        ("und", "en-Latn-US", "en"),
        ("und-AF", "fa-Arab-AF", "fa-AF"),
        ("und-Arab-AF", "fa-Arab-AF", "fa-AF"),
        ("fa-Arab-AF", "fa-Arab-AF", "fa-AF"),
        ("und-TW", "zh-Hant-TW", "zh-TW"),
        ("sr-ME", "sr-Latn-ME", "sr-ME"),
        ("de-Latn-DE", "de-Latn-DE", "de"),
        ("es-419", "es-Latn-419", "es-419"),
        ("en-Egyp", "en-Egyp-US", "en-Egyp"),
        ("af-AQ", "af-Latn-AQ", "af-AQ"),
    ] {
        let parsed = TagKey::parse_whole(tag).expect(tag);
        assert_eq!(maximize(parsed).expect(tag).to_string(), full, "{tag}");
        assert_eq!(minimize(parsed).expect(tag).to_string(), short, "{tag}");
    }
    assert_eq!(TagKey::parse_whole("xx-DE").and_then(maximize), None);
}

#[test]
fn every_other_name_of_a_language_is_read_as_its_name() {
    let file = json!("languageAliases.json");
    let pairs = file.as_object().expect("pairs");
    assert!(pairs.len() > 400, "{}", pairs.len());
    for (old, new) in pairs {
        let new = new.as_str().expect(old);
        assert_eq!(TagKey::parse(old).expect(old).to_string(), new, "{old}");
        assert_eq!(TagKey::parse(&old.to_uppercase()), TagKey::parse(new), "{old}");
    }
}
